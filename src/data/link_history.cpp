#include "data/link_history.h"

#include <algorithm>
#include <optional>

#include "base/decimal.h"

namespace regulars {
namespace {

Column* column_of(Stream& stream, const char* name) {
  const auto found = std::find_if(stream.columns.begin(), stream.columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  return found == stream.columns.end() ? nullptr : &*found;
}

// The column's place; one of unknown values is added where it is not there. -1: it is of another
// type than expected.
int ensure(Stream& stream, const char* name, ValueType type) {
  Column* column = column_of(stream, name);
  if (column == nullptr) {
    Column added = Column::of(name, type);
    added.numbers.assign(stream.size(), kMissing);
    stream.columns.push_back(std::move(added));
    return static_cast<int>(stream.columns.size()) - 1;
  }
  return column->type == type ? static_cast<int>(column - stream.columns.data()) : -1;
}

// The customer's purchases by the order they are.
struct OrderRow {
  uint32_t order;
  uint32_t row;
  auto operator<=>(const OrderRow&) const = default;
};

class Linker {
 public:
  Linker(Stream& purchases, Stream& refunds) : purchases_(purchases), refunds_(refunds) {}

  // False: the columns are of no use for this.
  bool prepare();
  void run();

 private:
  std::vector<uint32_t> map_orders(const char* column);
  void link_customer(size_t customer);
  std::optional<uint32_t> named(uint32_t refund) const;
  std::optional<uint32_t> by_number(uint32_t order, Instant until) const;
  std::optional<uint32_t> at_instant(size_t customer, Instant at) const;
  void link(uint32_t refund, uint32_t purchase);
  void make_links();
  std::vector<int64_t>& numbers(Stream& stream, int column) {
    return stream.columns[static_cast<size_t>(column)].numbers.wide();
  }

  Stream& purchases_;
  Stream& refunds_;
  int undone_at_ = -1, applies_at_ = -1, linked_ = -1;
  const Column* sold_ = nullptr;
  const Column* returned_ = nullptr;
  Int128 sold_factor_ = 1, returned_factor_ = 1;
  std::vector<uint32_t> refund_of_;  // per refund: code of the purchases' column `order`
  std::vector<uint32_t> own_order_;
  std::vector<OrderRow> orders_;  // of the customer at hand
  std::vector<uint32_t> target_;  // per refund: purchase, or kNoCode
  std::vector<Int128> back_;      // per purchase: given back so far
};

bool Linker::prepare() {
  undone_at_ = ensure(purchases_, "undone_at", ValueType::kInstant);
  applies_at_ = ensure(refunds_, "applies_at", ValueType::kInstant);
  linked_ = ensure(refunds_, "linked", ValueType::kBoolean);
  if (undone_at_ < 0 || applies_at_ < 0 || linked_ < 0) return false;
  sold_ = find_column(purchases_.columns, "amount");
  returned_ = find_column(refunds_.columns, "amount");
  const auto is_amount = [](const Column* column) {
    return column != nullptr &&
           (column->type == ValueType::kDecimal || column->type == ValueType::kInteger);
  };
  if (is_amount(sold_) && is_amount(returned_)) {
    const int scale = std::max(sold_->scale, returned_->scale);
    sold_factor_ = power_of_ten(scale - sold_->scale);
    returned_factor_ = power_of_ten(scale - returned_->scale);
  } else {
    sold_ = returned_ = nullptr;  // nothing can be said about what is undone
  }
  refund_of_ = map_orders("refund_of");
  own_order_ = map_orders("order");
  target_.assign(refunds_.size(), kNoCode);
  back_.assign(purchases_.size(), 0);
  return true;
}

std::vector<uint32_t> Linker::map_orders(const char* name) {
  std::vector<uint32_t> mapped(refunds_.size(), kNoCode);
  const Column* orders = find_column(purchases_.columns, "order");
  const Column* column = find_column(refunds_.columns, name);
  if (orders == nullptr || column == nullptr || orders->type != ValueType::kText ||
      column->type != ValueType::kText) {
    return mapped;
  }
  std::vector<uint32_t> of_code(column->dictionary->size());
  for (uint32_t code = 0; code < of_code.size(); ++code) {
    of_code[code] = orders->dictionary->find(column->dictionary->text(code));
  }
  for (size_t row = 0; row < mapped.size(); ++row) {
    if (column->known(row)) mapped[row] = of_code[column->codes[row]];
  }
  return mapped;
}

// Purchases are in the order of time, so rows of one order are too.
std::optional<uint32_t> Linker::by_number(uint32_t order, Instant until) const {
  if (order == kNoCode) return std::nullopt;
  auto found = std::upper_bound(orders_.begin(), orders_.end(), OrderRow{order, UINT32_MAX});
  while (found != orders_.begin() && (found - 1)->order == order) {
    --found;
    if (purchases_.at[found->row] <= until) return found->row;
  }
  return std::nullopt;
}

std::optional<uint32_t> Linker::named(uint32_t refund) const {
  const Instant at = refunds_.at[refund];
  if (refund_of_[refund] != kNoCode) return by_number(refund_of_[refund], at);
  return by_number(own_order_[refund], at);
}

std::optional<uint32_t> Linker::at_instant(size_t customer, Instant at) const {
  const auto begin = purchases_.at.begin() + purchases_.offset[customer];
  const auto end = purchases_.at.begin() + purchases_.offset[customer + 1];
  const auto found = std::lower_bound(begin, end, at);
  if (found == end || *found != at) return std::nullopt;
  return static_cast<uint32_t>(found - purchases_.at.begin());
}

void Linker::link(uint32_t refund, uint32_t purchase) {
  target_[refund] = purchase;
  numbers(refunds_, linked_)[refund] = 1;
  numbers(refunds_, applies_at_)[refund] = purchases_.at[purchase].micros;
  if (sold_ == nullptr || !sold_->known(purchase) || !returned_->known(refund)) return;
  back_[purchase] += returned_->numbers[refund] * returned_factor_;
  int64_t& undone = numbers(purchases_, undone_at_)[purchase];
  if (undone == kMissing && back_[purchase] >= sold_->numbers[purchase] * sold_factor_) {
    undone = refunds_.at[refund].micros;
  }
}

void Linker::link_customer(size_t customer) {
  orders_.clear();
  const Column* order = find_column(purchases_.columns, "order");
  if (order != nullptr && order->type == ValueType::kText) {
    for (uint32_t row = purchases_.offset[customer]; row < purchases_.offset[customer + 1]; ++row) {
      if (order->known(row)) orders_.push_back({order->codes[row], row});
    }
    std::sort(orders_.begin(), orders_.end());
  }
  for (uint32_t refund = refunds_.offset[customer]; refund < refunds_.offset[customer + 1];
       ++refund) {
    int64_t& linked = numbers(refunds_, linked_)[refund];
    int64_t& applies_at = numbers(refunds_, applies_at_)[refund];
    if (linked == kMissing) linked = 0;
    if (applies_at == kMissing) applies_at = refunds_.at[refund].micros;
    std::optional<uint32_t> purchase = named(refund);
    if (!purchase && linked == 1) purchase = at_instant(customer, Instant{applies_at});
    if (purchase) link(refund, *purchase);
  }
}

// Refunds are ordered by (time, id) within a customer, so those of a purchase are too.
void Linker::make_links() {
  EventLinks links{refunds_.type, std::vector<uint32_t>(purchases_.size() + 1, 0), {}};
  for (const uint32_t purchase : target_) {
    if (purchase != kNoCode) ++links.offset[purchase + 1];
  }
  for (size_t i = 1; i < links.offset.size(); ++i) links.offset[i] += links.offset[i - 1];
  links.rows.resize(links.offset.back());
  std::vector<uint32_t> next(links.offset.begin(), links.offset.end() - 1);
  for (uint32_t refund = 0; refund < target_.size(); ++refund) {
    if (target_[refund] != kNoCode) links.rows[next[target_[refund]]++] = refund;
  }
  std::erase_if(purchases_.links, [&](const EventLinks& old) { return old.type == links.type; });
  purchases_.links.push_back(std::move(links));
}

void Linker::run() {
  const size_t customers = purchases_.offset.size() - 1;
  for (size_t customer = 0; customer < customers; ++customer) {
    if (refunds_.offset[customer] != refunds_.offset[customer + 1]) link_customer(customer);
  }
  make_links();
}

Stream* stream_of(std::vector<Stream>& streams, const char* type) {
  const auto found = std::find_if(streams.begin(), streams.end(),
                                  [&](const Stream& stream) { return stream.type == type; });
  return found == streams.end() ? nullptr : &*found;
}

}  // namespace

History link_refunds(History history) {
  Stream* purchases = stream_of(history.edit_streams(), "purchase");
  Stream* refunds = stream_of(history.edit_streams(), "refund");
  if (purchases == nullptr || refunds == nullptr) return history;
  Linker linker(*purchases, *refunds);
  if (linker.prepare()) linker.run();
  return history;
}

}  // namespace regulars
