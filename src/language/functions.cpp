// The one table, put together from its chapters, and the page that is made of it.
#include "language/functions.h"

#include <algorithm>
#include <unordered_map>

#include "language/table/table.h"

namespace regulars::language {
namespace {

Rows all_rows() {
  Rows rows;
  for (auto* chapter : {event_rows, window_rows, time_rows, text_rows, set_rows, place_rows,
                        number_rows, logic_rows, population_rows, segment_rows, order_rows,
                        unit_rows, program_rows, score_rows}) {
    for (FunctionRow& row : chapter()) rows.push_back(std::move(row));
  }
  return rows;
}

const Rows& table() {
  static const Rows rows = all_rows();
  return rows;
}

const char* title_of(Chapter chapter) {
  switch (chapter) {
    case Chapter::kEvents:
      return "Events";
    case Chapter::kWindows:
      return "Spans of time";
    case Chapter::kTime:
      return "Instants and days";
    case Chapter::kText:
      return "Texts";
    case Chapter::kSets:
      return "Sets and lists";
    case Chapter::kPlaces:
      return "Places";
    case Chapter::kNumbers:
      return "Numbers";
    case Chapter::kLogic:
      return "Logic";
    case Chapter::kPopulation:
      return "Among all customers";
    case Chapter::kSegments:
      return "Segments and classes";
    case Chapter::kOrder:
      return "Rhythm and order";
    case Chapter::kUnits:
      return "Households and accounts";
    case Chapter::kProgram:
      return "Consent, messages, points";
    case Chapter::kScores:
      return "Scores of models";
  }
  return "";
}

constexpr std::string_view kIntroduction = R"(# The language

<!-- @generated from the function table (src/language/table); do not edit. -->

One language for segments, features and everything else that is asked about customers. A rule is
true, false or unknown; a segment holds those for whom it is true. All is seen from one instant, the
*as-of* instant; nothing later counts.

**Names.** `purchase` is an event type, `purchase.amount` a field of it, `item.category` a field of
its order lines, `product.eco` a column of the table `product` that the line points at,
`purchase.store.region` one of the table `store`. `product.days_since_launch` counts the days from the
table's day `launch`, `launch_date` or `launched` to the event. Outside an event a name is an attribute
of the customer, a feature, a segmentation or a parameter; `customer.NAME` is always the attribute.

**Inside `where`** fields stand alone: `count(purchase where channel = 'web')`. A purchase may have
several items, so say which: `any item (category = 'coffee')`. Where an item's value is asked, as in
`sum(item.amount where category = 'coffee')`, the condition is about that item.

**Purchases** are those that stand: one that refunds have undone is none from then on. Only sums and
shares of `purchase.amount` and `purchase.net` keep it, together with its refunds.

**The unknown.** A comparison with an unknown value is unknown, so its `not` is, too. `is known` and
`is missing` ask. A count or sum of nothing is 0; an average of nothing is unknown.

**Texts** stand in single quotes, dates are texts such as '2025-01-31'. `--` begins a comment.

**Operators**, from the loosest: `or`, `and`, `not`, comparisons, `+ -`, `* /`, `at`.
)";

void add_row(std::string& page, const FunctionRow& row) {
  page += "\n### " + std::string(row.name) + "\n\n`" + std::string(row.signature) + "`\n\n";
  page += std::string(row.meaning) + " Gives: " + std::string(row.result) + ". " +
          std::string(row.unknowns) + "\n";
  if (row.examples.empty()) return;
  page += "\n| rule | meaning |\n|---|---|\n";
  for (const Example& example : row.examples) {
    std::string rule(example.rule);
    for (size_t at = rule.find('|'); at != std::string::npos; at = rule.find('|', at + 2)) {
      rule.insert(at, "\\");
    }
    page += "| `" + rule + "` | " + std::string(example.meaning) + " |\n";
  }
}

}  // namespace

std::span<const FunctionRow> function_table() { return table(); }

const FunctionRow* find_function(std::string_view name) {
  static const auto index = [] {
    std::unordered_map<std::string_view, const FunctionRow*> result;
    for (const FunctionRow& row : table()) result.emplace(row.name, &row);
    return result;
  }();
  const auto found = index.find(name);
  return found == index.end() ? nullptr : found->second;
}

std::string reference_page() {
  std::string page(kIntroduction);
  std::optional<Chapter> chapter;
  for (const FunctionRow& row : table()) {
    if (chapter != row.chapter) page += std::string("\n## ") + title_of(row.chapter) + "\n";
    chapter = row.chapter;
    add_row(page, row);
  }
  return page;
}

std::vector<std::string> completions() {
  std::vector<std::string> names;
  for (const FunctionRow& row : table()) names.emplace_back(row.name);
  return names;
}

}  // namespace regulars::language
