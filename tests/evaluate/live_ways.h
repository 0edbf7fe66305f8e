// Customers whose events arrive one at a time, in order or not, asked again and again while they
// do.
#pragma once

#include <functional>

#include "base/random.h"
#include "evaluate/live_plan.h"
#include "every_way.h"

namespace regulars::evaluate {

enum class Arrival {
  kInOrder,
  kAnyOrder,  // shuffled, some twice, some first with other facts, some taken back and put again
};

// The customer's events come one at a time; `between` is called after some of them.
Result<LiveCustomer> arrived(const LiveLayout& layout, const Questions& questions,
                             CustomerNumber customer, Arrival arrival,
                             const std::function<Result<void>(LiveCustomer&)>& between);

// Answers of live customers. An index is kept from so many events on. Definitions that look at
// other customers are answered by a plan.
Result<Table> by_live_customers(const Questions& questions, Arrival arrival,
                                uint32_t indexed_events);

// The first disagreement between the reference and answers recorded by going from one next_change
// to the next; as disagreement_by_steps, of all definitions together.
std::optional<std::string> disagreement_by_live_steps(const Questions& questions);

bool looks_at_others(const Expression& e);

}  // namespace regulars::evaluate
