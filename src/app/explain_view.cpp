#include "app/explain_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace regulars::app {
namespace {

using segments::EventBehind;
using segments::ExplainedPart;
using segments::Verdict;
using Json = nlohmann::ordered_json;

constexpr size_t kEventsShown = 3;

const char* word_of(Verdict verdict) {
  if (verdict == Verdict::kOpen) return "unknown";
  return verdict == Verdict::kYes ? "yes" : "no";
}

class Page {
 public:
  Page(const Zone& zone, size_t width) : zone_(zone), width_(width) {}

  void line(size_t depth, const std::string& text) {
    out_ += std::string(2 * depth, ' ') + text + "\n";
  }

  // Words broken at blanks, later lines under the first word.
  void wrapped(size_t depth, const std::string& label, const std::string& text) {
    const size_t indent = 2 * depth + label.size();
    std::string line = std::string(2 * depth, ' ') + label;
    size_t used = line.size();
    bool first = true;
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find(' ', begin), text.size());
      const std::string word = text.substr(begin, end - begin);
      if (!first && used + 1 + word.size() > width_) {
        out_ += line + "\n";
        line = std::string(indent, ' ');
        used = indent;
        first = true;
      }
      line += (first ? "" : " ") + word;
      used += (first ? 0 : 1) + word.size();
      first = false;
      begin = end + 1;
    }
    out_ += line + "\n";
  }

  std::string when(Instant t) const { return segments::local_words(t, zone_); }

  std::string duration_words(const ExplainedPart& part) const {
    std::string text;
    if (part.since) text += "since " + when(*part.since);
    if (part.until) {
      text += (text.empty() ? "" : ", ") + std::string("changes on ") + when(*part.until) +
              " if nothing happens";
    }
    return text;
  }

  void part(const ExplainedPart& part, size_t depth) {
    const std::string label = fmt::format("{:<8}", word_of(part.verdict));
    const bool joint = !part.joint.empty();
    wrapped(depth, label, joint ? part.joint : part.text);
    const size_t inner = depth + 4;
    if (!joint && part.parts.empty() && !part.compared_with.empty()) {
      line(inner, "is " + part.value);
    }
    const std::string duration = duration_words(part);
    if (!duration.empty()) line(inner, duration);
    events(part, inner);
    for (const ExplainedPart& one : part.parts) this->part(one, depth + 1);
  }

  std::string take() { return std::move(out_); }

 private:
  void events(const ExplainedPart& part, size_t depth) {
    if (!part.joint.empty() || part.events_in_all == 0) return;
    for (size_t i = 0; i < std::min(kEventsShown, part.events.size()); ++i) {
      const EventBehind& event = part.events[i];
      line(depth,
           event.type + " " + when(event.at) + (event.facts.empty() ? "" : "  " + event.facts));
    }
    const int64_t rest =
        part.events_in_all - static_cast<int64_t>(std::min(kEventsShown, part.events.size()));
    if (rest > 0) line(depth, fmt::format("and {} earlier", rest));
  }

  const Zone& zone_;
  size_t width_;
  std::string out_;
};

Json instant_json(const std::optional<Instant>& t) { return t ? Json(to_iso(*t)) : Json(nullptr); }

Json part_json(const ExplainedPart& part) {
  Json json = {{"text", part.text}, {"answer", word_of(part.verdict)}};
  if (!part.joint.empty()) json["joint"] = part.joint;
  if (!part.value.empty()) json["value"] = part.value;
  if (!part.compared_with.empty()) json["compared_with"] = part.compared_with;
  json["since"] = instant_json(part.since);
  json["until"] = instant_json(part.until);
  if (part.joint.empty()) {
    Json events = Json::array();
    for (const EventBehind& event : part.events) {
      events.push_back({{"type", event.type},
                        {"at", to_iso(event.at)},
                        {"event_id", std::to_string(event.id)},
                        {"facts", event.facts}});
    }
    json["events"] = std::move(events);
    json["events_in_all"] = part.events_in_all;
  }
  if (!part.parts.empty()) {
    Json parts = Json::array();
    for (const ExplainedPart& one : part.parts) parts.push_back(part_json(one));
    json["parts"] = std::move(parts);
  }
  return json;
}

}  // namespace

std::string explanation_text(const segments::Explanation& explanation, const Zone& zone,
                             size_t width) {
  Page page(zone, width);
  const std::string when = page.when(explanation.as_of);
  if (!explanation.known) {
    return explanation.customer + " was not known yet on " + when + ".\n";
  }
  const bool in = explanation.rule.verdict == Verdict::kYes;
  page.wrapped(
      0, "",
      fmt::format(
          "Customer {} is {}in {} as of {}{}", explanation.customer, in ? "" : "not ",
          explanation.segment, when,
          explanation.rule.verdict == Verdict::kOpen ? ": the rule's answer is unknown." : "."));
  if (!explanation.snapshot.empty()) page.line(0, "Population snapshot " + explanation.snapshot);
  page.line(0, "");
  page.part(explanation.rule, 0);
  page.line(0, "");
  if (explanation.changes.empty()) {
    page.wrapped(0, "", "No single part changes the answer: several would have to change at once.");
  } else {
    page.line(0, "Any one of these alone would change the answer:");
    for (const segments::SingleChange& one : explanation.changes) {
      page.wrapped(1, "- ", one.change);
    }
  }
  return page.take();
}

std::string explanation_json(const segments::Explanation& explanation) {
  Json json = {
      {"customer", explanation.customer},
      {"segment", explanation.segment},
      {"as_of", to_iso(explanation.as_of)},
      {"snapshot", explanation.snapshot.empty() ? Json(nullptr) : Json(explanation.snapshot)},
      {"known", explanation.known},
      {"in", explanation.known && explanation.rule.verdict == Verdict::kYes}};
  if (explanation.known) {
    json["rule"] = part_json(explanation.rule);
    Json changes = Json::array();
    for (const segments::SingleChange& one : explanation.changes) {
      changes.push_back({{"leaf", one.leaf}, {"change", one.change}});
    }
    json["single_changes"] = std::move(changes);
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace regulars::app
