#include "models/clv/purchase_rows.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace regulars::models {
namespace {

// Ids so thin in their range that a counter for each would be waste are numbered first.
constexpr uint64_t kThin = 16;
// Beyond, differences of instants would overflow: some 127,000 years from 1970.
constexpr int64_t kFarthest = 4'000'000'000'000'000'000;

bool is_number(double amount, Instant at) {
  return std::isfinite(amount) && at.micros > -kFarthest && at.micros < kFarthest;
}

bool counts(const Purchases& purchases, size_t i, const SummaryOptions& options) {
  const double amount = purchases.amount[i];
  return amount >= 0 && is_number(amount, purchases.at[i]) && purchases.at[i] <= options.until &&
         (amount > 0 || options.zero_amounts_count);
}

void account(const Purchases& purchases, const SummaryOptions& options, SummaryAudit& audit) {
  audit.purchases = purchases.customer.size();
  for (size_t i = 0; i < purchases.customer.size(); ++i) {
    const double amount = purchases.amount[i];
    if (!is_number(amount, purchases.at[i]))
      ++audit.not_finite;
    else if (purchases.at[i] > options.until)
      ++audit.after_until;
    else if (amount < 0)
      ++audit.negative_amounts;
    else if (amount == 0)
      ++audit.zero_amounts;
  }
}

std::vector<uint32_t> different(std::vector<uint32_t> ids) {
  std::ranges::sort(ids);
  const auto rest = std::ranges::unique(ids);
  ids.erase(rest.begin(), rest.end());
  return ids;
}

// A number for each id that keeps their order: the id itself, or its rank where ids are thin.
class Numbering {
 public:
  explicit Numbering(const std::vector<uint32_t>& ids) {
    for (const uint32_t id : ids) size_ = std::max(size_, uint64_t{id} + 1);
    if (size_ / kThin <= ids.size()) return;
    ranks_ = different(ids);
    size_ = ranks_.size();
  }

  uint64_t size() const { return size_; }
  uint32_t id_of(uint64_t number) const {
    return ranks_.empty() ? static_cast<uint32_t>(number) : ranks_[number];
  }
  uint64_t number_of(uint32_t id) const {
    if (ranks_.empty()) return id;
    return static_cast<uint64_t>(std::ranges::lower_bound(ranks_, id) - ranks_.begin());
  }

 private:
  uint64_t size_ = 0;
  std::vector<uint32_t> ranks_;
};

// A row that counts, and the number of its customer.
struct Wanted {
  size_t row = 0;
  uint64_t number = 0;
};
// Some rows at a time, so that what they touch is fetched from memory together.
constexpr size_t kBlock = 64;

template <class OnBlock>
void in_blocks(const Purchases& purchases, const SummaryOptions& options,
               const Numbering& numbering, const OnBlock& on_block) {
  std::array<Wanted, kBlock> block;
  size_t filled = 0;
  for (size_t i = 0; i < purchases.customer.size(); ++i) {
    if (!counts(purchases, i, options)) continue;
    block[filled++] = {i, numbering.number_of(purchases.customer[i])};
    if (filled < kBlock) continue;
    on_block(std::span<const Wanted>(block));
    filled = 0;
  }
  on_block(std::span<const Wanted>(block).first(filled));
}

void sort_each(GroupedPurchases& grouped) {
  const auto before = [](const PurchaseRow& a, const PurchaseRow& b) {
    return a.at != b.at ? a.at < b.at : a.amount < b.amount;
  };
  for (size_t i = 0; i < grouped.customers.size(); ++i) {
    const auto first = grouped.rows.begin() + static_cast<std::ptrdiff_t>(grouped.from[i]);
    const auto last = grouped.rows.begin() + static_cast<std::ptrdiff_t>(grouped.from[i + 1]);
    if (!std::is_sorted(first, last, before)) std::sort(first, last, before);
  }
}

}  // namespace

GroupedPurchases group_purchases(const Purchases& purchases, const SummaryOptions& options,
                                 SummaryAudit& audit) {
  account(purchases, options, audit);
  const Numbering numbering(purchases.customer);
  // Counting sort: how many each has, where each begins, then every row to its place.
  std::vector<uint64_t> next(numbering.size() + 1);
  in_blocks(purchases, options, numbering, [&](std::span<const Wanted> block) {
    for (const Wanted& one : block) __builtin_prefetch(&next[one.number + 1]);
    for (const Wanted& one : block) ++next[one.number + 1];
  });
  GroupedPurchases grouped;
  for (size_t number = 0; number < numbering.size(); ++number) {
    if (next[number + 1] > 0) {
      grouped.customers.push_back(numbering.id_of(number));
      grouped.from.push_back(next[number]);
    }
    next[number + 1] += next[number];
  }
  grouped.from.push_back(next.back());
  grouped.rows.resize(next.back());
  in_blocks(purchases, options, numbering, [&](std::span<const Wanted> block) {
    std::array<uint64_t, kBlock> places{};
    for (const Wanted& one : block) __builtin_prefetch(&next[one.number]);
    for (size_t i = 0; i < block.size(); ++i) {
      places[i] = next[block[i].number]++;
      __builtin_prefetch(&grouped.rows[places[i]], 1);
    }
    for (size_t i = 0; i < block.size(); ++i)
      grouped.rows[places[i]] = {purchases.at[block[i].row], purchases.amount[block[i].row]};
  });
  sort_each(grouped);
  return grouped;
}

}  // namespace regulars::models
