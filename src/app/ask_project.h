// `regulars eval`: any expression of the language for every customer.
//
// Thread-safety: one shop at a time.
#pragma once

#include <string>

#include "app/listing.h"
#include "app/project_shop.h"
#include "base/result.h"

namespace regulars::app {

// One row per customer known at the as-of, in the order of their ids: customer_id, value. The
// unknown is an empty value.
Result<Listing> ask_project(ProjectShop& shop, const std::string& expression);

// The value of one customer as a cell: decimals exact, days and instants in ISO form (the instant
// in UTC), sets with "; " between the elements.
Cell cell_of(const evaluate::AnswerColumn& column, CustomerNumber customer);

// Customers known at t, by id.
std::vector<CustomerNumber> customers_by_id(const History& history, Instant t);

}  // namespace regulars::app
