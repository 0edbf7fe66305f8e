// Private to store: the views that people query.
#pragma once

#include "base/result.h"
#include "sql/connection.h"
#include "store/event_schema.h"

namespace regulars::store {

// View `type` (customer, occurred_at, event_id, recorded_at, then the columns) and, where there are
// items, `type`_item (event_id, customer, occurred_at, line, then the columns): current versions
// only. A column named like one of those is shown with _ at its end. Attributes go into the view
// customer.
Result<void> create_views(sql::Connection& connection, const StoredType& stored);

}  // namespace regulars::store
