// The models of a project: fitted when they have no fit or an old one, kept as files, and asked for
// everybody's scores.
//
// Each fit is a file of its own, models/fits/NAME-0001.json, NAME-0002.json ...: the newest one
// counts, the others are its history.
//
// Thread-safety: one shop at a time.
#pragma once

#include <string>
#include <vector>

#include "app/project_shop.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "sql/connection.h"

namespace regulars::app {

struct ModelResult {
  std::string model;
  std::string version;  // "0002"
  bool fitted = false;  // in this run
  int64_t scored = 0;   // customers
  std::string words;    // what is behind it, and what to be careful about
};

// Fits what must be, scores everybody as of the shop's as-of, and records the scores; the caller
// has begun the transaction, and refreshes the shop's scores afterwards. A model from which nothing
// can be learned is a result without scores that says why: it does not stop the others.
Result<std::vector<ModelResult>> run_models(ProjectShop& shop, sql::Connection& connection,
                                            Files& files, const Clock& clock, uint32_t run);

}  // namespace regulars::app
