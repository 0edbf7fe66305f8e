#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/propensity_model.h"

namespace regulars::app {
namespace {

using models::Estimate;
using models::Quality;

void add(Listing& listing, const char* key, const char* title, Cell value) {
  listing.facts.push_back({key, title, std::move(value)});
}

// For people with a few digits.
Cell figure(double value, int digits) {
  Cell cell = Cell::real(value);
  if (cell.kind != Cell::Kind::kEmpty) cell.people = fmt::format("{:.{}f}", value, digits);
  return cell;
}

// A figure with its interval: all for programs, one line for people.
void add_estimate(Listing& listing, const std::string& key, const char* title,
                  const Estimate& estimate) {
  Cell value = Cell::real(estimate.value);
  value.people =
      fmt::format("{:.3f} ({:.3f} to {:.3f})", estimate.value, estimate.low, estimate.high);
  if (std::isnan(estimate.value)) value = Cell{};
  listing.facts.push_back({key, title, value});
  listing.facts.push_back({key + "_low", "", Cell::real(estimate.low)});
  listing.facts.push_back({key + "_high", "", Cell::real(estimate.high)});
}

void add_rows(Listing& listing, const PropensityFit& fit, const Zone& zone) {
  const models::PropensityReport& r = fit.model.report;
  add(listing, "model", "Model", Cell::of(fit.question.name));
  add(listing, "label", "Foretells", Cell::of(fit.question.label));
  add(listing, "eligible", "Of customers with", Cell::of(fit.question.eligible));
  add(listing, "method", "Method", Cell::of(std::string(models::name_of(r.chosen))));
  add(listing, "choice", "Why", Cell::of(r.choice));
  add(listing, "calibration", "Calibration",
      Cell::of(std::string(models::name_of(fit.model.calibration.kind))));
  add(listing, "cut_off", "Data up to", Cell::moment(fit.cut_off, zone));
  add(listing, "fingerprint", "", Cell::of(fit.fingerprint));
  add(listing, "rows", "Learned from rows", Cell::of(static_cast<int64_t>(r.rows)));
  add(listing, "customers", "Of customers", Cell::of(static_cast<int64_t>(r.customers)));
  add(listing, "instants", "At instants", Cell::of(static_cast<int64_t>(r.instants.size())));
  add(listing, "judged_by", "Judged by", Cell::of(std::string(models::name_of(r.judging))));
  add(listing, "test_from", "Test from", Cell::moment(r.test_from, zone));
  add(listing, "test_upto", "Test to", Cell::moment(r.test_upto, zone));
}

void add_figures(Listing& listing, const models::PropensityReport& r) {
  const Quality& test = r.test;
  add(listing, "test_rows", "Test rows", Cell::of(static_cast<int64_t>(test.rows)));
  add(listing, "base_rate", "It happened to", Cell::share(test.base_rate));
  add(listing, "mean_probability", "The model said", Cell::share(test.mean_probability));
  add_estimate(listing, "auc", "Ranks right (AUC)", test.auc);
  add(listing, "best_alone", "Best single feature", Cell::of(r.best_alone));
  add_estimate(listing, "best_alone_auc", "  it alone (AUC)", r.best_alone_auc);
  add_estimate(listing, "auc_gain", "  gained over it", r.auc_gain);
  add(listing, "log_loss", "Log loss", figure(test.log_loss, 4));
  add(listing, "base_rate_log_loss", "  of saying the same for all",
      figure(r.base_rate_log_loss, 4));
  add(listing, "brier", "Brier score", figure(test.brier.value, 4));
  add(listing, "brier_reliability", "", Cell::real(test.brier.reliability));
  add(listing, "brier_resolution", "", Cell::real(test.brier.resolution));
  add(listing, "brier_uncertainty", "", Cell::real(test.brier.uncertainty));
  add(listing, "average_precision", "Average precision", figure(test.average_precision, 4));
  add(listing, "calibration_error", "Off by on average", Cell::share(test.calibration_error));
}

void add_threshold(Listing& listing, const std::optional<models::Threshold>& threshold) {
  if (!threshold) return;
  add(listing, "contact_from", "A contact pays from", Cell::share(threshold->probability));
  add(listing, "contact_share", "  that is of customers", Cell::share(threshold->share));
  add(listing, "contact_precision", "  of them it happens to", Cell::share(threshold->precision));
  add(listing, "contact_recall", "  of all it happens to", Cell::share(threshold->recall));
  add(listing, "contact_gain", "  gain in the test", figure(threshold->gain, 2));
  add(listing, "contact_gain_everybody", "  if everybody is contacted",
      figure(threshold->gain_everybody, 2));
}

// What the gain over the best single feature means.
std::string verdict(const models::PropensityReport& r) {
  if (std::isnan(r.auc_gain.value)) return "The test held too little to compare.";
  if (r.auc_gain.low > 0) {
    return fmt::format("The model ranks clearly better than '{}' alone.", r.best_alone);
  }
  return fmt::format("The model does not rank clearly better than '{}' alone: a rule on it may do.",
                     r.best_alone);
}

Cell count_of(uint64_t value) { return Cell::of(static_cast<int64_t>(value)); }

}  // namespace

Listing propensity_listing(const PropensityFit& fit, const Zone& zone) {
  const models::PropensityReport& report = fit.model.report;
  Listing listing;
  add_rows(listing, fit, zone);
  add_figures(listing, report);
  add_threshold(listing, report.threshold);
  listing.rows_key = "reliability";
  listing.columns = {{"from", ""},
                     {"to", ""},
                     {"said", "said"},
                     {"rows", "rows"},
                     {"happened", "happened"},
                     {"low", "at least"},
                     {"high", "at most"}};
  for (const models::ReliabilityBin& bin : report.test.reliability) {
    listing.rows.push_back({Cell::share(bin.from), Cell::share(bin.to), Cell::share(bin.expected),
                            count_of(bin.rows), Cell::share(bin.observed), Cell::share(bin.low),
                            Cell::share(bin.high)});
  }
  listing.notes.push_back(verdict(report));
  listing.notes.insert(listing.notes.end(), report.notes.begin(), report.notes.end());
  listing.notes.insert(listing.notes.end(), fit.notes.begin(), fit.notes.end());
  return listing;
}

Listing lift_listing(const PropensityFit& fit) {
  Listing listing;
  listing.rows_key = "lift";
  listing.columns = {{"decile", "decile"},
                     {"rows", "rows"},
                     {"positives", "it happened to"},
                     {"rate", "share"},
                     {"lift", "times the average"},
                     {"captured", "of all so far"}};
  for (const models::LiftRow& row : fit.model.report.test.lift) {
    listing.rows.push_back({Cell::of(static_cast<int64_t>(row.decile)), figure(row.rows, 0),
                            figure(row.positives, 0), Cell::share(row.rate), figure(row.lift, 2),
                            Cell::share(row.captured)});
  }
  return listing;
}

Listing feature_listing(const PropensityFit& fit) {
  Listing listing;
  listing.rows_key = "features";
  listing.columns = {{"feature", "feature"},
                     {"weight", "moves log odds by"},
                     {"auc_alone", "alone (AUC)"},
                     {"known", "known of"},
                     {"formula", "formula"}};
  for (const models::FeatureUse& use : fit.model.report.features) {
    const auto& all = fit.question.features;
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const TrainingFeature& one) { return one.name == use.name; });
    listing.rows.push_back({Cell::of(use.name), figure(use.weight, 2), figure(use.auc_alone, 3),
                            Cell::share(use.known),
                            Cell::of(found == all.end() ? "" : found->formula)});
  }
  return listing;
}

Listing scores_listing(const PropensityScores& scores, const ProjectShop& shop, size_t most) {
  Listing listing;
  listing.facts = {
      {"as_of", "As of", Cell::moment(scores.as_of, shop.zone())},
      {"customers", "Customers scored", Cell::of(static_cast<int64_t>(scores.customers.size()))}};
  listing.rows_key = "scores";
  const bool reasons = !scores.reasons.empty();
  listing.columns = {{"customer_id", "customer_id"}, {"probability", "probability"}};
  if (reasons) listing.columns.push_back({"reasons", "reasons"});
  listing.wrap_last = reasons;
  std::vector<size_t> order(scores.customers.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto id = [&](size_t i) { return shop.history().customer_id(scores.customers[i]); };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::pair(-scores.probability[a], id(a)) < std::pair(-scores.probability[b], id(b));
  });
  if (most > 0) order.resize(std::min(order.size(), most));
  for (const size_t i : order) {
    std::vector<Cell> row = {Cell::of(std::string(id(i))), Cell::share(scores.probability[i])};
    if (reasons) {
      std::string words;
      for (const models::Reason& one : scores.reasons[i]) {
        words += (words.empty() ? "" : "; ") + one.words;
      }
      row.push_back(Cell::of(words));
    }
    listing.rows.push_back(std::move(row));
  }
  listing.notes = scores.warnings;
  return listing;
}

}  // namespace regulars::app
