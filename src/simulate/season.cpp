#include "simulate/season.h"

#include <algorithm>
#include <numeric>

namespace regulars::simulate {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kDay = 86'400 * kSecond;

}  // namespace

WallClock::WallClock(const Zone& zone, Day first, Day last) : zone_(&zone), first_(first) {
  for (Day day = first; day <= last; day = day + 1) {
    const int64_t start = zone.start_of(day).micros;
    const int64_t noon = zone.at(day, kDay / 2).micros;
    const int64_t next = zone.start_of(day + 1).micros;
    const bool steady =
        next - start == kDay && noon - start == kDay / 2 && zone.micros_of_day({start}) == 0;
    entries_.push_back({start, steady});
  }
}

Instant WallClock::at(Day day, int second_of_day) const {
  const int index = day - first_;
  if (index >= 0 && index < std::ssize(entries_)) {
    const Entry& entry = entries_[static_cast<size_t>(index)];
    if (entry.steady) return {entry.start + second_of_day * kSecond};
  }
  return zone_->at(day, second_of_day * kSecond);
}

WallClock::Local WallClock::local(Instant t) const {
  const auto count = static_cast<int64_t>(entries_.size());
  int64_t index = (t.micros - entries_.front().start) / kDay;
  // Daylight saving moves a day's start by an hour or so: the estimate is at most one off.
  if (index >= 0 && index < count && t.micros < entries_[static_cast<size_t>(index)].start) --index;
  if (index >= 0 && index + 1 < count &&
      t.micros >= entries_[static_cast<size_t>(index + 1)].start) {
    ++index;
  }
  if (index >= 0 && index < count && entries_[static_cast<size_t>(index)].steady) {
    const int64_t since = t.micros - entries_[static_cast<size_t>(index)].start;
    if (since >= 0 && since < kDay) {
      return {first_ + static_cast<int>(index), static_cast<int>(since / kSecond)};
    }
  }
  return {zone_->day_of(t), static_cast<int>(zone_->micros_of_day(t) / kSecond)};
}

BusyClock::BusyClock(const PresetData& data, Day first, Day last) : first_(first) {
  const double weekday_mean =
      std::accumulate(data.weekdays.begin(), data.weekdays.end(), 0.0) / 7.0;
  const double month_mean = std::accumulate(data.months.begin(), data.months.end(), 0.0) / 12.0;
  double passed = 0;
  passed_.push_back(0);
  for (Day day = first; day <= last; day = day + 1) {
    const double month = data.months[static_cast<size_t>(to_civil(day).month - 1)] / month_mean;
    passed += month * data.weekdays[static_cast<size_t>(weekday(day) - 1)] / weekday_mean;
    passed_.push_back(passed);
  }
}

double BusyClock::at(Day day) const {
  const int index = std::clamp(day - first_, 0, static_cast<int>(passed_.size()) - 1);
  return passed_[static_cast<size_t>(index)];
}

Day BusyClock::day_at(double busy) const {
  const auto after = std::upper_bound(passed_.begin(), passed_.end(), busy);
  return first_ + (static_cast<int>(after - passed_.begin()) - 1);
}

HourDraw::HourDraw(const Hours& hours) {
  const double total = std::accumulate(hours.begin(), hours.end(), 0.0);
  double sum = 0;
  for (size_t hour = 0; hour < hours.size(); ++hour) {
    sum += hours[hour] / total;
    cumulative_[hour] = sum;
  }
}

int HourDraw::second_of_day(Random& random) const {
  const double u = random.uniform();
  size_t hour = 0;
  while (hour + 1 < cumulative_.size() && u >= cumulative_[hour]) ++hour;
  return static_cast<int>(hour) * 3600 + static_cast<int>(random.below(3600));
}

}  // namespace regulars::simulate
