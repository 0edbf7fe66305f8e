// Frozen cut points: from the first look on, classes are measured against the same cuts until
// somebody refreshes them on purpose. They are kept in the project's folder, in frozen.json, where
// they can be read, versioned and taken back.
//
// Thread-safety: plain functions.
#pragma once

#include <map>
#include <string>

#include "app/listing.h"
#include "app/project_shop.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"

namespace regulars::app {

struct FrozenWord {
  std::string cut_off;    // instant the cuts were measured at
  std::string frozen_at;  // when
  evaluate::ExpressionPtr tree;
};
using FrozenWords = std::map<std::string, FrozenWord>;

// Empty when nothing is frozen. kBadData when the file cannot be read.
Result<FrozenWords> load_frozen(const std::string& directory, Files& files);

struct FreezeQuestion {
  std::string word;      // life_cycle, rfm_class or value_tier
  bool refresh = false;  // measure anew although it is frozen
  bool release = false;  // let the cuts move again
  bool dry_run = false;  // only say who would move
};

// Freezes the word's cuts as they are at the shop's as-of and says who moves by it: the customers
// of each class before and after, and everybody whose class changes. kUsage when the word is frozen
// already and no refresh is asked for, or when there is nothing to release.
Result<Listing> freeze_word(ProjectShop& shop, const FreezeQuestion& question, Files& files,
                            const Clock& clock);

}  // namespace regulars::app
