#include "base/near_names.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace regulars {
namespace {

size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

// Letters and digits in lower case; letters beyond ASCII as they are.
std::string squashed(std::string_view name) {
  std::string all;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (upper || kept) all += upper ? static_cast<char>(c + 32) : c;
  }
  return all;
}

}  // namespace

std::vector<std::string> near_names(std::string_view wanted, const std::vector<std::string>& names,
                                    size_t most) {
  const std::string target = squashed(wanted);
  std::vector<std::pair<size_t, std::string>> found;
  for (const std::string& name : names) {
    const std::string other = squashed(name);
    size_t distance = edit_distance(target, other);
    const bool within =
        !target.empty() && !other.empty() &&
        (other.find(target) != std::string::npos || target.find(other) != std::string::npos);
    if (within) distance = std::min<size_t>(distance, 2);
    if (distance <= std::max<size_t>(2, target.size() / 3)) found.emplace_back(distance, name);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> near;
  for (const auto& [distance, name] : found) {
    const bool there = std::find(near.begin(), near.end(), name) != near.end();
    if (near.size() < most && !there) near.push_back(name);
  }
  return near;
}

}  // namespace regulars
