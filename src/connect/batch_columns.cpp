#include "connect/batch_columns.h"

#include "base/parallel.h"
#include "connect/guess.h"

namespace regulars::connect {
namespace {

bool is_number_role(Role role) {
  switch (role) {
    case Role::kQuantity:
    case Role::kPrice:
    case Role::kAmount:
    case Role::kDiscount:
    case Role::kRefund:
    case Role::kCost:
    case Role::kTax:
    case Role::kShipping:
      return true;
    default:
      return false;
  }
}

}  // namespace

BatchColumns::BatchColumns(const SourceProfile& source, const SourceSpec& spec, const Zone& zone,
                           size_t threads)
    : source_(source), threads_(threads), time_(spec.time_format, zone) {
  for (const RoleInfo& info : all_roles()) {
    const auto role = static_cast<size_t>(info.role);
    places_[role] = source.find(spec.columns.*info.column);
    if (places_[role] < 0) continue;
    const ColumnProfile& column = profile(info.role);
    if (is_number_role(info.role)) {
      numbers_[role] = NumberCells(format_of_column(column, spec.number_format));
    } else {
      texts_[role] = TextCells(tidying_of(column));
    }
    if (info.role != Role::kTimeOfDay) work_.push_back(info.role);
  }
}

void BatchColumns::read_role(Role role, const RowBatch& batch) {
  const Cells cells = Cells(batch.cells[static_cast<size_t>(place(role))]).first(batch.rows);
  if (role == Role::kTime) {
    Cells clocks;
    if (has(Role::kTimeOfDay)) {
      clocks = Cells(batch.cells[static_cast<size_t>(place(Role::kTimeOfDay))]).first(batch.rows);
    }
    time_.read(cells, clocks);
  } else if (is_number_role(role)) {
    numbers_[static_cast<size_t>(role)].read(cells);
  } else {
    texts_[static_cast<size_t>(role)].read(cells);
  }
}

void BatchColumns::read(const RowBatch& batch) {
  parallel_for(work_.size(), threads_, [&](size_t i) { read_role(work_[i], batch); });
}

}  // namespace regulars::connect
