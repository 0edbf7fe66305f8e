#include "connect/line_amounts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr int kMostDecimals = 9;
constexpr const char* kTooLarge = "too large";

int decimals_of(const ColumnProfile& column) {
  return column.fractions == 0 ? 0 : std::min(column.decimals, kMostDecimals);
}

// value * 10^-from at 10^-to, half-even; false when it leaves 64 bits. Small values stay in 64
// bits.
bool rescale(Int128 value, int from, int to, int64_t& units) {
  if (from == to && value <= INT64_MAX && value >= INT64_MIN) {
    units = static_cast<int64_t>(value);
    return true;
  }
  constexpr Int128 kSmall = INT64_MAX / 4;
  if (from > to && value < kSmall && value > -kSmall) {
    const int64_t divisor = power_of_ten(from - to);
    const auto small = static_cast<int64_t>(value);
    int64_t quotient = small / divisor;
    const int64_t twice = std::abs(small % divisor) * 2;
    const bool odd = quotient % 2 != 0;
    if (twice > divisor || (twice == divisor && odd)) quotient += small < 0 ? -1 : 1;
    units = quotient;
    return true;
  }
  const Result<int64_t> scaled = rescale_half_even(value, from, to);
  if (scaled) units = scaled.value();
  return scaled.ok();
}

}  // namespace

LineAmounts::LineAmounts(const BatchColumns& columns, const SourceSpec& spec)
    : columns_(columns), meaning_(spec.amount_meaning), scale_(spec.amount_scale) {
  const bool product = columns.has(Role::kQuantity) && columns.has(Role::kPrice);
  if (meaning_ == AmountMeaning::kQuantityTimesPrice) {
    exact_scale_ =
        decimals_of(columns.profile(Role::kQuantity)) + decimals_of(columns.profile(Role::kPrice));
  } else {
    exact_scale_ = decimals_of(columns.profile(Role::kAmount));
    items_ = product && meaning_ != AmountMeaning::kLineAmount;
  }
  exact_scale_ = std::max(exact_scale_, scale_);
  if (columns.has(Role::kQuantity)) {
    quantity_scale_ = std::min(decimals_of(columns.profile(Role::kQuantity)), kMaxScale);
  }
  has_refund_ = columns.has(Role::kRefund);
  gives_back_ = !has_refund_ && !spec.given_back_statuses.empty();
}

const char* LineAmounts::round(Int128 value, int scale, int64_t& units, LineAmount& out) const {
  if (!rescale(value, scale, scale_, units)) return kTooLarge;
  // Idle zeros make 2.50 and 2.5 of the same scale; beyond the column's own digits there are none.
  out.exact = scale <= exact_scale_ ? value * power_of_ten(exact_scale_ - scale)
                                    : value / power_of_ten(scale - exact_scale_);
  out.rounded = Int128{units} * power_of_ten(exact_scale_ - scale_) != out.exact;
  return nullptr;
}

const char* LineAmounts::read_product(size_t row, int64_t& units, LineAmount& out) const {
  for (const Role role : {Role::kQuantity, Role::kPrice}) {
    const CellState state = columns_.number(role).state(row);
    if (state == CellState::kGood) continue;
    out.bad_role = role;
    return state == CellState::kEmpty ? "empty" : "not a number";
  }
  const Number& quantity = columns_.number(Role::kQuantity).number(row);
  const Number& price = columns_.number(Role::kPrice).number(row);
  out.bad_role = Role::kPrice;
  return round(Int128{quantity.units} * price.units, quantity.scale + price.scale, units, out);
}

const char* LineAmounts::read_amount(size_t row, const RowKind& kind, LineAmount& out) const {
  const CellState state = columns_.number(Role::kAmount).state(row);
  if (state == CellState::kBad) return "not a number";
  if (state == CellState::kEmpty) {
    const bool per_order = meaning_ != AmountMeaning::kLineAmount;
    if (!per_order && kind.kind != LineKind::kNotSale) return "empty";
    if (!per_order) out.units = 0;
    return nullptr;
  }
  const Number& amount = columns_.number(Role::kAmount).number(row);
  return round(amount.units, amount.scale, out.units, out);
}

void LineAmounts::read_returned(size_t row, const RowKind& kind, LineAmount& out) const {
  if (has_refund_ && columns_.number(Role::kRefund).state(row) == CellState::kGood) {
    const Number& refund = columns_.number(Role::kRefund).number(row);
    int64_t units = 0;
    if (rescale(refund.units, refund.scale, scale_, units)) out.returned = std::abs(units);
  } else if (gives_back_ && kind.given_back && out.units != kMissing && out.units > 0) {
    out.returned = out.units;
  }
}

const char* LineAmounts::read(size_t row, const RowKind& kind, LineAmount& out) const {
  const bool product = meaning_ == AmountMeaning::kQuantityTimesPrice;
  out.bad_role = Role::kAmount;
  const char* problem = product ? read_product(row, out.units, out) : read_amount(row, kind, out);
  if (problem != nullptr) {
    if (kind.kind != LineKind::kNotSale) return problem;
    out.units = 0;
  }
  if (items_) {
    LineAmount item;
    if (read_product(row, item.units, item) == nullptr) out.item = item.units;
  }
  read_returned(row, kind, out);
  if (columns_.has(Role::kQuantity) &&
      columns_.number(Role::kQuantity).state(row) == CellState::kGood) {
    const Number& quantity = columns_.number(Role::kQuantity).number(row);
    if (!rescale(quantity.units, quantity.scale, quantity_scale_, out.quantity)) {
      out.quantity = kMissing;
    }
  }
  return nullptr;
}

std::string LineAmounts::reason(const char* problem, const RowBatch& batch, size_t row,
                                Role role) const {
  const std::string_view name = info_of(role).name;
  const std::string_view what(problem);
  if (what == "empty") return fmt::format("no {}", name);
  const std::string_view cell = batch.cells[static_cast<size_t>(columns_.place(role))][row];
  const bool large = what == kTooLarge || is_too_large(cell, columns_.number(role).format());
  return fmt::format("'{}' is {}", shortened(cell, 60), large ? "too large" : "not a number");
}

}  // namespace regulars::connect
