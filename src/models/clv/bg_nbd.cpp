#include "models/clv/bg_nbd.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include "models/clv/dropout_likelihood.h"
#include "models/clv/dropout_outlook.h"
#include "models/clv/silence.h"

namespace regulars::models {
namespace {

DropoutParameters named(Parameters p) {
  assert(p.size() == 4);
  return {p[0], p[1], p[2], p[3]};
}

// Shape and rate of the buying rate by its first two moments, as if nobody ever left.
std::array<double, 2> rate_by_moments(const CellTable& table) {
  double purchases = 0;
  double pairs = 0;
  double time = 0;
  double time_squared = 0;
  for (size_t i = 0; i < table.size(); ++i) {
    const BuyingCell& cell = table.cells()[i];
    const auto count = static_cast<double>(table.counts()[i]);
    purchases += count * cell.x;
    pairs += count * cell.x * (cell.x - 1);
    time += count * cell.T;
    time_squared += count * cell.T * cell.T;
  }
  const double mean = purchases / std::max(time, 1e-300);
  const double spread = pairs / std::max(time_squared, 1e-300) / (mean * mean) - 1;
  const double r = std::clamp(1 / std::max(spread, 0.05), 0.1, 20.0);
  return {r, r / mean};
}

class DropoutCountModel final : public CountModel {
 public:
  DropoutCountModel(DropoutModel model, std::string name, std::string title, std::string_view paper,
                    std::string_view assumes)
      : model_(model), name_(std::move(name)), title_(std::move(title)) {
    info_.name = name_;
    info_.title = title_;
    info_.paper = paper;
    info_.assumes = assumes;
    info_.memoryless = model.k == 1;
    info_.parameters = {
        {"r", "shape of the gamma mixture of buying rates", Process::kTransaction, 0},
        {"alpha", "rate of the gamma mixture of buying rates", Process::kTransaction, -1},
        {"a", "of the beta mixture of chances to leave: leaving", Process::kDropout, 1},
        {"b", "of the beta mixture of chances to leave: staying", Process::kDropout, 0}};
  }

  const CountModelInfo& info() const override { return info_; }

  std::vector<double> start(const CellTable& table) const override {
    const auto [r, alpha] = rate_by_moments(table);
    return {r, alpha * model_.k, 1, 2.5};
  }

  Derivatives log_likelihood(Parameters p, const BuyingCell& cell, Order order) const override {
    const uint64_t one = 1;
    return dropout_likelihood(model_, named(p), {&cell, 1}, {&one, 1}, order);
  }
  Derivatives log_likelihood(Parameters p, const CellTable& table, Order order) const override {
    return dropout_likelihood(model_, named(p), table.cells(), table.counts(), order);
  }

  double expected(Parameters p, double t) const override {
    return conditional_expected(p, BuyingCell{}, t);
  }
  double conditional_expected(Parameters p, const BuyingCell& cell, double t) const override {
    return alive(p, cell) * outlook(p, cell).expected(t);
  }
  double p_alive(Parameters p, const BuyingCell& cell, double after) const override {
    return alive(p, cell) * (after > 0 ? outlook(p, cell).alive_after(after) : 1);
  }
  double p_count_new(Parameters p, unsigned n, double t) const override {
    return p_counts(p, BuyingCell{}, n, t)[n];
  }
  std::vector<double> p_counts(Parameters p, const BuyingCell& cell, unsigned most,
                               double t) const override {
    const double still = alive(p, cell);
    std::vector<double> result = outlook(p, cell).p_counts(most, t);
    for (double& probability : result) probability *= still;
    result[0] += 1 - still;
    return result;
  }
  double discounted_expected(Parameters p, const BuyingCell& cell, double rate,
                             double horizon) const override {
    return alive(p, cell) * outlook(p, cell).discounted(rate, horizon);
  }
  double p_next_by(Parameters p, const BuyingCell& cell, double t) const override {
    return alive(p, cell) * outlook(p, cell).p_next_by(t);
  }

 private:
  double alive(Parameters p, const BuyingCell& cell) const {
    return dropout_alive(model_, named(p), cell);
  }
  DropoutOutlook outlook(Parameters p, const BuyingCell& cell) const {
    return {model_, named(p), cell};
  }

  DropoutModel model_;
  std::string name_;
  std::string title_;
  CountModelInfo info_;
};

std::unique_ptr<CountModel> make(unsigned k, bool after_first, std::string prefix,
                                 std::string_view paper, std::string_view assumes) {
  assert(k >= 1 && k <= kMostErlang);
  std::string title = prefix;
  std::ranges::transform(prefix, prefix.begin(),
                         [](char c) { return static_cast<char>(c >= 'A' ? c + ('a' - 'A') : c); });
  const std::string shape = std::to_string(k);
  return std::make_unique<DropoutCountModel>(
      DropoutModel{k, after_first}, prefix + (k == 1 ? "-nbd" : "-cnbd-" + shape),
      title + (k == 1 ? "/NBD" : "/CNBD-" + shape), paper, assumes);
}

}  // namespace

std::unique_ptr<CountModel> make_bg_cnbd(unsigned k) {
  return make(
      k, false, "BG",
      k == 1 ? "Fader, Hardie, Lee 2005, equations 6, 8 and 10"
             : "Platzer, Reutterer 2016, with the dropout of Fader, Hardie, Lee 2005",
      "customers may leave only right after a repeat purchase: who bought once is still one");
}

std::unique_ptr<CountModel> make_mbg_cnbd(unsigned k) {
  return make(
      k, true, "MBG",
      k == 1 ? "Batislam, Denizel, Filiztekin 2007; Hoppe, Wagner 2007" : "Platzer, Reutterer 2016",
      "customers may leave right after any purchase, the first included");
}

}  // namespace regulars::models
