// Several customers as one: the histories of groups of customers, e.g. of households.
//
// Thread-safety: pure functions.
#pragma once

#include <span>

#include "data/history.h"

namespace regulars {

// A history whose customer i has the events of all members of groups[i], in order of (time, id);
// ids and items stay. `customers` names the groups, one row each. A customer may be in one group
// at most. Costs as much as the events of the groups.
History gathered(const History& history, std::span<const std::vector<CustomerNumber>> groups,
                 CustomerTable customers);

constexpr uint32_t kNoGroup = UINT32_MAX;

// The same for groups 0 .. groups-1 by the group of each customer. A group is named by the id of
// its first member, is known from the first instant one of them is, and has no attributes. Every
// group must have a member.
History regroup(const History& history, std::span<const uint32_t> group_of, size_t groups);

// What regroup makes of one group.
History regroup(const History& history, const std::vector<CustomerNumber>& members);

}  // namespace regulars
