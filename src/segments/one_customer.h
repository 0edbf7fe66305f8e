// Private to segments: one customer with her own events only, ready for questions at any instant.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "data/history.h"
#include "segments/ask.h"
#include "segments/explain.h"
#include "segments/snapshots.h"

namespace regulars::segments {

class OneCustomer {
 public:
  // `asking` must outlive it. Nothing later than `as_of` is there: "if nothing happens". With a
  // rule about units, the other members of hers are there too.
  static Result<OneCustomer> make(const Asking& asking, CustomerNumber customer,
                                  const evaluate::ExpressionPtr& rule, Instant as_of);

  const Zone& zone() const { return *zone_; }
  // Trees come as compiled; at every instant they are asked of the snapshot that counted then,
  // after the as-of of its own.
  Result<evaluate::Value> value(const evaluate::ExpressionPtr& tree, Instant t,
                                evaluate::Trace* trace) const;
  // Since when the tree has had the value it has at t, and when it will change. Unset also when
  // the tree's changes cannot be computed.
  Result<std::optional<Instant>> since(const evaluate::ExpressionPtr& tree, Instant t) const;
  Result<std::optional<Instant>> until(const evaluate::ExpressionPtr& tree, Instant t) const;

  // Fills the events that a trace counted; `columns` ("purchase.channel") are shown with them.
  void events_behind(const evaluate::Trace& trace, const std::set<std::string>& columns,
                     ExplainedPart& part) const;

 private:
  evaluate::Question question(Instant t) const;
  Result<evaluate::ExpressionPtr> bound(const evaluate::ExpressionPtr& tree,
                                        definitions::AskedOver over) const;
  // When the value at t began, where that was in [from, t]; nullopt: not there.
  Result<std::optional<Instant>> began(const evaluate::ExpressionPtr& tree, Instant from,
                                       Instant t) const;
  std::string facts(const Stream& stream, uint32_t row, const std::set<std::string>& columns) const;

  std::shared_ptr<const History> history_;
  std::shared_ptr<const std::vector<Column>> given_;
  const Zone* zone_ = nullptr;
  std::shared_ptr<Snapshots> snapshots_;
};

}  // namespace regulars::segments
