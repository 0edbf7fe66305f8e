// Segmentations as words of the language: for each a tree that gives the class as a text, with the
// cut points of one population snapshot put in. Between snapshots the cut points stay while the
// customers move, so a class changes at an exact instant, live and in batch alike.
//
// At the cut-off itself every tree gives the class that life_cycle(), score_rfm() and value_tiers()
// give.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/history.h"
#include "evaluate/expression.h"
#include "segments/life_cycle.h"
#include "segments/rfm.h"

namespace regulars::segments {

struct WordSettings {
  std::string activity = "purchase";  // the event type that is a sign of life
  std::string kind_of_shop = {};      // floors and fall-back of the life cycle
  RfmDefinition rfm = default_rfm();
  int rfm_window_months = 24;  // 0: everything; also the window of the value tiers
  // Words whose cut points were frozen: these trees count, whatever a snapshot would find.
  std::map<std::string, evaluate::ExpressionPtr> frozen = {};
};

// Unknown (text) for those outside: without activity in the window, not yet a customer.
struct SegmentationWords {
  std::map<std::string, evaluate::ExpressionPtr> trees;  // life_cycle, rfm_class, value_tier
  ShopRhythm rhythm;
  RfmCuts cuts;
};

// Names and classes, which do not depend on the data.
const std::map<std::string, std::vector<std::string>>& segmentation_classes();

// The word as rules hold it until a snapshot is put in: Op::kSnapshotText.
evaluate::ExpressionPtr segmentation_word(const std::string& name);

// From what the history holds up to the cut-off.
Result<SegmentationWords> segmentation_words(const History& history, const Zone& zone,
                                             Instant cut_off, const WordSettings& settings,
                                             size_t threads);

}  // namespace regulars::segments
