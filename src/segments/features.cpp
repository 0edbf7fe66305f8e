#include "segments/features.h"

#include <algorithm>

namespace regulars::segments {

using evaluate::AggregateKind;
using evaluate::AggregateValue;
using evaluate::ExpressionPtr;
using evaluate::Op;
using evaluate::Window;

PurchaseFeatures::PurchaseFeatures(const History& history, std::string activity)
    : activity_(std::move(activity)) {
  const Stream* purchases = history.stream("purchase");
  if (purchases == nullptr) return;
  if (const Column* amount = find_column(purchases->columns, "amount")) scale_ = amount->scale;
  const Column* discount = find_column(purchases->columns, "discount");
  has_discount_ = discount != nullptr && discount->type == ValueType::kDecimal;
  if (activity_ != "purchase") return;
  const Column* undone = find_column(purchases->columns, "undone_at");
  if (undone == nullptr) return;
  const bool any = std::any_of(undone->numbers.begin(), undone->numbers.end(),
                               [](int64_t at) { return at != kMissing; });
  if (!any) return;
  const ExpressionPtr at = evaluate::column("undone_at");
  standing_ = evaluate::make(
      Op::kNot,
      {evaluate::make(Op::kAnd, {evaluate::make(Op::kKnown, {at}),
                                 evaluate::make(Op::kLessEqual, {at, evaluate::as_of()})})});
}

ExpressionPtr PurchaseFeatures::of_purchases(AggregateKind kind, AggregateValue value,
                                             const Window& window) const {
  return evaluate::aggregate({.kind = kind,
                              .event = activity_,
                              .value = std::move(value),
                              .where = standing_,
                              .window = window,
                              .rhythm = {}});
}

ExpressionPtr PurchaseFeatures::orders(const Window& window) const {
  return of_purchases(AggregateKind::kCount, {}, window);
}

ExpressionPtr PurchaseFeatures::nth_purchase_day(int n) const {
  return evaluate::aggregate({.kind = AggregateKind::kNthDistinct,
                              .event = activity_,
                              .value = evaluate::day_value(),
                              .where = standing_,
                              .window = {},
                              .n = n,
                              .rhythm = {}});
}

ExpressionPtr PurchaseFeatures::last_return(evaluate::RhythmRule rule) const {
  return evaluate::aggregate({.kind = AggregateKind::kLastReturn,
                              .event = activity_,
                              .value = evaluate::day_value(),
                              .where = standing_,
                              .window = {},
                              .rhythm = rule});
}

namespace {

ExpressionPtr sum_of(const char* event, const Window& window, ExpressionPtr where) {
  return evaluate::aggregate({.kind = AggregateKind::kSum,
                              .event = event,
                              .value = evaluate::column_value("amount"),
                              .where = std::move(where),
                              .window = window,
                              .rhythm = {}});
}

}  // namespace

ExpressionPtr PurchaseFeatures::gross(const Window& window) const {
  return sum_of("purchase", window, nullptr);
}

ExpressionPtr PurchaseFeatures::refunds() const {
  return sum_of("refund", evaluate::lifetime(), nullptr);
}

ExpressionPtr PurchaseFeatures::discount(const Window& window) const {
  if (!has_discount_) return nullptr;
  return evaluate::aggregate({.kind = AggregateKind::kSum,
                              .event = "purchase",
                              .value = evaluate::column_value("discount"),
                              .where = nullptr,
                              .window = window,
                              .rhythm = {}});
}

ExpressionPtr PurchaseFeatures::net_since(std::optional<Instant> since) const {
  if (!since) return evaluate::make(Op::kSubtract, {gross(evaluate::lifetime()), refunds()});
  const ExpressionPtr later =
      evaluate::make(Op::kGreater, {evaluate::column("applies_at"), evaluate::instant(*since)});
  constexpr Instant kFarFuture{std::numeric_limits<int64_t>::max() / 2};
  const Window after = evaluate::absolute(*since + microseconds(1), kFarFuture);
  return evaluate::make(Op::kSubtract,
                        {gross(after), sum_of("refund", evaluate::lifetime(), later)});
}

ExpressionPtr PurchaseFeatures::net_in(const Window& window) const {
  if (window == evaluate::lifetime()) return net_since(std::nullopt);
  const ExpressionPtr applies = evaluate::in_window(evaluate::column("applies_at"), window);
  return evaluate::make(Op::kSubtract,
                        {gross(window), sum_of("refund", evaluate::lifetime(), applies)});
}

ExpressionPtr PurchaseFeatures::net_within(const Window& window) const {
  return evaluate::make(Op::kSubtract, {gross(window), sum_of("refund", window, nullptr)});
}

}  // namespace regulars::segments
