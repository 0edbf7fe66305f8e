// The starter project of examples/starter, put into the program, around a simulated shop.
//
// Thread-safety: plain functions.
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "simulate/simulate.h"

namespace regulars::app {

// kUsage when the folder holds a project that no demo made.
Result<void> check_demo_folder(const std::string& directory, Files& files);

// Writes the project's files, with zone, currency and dates of the shop whose records lie in
// DIRECTORY/data, and forgets what an earlier demo there had read.
Result<void> write_demo_project(const std::string& directory, const simulate::ShopSpec& spec,
                                Files& files);

}  // namespace regulars::app
