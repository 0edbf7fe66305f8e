#include "data/identity.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "data/regroup.h"

namespace regulars {
namespace {

// Those that have happened, in order of time and then of the list.
std::vector<const IdentityChange*> until(std::span<const IdentityChange> changes, Instant t) {
  std::vector<const IdentityChange*> past;
  for (const IdentityChange& change : changes) {
    if (change.at <= t) past.push_back(&change);
  }
  std::sort(past.begin(), past.end(), [](const IdentityChange* a, const IdentityChange* b) {
    return a->at != b->at ? a->at < b->at : a < b;
  });
  return past;
}

CustomerNumber last_of(const std::vector<CustomerNumber>& into, CustomerNumber c) {
  while (into[c] != c) c = into[c];
  return c;
}

Result<void> apply(const IdentityChange& change, std::vector<CustomerNumber>& into) {
  const auto fail = [&](const std::string& what) {
    return Error(ErrorCode::kBadData, "customer number " + std::to_string(change.from) + " and " +
                                          std::to_string(change.into) + ": " + what);
  };
  if (change.from >= into.size() || change.into >= into.size()) return fail("no such customer");
  if (!change.merge) {
    if (into[change.from] != change.into) return fail("unmerged, but not merged before");
    into[change.from] = change.from;
    return {};
  }
  for (CustomerNumber c = change.into;; c = into[c]) {
    if (c == change.from) return fail("the merge closes a circle");
    if (into[c] == c) break;
  }
  into[change.from] = change.into;
  return {};
}

}  // namespace

std::vector<IdentityChange> known_by(std::span<const IdentityChange> changes, Instant known_at) {
  std::vector<IdentityChange> known;
  std::copy_if(changes.begin(), changes.end(), std::back_inserter(known),
               [&](const IdentityChange& change) { return change.recorded_at <= known_at; });
  return known;
}

Result<std::vector<CustomerNumber>> identity_at(std::span<const IdentityChange> changes,
                                                size_t customers, Instant t) {
  std::vector<CustomerNumber> into(customers);
  std::iota(into.begin(), into.end(), CustomerNumber{0});
  for (const IdentityChange* change : until(changes, t)) REGULARS_TRY(apply(*change, into));
  std::vector<CustomerNumber> result(customers);
  for (CustomerNumber c = 0; c < customers; ++c) result[c] = last_of(into, c);
  return result;
}

Result<History> merged(const History& history, std::span<const IdentityChange> changes, Instant t) {
  const size_t customers = history.customers();
  REGULARS_ASSIGN(const std::vector<CustomerNumber> identity, identity_at(changes, customers, t));
  CustomerTable table = history.customer_table();
  bool any_moved = false;
  for (CustomerNumber c = 0; c < customers; ++c) any_moved |= identity[c] != c;
  if (!any_moved) return history;
  if (table.known_from.empty()) table.known_from.assign(customers, Instant{kMissing});
  std::vector<std::vector<CustomerNumber>> groups(customers);
  for (CustomerNumber c = 0; c < customers; ++c) groups[identity[c]].push_back(c);
  for (CustomerNumber c = 0; c < customers; ++c) {
    const CustomerNumber into = identity[c];
    if (into == c) continue;
    table.known_from[into] = std::min(table.known_from[into], table.known_from[c]);
    table.known_from[c] = kNeverKnown;
  }
  return gathered(history, groups, std::move(table));
}

const IdentityChange* next_identity_change(std::span<const IdentityChange> changes, Instant t) {
  const IdentityChange* next = nullptr;
  for (const IdentityChange& change : changes) {
    if (change.at > t && (next == nullptr || change.at < next->at)) next = &change;
  }
  return next;
}

}  // namespace regulars
