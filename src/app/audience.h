// From the customers in a segment to those an action may reach: consent first, then the lists of
// people to leave out, then the control group. Every customer left out is counted once, under the
// first reason that holds.
//
// Thread-safety: one shop at a time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/project_shop.h"
#include "app/rule_source.h"
#include "base/result.h"

namespace regulars::app {

struct AudienceQuestion {
  std::string purpose;          // empty: no consent is asked, for an analysis
  std::string channel;          // empty: the segment's own; without one "email"
  int control_percent = 0;      // of those who could be reached; 0: none is kept out
  bool leave_out_lists = true;  // customers of segments marked `exclusion`
};

struct Audience {
  std::vector<CustomerNumber> in_segment;
  // Why customers are left out for want of consent: "never asked", "expired", ... -> how many.
  std::map<std::string, int64_t> without_consent;
  std::map<std::string, int64_t> on_lists;  // exclusion segment -> how many
  std::vector<CustomerNumber> control;      // kept out to measure
  std::vector<CustomerNumber> reached;
  std::string channel;  // as used; empty when no consent was asked
  bool has_consent_data = true;

  int64_t consented() const;  // in_segment less those without consent
  int64_t suppressed() const;
  // "in segment 120 - without consent 30 - on lists 5 - control 17 = 68"; the sum is checked.
  std::string account() const;
};

Result<Audience> audience_of(ProjectShop& shop, const NamedRule& rule,
                             const AudienceQuestion& question);

}  // namespace regulars::app
