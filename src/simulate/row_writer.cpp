#include "simulate/row_writer.h"

#include "base/csv.h"

namespace regulars::simulate {
namespace {

constexpr std::string_view kStatusNames[] = {"completed", "refunded", "cancelled", "failed",
                                             "test"};
constexpr std::string_view kGenderNames[] = {"", "female", "male", "other"};
constexpr std::string_view kSourceNames[] = {"direct", "search", "email", "social", "referral"};
constexpr std::string_view kDeviceNames[] = {"phone", "desktop", "tablet"};
constexpr std::string_view kQuestionNames[] = {"nps", "csat", "reward_preference", "data_comfort"};
constexpr std::string_view kConsentSources[] = {"sign-up", "account page", "message link",
                                                "renewal"};
constexpr std::string_view kConsentStates[] = {"granted", "denied", "withdrawn", "objected"};
constexpr std::string_view kPurposes[] = {"marketing", "profiling"};
constexpr std::string_view kChannels[] = {"email", "sms", "push", "post"};
constexpr std::string_view kKinds[] = {"person", "trade", "staff", "test", "placeholder"};
constexpr std::string_view kWiderInterests[] = {"sustainability", "fitness", "nutrition",
                                                "technology", "family"};
constexpr std::string_view kTopicNames[] = {"kids", "baby", "sport", "health", "technology"};
constexpr std::string_view kPreferences[] = {"discount", "experience", "early access", "charity"};
constexpr std::string_view kMailSteps[] = {
    "message_sent",    "message_delivered",    "message_bounced",   "message_opened",
    "message_clicked", "message_unsubscribed", "message_complained"};
constexpr std::string_view kPointsKinds[] = {"earn", "burn", "clawback", "expire"};
constexpr std::string_view kTiers[] = {"bronze", "silver", "gold"};
constexpr std::string_view kCaseStatuses[] = {"open", "closed"};
constexpr std::string_view kCaseTopics[] = {"delivery", "product", "billing", "account"};
constexpr std::string_view kResponseNames[] = {"unmoved", "persuadable", "sleeping dog"};

template <size_t N, class E>
std::string_view name_of(const std::string_view (&names)[N], E value) {
  return names[static_cast<size_t>(value)];
}

std::string topics_of(TopicSet topics) {
  std::string text;
  for (size_t t = 0; t < kTopics; ++t) {
    if ((topics >> t & 1) != 0) text += (text.empty() ? "" : ";") + std::string(kTopicNames[t]);
  }
  return text;
}

std::string interests_of(const Interests& stated, const Catalogue& catalogue) {
  std::string text;
  const auto add = [&](std::string_view name) {
    if (!text.empty()) text += ';';
    text += name;
  };
  for (size_t c = 0; c < catalogue.categories.size(); ++c) {
    if ((stated.categories >> c & 1) != 0) add(catalogue.categories[c].name);
  }
  for (size_t i = 0; i < std::size(kWiderInterests); ++i) {
    if ((stated.wider >> i & 1) != 0) add(kWiderInterests[i]);
  }
  return text;
}

void append_position(const Position& position, CsvRow& row) {
  if (!position.known()) {
    row.blank().blank();
    return;
  }
  row.real(position.latitude / 1e4).real(position.longitude / 1e4);
}

std::string_view country_of(const Catalogue& catalogue) {
  return catalogue.data->zone == "Europe/London" ? "GB" : "DE";
}

}  // namespace

RowWriter::RowWriter(const Catalogue& catalogue, bool credit_notes, std::string_view currency)
    : catalogue_(catalogue),
      credit_notes_(credit_notes),
      currency_(currency),
      country_(country_of(catalogue)) {
  for (const Product& product : catalogue.products) {
    std::string cells = product.id + ",";
    append_csv_field(cells, product.name);
    append_csv_field(cells += ",", product.category);
    product_cells_.push_back(std::move(cells));
  }
}

void RowWriter::write(const OrderLine& line, CsvRow& row) const {
  const bool refund = line.status == Status::kRefunded;
  std::string order = std::to_string(line.order);
  row.plain(refund && credit_notes_ ? "C" + order : order);
  row.time(line.order_time).time(line.recorded_at).plain(catalogue_.customer_id(line.customer));
  row.plain(product_cells_[line.product]).integer(line.quantity).money(line.unit_price_cents);
  row.money(line.discount_cents).money(line.amount_cents()).plain(currency_);
  row.plain(line.store == kNoStore ? std::string_view() : catalogue_.stores[line.store].id);
  row.text(catalogue_.channels[line.channel]).plain(name_of(kStatusNames, line.status));
  row.plain(refund ? std::string_view(order) : std::string_view());
  row.plain(line.coupon == kNoCoupon  ? std::string_view()
            : line.coupon == kVoucher ? std::string_view("VOUCHER10")
                                      : std::string_view(catalogue_.campaigns[line.coupon].id));
}

void RowWriter::write(const CustomerRow& customer, CsvRow& row) const {
  row.plain(id(customer.customer)).time(customer.joined);
  row.text(catalogue_.channels[customer.sign_up_channel]);
  row.plain(catalogue_.stores[customer.home_store].id);
  const bool has_region = customer.region != UINT8_MAX;
  row.text(has_region ? std::string_view(catalogue_.regions[customer.region]) : "");
  customer.has_birth_date ? row.date(customer.birth_date) : row.blank();
  row.plain(name_of(kGenderNames, customer.gender));
  customer.household_size > 0 ? row.integer(customer.household_size) : row.blank();
  row.boolean(customer.email_consent).plain(name_of(kKinds, customer.kind));
  const bool here = customer.away == kNoPlace;
  row.plain(here ? country_ : away_places()[customer.away].country);
  row.plain(here ? std::string_view() : away_places()[customer.away].zone);
  append_position(customer.home, row);
  row.plain("H" + id(customer.household).substr(1));
  customer.children >= 0 ? row.integer(customer.children) : row.blank();
  row.time(customer.member_since);
  customer.profiling_objection >= 0 ? row.boolean(customer.profiling_objection == 1) : row.blank();
}

void RowWriter::write(const Product& product, CsvRow& row) const {
  row.plain(product.id).text(product.name).text(product.category).money(product.price_cents);
  row.money(product.cost_cents).date(product.launched).boolean(product.eco);
}

void RowWriter::write(const Store& store, CsvRow& row) const {
  row.plain(store.id).text(store.name).text(catalogue_.regions[store.region]).date(store.opened);
  append_position(store.position, row);
}

void RowWriter::write(const Visit& visit, CsvRow& row) const {
  row.plain(id(visit.customer)).time(visit.at).plain(name_of(kDeviceNames, visit.device));
  row.plain(name_of(kSourceNames, visit.source)).text(catalogue_.categories[visit.category].name);
  row.integer(visit.pages).boolean(visit.added_to_cart).boolean(visit.ordered);
}

void RowWriter::write(const Survey& survey, CsvRow& row) const {
  row.plain(id(survey.customer)).plain(name_of(kQuestionNames, survey.question));
  row.time(survey.sent_at).time(survey.answered_at);
  survey.answered_at == kNever ? row.blank() : row.integer(survey.score);
}

void RowWriter::write(const Campaign& campaign, CsvRow& row) const {
  row.plain(campaign.id).text(campaign.name).plain("email").time(campaign.sent_at);
  row.time(campaign.window_end).integer(campaign.offer_percent).real(campaign.control_share);
  row.money(campaign.cost_cents).plain("campaign");
}

void RowWriter::write(const Mailing& mailing, CsvRow& row) const {
  row.plain(mailing.id).text(mailing.name).plain(name_of(kChannels, mailing.channel));
  row.time(mailing.sent_at).blank().blank().blank().blank();
  row.plain(mailing.channel == Channel::kSms ? "text" : "newsletter");
}

void RowWriter::write(const Message& message, CsvRow& row) const {
  row.plain(catalogue_.campaigns[message.campaign].id).plain(id(message.customer));
  row.plain(message.treated ? "treatment" : "control");
  row.time(message.treated ? message.assigned_at : kNever);
  row.time(message.opened_at).time(message.clicked_at).boolean(message.unsubscribed);
  row.time(message.assigned_at);
}

void RowWriter::write(const Consent& consent, CsvRow& row) const {
  row.plain(id(consent.customer)).plain(name_of(kPurposes, consent.purpose));
  row.plain(name_of(kChannels, consent.channel)).plain(name_of(kConsentStates, consent.state));
  row.time(consent.at).time(consent.expires_at).plain(name_of(kConsentSources, consent.source));
}

void RowWriter::write(const Interests& stated, CsvRow& row) const {
  row.plain(id(stated.customer)).time(stated.at).text(interests_of(stated, catalogue_));
}

void RowWriter::write(const Answer& answer, CsvRow& row) const {
  const bool choice = answer.question == Question::kRewardPreference;
  const bool invited = answer.question == Question::kNps || answer.question == Question::kCsat;
  row.plain(id(answer.customer)).time(answer.at).plain(invited ? "after order" : "account");
  row.plain(name_of(kQuestionNames, answer.question));
  row.plain(choice ? name_of(kPreferences, answer.choice) : std::string_view());
  choice ? row.blank() : row.integer(answer.score);
}

void RowWriter::write(const MailEvent& event, CsvRow& row) const {
  row.plain(id(event.customer)).time(event.at).plain(name_of(kMailSteps, event.step));
  row.plain(catalogue_.mailing_id(event.mailing)).plain(name_of(kChannels, event.channel));
  row.boolean(event.machine);
}

void RowWriter::write(const PointsRow& points, CsvRow& row) const {
  row.plain(id(points.customer)).time(points.at).plain(name_of(kPointsKinds, points.kind));
  row.integer(points.points).integer(points.balance).time(points.expires_at);
}

void RowWriter::write(const TierChange& change, CsvRow& row) const {
  row.plain(id(change.customer)).time(change.at).plain(name_of(kTiers, change.tier));
}

void RowWriter::write(const Referral& referral, CsvRow& row) const {
  row.plain(id(referral.customer)).time(referral.at).boolean(referral.converted);
}

void RowWriter::write(const Review& review, CsvRow& row) const {
  row.plain(id(review.customer)).time(review.at);
  row.plain(catalogue_.products[review.product].id).integer(review.rating);
}

void RowWriter::write(const ServiceCase& one, CsvRow& row) const {
  row.plain(id(one.customer)).time(one.at);
  row.plain(id(one.customer) + "-" + std::to_string(one.number));
  row.plain(name_of(kCaseStatuses, one.status)).plain(name_of(kCaseTopics, one.topic));
}

void RowWriter::write(const CustomerTruth& truth, CsvRow& row) const {
  row.plain(id(truth.customer)).time(truth.joined).time(truth.drop_out);
  row.real(truth.orders_per_year).real(truth.drop_outs_per_year);
  row.money(static_cast<int64_t>(truth.mean_order_cents)).real(truth.online_share);
  row.real(truth.discount_affinity).real(truth.satisfaction);
  row.text(catalogue_.categories[truth.favourite_category].name).real(truth.favourite_share);
  row.plain(name_of(kResponseNames, truth.response)).real(truth.response_chance);
  row.boolean(truth.trade).boolean(truth.prospect).integer(truth.orders);
  row.integer(truth.undone_orders).money(truth.gross_cents).money(truth.refunds_cents);
  row.money(truth.gross_cents - truth.refunds_cents).plain(name_of(kKinds, truth.kind));
  row.boolean(truth.eco_minded).boolean(truth.early_adopter).boolean(truth.advocate);
  row.boolean(truth.reserved).plain(topics_of(truth.topics)).integer(truth.children);
  row.integer(static_cast<int64_t>(truth.newsletters_per_year));
}

}  // namespace regulars::simulate
