#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/ask_project.h"
#include "app/audience.h"
#include "app/segment_verbs.h"

namespace regulars::app {
namespace {

// "3,912 of 4,338 left out: 3,800 never asked, 112 withdrawn (email, marketing)".
void tell_left_out(const Audience& audience, const std::string& purpose, Listing& listing) {
  const auto all = static_cast<int64_t>(audience.in_segment.size());
  const int64_t out = all - audience.consented();
  if (!purpose.empty() && out > 0) {
    std::string reasons;
    for (const auto& [reason, count] : audience.without_consent) {
      reasons += (reasons.empty() ? "" : ", ") + with_thousands(count) + " " + reason;
    }
    listing.notes.push_back(
        fmt::format("{} of {} left out for want of consent to {} by {}: {}.{}", with_thousands(out),
                    with_thousands(all), purpose, audience.channel, reasons,
                    audience.has_consent_data
                        ? ""
                        : " The project has no consent data: add a source of it, or write consent: "
                          "{default: source, sources: [NAME]}."));
  }
  for (const auto& [list, count] : audience.on_lists) {
    listing.notes.push_back(
        fmt::format("{} left out by the list '{}'.", with_thousands(count), list));
  }
}

std::vector<std::string> channels_of(const ProjectShop& shop) {
  std::set<std::string> channels;
  const Stream* consents = shop.history().stream("consent");
  const Column* channel = consents ? find_column(consents->columns, "channel") : nullptr;
  if (channel != nullptr && channel->type == ValueType::kText) {
    for (const uint32_t code : channel->codes) {
      if (code != kNoCode) channels.insert(std::string(channel->dictionary->text(code)));
    }
  }
  std::erase_if(channels, [](const std::string& name) { return name == "any" || name == "all"; });
  if (channels.empty()) channels.insert("email");
  return {channels.begin(), channels.end()};
}

}  // namespace

Result<Listing> segment_customers(ProjectShop& shop, const CustomersQuestion& question) {
  std::vector<evaluate::Definition> columns;
  for (const std::string& formula : question.columns) {
    REGULARS_ASSIGN(const language::Compiled compiled, shop.compile(formula));
    columns.push_back({formula, compiled.expression});
  }
  REGULARS_ASSIGN(const NamedRule rule, named_rule(shop, question.segment));
  const AudienceQuestion audience_question{.purpose = question.purpose,
                                           .channel = question.channel,
                                           .leave_out_lists = !question.purpose.empty()};
  REGULARS_ASSIGN(const Audience audience, audience_of(shop, rule, audience_question));
  Listing listing;
  listing.facts = {{"segment", "Segment", Cell::of(rule.name)},
                   {"rule", rule.name == "rule" ? "Rule" : "", Cell::of(rule.text)},
                   {"as_of", "As of", Cell::moment(shop.as_of(), shop.zone())},
                   {"in_segment", "In the segment", Cell::of(int64_t(audience.in_segment.size()))},
                   {"listed", "Listed", Cell::of(int64_t(audience.reached.size()))}};
  listing.rows_key = "customers";
  listing.columns = {{"customer_id", "customer_id"}};
  for (const evaluate::Definition& one : columns) listing.columns.push_back({one.name, one.name});
  REGULARS_ASSIGN(const segments::Asked asked, segments::ask(shop.asking(), columns, shop.as_of()));
  std::vector<CustomerNumber> customers = audience.reached;
  std::sort(customers.begin(), customers.end(), [&](CustomerNumber a, CustomerNumber b) {
    return shop.history().customer_id(a) < shop.history().customer_id(b);
  });
  if (question.most != 0 && customers.size() > question.most) {
    listing.notes.push_back(fmt::format("The first {} of {} are shown.", question.most,
                                        with_thousands(int64_t(customers.size()))));
    customers.resize(question.most);
  }
  for (const CustomerNumber c : customers) {
    std::vector<Cell> row = {Cell::of(std::string(shop.history().customer_id(c)))};
    for (const evaluate::AnswerColumn& column : asked.answers.columns) {
      row.push_back(cell_of(column, c));
    }
    listing.rows.push_back(std::move(row));
  }
  listing.if_empty = "Nobody.";
  tell_left_out(audience, question.purpose, listing);
  return listing;
}

Result<Listing> segment_preview(ProjectShop& shop, const std::string& name_or_rule,
                                const std::string& purpose, const std::string& channel) {
  REGULARS_ASSIGN(const NamedRule rule, named_rule(shop, name_or_rule));
  Listing listing;
  listing.facts = {{"segment", "Segment", Cell::of(rule.name)},
                   {"rule", "Rule", Cell::of(rule.text)},
                   {"as_of", "As of", Cell::moment(shop.as_of(), shop.zone())},
                   {"purpose", "Purpose", Cell::of(purpose)}};
  listing.rows_key = "channels";
  listing.columns = {{"channel", "channel"},     {"in_segment", "in segment"},
                     {"consented", "consented"}, {"on_lists", "on lists"},
                     {"control", "control"},     {"reached", "reached"}};
  const std::vector<std::string> channels =
      channel.empty() ? channels_of(shop) : std::vector<std::string>{channel};
  int control_percent = 20;
  for (const auto& segment : shop.project().catalogue.segments) {
    if (segment.name == rule.name) control_percent = segment.action.control_percent;
  }
  for (const std::string& one : channels) {
    REGULARS_ASSIGN(
        const Audience audience,
        audience_of(shop, rule,
                    {.purpose = purpose, .channel = one, .control_percent = control_percent}));
    listing.rows.push_back({Cell::of(one), Cell::of(int64_t(audience.in_segment.size())),
                            Cell::of(audience.consented()), Cell::of(audience.suppressed()),
                            Cell::of(int64_t(audience.control.size())),
                            Cell::of(int64_t(audience.reached.size()))});
    tell_left_out(audience, purpose, listing);
  }
  for (const language::Warning& warning : rule.warnings) {
    listing.notes.push_back("Warning: " + warning.message);
  }
  return listing;
}

}  // namespace regulars::app
