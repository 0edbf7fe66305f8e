#include "data/refund_links.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/decimal.h"

namespace regulars {

void link_refunds(const std::vector<uint32_t>& target, EventBatch& purchases, EventBatch& refunds) {
  const Packed<int64_t>& sold = purchases.columns[0].numbers;
  std::vector<int64_t>& undone_at = purchases.columns[2].numbers.wide();
  const Packed<int64_t>& returned = refunds.columns[0].numbers;
  std::vector<int64_t>& applies_at = refunds.columns[1].numbers.wide();
  std::vector<int64_t>& linked = refunds.columns[2].numbers.wide();

  std::vector<uint32_t> by_time(refunds.size());
  std::iota(by_time.begin(), by_time.end(), 0U);
  std::stable_sort(by_time.begin(), by_time.end(),
                   [&](uint32_t a, uint32_t b) { return refunds.at[a] < refunds.at[b]; });
  std::map<uint32_t, Int128> given_back;  // by purchase
  for (const uint32_t refund : by_time) {
    const uint32_t purchase = target[refund];
    if (purchase == kNoCode || refunds.at[refund] < purchases.at[purchase]) continue;
    applies_at[refund] = purchases.at[purchase].micros;
    linked[refund] = 1;
    Int128& back = given_back[purchase];
    back += returned[refund];
    if (undone_at[purchase] == kMissing && back >= sold[purchase]) {
      undone_at[purchase] = refunds.at[refund].micros;
    }
  }
}

}  // namespace regulars
