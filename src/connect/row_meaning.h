// What rows mean beyond their columns: what an amount counts, which rows cancel or give back, which
// are no sales, and which currency is analysed. Decided from the profile and the sample.
#pragma once

#include <string>
#include <vector>

#include "connect/source_profile.h"
#include "data/intake.h"
#include "data/source_spec.h"

namespace regulars::connect {

struct AmountDecision {
  AmountMeaning meaning = AmountMeaning::kLineAmount;
  std::string reason;
};
AmountDecision decide_amount(const SourceProfile& source, const ColumnMapping& mapping);

// "C" where orders C536379 stand beside 536365 and their quantities or amounts are negative; empty
// when there is no such prefix.
std::string find_cancellation_prefix(const SourceProfile& source, const ColumnMapping& mapping);

// Fills not_sales, refund_statuses, given_back_statuses and purchase_events.
void decide_statuses(const SourceProfile& source, SourceSpec& spec, std::vector<Notice>& notices);

// The currency of most rows, as an ISO code; empty when the file does not say.
std::string main_currency(const SourceProfile& source, const ColumnMapping& mapping);

// "usd", "US$" or "USD" as an ISO code; other text in capitals as it is.
std::string currency_code(std::string_view text);

}  // namespace regulars::connect
