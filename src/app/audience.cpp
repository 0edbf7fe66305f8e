#include "app/audience.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/segment_verbs.h"

namespace regulars::app {
namespace {

constexpr const char* kGranted = "granted";

const definitions::SegmentDefinition* defined(const ProjectShop& shop, const std::string& name) {
  for (const auto& one : shop.project().catalogue.segments) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

std::string channel_for(const ProjectShop& shop, const NamedRule& rule,
                        const AudienceQuestion& question) {
  if (question.purpose.empty()) return "";
  if (!question.channel.empty()) return question.channel;
  const auto* segment = defined(shop, rule.name);
  return segment == nullptr || segment->action.channel.empty() ? "email" : segment->action.channel;
}

// A name as it stands in a call: bare where it is one, else in quotes.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("''") : std::string(1, c);
  return text + "'";
}

// Everything that decides about a customer, asked in one pass.
struct Asking {
  std::vector<evaluate::Definition> definitions;
  std::vector<std::string> lists;  // exclusion segments, from the third definition on
};

Result<Asking> what_to_ask(ProjectShop& shop, const NamedRule& rule,
                           const AudienceQuestion& question, const std::string& channel) {
  Asking asking;
  asking.definitions.push_back({"rule", rule.expression});
  if (!question.purpose.empty()) {
    REGULARS_ASSIGN(
        const language::Compiled state,
        shop.compile("consent_state(" + quoted(channel) + ", " + quoted(question.purpose) + ")"));
    asking.definitions.push_back({"consent", state.expression});
  }
  if (question.control_percent > 0) {
    REGULARS_ASSIGN(const language::Compiled control,
                    shop.compile_rule(fmt::format("in_control_group({}, {})", quoted(rule.name),
                                                  question.control_percent)));
    asking.definitions.push_back({"control", control.expression});
  }
  if (!question.leave_out_lists) return asking;
  for (const auto& segment : shop.project().catalogue.segments) {
    if (!segment.exclusion || segment.name == rule.name) continue;
    // A list at fault must not let people through unseen.
    REGULARS_ASSIGN(const auto* linked, shop.segment(segment.name));
    asking.lists.push_back(segment.name);
    asking.definitions.push_back({"list " + segment.name, linked->compiled.expression});
  }
  return asking;
}

std::string consent_of(const evaluate::AnswerColumn& column, CustomerNumber c) {
  if (column.known[c] == 0) return "never asked";
  return std::string(column.dictionary->text(column.codes[c]));
}

}  // namespace

int64_t Audience::consented() const {
  int64_t count = static_cast<int64_t>(in_segment.size());
  for (const auto& [reason, customers] : without_consent) count -= customers;
  return count;
}

int64_t Audience::suppressed() const {
  int64_t count = 0;
  for (const auto& [list, customers] : on_lists) count += customers;
  return count;
}

std::string Audience::account() const {
  return fmt::format("in segment {} - without consent {} - on lists {} - control {} = {}",
                     in_segment.size(), static_cast<int64_t>(in_segment.size()) - consented(),
                     suppressed(), control.size(), reached.size());
}

Result<Audience> audience_of(ProjectShop& shop, const NamedRule& rule,
                             const AudienceQuestion& question) {
  Audience audience;
  audience.channel = channel_for(shop, rule, question);
  REGULARS_ASSIGN(const Asking asking, what_to_ask(shop, rule, question, audience.channel));
  REGULARS_ASSIGN(const segments::Asked asked,
                  segments::ask(shop.asking(), asking.definitions, shop.as_of()));
  const evaluate::Answers& answers = asked.answers;
  const Stream* consents = shop.history().stream("consent");
  audience.has_consent_data = consents != nullptr && consents->size() > 0;
  audience.in_segment =
      segments::customers_in(shop.history(), answers.columns.front(), shop.as_of());
  const evaluate::AnswerColumn* consent = answers.find("consent");
  const evaluate::AnswerColumn* control = answers.find("control");
  for (const CustomerNumber c : audience.in_segment) {
    if (consent != nullptr && consent_of(*consent, c) != kGranted) {
      ++audience.without_consent[consent_of(*consent, c)];
      continue;
    }
    const auto list = std::find_if(asking.lists.begin(), asking.lists.end(), [&](const auto& one) {
      return answers.find("list " + one)->is_true(c);
    });
    if (list != asking.lists.end()) {
      ++audience.on_lists[*list];
    } else if (control != nullptr && control->is_true(c)) {
      audience.control.push_back(c);
    } else {
      audience.reached.push_back(c);
    }
  }
  return audience;
}

}  // namespace regulars::app
