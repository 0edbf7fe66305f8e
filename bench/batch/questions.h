// What the batch benchmarks ask: windowed features of customers and segments over them, each said
// twice as it is made, as a tree (JSON) and as SQL, so that both sides are asked the same.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "batch/events.h"
#include "evaluate/evaluate.h"

namespace regulars::bench {

enum class Fold : uint8_t { kCount, kSum, kMax, kMin, kFirst, kLast, kDistinct };

// A test of an event: {"=":[{"column":"category"},"c3"]} and "category = 3".
struct EventTest {
  std::string json;
  std::string sql;
  bool operator==(const EventTest&) const = default;
};
EventTest in_category(int category);
EventTest in_store(int store);
EventTest amount_at_least(int cents);

// kSum, kMax and kMin are of the amount, kDistinct counts categories, kFirst and kLast are
// instants.
struct Feature {
  Fold fold = Fold::kCount;
  EventType type = kPurchase;
  int from_days = 0;  // window (t - from, t - to]; 0: since ever
  int to_days = 0;
  EventTest test = {};  // empty: all events
  bool operator==(const Feature&) const = default;
};

// A condition on features; `sql` names feature i as f<i>, t is the instant.
struct Said {
  std::string json;
  std::string sql;
  std::vector<size_t> features;  // ascending
};

class Questions {
 public:
  // Whether the features themselves are answers too.
  explicit Questions(bool features_are_answers) : features_are_answers_(features_are_answers) {}

  // A feature's number; equal features have one.
  size_t feature(const Feature& feature);
  void segment(Said condition) { segments_.push_back(std::move(condition)); }

  // feature OP number, where OP is one of = < <= > >=; the number in cents for amounts.
  Said compare(const Feature& feature, const std::string& op, int64_t number);
  // More than so many whole days have gone by since an instant.
  Said older_than(const Feature& instant, int days);
  // left_factor * left OP right_factor * right
  Said compare(int left_factor, const Feature& left, const std::string& op, int right_factor,
               const Feature& right);

  const std::vector<Feature>& features() const { return features_; }
  const std::vector<Said>& segments() const { return segments_; }
  bool features_are_answers() const { return features_are_answers_; }

  // The features, if they are answers, then the segments.
  Result<std::vector<evaluate::Definition>> definitions() const;

 private:
  bool features_are_answers_;
  std::vector<Feature> features_;
  std::vector<Said> segments_;
};

Said both(const Said& a, const Said& b);
Said either(const Said& a, const Said& b);
Said negated(const Said& a);

// The sets that are asked: 12 features and 20 segments by hand; `segments` segments over about
// twice as many features from templates (RFM thresholds, recency bands, frequency, tiers of
// spending, categories, two windows compared, new customers, and, or, not).
Questions twelve_features();
Questions from_templates(size_t segments, uint64_t seed);

}  // namespace regulars::bench
