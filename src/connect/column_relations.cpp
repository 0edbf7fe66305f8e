#include "connect/column_relations.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "connect/text.h"

namespace regulars::connect {
namespace {

// A cell as a number under the format that its column decides.
class NumberCells {
 public:
  NumberCells(const SourceProfile& source, int column) : source_(source), column_(column) {
    if (column < 0) return;
    format_ = decide_number_format(source.columns[static_cast<size_t>(column)].number_marks).format;
  }

  bool has_column() const { return column_ >= 0; }
  bool read(size_t row, double& value) const {
    Number number;
    if (column_ < 0) return false;
    const std::string_view cell = source_.sample.cell(static_cast<size_t>(column_), row);
    if (says_nothing(cell) || !read_number(cell, format_, number)) return false;
    value = static_cast<double>(number.units) / std::pow(10.0, number.scale);
    return true;
  }

 private:
  const SourceProfile& source_;
  int column_;
  NumberFormat format_;
};

bool about_equal(double a, double b) {
  return std::abs(a - b) <= std::max(0.011, 0.005 * std::abs(b));
}

struct OrderLook {
  int lines = 0;
  int amounts = 0;
  bool first_has_amount = false;
  bool constant = true;
  bool differing = false;
  bool line_amounts = true;
  double amount = 0;
  double quantity = 0;
  uint64_t product = 0;
};

void add_line(OrderLook& order, bool has_amount, double amount, uint64_t product, double quantity) {
  if (order.lines == 0) {
    order.first_has_amount = has_amount;
    order.product = product;
    order.quantity = quantity;
  } else if (product != order.product || quantity != order.quantity) {
    order.differing = true;
  }
  ++order.lines;
  if (!has_amount) return;
  if (order.amounts > 0 && amount != order.amount) order.constant = false;
  order.amount = amount;
  ++order.amounts;
}

}  // namespace

double share_of_products(const SourceProfile& source, size_t a, size_t b, size_t product) {
  const NumberCells left(source, static_cast<int>(a));
  const NumberCells right(source, static_cast<int>(b));
  const NumberCells result(source, static_cast<int>(product));
  int64_t compared = 0;
  int64_t equal = 0;
  for (size_t row = 0; row < source.sample.rows(); ++row) {
    double x = 0;
    double y = 0;
    double z = 0;
    if (!left.read(row, x) || !right.read(row, y) || !result.read(row, z)) continue;
    ++compared;
    if (about_equal(x * y, z)) ++equal;
  }
  return compared == 0 ? 0 : static_cast<double>(equal) / static_cast<double>(compared);
}

double share_at_other_times(const SourceProfile& source, size_t id, size_t time) {
  struct Seen {
    uint64_t time = 0;
    bool other = false;
    bool again = false;
  };
  std::unordered_map<uint64_t, Seen> seen;
  for (size_t row = 0; row < source.sample.rows(); ++row) {
    const std::string_view cell = source.sample.cell(id, row);
    if (says_nothing(cell)) continue;
    const uint64_t at = quick_hash(source.sample.cell(time, row));
    const auto [place, added] = seen.try_emplace(quick_hash(cell), Seen{at, false, false});
    if (added) continue;
    place->second.again = true;
    if (place->second.time != at) place->second.other = true;
  }
  int64_t several = 0;
  int64_t other = 0;
  for (const auto& [hash, s] : seen) {
    several += s.again ? 1 : 0;
    other += s.other ? 1 : 0;
  }
  return several == 0 ? 0 : static_cast<double>(other) / static_cast<double>(several);
}

WithinOrders look_within_orders(const SourceProfile& source, size_t order, size_t amount,
                                int product, int quantity, int price) {
  const NumberCells amounts(source, static_cast<int>(amount));
  const NumberCells quantities(source, quantity);
  const NumberCells prices(source, price);
  std::unordered_map<uint64_t, OrderLook> orders;
  for (size_t row = 0; row < source.sample.rows(); ++row) {
    const std::string_view cell = source.sample.cell(order, row);
    if (says_nothing(cell)) continue;
    OrderLook& look = orders[quick_hash(cell)];
    double value = 0;
    double count = 0;
    double each = 0;
    const bool has_amount = amounts.read(row, value);
    const bool has_count = quantities.read(row, count);
    if (prices.read(row, each) && has_count && has_amount && !about_equal(each * count, value)) {
      look.line_amounts = false;
    }
    const uint64_t item =
        product < 0 ? 0 : quick_hash(source.sample.cell(static_cast<size_t>(product), row));
    add_line(look, has_amount && value != 0, value, item, count);
  }
  WithinOrders within;
  for (const auto& [hash, look] : orders) {
    if (look.lines < 2 || look.amounts == 0) continue;
    ++within.orders;
    const bool constant = look.constant && look.amounts == look.lines;
    if (constant) ++within.constant;
    if (constant && look.differing) ++within.differing;
    if (look.amounts == 1 && look.first_has_amount) ++within.first_only;
    if (look.line_amounts && quantities.has_column() && prices.has_column()) {
      ++within.is_line_amount;
    }
  }
  return within;
}

}  // namespace regulars::connect
