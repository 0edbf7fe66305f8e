#include "connect/notices.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/decimal.h"
#include "connect/text.h"

namespace regulars::connect {

Notice make_notice(std::string_view code, std::string_view text, std::string_view option,
                   double weight) {
  return {std::string(code), shortened(text, kLongestNotice), std::string(option), weight};
}

void sort_notices(std::vector<Notice>& notices) {
  std::stable_sort(notices.begin(), notices.end(),
                   [](const Notice& a, const Notice& b) { return a.weight > b.weight; });
}

std::string some_of(const std::vector<std::string>& names, size_t longest) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string more = fmt::format(" and {} more", names.size() - i);
    const std::string name = shortened(names[i], 24);
    const bool fits =
        text.size() + name.size() + 2 + (i + 1 < names.size() ? more.size() : 0) <= longest;
    if (i > 0 && !fits) return text + more;
    text += (i > 0 ? ", " : "") + name;
  }
  return text;
}

std::string percent(int64_t part, int64_t whole) {
  if (whole == 0) return "0 %";
  const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  if (share > 0 && share < 0.1) return "below 0.1 %";
  return fmt::format("{:.1f} %", share);
}

std::string counted(int64_t count, std::string_view thing) {
  return fmt::format("{} {}{}", with_thousands(count), thing, count == 1 ? "" : "s");
}

}  // namespace regulars::connect
