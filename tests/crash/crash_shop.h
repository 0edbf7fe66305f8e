// The shop of the crash tests: what is stored before, and the delivery during which the process
// dies. The delivery overlaps what is stored, revises some of it, brings new customers, a new type,
// new columns and a new source file, so that every table changes.
#pragma once

#include <functional>

#include "store/delivery.h"
#include "store/run_steps.h"

namespace regulars::store {

inline constexpr int64_t kFirstDay = 1000;   // recorded_at of the first delivery
inline constexpr int64_t kSecondDay = 2000;  // and of the second

Delivery first_delivery();
Delivery second_delivery();

// A step of a run that writes a reference table, a membership and scores; `sign` is called before
// each of them and before the commit.
Result<StepRecord> record_results(sql::Connection& connection, uint32_t run,
                                  const std::function<void()>& sign);

}  // namespace regulars::store
