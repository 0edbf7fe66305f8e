// All columns that a SourceSpec uses, read a batch at a time: text roles into codes, number roles
// into exact numbers, the time into instants.
#pragma once

#include <array>
#include <vector>

#include "connect/cell_columns.h"
#include "connect/roles.h"
#include "connect/rows.h"
#include "connect/source_profile.h"

namespace regulars::connect {

class BatchColumns {
 public:
  BatchColumns(const SourceProfile& source, const SourceSpec& spec, const Zone& zone,
               size_t threads);

  void read(const RowBatch& batch);

  bool has(Role role) const { return place(role) >= 0; }
  // Position of the role's column in the file; -1: none.
  int place(Role role) const { return places_[static_cast<size_t>(role)]; }
  uint32_t code(Role role, size_t row) const { return has(role) ? text(role).code(row) : kNoCode; }
  TextCells& text(Role role) { return texts_[static_cast<size_t>(role)]; }
  const TextCells& text(Role role) const { return texts_[static_cast<size_t>(role)]; }
  const NumberCells& number(Role role) const { return numbers_[static_cast<size_t>(role)]; }
  const TimeCells& time() const { return time_; }
  // The profile of a role's column; the role must have one.
  const ColumnProfile& profile(Role role) const {
    return source_.columns[static_cast<size_t>(place(role))];
  }

 private:
  void read_role(Role role, const RowBatch& batch);

  const SourceProfile& source_;
  size_t threads_;
  std::array<int, kRoleCount> places_{};
  std::array<TextCells, kRoleCount> texts_;
  std::array<NumberCells, kRoleCount> numbers_;
  TimeCells time_;
  std::vector<Role> work_;  // roles to read
};

}  // namespace regulars::connect
