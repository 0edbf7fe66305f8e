// Tables of the public data sets for tests; they are not in the repository.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/clv/buying_cell.h"
#include "models/clv/spend_model.h"

namespace regulars::models {

using TextTable = std::vector<std::vector<std::string>>;

// Rows of a text file, gzip or not, under the folder that REGULARS_DATA names, cut at `separator`
// (blank: at any number of blanks), quotes and ends of line taken away. Nothing where the folder or
// the file is not there: skip the test and say so.
std::optional<TextTable> public_table(const std::string& file, char separator);

// Days, and money of the day's purchases, of each customer, ascending.
struct DayOfPurchases {
  int day = 0;  // since 1970-01-01
  double money = 0;
};
using Shop = std::vector<std::vector<DayOfPurchases>>;
std::optional<Shop> cdnow_sample();
std::optional<Shop> apparel_shop();
// Days since 1970-01-01 of "19970930" or "1997-09-30".
int day_number(std::string text);

// Mean spend of the days after each customer's first, until `last_day`; without customers who have
// none.
std::vector<SpendCell> repeat_spend(const Shop& shop, int last_day);
// x, t_x, T of everyone who came by `last_day`, in weeks of exactly 7 days.
std::vector<BuyingCell> buying_cells(const Shop& shop, int last_day);

}  // namespace regulars::models

#define REGULARS_NEEDS(optional_data) \
  if (!(optional_data)) GTEST_SKIP() << "REGULARS_DATA names no folder with this data: NOT TESTED"
