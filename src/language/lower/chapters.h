// The lowering functions that rows of the function table name, one file of code per chapter.
#pragma once

#include "language/lower/lowering.h"

namespace regulars::language {

// ---- what an aggregate reads (target.cpp) ----
struct Target {
  std::string event;
  evaluate::AggregateValue value;
  Typed read;            // what is read of each event; for an event by itself its instant
  bool items = false;    // the value is an item's
  bool whole = false;    // an event by itself, or an item by itself
  bool amounts = false;  // purchase.amount or purchase.net: what was undone counts in sums
  bool net = false;      // purchase.net
};
// `distinct`: week(purchase) and the like mean that very week, not its number in the year.
Result<Target> target_of(Lowering& at, const Node& argument, bool distinct = false);
// The aggregate over it with the call's `where` and `over`; purchases that were undone are left
// out unless `gross`.
Result<evaluate::Aggregate> aggregate_of(Lowering& at, const Node& call, const Target& target,
                                         evaluate::AggregateKind kind, bool gross = false);
// Both conditions; either may be null.
evaluate::ExpressionPtr both(evaluate::ExpressionPtr a, evaluate::ExpressionPtr b);
// The condition that the purchase stands at t; null when nothing can be undone.
evaluate::ExpressionPtr kept_purchase(const Scope& scope);
// purchase.amount less the refunds that point at it, up to t.
Result<Typed> net_of_purchase(Lowering& at, const Node& node);
// purchase.at for an event by itself, its day for gaps.
void read_as(Target& target, evaluate::AggregateValue value, Typed read);

// Something like count(x) over windows of a call that may be another event's; used by chapters.
evaluate::Aggregate plain(evaluate::AggregateKind kind, std::string event,
                          evaluate::AggregateValue value = {}, evaluate::ExpressionPtr where = {},
                          evaluate::Window window = {});

#define REGULARS_LOWER(name) Result<Typed> name(Lowering& at, const Node& node)
// aggregates.cpp
REGULARS_LOWER(lower_count);
REGULARS_LOWER(lower_sum);
REGULARS_LOWER(lower_avg);
REGULARS_LOWER(lower_median);
REGULARS_LOWER(lower_min);
REGULARS_LOWER(lower_max);
REGULARS_LOWER(lower_first);
REGULARS_LOWER(lower_last);
REGULARS_LOWER(lower_nth);
REGULARS_LOWER(lower_favourite);
REGULARS_LOWER(lower_rank_of);
REGULARS_LOWER(lower_first_ever);
// ratios.cpp
REGULARS_LOWER(lower_share);
REGULARS_LOWER(lower_rate);
REGULARS_LOWER(lower_change);
REGULARS_LOWER(lower_trend);
REGULARS_LOWER(lower_interest);
// rhythm.cpp
REGULARS_LOWER(lower_typical_gap);
REGULARS_LOWER(lower_gap_spread);
REGULARS_LOWER(lower_shortest_gap);
REGULARS_LOWER(lower_longest_gap);
REGULARS_LOWER(lower_average_gap);
REGULARS_LOWER(lower_spaced_count);
REGULARS_LOWER(lower_sessions);
REGULARS_LOWER(lower_session_start);
REGULARS_LOWER(lower_streak);
REGULARS_LOWER(lower_longest_streak);
REGULARS_LOWER(lower_regular);
REGULARS_LOWER(lower_stopped);
REGULARS_LOWER(lower_returned);
// times.cpp
REGULARS_LOWER(lower_now);
REGULARS_LOWER(lower_today);
REGULARS_LOWER(lower_seconds_since);
REGULARS_LOWER(lower_minutes_since);
REGULARS_LOWER(lower_hours_since);
REGULARS_LOWER(lower_days_since);
REGULARS_LOWER(lower_weeks_since);
REGULARS_LOWER(lower_months_since);
REGULARS_LOWER(lower_years_since);
REGULARS_LOWER(lower_days_until);
REGULARS_LOWER(lower_age);
REGULARS_LOWER(lower_birthday);
REGULARS_LOWER(lower_anniversary);
REGULARS_LOWER(lower_year);
REGULARS_LOWER(lower_quarter);
REGULARS_LOWER(lower_month);
REGULARS_LOWER(lower_week);
REGULARS_LOWER(lower_weekday);
REGULARS_LOWER(lower_day_of_month);
REGULARS_LOWER(lower_day);
REGULARS_LOWER(lower_hour);
REGULARS_LOWER(lower_minute);
REGULARS_LOWER(lower_held);
REGULARS_LOWER(lower_held_since);
// values.cpp
REGULARS_LOWER(lower_lower);
REGULARS_LOWER(lower_fold);
REGULARS_LOWER(lower_length);
REGULARS_LOWER(lower_version_compare);
REGULARS_LOWER(lower_size);
REGULARS_LOWER(lower_abs);
REGULARS_LOWER(lower_round);
REGULARS_LOWER(lower_floor);
REGULARS_LOWER(lower_least);
REGULARS_LOWER(lower_greatest);
REGULARS_LOWER(lower_known);
REGULARS_LOWER(lower_missing);
REGULARS_LOWER(lower_coalesce);
// places.cpp
REGULARS_LOWER(lower_distance);
REGULARS_LOWER(lower_near);
REGULARS_LOWER(lower_in_area);
// population.cpp
REGULARS_LOWER(lower_percentile);
REGULARS_LOWER(lower_rank);
REGULARS_LOWER(lower_decile);
REGULARS_LOWER(lower_z_score);
// segments.cpp
REGULARS_LOWER(lower_in_segment);
REGULARS_LOWER(lower_was_in_segment);
REGULARS_LOWER(lower_entered);
REGULARS_LOWER(lower_segmentation_word);
REGULARS_LOWER(lower_bucket);
REGULARS_LOWER(lower_in_control_group);
REGULARS_LOWER(lower_customer);
REGULARS_LOWER(lower_control_of_campaign);
// program.cpp
REGULARS_LOWER(lower_consents);
REGULARS_LOWER(lower_consent_state);
REGULARS_LOWER(lower_points_balance);
REGULARS_LOWER(lower_points_expiring);
REGULARS_LOWER(lower_tier);
REGULARS_LOWER(lower_program_number);
REGULARS_LOWER(lower_contacted);
REGULARS_LOWER(lower_last_engaged);
REGULARS_LOWER(lower_score_word);
REGULARS_LOWER(lower_share_word);
REGULARS_LOWER(lower_day_word);
#undef REGULARS_LOWER

}  // namespace regulars::language
