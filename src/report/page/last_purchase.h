// Where a customer bought last and what kind of thing, where the file says.
#pragma once

#include <string>
#include <vector>

#include "report/analysis_view.h"

namespace regulars::report {

class LastPurchase {
 public:
  explicit LastPurchase(const AnalysisView& view);
  // Facts the file has, in order: "store", "channel", "country", "category"; at most two.
  const std::vector<std::string>& facts() const { return facts_; }
  // Their values at the customer's last purchase up to the view's as_of; "" where unknown.
  std::vector<std::string> of(CustomerNumber customer) const;

 private:
  const Stream* purchases_ = nullptr;
  Instant as_of_;
  std::vector<std::string> facts_;
};

}  // namespace regulars::report
