#include "connect/read_source.h"

#include "connect/read_customers.h"
#include "connect/read_events.h"
#include "connect/read_table.h"
#include "connect/source_reading.h"

namespace regulars::connect {

Result<SourceContents> read_source(RowReader& rows, const SourceDeclaration& declaration,
                                   const ProjectFacts& facts, const ReadSourceOptions& options) {
  if (declaration.kind == SourceDeclaration::Kind::kOrders) {
    return Error(ErrorCode::kInternal, "orders are read by read_orders");
  }
  REGULARS_ASSIGN(SourceReading reading, SourceReading::begin(rows, declaration, facts, options));
  switch (declaration.kind) {
    case SourceDeclaration::Kind::kCustomers:
      return read_customers(std::move(reading));
    case SourceDeclaration::Kind::kReference:
      return read_table(std::move(reading));
    default:
      return read_events(std::move(reading));
  }
}

}  // namespace regulars::connect
