// What is known of a simulated shop, counted from the rows themselves while they were made: to the
// row and to the cent. Written beside the shop as truth/truth.json.
//
// Thread-safety: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "simulate/catalogue.h"
#include "simulate/rows.h"
#include "simulate/spec.h"

namespace regulars::simulate {

struct RowTally {
  int64_t rows = 0;
  int64_t amount_cents = 0;
  bool operator==(const RowTally&) const = default;
};

struct MonthTruth {  // by local month of the row
  int64_t orders = 0;
  int64_t gross_cents = 0;
  int64_t refunds_cents = 0;  // positive
  bool operator==(const MonthTruth&) const = default;
};

// Effects are on those treated; exact, because the same customers were also simulated without.
struct CampaignTruth {
  int64_t treated = 0;
  int64_t control = 0;
  int64_t orders_added = 0;
  int64_t orders_removed = 0;
  bool operator==(const CampaignTruth&) const = default;
};

// Gross and refunds are those of known customers with duplicates kept, as a reader of the file sees
// them who does nothing: sales + charges, and what refund rows give back.
struct Truth {
  ShopSpec spec;
  bool sorted_by_time = false;  // orders.csv; else by customer

  int64_t order_rows = 0;
  std::array<RowTally, kLineClasses> rows;  // by LineClass; they add up to order_rows
  RowTally duplicates;          // rows that repeat another of their order; inside the class kSale
  RowTally late;                // recorded a day or more after they occurred
  int64_t orders = 0;           // kept: of a known customer, with at least one sale line
  int64_t orders_refunded = 0;  // of these, with a refund in the file
  int64_t orders_undone = 0;    // of these, given back to the last cent
  int64_t orders_unattributed = 0;
  int64_t orders_placeholder = 0;
  int64_t orders_not_sale = 0;
  int64_t gross_cents = 0;
  int64_t refunds_cents = 0;                         // positive
  std::map<std::pair<int, int>, MonthTruth> months;  // (year, month)
  std::vector<CampaignTruth> campaigns;              // as Catalogue::campaigns

  int64_t customers = 0;                    // in customers.csv
  int64_t customers_with_rows = 0;          // with any row in orders.csv
  int64_t customers_with_purchase = 0;      // with a kept order
  int64_t customers_with_net_purchase = 0;  // with a kept order not undone
  int64_t prospects = 0;
  int64_t dropped_out = 0;  // on or before the last day
  int64_t trade = 0;
  int64_t members = 0;  // of the loyalty program
  int64_t staff = 0;
  int64_t test_accounts = 0;
  int64_t visits = 0;
  int64_t invitations = 0;
  int64_t answers = 0;
  int64_t messages = 0;  // including the control group's
  int64_t consents = 0;
  int64_t interests = 0;    // customers who stated some
  int64_t answer_rows = 0;  // to surveys and in the account
  int64_t message_events = 0;
  int64_t points_rows = 0;
  int64_t tier_changes = 0;  // the first tier of each member included
  int64_t referrals = 0;
  int64_t reviews = 0;
  int64_t service_case_rows = 0;  // opened and closed

  int64_t net_cents() const { return gross_cents - refunds_cents; }
  const RowTally& of(LineClass c) const { return rows[static_cast<size_t>(c)]; }
};

const char* to_string(LineClass c);  // "sale", "charge", ...

// Adds the counts of another part of the same shop.
void merge(Truth& into, const Truth& part);

std::string to_json(const Truth& truth, const Catalogue& catalogue);

}  // namespace regulars::simulate
