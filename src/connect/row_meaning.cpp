#include "connect/row_meaning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "connect/column_relations.h"
#include "connect/currencies.h"
#include "connect/notices.h"
#include "connect/status_words.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

bool named_a_total(const std::string& column) {
  const std::vector<std::string> words = words_of(column);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "order" || word == "total" || word == "grand" || word == "invoice" ||
           word == "gesamt" || word == "bestellwert" || word == "rechnungsbetrag";
  });
}

// Letters, and a hyphen behind them, in front of an order's number; empty: it has none.
std::string_view prefix_of(std::string_view order) {
  size_t n = 0;
  while (n < order.size() && std::isalpha(static_cast<unsigned char>(order[n])) != 0) ++n;
  if (n == 0 || n > 3 || n == order.size()) return {};
  if (order[n] == '-') ++n;
  const bool number =
      n < order.size() && order.substr(n).find_first_not_of("0123456789") == std::string_view::npos;
  return number ? order.substr(0, n) : std::string_view();
}

bool is_negative(std::string_view cell) {
  const NumberLook look = look_at_number(trimmed(cell));
  return look.is_number && look.negative;
}

std::string lower(std::string_view text) {
  std::string out;
  lower_ascii(trimmed(text), out);
  return out;
}

void add_once(std::vector<std::string>& list, std::string value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

AmountDecision decide_within_orders(const ColumnProfile& amount, const WithinOrders& within) {
  const auto orders = static_cast<double>(within.orders);
  const auto share = [&](int64_t part) { return static_cast<double>(part) / orders; };
  if (within.orders == 0) return {};
  if (share(within.is_line_amount) >= 0.9) {
    return {AmountMeaning::kLineAmount, "it equals quantity x price on each line"};
  }
  const bool enough = within.orders >= 3 || named_a_total(amount.name);
  if (enough && share(within.first_only) >= 0.95) {
    return {AmountMeaning::kOrderTotalFirstLine, "only the first line of each order has an amount"};
  }
  const bool varies = amount.distinct >= 3 || within.orders < 3;
  if (enough && varies && share(within.constant) >= 0.95 &&
      within.differing * 2 >= within.constant) {
    return {AmountMeaning::kOrderTotalRepeated, "the same amount stands on every line of an order"};
  }
  return {};
}

}  // namespace

AmountDecision decide_amount(const SourceProfile& source, const ColumnMapping& mapping) {
  if (mapping.amount.empty()) return {AmountMeaning::kQuantityTimesPrice, "no column of totals"};
  const int order = source.find(mapping.order);
  const int amount = source.find(mapping.amount);
  if (order < 0 || amount < 0) return {};
  const int product = source.find(mapping.product.empty() ? mapping.product_name : mapping.product);
  const WithinOrders within =
      look_within_orders(source, static_cast<size_t>(order), static_cast<size_t>(amount), product,
                         source.find(mapping.quantity), source.find(mapping.price));
  return decide_within_orders(source.columns[static_cast<size_t>(amount)], within);
}

std::string find_cancellation_prefix(const SourceProfile& source, const ColumnMapping& mapping) {
  const int order = source.find(mapping.order);
  const int quantity = source.find(mapping.quantity);
  const int amount = source.find(mapping.amount);
  if (order < 0 || (quantity < 0 && amount < 0)) return {};
  if (source.columns[static_cast<size_t>(order)].letter_numbers == 0) return {};
  struct Seen {
    int64_t rows = 0;
    int64_t negative = 0;
  };
  std::map<std::string, Seen, std::less<>> seen;
  int64_t rows = 0;
  for (size_t row = 0; row < source.sample.rows(); ++row) {
    const std::string_view cell = trimmed(source.sample.cell(static_cast<size_t>(order), row));
    if (cell.empty()) continue;
    Seen& entry = seen[std::string(prefix_of(cell))];
    ++rows;
    ++entry.rows;
    const auto negative_in = [&](int column) {
      return column >= 0 && is_negative(source.sample.cell(static_cast<size_t>(column), row));
    };
    if (negative_in(quantity) || negative_in(amount)) ++entry.negative;
  }
  std::string best;
  int64_t most = 0;
  for (const auto& [prefix, entry] : seen) {
    if (prefix.empty() || entry.rows * 2 >= rows || entry.negative * 10 < entry.rows * 9) continue;
    if (entry.rows <= most) continue;
    best = prefix;
    most = entry.rows;
  }
  return best;
}

void decide_statuses(const SourceProfile& source, SourceSpec& spec, std::vector<Notice>& notices) {
  std::vector<std::string> unknown;
  const int status = source.find(spec.columns.status);
  const int event = source.find(spec.columns.event);
  if (status >= 0) {
    for (const ValueCount& value : source.columns[static_cast<size_t>(status)].values) {
      switch (status_of(value.value)) {
        case StatusMeaning::kNotSale:
          add_once(spec.not_sales, lower(value.value));
          break;
        case StatusMeaning::kRefund:
          add_once(spec.refund_statuses, lower(value.value));
          break;
        case StatusMeaning::kGivenBack:
          add_once(spec.given_back_statuses, lower(value.value));
          break;
        case StatusMeaning::kUnknown:
          unknown.push_back(value.value);
          break;
        case StatusMeaning::kSale:
          break;
      }
    }
  }
  if (!unknown.empty()) {
    notices.push_back(
        make_notice("unknown_status",
                    fmt::format("status {} is not known: counted as sales", some_of(unknown, 45)),
                    "--status", 30));
  }
  if (event < 0) return;
  for (const ValueCount& value : source.columns[static_cast<size_t>(event)].values) {
    if (is_purchase_event(value.value)) add_once(spec.purchase_events, lower(value.value));
    if (status_of(value.value) == StatusMeaning::kRefund) {
      add_once(spec.refund_statuses, lower(value.value));
    }
  }
}

std::string currency_code(std::string_view text) {
  const std::string_view clean = trimmed(text);
  const CurrencyMark mark = currency_at_front(clean);
  if (mark.length == clean.size() && mark.length > 0) {
    return std::string(usual_currency(mark.code));
  }
  std::string upper(clean);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return upper;
}

std::string main_currency(const SourceProfile& source, const ColumnMapping& mapping) {
  const int column = source.find(mapping.currency);
  if (column >= 0) {
    std::map<std::string, int64_t> rows;
    for (const ValueCount& value : source.columns[static_cast<size_t>(column)].values) {
      rows[currency_code(value.value)] += value.rows;
    }
    const auto most = std::max_element(
        rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == rows.end() ? std::string() : most->first;
  }
  for (const std::string& name : {mapping.amount, mapping.price}) {
    const int money = source.find(name);
    if (money < 0) continue;
    const std::vector<ValueCount>& marks = source.columns[static_cast<size_t>(money)].currencies;
    if (marks.empty()) continue;
    // A sign that several currencies share says nothing alone; beside others it means the usual
    // one.
    if (marks.size() > 1) return std::string(usual_currency(marks[0].value));
    return minor_units(marks[0].value) ? marks[0].value : std::string();
  }
  return {};
}

}  // namespace regulars::connect
