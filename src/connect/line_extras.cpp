#include "connect/line_extras.h"

#include <cstdlib>
#include <string>

#include "connect/number_format.h"
#include "connect/status_words.h"

namespace regulars::connect {

LineExtras::LineExtras(const BatchColumns& columns, const SourceSpec& spec)
    : columns_(columns), scale_(spec.amount_scale) {
  for (const Role role : {Role::kDiscount, Role::kTax, Role::kShipping, Role::kCost}) {
    if (!columns.has(role)) continue;
    extras_.push_back({role, Column::decimal(std::string(info_of(role).name), scale_)});
  }
  for (const Role role : {Role::kChannel, Role::kStore, Role::kCountry, Role::kCategory,
                          Role::kBrand, Role::kCoupon}) {
    if (!columns.has(role)) continue;
    extras_.push_back(
        {role, Column::text(std::string(info_of(role).name), columns.text(role).dictionary())});
  }
  if (columns.has(Role::kOptIn)) {
    extras_.push_back({Role::kOptIn, Column::of("opt_in", ValueType::kBoolean)});
  }
  for (const Role role : {Role::kCategory, Role::kBrand}) {
    if (columns.has(role) && columns.has(Role::kProduct)) facts_.push_back({role, {}});
  }
}

int64_t LineExtras::number_at(const Extra& extra, size_t row) const {
  const NumberCells& cells = columns_.number(extra.role);
  int64_t units = 0;
  if (cells.state(row) != CellState::kGood || !to_scale(cells.number(row), scale_, units)) {
    return kMissing;
  }
  // Some systems write money taken off as negative.
  return extra.role == Role::kDiscount ? std::abs(units) : units;
}

int64_t LineExtras::flag_at(const Extra& extra, size_t row) {
  const uint32_t code = columns_.code(extra.role, row);
  if (code == kNoCode) return kMissing;
  const Dictionary& known = *columns_.text(extra.role).dictionary();
  for (auto c = static_cast<uint32_t>(flags_.size()); c < known.size(); ++c) {
    const std::string_view text = known.text(c);
    flags_.push_back(means_yes(text) ? int8_t{1} : means_no(text) ? int8_t{0} : int8_t{-1});
  }
  return flags_[code] < 0 ? kMissing : flags_[code];
}

// "no", "0" and their like say that there was none.
uint32_t LineExtras::coupon_at(size_t row) {
  const uint32_t code = columns_.code(Role::kCoupon, row);
  if (code == kNoCode) return kNoCode;
  const Dictionary& known = *columns_.text(Role::kCoupon).dictionary();
  for (auto c = static_cast<uint32_t>(no_coupon_.size()); c < known.size(); ++c) {
    no_coupon_.push_back(means_no(known.text(c)) ? 1 : 0);
  }
  return no_coupon_[code] != 0 ? kNoCode : code;
}

void LineExtras::push(size_t row) {
  for (Extra& extra : extras_) {
    if (extra.column.type == ValueType::kText) {
      extra.column.codes.push_back(extra.role == Role::kCoupon ? coupon_at(row)
                                                               : columns_.code(extra.role, row));
    } else if (extra.column.type == ValueType::kDecimal) {
      extra.column.numbers.push_back(number_at(extra, row));
    } else {
      extra.column.numbers.push_back(flag_at(extra, row));
    }
  }
}

void LineExtras::note_product(uint32_t product, size_t row) {
  for (ProductFact& fact : facts_) {
    if (product >= fact.codes.size()) {
      fact.codes.resize(columns_.text(Role::kProduct).dictionary()->size(), kNoCode);
    }
    if (fact.codes[product] == kNoCode) fact.codes[product] = columns_.code(fact.role, row);
  }
}

void LineExtras::finish(OrderLines& lines) {
  for (Extra& extra : extras_) lines.extra.push_back(std::move(extra.column));
  for (ProductFact& fact : facts_) {
    fact.codes.resize(lines.products->size(), kNoCode);
    Column column =
        Column::text(std::string(info_of(fact.role).name), columns_.text(fact.role).dictionary());
    column.codes = std::move(fact.codes);
    lines.product_facts.push_back(std::move(column));
  }
}

}  // namespace regulars::connect
