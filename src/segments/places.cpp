#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

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

// Figures of the customers with a purchase by a small number each of them has; the last place is
// of those for whom `code_of` gives none.
template <class CodeOf>
std::vector<Sums> sums_by(const CustomerFacts& facts, size_t codes, const CodeOf& code_of) {
  std::vector<Sums> sums(codes + 1);
  for (size_t c = 0; c < facts.size(); ++c) {
    if (!facts.is_customer(c)) continue;
    sums[std::min<size_t>(code_of(c), codes)].add(
        {1, facts.orders[c], facts.net[c], facts.purchase_days[c] >= 2 ? 1 : 0});
  }
  return sums;
}

using NamedSums = std::vector<std::pair<std::string, Sums>>;

template <class NameOf>
NamedSums named(const std::vector<Sums>& sums, const NameOf& name_of) {
  NamedSums result;
  for (size_t code = 0; code < sums.size(); ++code) {
    if (sums[code].customers == 0) continue;
    result.emplace_back(code + 1 < sums.size() ? name_of(code) : "(not given)", sums[code]);
  }
  return result;
}

// By the text that stands in a row of `column` for each customer.
template <class RowOf>
NamedSums sums_by_text(const CustomerFacts& facts, const Column& column, const RowOf& row_of) {
  const auto code_of = [&](size_t c) { return column.codes[row_of(c)]; };
  return named(sums_by(facts, column.dictionary->size(), code_of), [&](size_t code) {
    return std::string(column.dictionary->text(static_cast<uint32_t>(code)));
  });
}

constexpr int kPlausibleAge = 110;

// Whole years at the instant of the facts; an age that nobody has is one too many.
size_t age_of(int64_t birth_day, Day today) {
  const CivilDate born = to_civil(Day{static_cast<int32_t>(birth_day)});
  const CivilDate now = to_civil(today);
  const bool had_birthday = std::pair(now.month, now.day) >= std::pair(born.month, born.day);
  const int age = now.year - born.year - (had_birthday ? 0 : 1);
  return static_cast<size_t>(age < 0 || age > kPlausibleAge ? kPlausibleAge + 1 : age);
}

std::string age_band(int age) {
  if (age > kPlausibleAge) return "(not plausible)";
  if (age < 18) return "under 18";
  if (age >= 75) return "75 and over";
  const int from = age < 25 ? 18 : age / 10 * 10 + (age % 10 < 5 ? -5 : 5);
  const int to = age < 25 ? 24 : from + 9;
  return std::to_string(from) + " to " + std::to_string(to);
}

NamedSums sums_by_age(const CustomerFacts& facts, const Column& births) {
  constexpr size_t kAges = kPlausibleAge + 2;
  const NamedSums by_year =
      named(sums_by(facts, kAges,
                    [&](size_t c) {
                      return births.known(c) ? age_of(births.numbers[c], facts.as_of_day) : kAges;
                    }),
            [](size_t age) { return age_band(static_cast<int>(age)); });
  NamedSums bands;
  for (const auto& [band, sums] : by_year) {
    if (bands.empty() || bands.back().first != band) bands.emplace_back(band, Sums{});
    bands.back().second.add(sums);
  }
  return bands;
}

Places fold_small(const std::string& role, NamedSums ordered) {
  Places result{role, {}};
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return a.second.customers != b.second.customers ? a.second.customers > b.second.customers
                                                    : a.first < b.first;
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
    NamedSums sums =
        sums_by_text(facts, *column, [&](size_t c) { return stream->offset[c + 1] - 1; });
    if (sums.size() >= 2) result.push_back(fold_small(role, std::move(sums)));
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
    NamedSums sums = birth ? sums_by_age(facts, column)
                           : sums_by_text(facts, column, [](size_t c) { return c; });
    if (sums.size() < 2) continue;
    result.push_back(fold_small(birth ? "age" : column.name, std::move(sums)));
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
