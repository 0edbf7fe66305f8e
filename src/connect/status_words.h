// What the words in status, row-type and event columns mean, in six languages.
#pragma once

#include <string_view>

namespace regulars::connect {

enum class StatusMeaning {
  kUnknown,    // not a word we know: counts as a sale
  kSale,       // paid, completed, shipped ...
  kNotSale,    // cancelled, failed, pending, draft, test ...
  kRefund,     // the row itself gives money back: refund, return, credit note
  kGivenBack,  // a sale that was wholly given back: refunded, returned
};
StatusMeaning status_of(std::string_view value);

// "transaction", "Placed Order", "purchase" ...: events that are sales.
bool is_purchase_event(std::string_view value);

// Yes, true, 1, x ... (six languages); for columns that say whether something is so.
bool means_yes(std::string_view value);
bool means_no(std::string_view value);

}  // namespace regulars::connect
