#include "app/segment_verbs.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/as_of.h"
#include "app/explain_view.h"
#include "app/rule_source.h"
#include "language/parse.h"
#include "language/print.h"
#include "segments/rule_diff.h"
#include "segments/rule_history.h"

namespace regulars::app {
namespace {

using definitions::LinkedDefinition;
using definitions::SegmentDefinition;

const SegmentDefinition* definition_of(const ProjectShop& shop, const std::string& name) {
  for (const SegmentDefinition& one : shop.project().catalogue.segments) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

std::vector<Listing::Fact> asked_facts(const ProjectShop& shop, const std::string& snapshot) {
  Cell measured;
  if (!snapshot.empty()) {
    const auto cut_off = parse_moment(snapshot, shop.zone(), "snapshot");
    measured = cut_off ? Cell::moment(*cut_off, shop.zone()) : Cell::of(snapshot);
    measured.text = snapshot;
  }
  return {{"as_of", "As of", Cell::moment(shop.as_of(), shop.zone())},
          {"snapshot", snapshot.empty() ? "" : "Population snapshot", std::move(measured)}};
}

Result<std::vector<evaluate::Definition>> rules_named(const ProjectShop& shop,
                                                      const std::vector<std::string>& names) {
  std::vector<evaluate::Definition> rules;
  if (names.empty()) {
    for (const LinkedDefinition& one : shop.linked().segments()) {
      rules.push_back({one.name, one.compiled.expression});
    }
  }
  for (const std::string& name : names) {
    REGULARS_ASSIGN(const LinkedDefinition* one, shop.segment(name));
    rules.push_back({one->name, one->compiled.expression});
  }
  return rules;
}

double share(int64_t part, int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void add_faults(const ProjectShop& shop, Listing& listing) {
  for (const definitions::Fault& fault : shop.linked().faults()) {
    listing.notes.push_back("Cannot be used: " + fault.name + ": " + fault.error.to_string());
  }
}

}  // namespace

Result<Listing> segment_sizes(ProjectShop& shop, const std::vector<std::string>& names) {
  REGULARS_ASSIGN(const auto rules, rules_named(shop, names));
  REGULARS_ASSIGN(const segments::Asked asked, segments::ask(shop.asking(), rules, shop.as_of()));
  const int64_t population = segments::population_size(shop.history(), shop.as_of());
  Listing listing;
  listing.facts = asked_facts(shop, asked.snapshot);
  listing.facts.push_back({"customers_known", "Customers known", Cell::of(population)});
  listing.rows_key = "segments";
  listing.columns = {{"segment", "segment"}, {"customers", "customers"}, {"share", "share"}};
  for (const evaluate::AnswerColumn& column : asked.answers.columns) {
    const auto size =
        static_cast<int64_t>(segments::customers_in(shop.history(), column, shop.as_of()).size());
    listing.rows.push_back(
        {Cell::of(column.name), Cell::of(size), Cell::share(share(size, population))});
  }
  listing.if_empty = "No segments are defined: put rules into segments/*.yaml.";
  if (names.empty()) add_faults(shop, listing);
  return listing;
}

Result<Listing> list_segments(ProjectShop& shop) {
  REGULARS_ASSIGN(Listing listing, segment_sizes(shop, {}));
  listing.columns.push_back({"title", "what it is"});
  listing.columns.push_back({"owner", "owner"});
  listing.columns.push_back({"exclusion", ""});
  const auto is_exclusion = [&](const std::vector<Cell>& row) {
    const SegmentDefinition* one = definition_of(shop, row[0].text);
    return one != nullptr && one->exclusion;
  };
  const auto lists = std::stable_partition(listing.rows.begin(), listing.rows.end(),
                                           [&](const auto& row) { return !is_exclusion(row); });
  if (lists != listing.rows.end()) {
    listing.groups = {{static_cast<size_t>(lists - listing.rows.begin()),
                       "Left out of everything that is meant for customers:"}};
  }
  for (std::vector<Cell>& row : listing.rows) {
    const SegmentDefinition* one = definition_of(shop, row[0].text);
    const std::string words = one == nullptr       ? ""
                              : one->title.empty() ? one->description
                                                   : one->title;
    row.push_back(Cell::of(words));
    row.push_back(Cell::of(one == nullptr ? "" : one->action.owner));
    row.push_back(Cell::of(one != nullptr && one->exclusion));
  }
  return listing;
}

Result<Listing> show_segment(ProjectShop& shop, const std::string& name) {
  REGULARS_ASSIGN(const LinkedDefinition* linked, shop.segment(name));
  REGULARS_ASSIGN(const Listing sizes, segment_sizes(shop, {name}));
  const SegmentDefinition& one = *definition_of(shop, name);
  Listing listing;
  const auto add = [&](const char* key, const char* title, const std::string& text) {
    if (!text.empty()) listing.facts.push_back({key, title, Cell::of(text)});
  };
  add("segment", "Segment", name);
  add("title", "Title", one.title);
  add("description", "What it is", one.description);
  add("why", "Why", one.why);
  add("rule", "Rule", linked->text);
  add("version", "Version", fmt::format("{:016x}", linked->version));
  listing.facts.push_back({"customers", "Customers", sizes.rows.front()[1]});
  listing.facts.push_back({"share", "Share of customers", sizes.rows.front()[2]});
  for (const Listing::Fact& fact : asked_facts(shop, sizes.facts[1].value.text)) {
    listing.facts.push_back(fact);
  }
  add("action", "Action", one.action.text);
  add("goal", "Goal", one.action.goal);
  add("owner", "Owner", one.action.owner);
  add("channel", "Channel", one.action.channel);
  add("purpose", "Purpose", one.action.purpose);
  listing.facts.push_back(
      {"control_percent", "Control group, %", Cell::of(int64_t{one.action.control_percent})});
  add("place", "Defined in",
      one.place.file + (one.place.line == 0 ? "" : ":" + std::to_string(one.place.line)));
  for (const language::Warning& warning : linked->compiled.warnings) {
    listing.notes.push_back("Warning: " + warning.message);
  }
  for (const std::string& missing : linked->compiled.without_data) {
    listing.notes.push_back("No data yet: " + missing);
  }
  return listing;
}

Result<Listing> segment_overlap(ProjectShop& shop, const std::vector<std::string>& names) {
  REGULARS_ASSIGN(const auto rules, rules_named(shop, names));
  REGULARS_ASSIGN(const segments::Overlap found,
                  segments::overlap(shop.asking(), rules, shop.as_of()));
  struct Pair {
    size_t a, b;
  };
  std::vector<Pair> pairs;
  for (size_t a = 0; a < found.names.size(); ++a) {
    for (size_t b = a + 1; b < found.names.size(); ++b) {
      if (found.both[a][b] > 0) pairs.push_back({a, b});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [&](const Pair& x, const Pair& y) {
    return found.jaccard(x.a, x.b) > found.jaccard(y.a, y.b);
  });
  Listing listing;
  listing.facts = asked_facts(shop, "");
  listing.facts.push_back({"in_any", "In any of them", Cell::of(found.in_any)});
  listing.facts.push_back({"customers_known", "Customers known", Cell::of(found.population)});
  listing.rows_key = "pairs";
  listing.columns = {{"a", "segment"},
                     {"b", "and"},
                     {"both", "in both"},
                     {"share_of_a", "of the first"},
                     {"share_of_b", "of the other"},
                     {"jaccard", "alike"}};
  for (const Pair& pair : pairs) {
    const int64_t both = found.both[pair.a][pair.b];
    listing.rows.push_back({Cell::of(found.names[pair.a]), Cell::of(found.names[pair.b]),
                            Cell::of(both), Cell::share(share(both, found.sizes[pair.a])),
                            Cell::share(share(both, found.sizes[pair.b])),
                            Cell::share(found.jaccard(pair.a, pair.b))});
  }
  listing.if_empty = "No two of these segments share a customer.";
  return listing;
}

Result<Listing> segment_diff(ProjectShop& shop, const std::string& name, const std::string& rule,
                             Files& files) {
  REGULARS_ASSIGN(const std::string text, rule_text(rule, files));
  REGULARS_ASSIGN(const language::Compiled edited, shop.compile_rule(text));
  REGULARS_ASSIGN(const language::NodePtr proposed, language::parse(text));
  REGULARS_ASSIGN(const LinkedDefinition* linked, shop.segment(name));
  REGULARS_ASSIGN(const segments::RuleDiff diff,
                  segments::diff_rules(shop.asking(), linked->compiled.expression,
                                       edited.expression, shop.as_of()));
  Listing listing;
  listing.facts = asked_facts(shop, diff.snapshot);
  listing.facts.insert(listing.facts.end(),
                       {{"rule_before", "Rule now", Cell::of(linked->text)},
                        {"rule_after", "Rule proposed", Cell::of(language::print(*proposed))},
                        {"before", "Customers now", Cell::of(diff.before)},
                        {"after", "Customers then", Cell::of(diff.after)},
                        {"entering", "Entering", Cell::of(int64_t(diff.entering.size()))},
                        {"leaving", "Leaving", Cell::of(int64_t(diff.leaving.size()))},
                        {"staying", "Staying", Cell::of(diff.staying)}});
  listing.rows_key = "customers";
  listing.columns = {{"customer_id", "customer"}, {"change", "change"}};
  const auto add = [&](const std::vector<CustomerNumber>& customers, const char* change) {
    for (const CustomerNumber c : customers) {
      listing.rows.push_back(
          {Cell::of(std::string(shop.history().customer_id(c))), Cell::of(change)});
    }
  };
  add(diff.entering, "enters");
  add(diff.leaving, "leaves");
  listing.if_empty = "The same customers: nobody enters, nobody leaves.";
  for (const language::Warning& warning : edited.warnings) {
    listing.notes.push_back("Warning: " + warning.message);
  }
  return listing;
}

namespace {

Result<segments::Step> step_named(const std::string& name) {
  using segments::Step;
  static const std::map<std::string, Step> steps = {{"day", Step::kDay},
                                                    {"week", Step::kWeek},
                                                    {"month", Step::kMonth},
                                                    {"quarter", Step::kQuarter},
                                                    {"year", Step::kYear}};
  const auto found = steps.find(name);
  if (found != steps.end()) return found->second;
  return Error(ErrorCode::kUsage, "there is no step '" + name + "'",
               "It is day, week, month, quarter or year.");
}

Result<Day> day_or(const std::string& text, Day otherwise) {
  if (text.empty()) return otherwise;
  const auto day = parse_date(text);
  if (day) return *day;
  return Error(ErrorCode::kUsage, "'" + text + "' is no date", "Write it as 2025-01-31.");
}

}  // namespace

Result<Listing> segment_history(ProjectShop& shop, const HistoryQuestion& question) {
  REGULARS_ASSIGN(const NamedRule rule, named_rule(shop, question.segment));
  REGULARS_ASSIGN(const segments::Step step, step_named(question.step));
  REGULARS_ASSIGN(const Day from, day_or(question.from, shop.first_day()));
  Instant to = shop.as_of();
  if (!question.to.empty()) {
    REGULARS_ASSIGN(const Day last, day_or(question.to, shop.first_day()));
    to = shop.zone().end_of(last);
  }
  if (shop.zone().start_of(from) > to) {
    return Error(ErrorCode::kUsage, "the history ends before it begins",
                 "--from must not lie after --to.");
  }
  segments::Asking asking = shop.asking();
  // No snapshot was taken before the project was; the past is asked with what was true then.
  asking.population = segments::PopulationChoice::kRecompute;
  const auto instants = segments::period_ends(shop.zone(), shop.zone().start_of(from), to, step);
  REGULARS_ASSIGN(const auto points, segments::rule_history(asking, rule.expression, instants));
  Listing listing;
  listing.facts = {{"segment", "Segment", Cell::of(rule.name)},
                   {"rule", "Rule", Cell::of(rule.text)}};
  listing.rows_key = "points";
  listing.columns = {{"as_of", "as of"}, {"customers", "customers"},   {"entered", "entered"},
                     {"left", "left"},   {"customers_known", "known"}, {"share", "share"}};
  for (const segments::RulePoint& point : points) {
    listing.rows.push_back({Cell::of(to_iso(shop.zone().day_of(point.as_of))), Cell::of(point.size),
                            Cell::of(point.entered), Cell::of(point.left),
                            Cell::of(point.population),
                            Cell::share(share(point.size, point.population))});
  }
  return listing;
}

Result<std::string> explain_segment(ProjectShop& shop, const std::string& name_or_rule,
                                    const std::string& customer, Format format, size_t width) {
  REGULARS_ASSIGN(const NamedRule rule, named_rule(shop, name_or_rule));
  segments::ExplainQuestion question;
  question.linked = &shop.linked();
  const std::string words = rule.name == "rule" ? "the rule" : "'" + rule.name + "'";
  question.segment = format == Format::kJson ? rule.name : words;
  question.text = rule.text;
  question.tree = rule.tree;
  REGULARS_ASSIGN(question.customer, shop.customer(customer));
  question.as_of = shop.as_of();
  REGULARS_ASSIGN(const segments::Explanation found, segments::explain(shop.asking(), question));
  return format == Format::kJson ? explanation_json(found)
                                 : explanation_text(found, shop.zone(), width);
}

}  // namespace regulars::app
