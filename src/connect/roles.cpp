#include "connect/roles.h"

#include <algorithm>

#include "connect/role_names.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr std::array kRoles = {
    RoleInfo{Role::kCustomer, "customer", "--customer", &ColumnMapping::customer},
    RoleInfo{Role::kCustomerEmail, "customer_email", "--customer-email",
             &ColumnMapping::customer_email},
    RoleInfo{Role::kTime, "time", "--time", &ColumnMapping::time},
    RoleInfo{Role::kTimeOfDay, "time_of_day", "--time-of-day", &ColumnMapping::time_of_day},
    RoleInfo{Role::kOrder, "order", "--order", &ColumnMapping::order},
    RoleInfo{Role::kProduct, "product", "--product", &ColumnMapping::product},
    RoleInfo{Role::kProductName, "product_name", "--product-name", &ColumnMapping::product_name},
    RoleInfo{Role::kCategory, "category", "--category", &ColumnMapping::category},
    RoleInfo{Role::kBrand, "brand", "--brand", &ColumnMapping::brand},
    RoleInfo{Role::kQuantity, "quantity", "--quantity", &ColumnMapping::quantity},
    RoleInfo{Role::kPrice, "price", "--price", &ColumnMapping::price},
    RoleInfo{Role::kAmount, "amount", "--amount", &ColumnMapping::amount},
    RoleInfo{Role::kDiscount, "discount", "--discount", &ColumnMapping::discount},
    RoleInfo{Role::kRefund, "refund", "--refund", &ColumnMapping::refund},
    RoleInfo{Role::kRefundOf, "refund_of", "--refund-of", &ColumnMapping::refund_of},
    RoleInfo{Role::kCost, "cost", "--cost", &ColumnMapping::cost},
    RoleInfo{Role::kTax, "tax", "--tax", &ColumnMapping::tax},
    RoleInfo{Role::kShipping, "shipping", "--shipping", &ColumnMapping::shipping},
    RoleInfo{Role::kCurrency, "currency", "--currency", &ColumnMapping::currency},
    RoleInfo{Role::kStatus, "status", "--status", &ColumnMapping::status},
    RoleInfo{Role::kCancelled, "cancelled", "--cancelled", &ColumnMapping::cancelled},
    RoleInfo{Role::kChannel, "channel", "--channel", &ColumnMapping::channel},
    RoleInfo{Role::kStore, "store", "--store", &ColumnMapping::store},
    RoleInfo{Role::kCountry, "country", "--country", &ColumnMapping::country},
    RoleInfo{Role::kOptIn, "opt_in", "--opt-in", &ColumnMapping::opt_in},
    RoleInfo{Role::kCoupon, "coupon", "--coupon", &ColumnMapping::coupon},
    RoleInfo{Role::kEvent, "event", "--event", &ColumnMapping::event}};
static_assert(kRoles.size() == kRoleCount);

bool one_of(std::string_view list, std::string_view word) {
  // Lists are written " word word "; words are short.
  for (size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const bool begins = at == 0 || list[at - 1] == ' ';
    const size_t end = at + word.size();
    if (begins && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

// The words of `pattern` standing next to each other somewhere in `words`.
bool contains_words(const std::vector<std::string>& words, std::string_view pattern) {
  for (size_t start = 0; start < words.size(); ++start) {
    std::string_view rest = pattern;
    size_t i = start;
    while (!rest.empty() && i < words.size() && rest.starts_with(words[i])) {
      const size_t length = words[i].size();
      if (length < rest.size() && rest[length] != ' ') break;
      rest.remove_prefix(std::min(rest.size(), length + 1));
      ++i;
    }
    if (rest.empty()) return true;
  }
  return false;
}

std::string squash(std::string_view pattern) {
  std::string all;
  for (const char c : pattern) {
    if (c != ' ') all += c;
  }
  return all;
}

size_t words_in(std::string_view pattern) {
  size_t count = 1;
  for (const char c : pattern) count += c == ' ' ? 1 : 0;
  return count;
}

double pattern_score(std::string_view pattern, const std::vector<std::string>& words,
                     const std::string& squashed, bool only_whole) {
  if (squash(pattern) == squashed) return 1;
  if (only_whole || !contains_words(words, pattern)) return 0;
  const auto extra = static_cast<double>(words.size() - words_in(pattern));
  const double score = 0.88 - 0.08 * extra;
  return score > 0.3 ? score : 0.3;
}

bool spoilt(const RoleNames& names, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return one_of(names.spoilt_by, word); });
}

}  // namespace

std::span<const RoleInfo> all_roles() { return kRoles; }

const RoleInfo& info_of(Role role) { return kRoles[static_cast<size_t>(role)]; }

double name_score(Role role, const std::vector<std::string>& words) {
  std::string squashed;
  for (const std::string& word : words) squashed += word;
  if (squashed.empty()) return 0;
  const RoleNames& names = names_of(role);
  const bool only_whole = spoilt(names, words);
  double best = 0;
  for (const NameGroup& group : names.groups) {
    for (std::string_view rest = group.names; !rest.empty();) {
      const size_t comma = rest.find(',');
      const std::string_view pattern = rest.substr(0, comma);
      const double score = group.weight * pattern_score(pattern, words, squashed, only_whole);
      best = best < score ? score : best;
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
  }
  return best;
}

bool name_forbids(Role role, std::string_view name) {
  return spoilt(names_of(role), words_of(name));
}

}  // namespace regulars::connect
