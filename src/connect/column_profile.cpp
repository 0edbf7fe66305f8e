#include "connect/column_profile.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/random.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr size_t kSlots = 1024;
constexpr size_t kExamples = 10;
constexpr int kRegisterBits = 14;

bool is_email(std::string_view text) {
  const size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
         text.find(' ') == std::string_view::npos;
}

bool is_letter_number(std::string_view text) {
  size_t letters = 0;
  while (letters < text.size() && ((text[letters] | 0x20) >= 'a' && (text[letters] | 0x20) <= 'z'))
    ++letters;
  if (letters == 0 || letters > 3 || letters == text.size()) return false;
  text.remove_prefix(letters);
  if (text.front() == '-') text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// HyperLogLog's estimate with 2^14 registers; its small-range correction is not needed, because
// small sets are counted exactly.
double estimate(const std::vector<uint8_t>& registers) {
  double sum = 0;
  for (const uint8_t r : registers) sum += std::ldexp(1.0, -r);
  const auto m = static_cast<double>(registers.size());
  return 0.7213 / (1 + 1.079 / m) * m * m / sum;
}

}  // namespace

ColumnProfiler::ColumnProfiler(std::string name) : slots_(kSlots) {
  profile_.name = std::move(name);
}

ColumnProfiler::Look ColumnProfiler::look_at(std::string_view cell) {
  Look look;
  look.length = static_cast<uint32_t>(cell.size());
  if (says_nothing(cell)) {
    look.empty = true;
    return look;
  }
  const std::string_view text = trimmed(cell);
  look.number = look_at_number(text);
  if (!look.number.is_number || look.number.whole_digits >= 8) {
    look.civil = split_civil(text, look.parts);
    look.compact = look.civil && look.number.is_number;
  }
  if (look.number.is_number || look.civil) return look;
  int64_t micros = 0;
  look.time_of_day = text.size() <= 15 && read_time_of_day(text, micros);
  look.email = is_email(text);
  look.email_untidy = look.email && (text.size() != cell.size() ||
                                     std::any_of(text.begin(), text.end(),
                                                 [](char c) { return c >= 'A' && c <= 'Z'; }));
  look.letter_number = is_letter_number(text);
  return look;
}

void ColumnProfiler::add(std::span<const std::string_view> cells, size_t column,
                         std::span<uint64_t> row_hash) {
  const uint64_t column_key = mix(column + 1);
  profile_.rows += static_cast<int64_t>(cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string_view cell = cells[i];
    // Never zero, so that an untouched slot matches no cell.
    const uint64_t hash = quick_hash(cell) | 1;
    row_hash[i] += (hash ^ column_key) * 0x9E3779B97F4A7C15ULL ^ (hash >> 29);
    if (hash == last_hash_) ++profile_.repeats_row_above;
    last_hash_ = hash;
    Slot& slot = slots_[hash >> 1 & (kSlots - 1)];
    if (slot.hash == hash) {
      ++slot.times;
    } else {
      miss(slot, hash, cell);
    }
  }
}

void ColumnProfiler::miss(Slot& slot, uint64_t hash, std::string_view cell) {
  if (slot.times > 0) fold(slot);
  slot.hash = hash;
  slot.times = 1;
  slot.look = look_at(cell);
  if (slot.look.empty) return;
  note_value(hash, cell);
  note_distinct(hash);
}

void ColumnProfiler::note_value(uint64_t hash, std::string_view cell) {
  if (many_values_) return;
  const auto found = std::find_if(values_.begin(), values_.end(),
                                  [&](const auto& entry) { return entry.first == hash; });
  if (found != values_.end()) return;
  const std::string_view text = trimmed(cell);
  if (profile_.examples.size() < kExamples) profile_.examples.emplace_back(text);
  if (values_.size() == kMostValues) {
    many_values_ = true;
    values_.clear();
    return;
  }
  values_.push_back({hash, {std::string(text), 0}});
}

void ColumnProfiler::note_distinct(uint64_t hash) {
  if (registers_.empty()) {
    exact_.insert(hash);
    if (exact_.size() <= kExactDistinct) return;
    registers_.assign(size_t{1} << kRegisterBits, 0);
    tsl::robin_set<uint64_t> counted;
    counted.swap(exact_);
    for (const uint64_t h : counted) note_distinct(h);
    return;
  }
  const uint64_t mixed = mix(hash);
  const auto rank =
      static_cast<uint8_t>(std::countl_zero(mixed << kRegisterBits | (1ULL << 13)) + 1);
  uint8_t& kept = registers_[mixed >> (64 - kRegisterBits)];
  kept = std::max(kept, rank);
}

void ColumnProfiler::fold(const Slot& slot) {
  const Look& look = slot.look;
  const int64_t times = slot.times;
  if (look.empty) {
    profile_.empty += times;
    return;
  }
  profile_.longest = std::max<int64_t>(profile_.longest, look.length);
  total_length_ += static_cast<double>(look.length) * static_cast<double>(times);
  if (look.number.is_number) fold_number(look.number, times);
  if (look.civil || look.time_of_day) fold_time(look, times);
  if (look.email) profile_.emails += times;
  if (look.email_untidy) profile_.upper_or_spaced += times;
  if (look.letter_number) profile_.letter_numbers += times;
  if (many_values_) return;
  for (auto& [hash, value] : values_) {
    if (hash == slot.hash) value.rows += times;
  }
}

void ColumnProfiler::fold_number(const NumberLook& number, int64_t times) {
  profile_.numbers += times;
  profile_.number_marks.add(number.signs, times);
  if (number.negative) profile_.negatives += times;
  if (number.value == 0) profile_.zeros += times;
  if (number.value != std::floor(number.value)) profile_.fractions += times;
  if (number.point_zero) profile_.point_zeros += times;
  if (number.leading_zero) profile_.leading_zeros += times;
  if (number.exponent) profile_.exponents += times;
  if (number.percent) profile_.percents += times;
  profile_.decimals = std::max<int>(profile_.decimals, number.decimals);
  profile_.whole_digits = std::max<int>(profile_.whole_digits, number.whole_digits);
  profile_.smallest = std::min(profile_.smallest, number.value);
  profile_.largest = std::max(profile_.largest, number.value);
  if (number.currency.empty()) return;
  profile_.with_currency += times;
  std::vector<ValueCount>& known = profile_.currencies;
  const auto same = std::find_if(known.begin(), known.end(),
                                 [&](const ValueCount& c) { return c.value == number.currency; });
  if (same == known.end()) {
    known.push_back({std::string(number.currency), times});
  } else {
    same->rows += times;
  }
}

void ColumnProfiler::fold_time(const Look& look, int64_t times) {
  TimeEvidence& time = profile_.time;
  if (look.time_of_day) {
    time.time_of_day += times;
    return;
  }
  time.civil += times;
  if (look.compact) time.compact += times;
  if (look.parts.has_time) time.with_time += times;
  if (look.parts.has_offset) time.with_offset += times;
  if (look.parts.layout != DateLayout::kYearLast) return;
  time.year_last += times;
  if (look.parts.field[0] > 31) {
    time.first_over_31 += times;
  } else if (look.parts.field[0] > 12) {
    time.first_over_12 += times;
  }
  if (look.parts.field[1] > 12) time.second_over_12 += times;
}

ColumnProfile ColumnProfiler::finish() {
  for (const Slot& slot : slots_) {
    if (slot.times > 0) fold(slot);
  }
  slots_.assign(kSlots, Slot{});
  profile_.distinct =
      registers_.empty() ? static_cast<double>(exact_.size()) : std::round(estimate(registers_));
  const auto filled = static_cast<double>(profile_.filled());
  profile_.mean_length = filled > 0 ? total_length_ / filled : 0;
  for (auto& [hash, value] : values_) profile_.values.push_back(std::move(value));
  for (std::vector<ValueCount>* counts : {&profile_.values, &profile_.currencies}) {
    std::stable_sort(counts->begin(), counts->end(),
                     [](const ValueCount& a, const ValueCount& b) { return a.rows > b.rows; });
  }
  return std::move(profile_);
}

}  // namespace regulars::connect
