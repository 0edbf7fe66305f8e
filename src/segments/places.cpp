#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "segments/shop_facts.h"

namespace regulars::segments {
namespace {

constexpr int64_t kFewest = 30;
constexpr size_t kMost = 12;
constexpr size_t kMostAttributes = 6;
constexpr size_t kMostValues = 30;
constexpr std::array kRoles = {"country", "store", "channel"};

struct Sums {
  int64_t customers = 0, orders = 0, net = 0, repeat = 0;

  void add(const Sums& other) {
    customers += other.customers;
    orders += other.orders;
    net += other.net;
    repeat += other.repeat;
  }
};

Place to_place(std::string value, const Sums& sums) {
  Place place{std::move(value), sums.customers, sums.orders, sums.net, 0, 0, 0};
  if (sums.orders > 0) {
    place.average_order = static_cast<double>(sums.net) / static_cast<double>(sums.orders);
  }
  if (sums.customers > 0) {
    place.repeat_share = static_cast<double>(sums.repeat) / static_cast<double>(sums.customers);
    place.net_per_customer = sums.net / sums.customers;
  }
  return place;
}

// The value a customer is counted under; called for customers with a purchase only.
using ValueOf = std::function<std::string(size_t)>;

std::map<std::string, Sums> sums_by(const CustomerFacts& facts, const ValueOf& value_of) {
  std::map<std::string, Sums> sums;
  for (size_t c = 0; c < facts.size(); ++c) {
    if (!facts.is_customer(c)) continue;
    sums[value_of(c)].add({1, facts.orders[c], facts.net[c], facts.purchase_days[c] >= 2 ? 1 : 0});
  }
  return sums;
}

std::string text_at(const Column& column, size_t row) {
  return column.known(row) ? std::string(column.dictionary->text(column.codes[row]))
                           : "(not given)";
}

// Ten-year bands of age, whole years at the instant of the facts.
std::string age_band(const Column& births, size_t row, Day today) {
  if (!births.known(row)) return "(not given)";
  const CivilDate born = to_civil(Day{static_cast<int32_t>(births.numbers[row])});
  const CivilDate now = to_civil(today);
  const bool had_birthday = std::pair(now.month, now.day) >= std::pair(born.month, born.day);
  const int age = now.year - born.year - (had_birthday ? 0 : 1);
  if (age < 0 || age > 110) return "(not plausible)";
  if (age < 18) return "under 18";
  if (age >= 75) return "75 and over";
  const int from = age < 25 ? 18 : age / 10 * 10 + (age % 10 < 5 ? -5 : 5);
  const int to = age < 25 ? 24 : from + 9;
  return std::to_string(from) + " to " + std::to_string(to);
}

Places fold_small(const std::string& role, const std::map<std::string, Sums>& sums) {
  Places result{role, {}};
  std::vector<std::pair<std::string, Sums>> ordered(sums.begin(), sums.end());
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return a.second.customers > b.second.customers;
  });
  Sums other;
  for (const auto& [value, of_value] : ordered) {
    if (of_value.customers < kFewest || result.places.size() >= kMost) {
      other.add(of_value);
    } else {
      result.places.push_back(to_place(value, of_value));
    }
  }
  if (other.customers > 0) result.places.push_back(to_place("other", other));
  return result;
}

// "18 to 24" before "25 to 34"; what is no age stands last.
bool by_age(const Place& a, const Place& b) {
  const auto rank = [](const Place& place) {
    const char first = place.value.front();
    return std::pair(first >= '0' && first <= '9' ? 1
                     : place.value == "under 18"  ? 0
                                                  : 2,
                     place.value);
  };
  return rank(a) < rank(b);
}

void add_purchase_roles(const History& history, const CustomerFacts& facts,
                        std::vector<Places>& result) {
  const Stream* stream = history.stream("purchase");
  if (stream == nullptr) return;
  for (const char* role : kRoles) {
    const Column* column = find_column(stream->columns, role);
    if (column == nullptr || column->type != ValueType::kText) continue;
    const auto sums =
        sums_by(facts, [&](size_t c) { return text_at(*column, stream->offset[c + 1] - 1); });
    if (sums.size() >= 2) result.push_back(fold_small(role, sums));
  }
}

// Attributes with few values: demographics and the like. Texts with many values (names, e-mails)
// say nothing about a group and do not belong on a page.
void add_attributes(const History& history, const CustomerFacts& facts,
                    std::vector<Places>& result) {
  size_t added = 0;
  for (const Column& column : history.customer_table().attributes) {
    if (added == kMostAttributes) return;
    const bool birth =
        column.type == ValueType::kDay && column.name.find("birth") != column.name.npos;
    const bool text = column.type == ValueType::kText && column.dictionary->size() <= kMostValues;
    if (!birth && !text) continue;
    const auto sums = sums_by(facts, [&](size_t c) {
      return birth ? age_band(column, c, facts.as_of_day) : text_at(column, c);
    });
    if (sums.size() < 2) continue;
    result.push_back(fold_small(birth ? "age" : column.name, sums));
    if (birth) {
      std::sort(result.back().places.begin(), result.back().places.end(), by_age);
    }
    ++added;
  }
}

}  // namespace

std::vector<Places> places(const History& history, const CustomerFacts& facts) {
  std::vector<Places> result;
  add_purchase_roles(history, facts, result);
  add_attributes(history, facts, result);
  return result;
}

}  // namespace regulars::segments
