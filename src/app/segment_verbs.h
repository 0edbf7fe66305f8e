// What `regulars segment ...` answers, each as a Listing.
//
// Thread-safety: one shop at a time.
#pragma once

#include <string>
#include <vector>

#include "app/listing.h"
#include "app/project_shop.h"
#include "base/result.h"

namespace regulars::app {

// Every segment with its size, share of customers, what it is for, and its fault if it has one.
Result<Listing> list_segments(ProjectShop& shop);

// One segment: rule, why, action, owner, what it refers to, warnings, size.
Result<Listing> show_segment(ProjectShop& shop, const std::string& name);

// Its customers, one row each: id, and the values of the features asked for. With a purpose: only
// those who may be contacted for it through the channel (the segment's own when not said); the
// others are counted by reason in the notes and facts.
struct CustomersQuestion {
  std::string segment;
  std::string purpose;
  std::string channel;
  std::vector<std::string> columns;  // features or formulas of the language
  size_t most = 0;                   // 0: all
};
Result<Listing> segment_customers(ProjectShop& shop, const CustomersQuestion& question);

// Sizes alone, of the segments named or of all.
Result<Listing> segment_sizes(ProjectShop& shop, const std::vector<std::string>& names);

// Pairs of segments with how many are in both; most alike first.
Result<Listing> segment_overlap(ProjectShop& shop, const std::vector<std::string>& names);

// Who enters and who leaves when the segment's rule becomes `rule` (or that of the file `rule`
// names with a leading @). All customers are listed, entering first.
Result<Listing> segment_diff(ProjectShop& shop, const std::string& name, const std::string& rule,
                             Files& files);

// Size, entered and left at the ends of periods in [from, to].
struct HistoryQuestion {
  std::string segment;   // name, or a rule of the language
  std::string from, to;  // dates; empty: the first day with data, the as-of
  std::string step = "month";
};
Result<Listing> segment_history(ProjectShop& shop, const HistoryQuestion& question);

// Who of a segment may be contacted, per channel: with consent, and how many are left out for which
// reason.
Result<Listing> segment_preview(ProjectShop& shop, const std::string& name_or_rule,
                                const std::string& purpose, const std::string& channel);

// Why a customer is in a segment or not. JSON is the whole tree; text is made for reading.
Result<std::string> explain_segment(ProjectShop& shop, const std::string& name_or_rule,
                                    const std::string& customer, Format format, size_t width);

}  // namespace regulars::app
