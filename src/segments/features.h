// The expressions over purchases and refunds that segmentations share, so that "a purchase" and
// "net revenue" mean the same everywhere (practice E1).
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "data/history.h"
#include "evaluate/expression.h"

namespace regulars::segments {

class PurchaseFeatures {
 public:
  // `activity`: the event type whose events of_purchases, orders, nth_purchase_day and last_return
  // look at; money is always that of purchases.
  explicit PurchaseFeatures(const History& history, std::string activity = "purchase");

  int scale() const { return scale_; }  // of money

  // An aggregate over the purchases that stand at t (not undone by linked refunds), ever.
  evaluate::ExpressionPtr of_purchases(evaluate::AggregateKind kind, evaluate::AggregateValue value,
                                       const evaluate::Window& window = {}) const;
  evaluate::ExpressionPtr orders(const evaluate::Window& window) const;
  evaluate::ExpressionPtr nth_purchase_day(int n) const;
  evaluate::ExpressionPtr last_return(evaluate::RhythmRule rule) const;

  // Money. Gross counts undone purchases too: it is what was sold.
  evaluate::ExpressionPtr gross(const evaluate::Window& window) const;
  evaluate::ExpressionPtr refunds() const;
  // Money taken off orders, in the same unit; null when the shop's records hold no discounts.
  evaluate::ExpressionPtr discount(const evaluate::Window& window) const;
  // Purchases after `since` less refunds that apply after it: a linked refund applies at its
  // purchase's instant, an unlinked one at its own. Empty: ever.
  evaluate::ExpressionPtr net_since(std::optional<Instant> since) const;
  // The same over any window that moves with t: purchases in it less refunds that apply in it.
  evaluate::ExpressionPtr net_in(const evaluate::Window& window) const;
  // Purchases less refunds, each at its own instant: what moved within the window.
  evaluate::ExpressionPtr net_within(const evaluate::Window& window) const;

 private:
  std::string activity_;
  int scale_ = 2;
  bool has_discount_ = false;
  evaluate::ExpressionPtr standing_;  // null when no purchase was ever undone
};

}  // namespace regulars::segments
