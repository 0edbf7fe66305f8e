// The same history, come another way: cut into blocks of customers, or delivered in another order.
#pragma once

#include "base/random.h"
#include "every_way.h"

namespace regulars::evaluate {

// About `count` blocks of customers, shuffled; who is of one unit (kOfUnit) with another is in the
// block with her, as what is asked of one looks at both.
std::vector<std::vector<CustomerNumber>> customer_blocks(const Questions& questions, size_t count,
                                                         Random& random);

// Answers of blocks of customers, each a history of its own that knows nothing of the others, put
// together.
Result<Table> by_blocks(const Questions& questions, size_t count);

// The history built again from the same events, delivered in another order.
Result<History> delivered_anew(const History& history, Random& random);

// Answers of the history built again from the same events, delivered in another order.
Result<Table> redelivered(const Questions& questions);

}  // namespace regulars::evaluate
