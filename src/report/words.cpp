#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/decimal.h"

namespace regulars::report {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// A byte that begins a code point of UTF-8.
bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

size_t bytes_of(std::string_view text, size_t code_points) {
  size_t seen = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (begins_code_point(text[i]) && seen++ == code_points) return i;
  }
  return text.size();
}

}  // namespace

std::string plain_money(const AnalysisView& view, int64_t units) {
  return Decimal{units, view.scale}.to_string();
}

std::string money(const AnalysisView& view, int64_t units) {
  return with_thousands(Decimal{units, view.scale});
}

std::string whole_money(const AnalysisView& view, int64_t units) {
  return with_thousands(rescale_half_even(units, view.scale, 0).value());
}

std::string plain_day(int64_t day_number) {
  if (day_number == segments::kUnknown) return "";
  return to_iso(Day{static_cast<int32_t>(day_number)});
}

std::string percent(double share) {
  if (!std::isfinite(share)) return "-";
  if (share > 0 && share < 0.005) return "<1 %";
  if (share < 1 && share > 0.995) return ">99 %";
  const double whole = std::nearbyint(share * 100);
  return fmt::format("{:.0f} %", whole == 0 ? 0.0 : whole);
}

std::string percent_1(double share) {
  return std::isfinite(share) ? fmt::format("{:.1f} %", share * 100) : "-";
}

std::string half_width(const segments::Share& share) {
  return fmt::format("{:.0f}", std::max(1.0, std::round((share.high - share.low) * 50)));
}

std::string points(double difference) {
  const double value = difference * 100;
  return fmt::format("{:.{}f}", value, std::fabs(value) < 9.95 ? 1 : 0);
}

std::string count(int64_t n) { return with_thousands(n); }

std::string counted(int64_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", with_thousands(n), n == 1 ? one : many);
}

std::string day_count(double days) {
  if (!std::isfinite(days)) return "-";
  return counted(std::llround(days), "day", "days");
}

std::string ordinal(int n) {
  const bool teen = n % 100 >= 11 && n % 100 <= 13;
  const char* ending = teen          ? "th"
                       : n % 10 == 1 ? "st"
                       : n % 10 == 2 ? "nd"
                       : n % 10 == 3 ? "rd"
                                     : "th";
  return fmt::format("{}{}", n, ending);
}

std::string short_day(const AnalysisView& view, Day day) {
  std::string text = for_people(day);
  if (to_civil(day).year == to_civil(view.to).year) text.resize(text.rfind(' '));
  return text;
}

std::string month_name(Day day) {
  const std::string text = for_people(day);
  return text.substr(text.find(' ') + 1);
}

Day local_day(const AnalysisView& view, Instant at) {
  const Result<Zone> zone = Zone::find(view.time_zone);
  return zone ? zone->day_of(at) : Zone::utc().day_of(at);
}

std::string last_moment(const AnalysisView& view) {
  const Result<Zone> zone = Zone::find(view.time_zone);
  const int64_t micros = (zone ? *zone : Zone::utc()).micros_of_day(view.as_of);
  const int64_t minute = micros / 60'000'000;
  return fmt::format("{}, {:02}:{:02} {}", for_people(view.as_of_day), minute / 60, minute % 60,
                     view.time_zone);
}

std::string sentence_case(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::string full_sentence(std::string_view text) {
  std::string out = sentence_case(text);
  if (!out.empty() && !out.ends_with('.')) out += '.';
  return out;
}

std::string singular(std::string_view class_name) {
  if (class_name.size() > 3 && class_name.ends_with('s')) class_name.remove_suffix(1);
  return std::string(class_name);
}

size_t display_width(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, begins_code_point));
}

std::string shortened(std::string_view text, size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width <= 3) return std::string(text.substr(0, bytes_of(text, width)));
  std::string_view kept = text.substr(0, bytes_of(text, width - 3));
  const size_t blank = kept.rfind(' ');
  if (blank != std::string_view::npos && blank + 12 >= kept.size()) kept = kept.substr(0, blank);
  while (!kept.empty() && (kept.back() == ' ' || kept.back() == ',')) kept.remove_suffix(1);
  return std::string(kept) + "...";
}

bool is_contact_data(std::string_view id) {
  if (id.find('@') != std::string_view::npos) return true;
  const auto digits = std::ranges::count_if(id, is_digit);
  if (id.starts_with('+') && digits >= 8) return true;
  const auto letters = std::ranges::count_if(id, is_letter);
  return digits == 0 && letters >= 4 && id.find(' ') != std::string_view::npos;
}

std::string customer_label(const AnalysisView& view, CustomerNumber customer) {
  const std::string_view id = view.history->customer_id(customer);
  if (view.show_contacts || !is_contact_data(id)) return std::string(id);
  const int64_t row = view.customer_rows.empty() ? static_cast<int64_t>(customer) + 1
                                                 : view.customer_rows[customer];
  return fmt::format("no. {}", with_thousands(row));
}

std::string class_name(const segments::Segmentation& segmentation, size_t customer) {
  const int16_t code = segmentation.class_of[customer];
  return code == segments::kNoClass ? "" : segmentation.classes[static_cast<size_t>(code)];
}

std::string source_name(const AnalysisView& view) {
  if (view.intake.sources.empty()) return "orders";
  const std::string& path = view.intake.sources.front().path;
  const size_t slash = path.find_last_of("/\\");
  std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  if (view.intake.sources.size() > 1) {
    name += fmt::format(" and {} more", view.intake.sources.size() - 1);
  }
  return name;
}

std::string refund_word(const AnalysisView& view) {
  return view.intake.spec.cancellation_prefix.empty() ? "given back" : "cancelled";
}

}  // namespace regulars::report
