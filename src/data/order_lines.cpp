#include "data/order_lines.h"

#include <algorithm>
#include <span>

#include "base/decimal.h"
#include "data/order_groups.h"
#include "data/refund_links.h"

namespace regulars {
namespace {

constexpr const char* kCouponColumn = "coupon";

constexpr Instant kNever{std::numeric_limits<int64_t>::max()};

bool totals_are_per_order(AmountMeaning meaning) {
  return meaning == AmountMeaning::kOrderTotalRepeated ||
         meaning == AmountMeaning::kOrderTotalFirstLine;
}

// Money of a set of lines, per the meaning of the amount column.
struct Total {
  Int128 amount = 0;
  bool conflict = false;  // "repeated" totals that differ
};

class Assembler {
 public:
  Assembler(OrderLines lines, const SourceSpec& spec, const Zone& zone)
      : lines_(std::move(lines)), spec_(spec), zone_(zone) {}

  Result<Assembled> run();

 private:
  using LineNumbers = std::span<const uint32_t>;

  void classify_rows();
  void add_unattributed(uint32_t line);
  Result<void> total_unattributed();
  void prepare_batches();
  void see_customers();

  Result<void> add_group(uint32_t group);
  Result<void> add_order(uint32_t group, LineNumbers own);
  Result<void> add_purchase(uint32_t group, LineNumbers own, int64_t amount);
  Result<void> add_refunds(uint32_t group);
  void add_refund_event(uint32_t group, Instant at, int64_t total, LineNumbers lines,
                        uint32_t purchase_group);
  void add_free_order(uint32_t group, LineNumbers own);
  int64_t item_amount(uint32_t line, int64_t order_total) const;
  void append_items(EventBatch& batch, LineNumbers lines, bool with_extras, int64_t order_total);
  Result<void> append_order_extras(LineNumbers lines);
  bool has_coupons() const { return find_column(lines_.extra, kCouponColumn) != nullptr; }

  Total total(const std::vector<int64_t>& values, LineNumbers lines) const;
  Instant earliest(LineNumbers lines) const;
  bool far_apart(Instant first, LineNumbers lines) const;
  uint32_t order_given_back(uint32_t line) const;
  uint32_t order_of_refund(uint32_t group, LineNumbers lines) const;
  uint32_t named_purchase(uint32_t group, LineNumbers lines) const;
  void count_rows(LineNumbers lines, int64_t& counter);

  OrderLines lines_;
  const SourceSpec& spec_;
  const Zone& zone_;
  Assembled result_;
  OrderGroups groups_;
  std::vector<uint8_t> skip_;
  std::vector<uint32_t> own_, back_;  // lines of the group at hand
  Int128 unattributed_gross_ = 0, unattributed_refunds_ = 0;
  EventBatch purchases_, refunds_, free_orders_;
  std::vector<uint32_t> purchase_row_;  // per group: row in purchases_, or kNoCode
  std::vector<uint32_t>
      refund_target_;  // per refund row: group it gives back; then row in purchases_
};

Result<Assembled> Assembler::run() {
  classify_rows();
  groups_ = group_lines(lines_, skip_, spec_.each_row_is_an_order);
  result_.orders_by_same_instant = groups_.by_same_instant;
  result_.orders_with_two_customers = groups_.orders_with_two_customers;
  purchase_row_.assign(groups_.size(), kNoCode);
  prepare_batches();
  for (uint32_t group = 0; group < groups_.size(); ++group) REGULARS_TRY(add_group(group));
  for (uint32_t& target : refund_target_) {
    target = target == kNoCode ? kNoCode : purchase_row_[target];
  }
  link_refunds(refund_target_, purchases_, refunds_);
  REGULARS_TRY(total_unattributed());
  see_customers();
  result_.events.push_back(std::move(purchases_));
  result_.events.push_back(std::move(refunds_));
  result_.events.push_back(std::move(free_orders_));
  return std::move(result_);
}

void Assembler::classify_rows() {
  skip_.assign(lines_.size(), 1);
  std::vector<uint8_t> seen_orders(lines_.orders->size(), 0);
  for (uint32_t line = 0; line < lines_.size(); ++line) {
    if (!lines_.excluded.empty() && lines_.excluded[line] != 0) {
      ++result_.rows.excluded;
    } else if (lines_.kind[line] == LineKind::kNotSale) {
      ++result_.rows.not_sales;
    } else if (lines_.customer[line] == kNoCode) {
      ++result_.rows.unattributed;
      const uint32_t order = lines_.order.empty() ? kNoCode : lines_.order[line];
      const bool again = order != kNoCode && seen_orders[order] != 0;
      if (order != kNoCode) seen_orders[order] = 1;
      if (!again) ++result_.unattributed.orders;
      // A total that stands on every line of its order counts once.
      if (!again || spec_.amount_meaning != AmountMeaning::kOrderTotalRepeated) {
        add_unattributed(line);
      }
    } else {
      skip_[line] = 0;
    }
  }
}

void Assembler::add_unattributed(uint32_t line) {
  const int64_t amount = lines_.amount[line];
  if (amount == kMissing) return;
  if (lines_.kind[line] == LineKind::kRefund || amount < 0) {
    unattributed_refunds_ += std::abs(amount);
  } else {
    unattributed_gross_ += amount;
  }
  if (!lines_.returned.empty() && lines_.returned[line] != kMissing) {
    unattributed_refunds_ += lines_.returned[line];
  }
}

Result<void> Assembler::total_unattributed() {
  REGULARS_ASSIGN(result_.unattributed.gross, narrow(unattributed_gross_));
  REGULARS_ASSIGN(result_.unattributed.refunds, narrow(unattributed_refunds_));
  Int128 all = unattributed_gross_;
  for (const int64_t amount : purchases_.columns[0].numbers) all += amount;
  const auto gross = static_cast<double>(unattributed_gross_);
  result_.unattributed.share_of_sales = all > 0 ? gross / static_cast<double>(all) : 0;
  return {};
}

Column empty_like(const Column& column) {
  return {column.name, column.type, column.scale, {}, {}, column.dictionary};
}

void Assembler::prepare_batches() {
  const int scale = lines_.amount_scale;
  const auto items = [&](EventBatch& batch) {
    batch.item_offset.push_back(0);
    if (!lines_.product.empty()) {
      batch.item_columns.push_back(Column::text("product", lines_.products));
    }
    if (!lines_.quantity.empty()) {
      batch.item_columns.push_back(Column::decimal("quantity", lines_.quantity_scale));
    }
    batch.item_columns.push_back(Column::decimal("amount", scale));
  };
  purchases_.type = "purchase";
  purchases_.columns = {Column::decimal("amount", scale), Column::of("lines", ValueType::kInteger),
                        Column::of("undone_at", ValueType::kInstant),
                        Column::text("order", lines_.orders)};
  for (const Column& column : lines_.extra) purchases_.columns.push_back(empty_like(column));
  if (has_coupons()) purchases_.columns.push_back(Column::of("coupon_used", ValueType::kBoolean));
  items(purchases_);
  for (const Column& column : lines_.extra) purchases_.item_columns.push_back(empty_like(column));
  refunds_.type = "refund";
  refunds_.columns = {
      Column::decimal("amount", scale), Column::of("applies_at", ValueType::kInstant),
      Column::of("linked", ValueType::kBoolean), Column::text("refund_of", lines_.orders)};
  items(refunds_);
  free_orders_.type = "free_order";
}

Total Assembler::total(const std::vector<int64_t>& values, LineNumbers lines) const {
  Total total;
  bool first = true;
  for (const uint32_t line : lines) {
    const int64_t value = values[line];
    if (value == kMissing) continue;
    if (spec_.amount_meaning == AmountMeaning::kOrderTotalRepeated) {
      if (first) total.amount = value;
      if (!first && total.amount != value) {
        total.conflict = true;
        total.amount = std::max<Int128>(total.amount, value);
      }
    } else {
      total.amount += value;
    }
    first = false;
  }
  return total;
}

bool Assembler::far_apart(Instant first, LineNumbers lines) const {
  return std::any_of(lines.begin(), lines.end(),
                     [&](uint32_t line) { return lines_.at[line] - first > days(7); });
}

Instant Assembler::earliest(LineNumbers lines) const {
  Instant earliest = kNever;
  for (const uint32_t line : lines) earliest = std::min(earliest, lines_.at[line]);
  return earliest;
}

// Splits a group into the order's own lines and those that give something back later.
Result<void> Assembler::add_group(uint32_t group) {
  const LineNumbers all(groups_.lines.data() + groups_.offset[group],
                        groups_.offset[group + 1] - groups_.offset[group]);
  Instant sold_at = kNever;
  for (const uint32_t line : all) {
    if (lines_.kind[line] == LineKind::kSale && lines_.amount[line] > 0) {
      sold_at = std::min(sold_at, lines_.at[line]);
    }
  }
  own_.clear();
  back_.clear();
  const Day sold_on = sold_at == kNever ? Day{} : zone_.day_of(sold_at);
  for (const uint32_t line : all) {
    const bool later = sold_at != kNever && lines_.amount[line] != kMissing &&
                       lines_.amount[line] < 0 && zone_.day_of(lines_.at[line]) > sold_on;
    const bool gives_back = lines_.kind[line] == LineKind::kRefund || later;
    (gives_back ? back_ : own_).push_back(line);
  }
  REGULARS_TRY(add_order(group, own_));
  return add_refunds(group);
}

Result<void> Assembler::add_order(uint32_t group, LineNumbers own) {
  if (own.empty()) return {};
  const Total order = total(lines_.amount, own);
  if (order.conflict) ++result_.orders_with_conflicting_totals;
  REGULARS_ASSIGN(const int64_t amount, narrow(order.amount));
  if (amount > 0) return add_purchase(group, own, amount);
  if (amount == 0) {
    add_free_order(group, own);
  } else {
    count_rows(own, result_.rows.refunds);
    add_refund_event(group, earliest(own), amount, own, named_purchase(group, own));
  }
  return {};
}

Result<void> Assembler::add_purchase(uint32_t group, LineNumbers own, int64_t amount) {
  const Instant at = earliest(own);
  // Order numbers that begin again merge orders of different months; nobody else would notice.
  result_.orders_far_apart += far_apart(at, own) ? 1 : 0;
  purchase_row_[group] = static_cast<uint32_t>(purchases_.size());
  purchases_.customer.push_back(groups_.customer[group]);
  purchases_.at.push_back(at);
  purchases_.id.push_back(purchases_.size());
  purchases_.columns[0].numbers.push_back(amount);
  purchases_.columns[1].numbers.push_back(static_cast<int64_t>(own.size()));
  purchases_.columns[2].numbers.push_back(kMissing);
  purchases_.columns[3].codes.push_back(lines_.order.empty() ? kNoCode : lines_.order[own.front()]);
  REGULARS_TRY(append_order_extras(own));
  append_items(purchases_, own, true, amount);
  count_rows(own, result_.rows.used);
  if (lines_.returned.empty()) return {};
  // Money given back on the order's own row carries no date of its own: it is the order's.
  REGULARS_ASSIGN(const int64_t returned, narrow(total(lines_.returned, own).amount));
  if (returned > 0) add_refund_event(group, at, returned, {}, group);
  return {};
}

// One refund for each instant at which something came back, and for each order named.
Result<void> Assembler::add_refunds(uint32_t group) {
  count_rows(back_, result_.rows.refunds);
  const auto key = [&](uint32_t line) {
    return std::pair(lines_.at[line], order_given_back(line));
  };
  std::stable_sort(back_.begin(), back_.end(),
                   [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  for (size_t begin = 0; begin < back_.size();) {
    size_t end = begin + 1;
    while (end < back_.size() && key(back_[end]) == key(back_[begin])) ++end;
    const LineNumbers part(back_.data() + begin, end - begin);
    REGULARS_ASSIGN(const int64_t amount, narrow(total(lines_.amount, part).amount));
    if (amount != 0) {
      add_refund_event(group, lines_.at[part.front()], amount, part, named_purchase(group, part));
    }
    begin = end;
  }
  return {};
}

// The order that a line names as given back; kNoCode: none.
uint32_t Assembler::order_given_back(uint32_t line) const {
  return lines_.refund_of.empty() ? kNoCode : lines_.refund_of[line];
}

// The order that these lines of a group name as given back, else the one they stand under: its
// purchase may come with another file.
uint32_t Assembler::order_of_refund(uint32_t group, LineNumbers lines) const {
  const uint32_t named = lines.empty() ? kNoCode : order_given_back(lines.front());
  if (named != kNoCode || lines_.order.empty()) return named;
  return lines_.order[groups_.lines[groups_.offset[group]]];
}

// The group whose purchase these refund lines give back: the order they name, else their own.
uint32_t Assembler::named_purchase(uint32_t group, LineNumbers lines) const {
  const uint32_t order = order_given_back(lines.front());
  if (order == kNoCode) return group;
  const uint32_t target = groups_.group_of_order[order];
  const bool same_customer =
      target != kNoCode && groups_.customer[target] == groups_.customer[group];
  return same_customer ? target : kNoCode;
}

// `total` of the lines as they stand in the file: a refund may be written below or above zero.
void Assembler::add_refund_event(uint32_t group, Instant at, int64_t total, LineNumbers lines,
                                 uint32_t purchase_group) {
  refunds_.customer.push_back(groups_.customer[group]);
  refunds_.at.push_back(at);
  refunds_.id.push_back(refunds_.size());
  refunds_.columns[0].numbers.push_back(std::abs(total));
  refunds_.columns[1].numbers.push_back(at.micros);
  refunds_.columns[2].numbers.push_back(0);
  refunds_.columns[3].codes.push_back(order_of_refund(group, lines));
  refund_target_.push_back(purchase_group);
  append_items(refunds_, lines, false, total);
}

void Assembler::add_free_order(uint32_t group, LineNumbers own) {
  free_orders_.customer.push_back(groups_.customer[group]);
  free_orders_.at.push_back(earliest(own));
  free_orders_.id.push_back(free_orders_.size());
  result_.rows.zero += static_cast<int64_t>(own.size());
}

// Items carry the sign that makes them add up to their event's amount, which is above zero: a fee
// kept back from a refund is below it.
int64_t Assembler::item_amount(uint32_t line, int64_t order_total) const {
  const bool per_order = totals_are_per_order(spec_.amount_meaning);
  if (per_order && lines_.item_amount.empty()) return kMissing;
  const int64_t amount = per_order ? lines_.item_amount[line] : lines_.amount[line];
  if (amount == kMissing || order_total >= 0) return amount;
  return per_order ? std::abs(amount) : -amount;
}

void Assembler::append_items(EventBatch& batch, LineNumbers lines, bool with_extras,
                             int64_t order_total) {
  for (const uint32_t line : lines) {
    size_t next = 0;
    if (!lines_.product.empty()) {
      batch.item_columns[next++].codes.push_back(lines_.product[line]);
    }
    if (!lines_.quantity.empty()) {
      batch.item_columns[next++].numbers.push_back(lines_.quantity[line]);
    }
    batch.item_columns[next++].numbers.push_back(item_amount(line, order_total));
    if (!with_extras) continue;
    for (const Column& column : lines_.extra) {
      Column& target = batch.item_columns[next++];
      if (column.type == ValueType::kText) {
        target.codes.push_back(column.codes[line]);
      } else {
        target.numbers.push_back(column.numbers[line]);
      }
    }
  }
  batch.item_offset.push_back(batch.item_offset.back() + static_cast<uint32_t>(lines.size()));
}

// Money is summed; anything else is that of the first line that has it.
Result<void> Assembler::append_order_extras(LineNumbers lines) {
  constexpr size_t kOwnColumns = 4;
  for (size_t i = 0; i < lines_.extra.size(); ++i) {
    const Column& column = lines_.extra[i];
    Column& target = purchases_.columns[kOwnColumns + i];
    const auto known =
        std::find_if(lines.begin(), lines.end(), [&](uint32_t line) { return column.known(line); });
    if (column.type == ValueType::kText) {
      target.codes.push_back(known == lines.end() ? kNoCode : column.codes[*known]);
    } else if (known == lines.end()) {
      target.numbers.push_back(kMissing);
    } else if (column.type == ValueType::kDecimal) {
      Int128 sum = 0;
      for (const uint32_t line : lines) sum += column.known(line) ? column.numbers[line] : 0;
      REGULARS_ASSIGN(const int64_t fits, narrow(sum));
      target.numbers.push_back(fits);
    } else {
      target.numbers.push_back(column.numbers[*known]);
    }
    if (column.name == kCouponColumn) {
      purchases_.columns.back().numbers.push_back(known == lines.end() ? 0 : 1);
    }
  }
  return {};
}

void Assembler::count_rows(LineNumbers lines, int64_t& counter) {
  const bool per_line = !totals_are_per_order(spec_.amount_meaning);
  for (const uint32_t line : lines) {
    const bool rounded = !lines_.rounded_to_zero.empty() && lines_.rounded_to_zero[line] != 0;
    ++(per_line && lines_.amount[line] == 0 && !rounded ? result_.rows.zero : counter);
  }
}

void Assembler::see_customers() {
  result_.customers.ids = lines_.customers;
  result_.customers.known_from = std::move(lines_.seen_from);
  result_.customers.known_from.resize(lines_.customers->size(), kNever);
  std::vector<uint8_t> excluded_customer(lines_.customers->size(), 0);
  for (uint32_t line = 0; line < lines_.size(); ++line) {
    const uint32_t customer = lines_.customer[line];
    if (customer == kNoCode) continue;
    Instant& from = result_.customers.known_from[customer];
    from = std::min(from, lines_.at[line]);
    if (!lines_.excluded.empty()) excluded_customer[customer] |= lines_.excluded[line];
  }
  for (size_t c = 0; c < excluded_customer.size(); ++c) {
    if (excluded_customer[c] != 0) result_.customers.known_from[c] = kNever;
  }
}

}  // namespace

Result<Assembled> assemble_orders(OrderLines lines, const SourceSpec& spec, const Zone& zone) {
  if (lines.size() >= UINT32_MAX) {
    return Error(ErrorCode::kOverflow, "more than four thousand million rows in one analysis",
                 "Analyse the years apart.");
  }
  return Assembler(std::move(lines), spec, zone).run();
}

}  // namespace regulars
