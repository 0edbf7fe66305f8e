#include "models/test_data.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>

namespace regulars::models {
namespace {

std::vector<std::string> cut(const std::string& line, char separator) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '"' || c == '\r' || c == '\n') continue;
    if (c != separator)
      cells.back() += c;
    else if (separator != ' ' || !cells.back().empty())
      cells.emplace_back();
  }
  return cells;
}

// Ids in order of the file.
Shop shop_of(const TextTable& table, size_t first_row, size_t id, size_t date, size_t money) {
  std::map<std::string, size_t> places;
  std::vector<std::map<int, double>> days;
  for (size_t i = first_row; i < table.size(); ++i) {
    const auto [place, fresh] = places.try_emplace(table[i][id], days.size());
    if (fresh) days.emplace_back();
    days[place->second][day_number(table[i][date])] += std::stod(table[i][money]);
  }
  Shop shop;
  for (const auto& one : days) {
    shop.emplace_back();
    for (const auto& [day, sum] : one) shop.back().push_back({day, sum});
  }
  return shop;
}

}  // namespace

std::optional<TextTable> public_table(const std::string& file, char separator) {
  const char* folder = std::getenv("REGULARS_DATA");
  if (folder == nullptr) return std::nullopt;
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> input(
      gzopen((std::string(folder) + "/" + file).c_str(), "rb"), gzclose);
  if (input == nullptr) return std::nullopt;
  TextTable table;
  std::vector<char> line(1 << 16);
  while (gzgets(input.get(), line.data(), static_cast<int>(line.size())) != nullptr)
    table.push_back(cut(line.data(), separator));
  return table;
}

int day_number(std::string text) {
  std::erase(text, '-');
  const int number = std::stoi(text);
  using std::chrono::day, std::chrono::month, std::chrono::year;
  const std::chrono::year_month_day date(year(number / 10000),
                                         month(static_cast<unsigned>(number / 100 % 100)),
                                         day(static_cast<unsigned>(number % 100)));
  return static_cast<int>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::optional<Shop> cdnow_sample() {
  const auto table = public_table("cdnow/CDNOW_sample.txt.gz", ' ');
  if (!table) return std::nullopt;
  return shop_of(*table, 0, 1, 2, 4);
}

std::optional<Shop> apparel_shop() {
  const auto table = public_table("apparel/apparelTrans.csv.gz", ',');
  if (!table) return std::nullopt;
  return shop_of(*table, 1, 0, 1, 2);
}

std::vector<SpendCell> repeat_spend(const Shop& shop, int last_day) {
  std::vector<SpendCell> cells;
  for (const std::vector<DayOfPurchases>& days : shop) {
    SpendCell cell;
    for (size_t i = 1; i < days.size(); ++i) {
      if (days[i].day > last_day) continue;
      ++cell.x;
      cell.mean += (days[i].money - cell.mean) / cell.x;
    }
    if (cell.x > 0) cells.push_back(cell);
  }
  return cells;
}

std::vector<BuyingCell> buying_cells(const Shop& shop, int last_day) {
  std::vector<BuyingCell> cells;
  for (const std::vector<DayOfPurchases>& days : shop) {
    if (days.front().day > last_day) continue;
    BuyingCell cell{0, 0, (last_day - days.front().day) / 7.0};
    for (const DayOfPurchases& one : days) {
      if (one.day == days.front().day || one.day > last_day) continue;
      ++cell.x;
      cell.t_x = (one.day - days.front().day) / 7.0;
    }
    cells.push_back(cell);
  }
  return cells;
}

TEST(PublicData, IsReadAsItsDescriptionCounts) {
  const auto cdnow = cdnow_sample();
  const auto apparel = apparel_shop();
  REGULARS_NEEDS(cdnow && apparel);
  EXPECT_EQ(cdnow->size(), 2357U);
  EXPECT_EQ(apparel->size(), 600U);
  EXPECT_EQ(cdnow->front().front().day, day_number("1997-01-01"));
  EXPECT_EQ(day_number("19970101"), 9862);
}

}  // namespace regulars::models
