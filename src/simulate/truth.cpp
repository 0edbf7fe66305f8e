#include "simulate/truth.h"

#include "base/decimal.h"

namespace regulars::simulate {
namespace {

// A JSON object written member by member. Our texts need no escapes (letters, digits, a few marks).
class JsonObject {
 public:
  explicit JsonObject(int indent) : indent_(static_cast<size_t>(indent)) {}
  void raw(std::string_view name, const std::string& value) {
    text_ += text_.empty() ? "\n" : ",\n";
    text_.append(indent_ + 2, ' ');
    text_ += '"';
    text_ += name;
    text_ += "\": " + value;
  }
  void number(std::string_view name, int64_t value) { raw(name, std::to_string(value)); }
  void text(std::string_view name, const std::string& value) { raw(name, '"' + value + '"'); }
  void money(std::string_view name, int64_t cents) { text(name, Decimal{cents, 2}.to_string()); }
  std::string done() const { return "{" + text_ + "\n" + std::string(indent_, ' ') + "}"; }

 private:
  size_t indent_;
  std::string text_;
};

std::string tally_json(const RowTally& tally) {
  return "{\"rows\": " + std::to_string(tally.rows) + ", \"amount\": \"" +
         Decimal{tally.amount_cents, 2}.to_string() + "\"}";
}

std::string rows_json(const Truth& truth) {
  JsonObject rows(2);
  rows.number("read", truth.order_rows);
  for (size_t c = 0; c < kLineClasses; ++c) {
    rows.raw(to_string(static_cast<LineClass>(c)), tally_json(truth.rows[c]));
  }
  rows.raw("duplicates", tally_json(truth.duplicates));
  rows.raw("late", tally_json(truth.late));
  return rows.done();
}

std::string months_json(const Truth& truth) {
  JsonObject months(2);
  for (const auto& [month, sums] : truth.months) {
    JsonObject one(4);
    one.number("orders", sums.orders);
    one.money("gross", sums.gross_cents);
    one.money("refunds", sums.refunds_cents);
    one.money("net", sums.gross_cents - sums.refunds_cents);
    months.raw(to_iso(to_day({month.first, month.second, 1})).substr(0, 7), one.done());
  }
  return months.done();
}

std::string campaigns_json(const Truth& truth, const Catalogue& catalogue) {
  JsonObject campaigns(2);
  for (size_t c = 0; c < truth.campaigns.size(); ++c) {
    const CampaignTruth& campaign = truth.campaigns[c];
    JsonObject one(4);
    one.number("treated", campaign.treated);
    one.number("control", campaign.control);
    one.number("orders_added", campaign.orders_added);
    one.number("orders_removed", campaign.orders_removed);
    campaigns.raw(catalogue.campaigns[c].id, one.done());
  }
  return campaigns.done();
}

void add(RowTally& into, const RowTally& part) {
  into.rows += part.rows;
  into.amount_cents += part.amount_cents;
}

void add_customers(const Truth& truth, JsonObject& json) {
  json.number("customers", truth.customers);
  json.number("customers_with_rows", truth.customers_with_rows);
  json.number("customers_with_purchase", truth.customers_with_purchase);
  json.number("customers_with_net_purchase", truth.customers_with_net_purchase);
  json.number("prospects", truth.prospects);
  json.number("dropped_out", truth.dropped_out);
  json.number("trade", truth.trade);
  json.number("members", truth.members);
  json.number("staff", truth.staff);
  json.number("test_accounts", truth.test_accounts);
}

}  // namespace

const char* to_string(LineClass c) {
  switch (c) {
    case LineClass::kNotSale:
      return "not_sale";
    case LineClass::kUnattributed:
      return "unattributed";
    case LineClass::kPlaceholder:
      return "placeholder";
    case LineClass::kRefund:
      return "refund";
    case LineClass::kFree:
      return "free";
    case LineClass::kCharge:
      return "charge";
    case LineClass::kSale:
      return "sale";
  }
  return "";
}

void merge(Truth& into, const Truth& part) {
  static constexpr int64_t Truth::* kCounts[] = {&Truth::order_rows,
                                                 &Truth::orders,
                                                 &Truth::orders_refunded,
                                                 &Truth::orders_undone,
                                                 &Truth::orders_unattributed,
                                                 &Truth::orders_placeholder,
                                                 &Truth::orders_not_sale,
                                                 &Truth::gross_cents,
                                                 &Truth::refunds_cents,
                                                 &Truth::customers,
                                                 &Truth::customers_with_rows,
                                                 &Truth::customers_with_purchase,
                                                 &Truth::customers_with_net_purchase,
                                                 &Truth::prospects,
                                                 &Truth::dropped_out,
                                                 &Truth::trade,
                                                 &Truth::visits,
                                                 &Truth::invitations,
                                                 &Truth::answers,
                                                 &Truth::messages,
                                                 &Truth::consents,
                                                 &Truth::members,
                                                 &Truth::staff,
                                                 &Truth::test_accounts,
                                                 &Truth::interests,
                                                 &Truth::answer_rows,
                                                 &Truth::message_events,
                                                 &Truth::points_rows,
                                                 &Truth::tier_changes,
                                                 &Truth::referrals,
                                                 &Truth::reviews,
                                                 &Truth::service_case_rows};
  for (const auto count : kCounts) into.*count += part.*count;
  for (size_t c = 0; c < kLineClasses; ++c) add(into.rows[c], part.rows[c]);
  add(into.duplicates, part.duplicates);
  add(into.late, part.late);
  for (const auto& [month, sums] : part.months) {
    MonthTruth& target = into.months[month];
    target.orders += sums.orders;
    target.gross_cents += sums.gross_cents;
    target.refunds_cents += sums.refunds_cents;
  }
  into.campaigns.resize(std::max(into.campaigns.size(), part.campaigns.size()));
  for (size_t c = 0; c < part.campaigns.size(); ++c) {
    into.campaigns[c].treated += part.campaigns[c].treated;
    into.campaigns[c].control += part.campaigns[c].control;
    into.campaigns[c].orders_added += part.campaigns[c].orders_added;
    into.campaigns[c].orders_removed += part.campaigns[c].orders_removed;
  }
}

std::string to_json(const Truth& truth, const Catalogue& catalogue) {
  JsonObject json(0);
  json.text("preset", truth.spec.preset);
  json.raw("seed", std::to_string(truth.spec.seed));
  json.text("from", to_iso(truth.spec.from));
  json.text("to", to_iso(truth.spec.to));
  json.text("zone", truth.spec.zone);
  json.text("currency", truth.spec.currency);
  json.text("orders_sorted_by", truth.sorted_by_time ? "time" : "customer");
  add_customers(truth, json);
  json.raw("rows", rows_json(truth));
  json.number("orders", truth.orders);
  json.number("orders_refunded", truth.orders_refunded);
  json.number("orders_undone", truth.orders_undone);
  json.number("orders_unattributed", truth.orders_unattributed);
  json.number("orders_placeholder", truth.orders_placeholder);
  json.number("orders_not_sale", truth.orders_not_sale);
  json.money("gross", truth.gross_cents);
  json.money("refunds", truth.refunds_cents);
  json.money("net", truth.net_cents());
  json.raw("months", months_json(truth));
  json.raw("campaigns", campaigns_json(truth, catalogue));
  json.number("visits", truth.visits);
  json.number("survey_invitations", truth.invitations);
  json.number("survey_answers", truth.answers);
  json.number("messages", truth.messages);
  json.number("consents", truth.consents);
  json.number("interests", truth.interests);
  json.number("answer_rows", truth.answer_rows);
  json.number("message_events", truth.message_events);
  json.number("points_rows", truth.points_rows);
  json.number("tier_changes", truth.tier_changes);
  json.number("referrals", truth.referrals);
  json.number("reviews", truth.reviews);
  json.number("service_case_rows", truth.service_case_rows);
  return json.done() + "\n";
}

}  // namespace regulars::simulate
