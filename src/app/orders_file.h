// Files of orders as value models see them.
//
// Thread-safety: plain functions.
#pragma once

#include <string>
#include <vector>

#include "app/model_file.h"

namespace regulars::app {

struct OrdersFile {
  Zone zone = Zone::utc();
  History history;              // whole, for the customers' ids
  Instant until;                // the end of calibration
  models::Purchases purchases;  // up to then
  std::vector<std::string> notes;
};
Result<OrdersFile> read_orders_file(const ModelFileQuestion& question, Files& files,
                                    const Progress& progress);

}  // namespace regulars::app
