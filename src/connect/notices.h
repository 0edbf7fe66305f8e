// Notices: one plain sentence of at most 90 characters each, worst first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/intake.h"

namespace regulars::connect {

constexpr size_t kLongestNotice = 90;

// Cuts the text where it is too long.
Notice make_notice(std::string_view code, std::string_view text, std::string_view option,
                   double weight);

// Worst first; those of equal weight keep their order.
void sort_notices(std::vector<Notice>& notices);

// As many of the names as fit a notice: "a, b, c and 4 more".
std::string some_of(const std::vector<std::string>& names, size_t longest);

// "16.5 %" of a part of a whole.
std::string percent(int64_t part, int64_t whole);

// "1 row", "12 rows".
std::string counted(int64_t count, std::string_view thing);

}  // namespace regulars::connect
