#include "app/ask_project.h"

#include <algorithm>

#include "language/parse.h"
#include "language/print.h"

namespace regulars::app {
namespace {

std::string elements(std::string_view text) {
  std::string shown;
  for (const char c : text) shown += c == evaluate::kSetSeparator ? "; " : std::string(1, c);
  return shown;
}

}  // namespace

Cell cell_of(const evaluate::AnswerColumn& column, CustomerNumber customer) {
  if (column.known[customer] == 0) return {};
  switch (column.type) {
    case ValueType::kInteger:
      return Cell::of(column.numbers[customer]);
    case ValueType::kDecimal:
      return Cell::of(Decimal{column.numbers[customer], column.scale});
    case ValueType::kReal:
      return Cell::real(column.reals[customer]);
    case ValueType::kText:
      return Cell::of(elements(column.dictionary->text(column.codes[customer])));
    case ValueType::kInstant:
      return Cell::of(to_iso(Instant{column.numbers[customer]}));
    case ValueType::kDay:
      return Cell::of(to_iso(Day{static_cast<int32_t>(column.numbers[customer])}));
    case ValueType::kBoolean:
      return Cell::of(column.flags[customer] != 0);
  }
  return {};
}

std::vector<CustomerNumber> customers_by_id(const History& history, Instant t) {
  std::vector<CustomerNumber> customers;
  for (CustomerNumber c = 0; c < history.customers(); ++c) {
    if (segments::known_at(history, c, t)) customers.push_back(c);
  }
  std::sort(customers.begin(), customers.end(), [&](CustomerNumber a, CustomerNumber b) {
    return history.customer_id(a) < history.customer_id(b);
  });
  return customers;
}

Result<Listing> ask_project(ProjectShop& shop, const std::string& expression) {
  REGULARS_ASSIGN(const language::Compiled compiled, shop.compile(expression));
  REGULARS_ASSIGN(const segments::Asked asked,
                  segments::ask(shop.asking(), {{"value", compiled.expression}}, shop.as_of()));
  REGULARS_ASSIGN(const language::NodePtr tree, language::parse(expression));
  Listing listing;
  listing.facts = {{"expression", "Expression", Cell::of(language::print(*tree))},
                   {"as_of", "As of", Cell::moment(shop.as_of(), shop.zone())},
                   {"snapshot", asked.snapshot.empty() ? "" : "Population snapshot",
                    asked.snapshot.empty() ? Cell{} : Cell::of(asked.snapshot)}};
  listing.rows_key = "values";
  listing.columns = {{"customer_id", "customer_id"}, {"value", "value"}};
  for (const CustomerNumber c : customers_by_id(shop.history(), shop.as_of())) {
    listing.rows.push_back({Cell::of(std::string(shop.history().customer_id(c))),
                            cell_of(asked.answers.columns.front(), c)});
  }
  listing.if_empty = "No customer was known then.";
  for (const language::Warning& warning : compiled.warnings) {
    listing.notes.push_back("Warning: " + warning.message);
  }
  for (const std::string& missing : compiled.without_data) {
    listing.notes.push_back("No data yet: " + missing);
  }
  return listing;
}

}  // namespace regulars::app
