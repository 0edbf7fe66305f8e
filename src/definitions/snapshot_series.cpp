#include "definitions/snapshot_series.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "definitions/tree_walk.h"
#include "evaluate/shift.h"
#include "evaluate/window.h"

namespace regulars::definitions {
namespace {

using evaluate::Expression;
using evaluate::ExpressionPtr;
using evaluate::Op;
using Piece = SnapshotSeries::Piece;

constexpr Instant kSinceEver{std::numeric_limits<int64_t>::min() + 1};
// Before all records; the calendar is not asked about what lies before.
constexpr Instant kBeforeAllRecords{-62'135'596'800'000'000};
// A calendar shift may fall back by some days where it goes on.
constexpr Duration kMostFall = days(5);

AskedOver shifted(const evaluate::Shift& shift, AskedOver over, const Zone& zone) {
  const auto at = [&](Instant t) {
    return t <= kBeforeAllRecords ? kSinceEver : evaluate::shifted_instant(shift, t, zone);
  };
  if (over.from == over.upto) return {at(over.from), at(over.from)};
  const Instant from = at(over.from);
  return {from <= kBeforeAllRecords ? kSinceEver : from - kMostFall, at(over.upto)};
}

// The instants at which the argument of an operation over time is asked.
AskedOver walked(const Expression& e, AskedOver over, const Zone& zone) {
  const bool everywhere = e.op == Op::kSince || e.window == nullptr ||
                          over.from <= kBeforeAllRecords || evaluate::sees_customer(*e.window);
  if (everywhere) return {kSinceEver, over.upto};
  const Instant from = evaluate::bounds_of(*e.window, over.from, zone).after;
  return {from <= kBeforeAllRecords ? kSinceEver : std::min(from, over.upto) - kMostFall,
          over.upto};
}

const evaluate::PopulationPtr* population_of(const PopulationSnapshot& snapshot,
                                             const std::string& key) {
  for (const evaluate::PopulationPtr& one : snapshot.populations) {
    if (one->key == key) return &one;
  }
  return nullptr;
}

class Binder {
 public:
  Binder(const Zone& zone, const SnapshotSeries& series, LookedAt* seen)
      : zone_(zone), series_(series), seen_(seen) {}

  ExpressionPtr operator()(const ExpressionPtr& tree, AskedOver over) {
    const auto key = std::tuple(tree.get(), over.from.micros, over.upto.micros);
    if (const auto known = made_.find(key); known != made_.end()) return known->second;
    ExpressionPtr made = make(tree, over);
    made_[key] = made;
    return made;
  }

 private:
  ExpressionPtr make(const ExpressionPtr& tree, AskedOver over) {
    if (tree->op == Op::kSnapshotText) {
      return chosen(tree, tree, over, [&](const PopulationSnapshot& snapshot) {
        const auto word = snapshot.words.find(tree->name);
        return word == snapshot.words.end() ? tree : word->second;
      });
    }
    AskedOver inside = over;
    if (tree->op == Op::kShifted) inside = shifted(tree->shift, over, zone_);
    const bool over_time =
        tree->op == Op::kEver || tree->op == Op::kEntered || tree->op == Op::kSince;
    if (over_time) inside = walked(*tree, over, zone_);
    const ExpressionPtr first = tree->arguments.empty() ? nullptr : tree->arguments.front();
    ExpressionPtr made = with_children(tree, [&](const ExpressionPtr& child) {
      return (*this)(child, child == first ? inside : over);
    });
    if (tree->op != Op::kPosition || tree->arguments.empty()) return made;
    // The key is that of the tree as compiled: what is bound below does not change its name.
    const std::string key = population_key(*tree);
    return chosen(tree, made, over, [&](const PopulationSnapshot& snapshot) {
      const evaluate::PopulationPtr* population = population_of(snapshot, key);
      if (population == nullptr) return made;
      auto bound = std::make_shared<Expression>(*made);
      bound->population = *population;
      return ExpressionPtr(bound);
    });
  }

  // What `with` makes of each snapshot that counts: the only one, or one after the other by the
  // as-of instant.
  template <class With>
  ExpressionPtr chosen(const ExpressionPtr& leaf, const ExpressionPtr& otherwise, AskedOver over,
                       const With& with) {
    const std::vector<Piece> pieces = series_.within(over.from, over.upto);
    if (seen_ != nullptr) note(*leaf, over, pieces);
    const auto of_piece = [&](const Piece& piece) {
      return piece.snapshot == nullptr ? otherwise : with(*piece.snapshot);
    };
    ExpressionPtr result = of_piece(pieces.front());
    for (size_t i = 1; i < pieces.size(); ++i) {
      const ExpressionPtr then = of_piece(pieces[i]);
      if (then == result) continue;
      const ExpressionPtr before =
          evaluate::make(Op::kLess, {evaluate::as_of(), evaluate::instant(pieces[i].from)});
      result = evaluate::make(Op::kIfElse, {before, result, then});
    }
    return result;
  }

  void note(const Expression& leaf, AskedOver over, const std::vector<Piece>& pieces) {
    if (std::find(seen_->asked.begin(), seen_->asked.end(), over) == seen_->asked.end()) {
      seen_->asked.push_back(over);
    }
    for (size_t i = 0; i < pieces.size(); ++i) {
      seen_->choices.push_back({i == 0 ? Instant{} : pieces[i].from, pieces[i].snapshot});
      if (pieces[i].snapshot != nullptr) add_need(leaf, *pieces[i].snapshot);
    }
  }

  void add_need(const Expression& leaf, const PopulationSnapshot& snapshot) {
    const bool word = leaf.op == Op::kSnapshotText;
    const std::string key = word ? leaf.name : population_key(leaf);
    if (!noted_.insert({&snapshot, key}).second) return;
    auto found = std::find_if(seen_->needs.begin(), seen_->needs.end(),
                              [&](const auto& one) { return one.first == &snapshot; });
    if (found == seen_->needs.end()) {
      found = seen_->needs.insert(found, {&snapshot, SnapshotNeeds{}});
    }
    if (word) {
      auto& words = found->second.words;
      words.insert(std::upper_bound(words.begin(), words.end(), key), key);
    } else {
      const ExpressionPtr group = leaf.arguments.size() > 1 ? leaf.arguments[1] : nullptr;
      found->second.populations.push_back({key, leaf.arguments.front(), group});
    }
  }

  const Zone& zone_;
  const SnapshotSeries& series_;
  LookedAt* seen_;
  std::set<std::pair<const PopulationSnapshot*, std::string>> noted_;
  std::map<std::tuple<const Expression*, int64_t, int64_t>, ExpressionPtr> made_;
};

}  // namespace

SnapshotSeries SnapshotSeries::always(const PopulationSnapshot& snapshot) {
  SnapshotSeries series;
  series.pieces_ = {{kSinceEver, &snapshot}};
  return series;
}

SnapshotSeries SnapshotSeries::of(const std::vector<PopulationSnapshot>& snapshots,
                                  std::optional<Instant> known_at) {
  std::set<int64_t> beginnings;
  for (const PopulationSnapshot& one : snapshots) {
    beginnings.insert(known_at ? one.cut_off.micros
                               : std::max(one.cut_off.micros, one.recorded_at.micros));
  }
  SnapshotSeries series;
  for (const int64_t micros : beginnings) {
    const PopulationSnapshot* newest = snapshot_at(snapshots, Instant{micros}, known_at);
    const bool same =
        series.pieces_.empty() ? newest == nullptr : series.pieces_.back().snapshot == newest;
    if (!same) series.pieces_.push_back({Instant{micros}, newest});
  }
  return series;
}

void SnapshotSeries::add(const PopulationSnapshot& snapshot) {
  const auto place =
      std::lower_bound(pieces_.begin(), pieces_.end(), snapshot.cut_off,
                       [](const Piece& piece, Instant wanted) { return piece.from < wanted; });
  if (place != pieces_.end() && place->from == snapshot.cut_off) {
    place->snapshot = &snapshot;
  } else {
    pieces_.insert(place, {snapshot.cut_off, &snapshot});
  }
}

void SnapshotSeries::replace(const PopulationSnapshot& snapshot, const PopulationSnapshot& with) {
  for (Piece& piece : pieces_) {
    if (piece.snapshot == &snapshot) piece.snapshot = &with;
  }
}

std::vector<Piece> SnapshotSeries::within(Instant from, Instant upto) const {
  std::vector<Piece> result = {{kSinceEver, nullptr}};
  for (const Piece& piece : pieces_) {
    if (piece.from > upto && piece.from > from) break;
    if (piece.from <= from) {
      result.front() = piece;
    } else {
      result.push_back(piece);
    }
  }
  return result;
}

LookedAt looked_at(const std::vector<ExpressionPtr>& trees, AskedOver over, const Zone& zone,
                   const SnapshotSeries& series) {
  LookedAt seen;
  Binder binder(zone, series, &seen);
  for (const ExpressionPtr& tree : trees) {
    if (tree != nullptr) binder(tree, over);
  }
  return seen;
}

ExpressionPtr bind_over(const ExpressionPtr& tree, AskedOver over, const Zone& zone,
                        const SnapshotSeries& series) {
  if (tree == nullptr) return tree;
  return Binder(zone, series, nullptr)(tree, over);
}

}  // namespace regulars::definitions
