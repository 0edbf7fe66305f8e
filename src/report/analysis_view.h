// Everything a report shows, already computed. Rendering (terminal, page, workbook, JSON) reads
// this and computes nothing but formatting.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "data/intake.h"
#include "segments/actions.h"
#include "segments/ladder.h"
#include "segments/life_cycle.h"
#include "segments/rfm.h"
#include "segments/shop_facts.h"
#include "segments/value.h"

namespace regulars::report {

struct AnalysisView {
  std::string version;
  std::string command;  // to reproduce
  Instant generated_at;
  std::string time_zone;
  std::string currency;     // "" when not given
  int scale = 2;            // of all money
  Instant as_of;            // last instant seen
  Day as_of_day, from, to;  // local days of the history
  bool as_of_given = false;
  bool show_contacts = false;  // --show-contacts: ids that are e-mail addresses or names are shown

  Intake intake;
  Unattributed unattributed;
  std::vector<Notice> notices;  // all of them, worst first

  int64_t customers_seen = 0, customers = 0, customers_without_purchase = 0;
  int64_t orders = 0, gross = 0, refunds = 0, net = 0;
  std::string gross_before_rounding;  // exact, where lines were rounded; else empty

  const History* history = nullptr;  // for customer ids
  // Row of customers.csv for each customer, from 1; 0: not listed (excluded, or first seen after
  // as_of). Empty: all are, in the history's order.
  std::vector<int64_t> customer_rows;
  const segments::CustomerFacts* facts = nullptr;  // per customer, at as_of

  std::vector<segments::Month> months;
  segments::RefundDelay refund_delay;
  std::vector<segments::Headline> headlines;
  segments::Concentration concentration, concentration_without_trade;
  bool show_without_trade = false;

  segments::LifeCycle life_cycle;
  std::vector<segments::ClassSize> life_cycle_sizes;
  segments::SelfTest life_cycle_test;
  segments::Flows life_cycle_flows;  // empty when untestable
  int64_t slipping_repeat_customers = 0, slipping_repeat_net = 0;

  segments::Rfm rfm;
  std::vector<segments::ClassSize> rfm_sizes;
  segments::SelfTest rfm_test;
  segments::Flows rfm_flows;
  std::string rfm_window;  // "the whole file" or "the last 24 months"

  segments::Segmentation tiers;
  std::vector<segments::ClassSize> tier_sizes;
  segments::CrossTable rfm_by_life_cycle;
  segments::CrossTable life_cycle_by_tier;           // the action grid
  int64_t endangered_in_rhythm = 0, endangered = 0;  // At risk + Cannot lose, of them active
  int64_t loyal_but_late = 0;                        // Champions and Loyal, slipping or worse

  std::vector<segments::LateCustomer> late;
  segments::Share late_came_back, in_rhythm_came_back;  // of the same lists at the self-test
  bool late_tested = false;

  segments::Ladder ladder;
  segments::Cohorts cohorts;
  segments::Rhythm rhythm;
  segments::Products products;
  bool has_products = false;
  std::vector<segments::Places> places;
  std::vector<segments::ActionCard> cards;
  segments::ActionInputs inputs;

  std::string out_directory;
  std::vector<std::string> written_files;
};

}  // namespace regulars::report
