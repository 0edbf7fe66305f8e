// The first half of every job on files: read, find the columns, group lines into orders, account
// for every row.
#pragma once

#include <vector>

#include "app/analyze.h"
#include "base/files.h"
#include "base/result.h"
#include "base/time.h"
#include "data/intake.h"
#include "data/order_lines.h"

namespace regulars::app {

struct ShopRead {
  Intake intake;        // rows are whole: they tie out
  Assembled assembled;  // customers with the attributes of --customers
  Zone zone = Zone::utc();
  DictionaryPtr product_ids;          // what product_facts are aligned to
  std::vector<Column> product_facts;  // as in OrderLines
};

Result<ShopRead> read_shop(const AnalyzeOptions& options, Files& files, const Progress& progress);

// The second half of that: lines that have been read become orders, and every row is accounted for.
Result<ShopRead> assemble_shop(connect::OrdersRead orders, const std::string& name);

// kBadData when no row is a purchase of a known customer; says what the rows are instead.
Result<void> check_purchases(const ShopRead& shop);

}  // namespace regulars::app
