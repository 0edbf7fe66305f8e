// The few features of each customer that every segmentation stands on, as of one instant. They are
// definitions like any user's, evaluated by `evaluate`; nothing here is computed beside it.
//
// A purchase whose linked refunds have given all of it back by t is no purchase at t (practice E1).
// A purchase day is a local date with at least one purchase.
//
// Thread-safety: values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "evaluate/evaluate.h"

namespace regulars::segments {

constexpr int64_t kUnknown = kMissing;
constexpr int kLadderSteps = 6;  // purchase days whose dates are kept for the ladder

// One element per customer of the History. Money in units of 10^-scale. kUnknown where nothing.
struct CustomerFacts {
  Instant as_of;
  Day as_of_day;
  int scale = 2;
  std::vector<int64_t> first_at, last_at;    // instants of first and last purchase (microseconds)
  std::vector<int64_t> first_day, last_day;  // their local days
  std::vector<int64_t> orders;               // purchases ever
  std::vector<int64_t> purchase_days;
  std::vector<int64_t> gross, refunds, net;        // ever; net = gross - refunds
  std::vector<int64_t> window_orders, window_net;  // in the RFM window (as_of - months, as_of]
  std::vector<int64_t> year_net;                   // the last 365 days
  std::vector<double> median_gap_days;  // of consecutive purchase days; NaN with fewer than two
  std::vector<int64_t> nth_day[kLadderSteps];  // local day of the 1st..6th purchase day

  size_t size() const { return orders.size(); }
  bool is_customer(size_t c) const { return orders[c] > 0; }
  // Whole local days since the last purchase day.
  int64_t silent_days(size_t c) const { return as_of_day.number - last_day[c]; }
};

struct FactsWindow {
  int rfm_window_months = 0;          // 0: everything
  std::string activity = "purchase";  // the event type that counts as a purchase, money apart
};

// Facts at each instant, in one pass over the history.
Result<std::vector<CustomerFacts>> customer_facts(const History& history, const Zone& zone,
                                                  std::span<const Instant> as_of,
                                                  const FactsWindow& window, size_t threads);

// For each customer: purchases and net in (from, to]. Used to see who came back.
struct LaterFacts {
  std::vector<int64_t> orders;
  std::vector<int64_t> net;
};
Result<LaterFacts> facts_between(const History& history, const Zone& zone, Instant from, Instant to,
                                 size_t threads);

}  // namespace regulars::segments
