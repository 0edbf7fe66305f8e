#include "models/clv/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/clv/cell_index.h"
#include "models/clv/count_model.h"

namespace regulars::models {
namespace {

constexpr unsigned kLastGroup = 7;
constexpr size_t kTrackingPoints = 12;

Duration length_of(const Horizon& horizon) {
  const double micros = horizon.in(TimeUnit::kDay) * static_cast<double>(days(1).micros);
  return {static_cast<int64_t>(micros)};
}

Result<PurchaseSummary> summary_at(const Purchases& purchases, const BacktestOptions& options,
                                   Instant until) {
  SummaryOptions summary = options.summary;
  summary.until = until;
  REGULARS_ASSIGN(SummaryResult result, summarise(purchases, summary));
  return std::move(result.summary);
}

// Purchases of a customer that a summary holds, the first included.
double purchases_in(const PurchaseSummary& summary, uint32_t customer) {
  const auto found = std::ranges::lower_bound(summary.customer, customer);
  if (found == summary.customer.end() || *found != customer) return 0;
  return 1 + summary.cell[static_cast<size_t>(found - summary.customer.begin())].x;
}

// What was known at an origin, what came in the horizon after it, and in the one before.
struct Past {
  PurchaseSummary summary;
  std::vector<double> actual, before;  // by row of the summary
};

Result<Past> past_at(const Purchases& purchases, const BacktestOptions& options, Instant origin) {
  const Duration length = length_of(options.horizon);
  Past past;
  REGULARS_ASSIGN(past.summary, summary_at(purchases, options, origin));
  REGULARS_ASSIGN(const PurchaseSummary later, summary_at(purchases, options, origin + length));
  // Nobody may have come before that instant.
  const auto earlier = summary_at(purchases, options, origin - length);
  for (const uint32_t customer : past.summary.customer) {
    const double now = purchases_in(past.summary, customer);
    past.actual.push_back(purchases_in(later, customer) - now);
    past.before.push_back(now - (earlier ? purchases_in(*earlier, customer) : 0));
  }
  return past;
}

// Adds forecasts of one method up.
class Tally {
 public:
  explicit Tally(MethodBacktest& method) : method_(method) {
    if (method_.groups.empty()) {
      for (unsigned x = 0; x <= kLastGroup; ++x) method_.groups.push_back({x, 0, 0, 0});
    }
  }

  void add(double repeats, double expected, double actual) {
    FrequencyGroup& group =
        method_.groups[static_cast<size_t>(std::min<double>(repeats, kLastGroup))];
    ++group.customers;
    group.expected += expected;
    group.actual += actual;
    ++method_.forecasts;
    method_.expected += expected;
    method_.actual += actual;
    method_.absolute_error += std::abs(expected - actual);
    method_.squared_error += (expected - actual) * (expected - actual);
  }
  void add_score(double p_any, double actual) {
    const double p = std::clamp(actual > 0 ? p_any : 1 - p_any, 1e-12, 1.0);
    method_.log_score += std::log(p);
  }

 private:
  MethodBacktest& method_;
};

void take_means(MethodBacktest& method) {
  const auto count = static_cast<double>(std::max<uint64_t>(1, method.forecasts));
  method.total_error = method.actual > 0 ? method.expected / method.actual - 1 : 0;
  method.absolute_error /= count;
  method.squared_error = std::sqrt(method.squared_error / count);
  method.log_score /= count;
}

class Backtester {
 public:
  Backtester(const Purchases& purchases, const BacktestOptions& options)
      : purchases_(purchases),
        options_(options),
        ahead_(options.horizon.in(options.summary.unit)) {}

  Result<Backtest> run() {
    REGULARS_TRY(find_origins());
    for (const std::string& model : options_.models) result_.methods.push_back(method(model, true));
    result_.methods.push_back(method("as last time", false));
    result_.methods.push_back(method("hiatus", false));
    for (const Instant origin : result_.origins) REGULARS_TRY(look_from(origin));
    std::erase_if(result_.methods, [](const MethodBacktest& m) { return m.forecasts == 0; });
    for (MethodBacktest& m : result_.methods) take_means(m);
    REGULARS_TRY(choose());
    return std::move(result_);
  }

 private:
  static MethodBacktest method(const std::string& name, bool is_model) {
    MethodBacktest result;
    result.method = name;
    result.is_model = is_model;
    return result;
  }

  Result<void> find_origins() {
    if (purchases_.at.empty()) return Error(ErrorCode::kBadData, "there are no purchases", "");
    const Instant first = *std::ranges::min_element(purchases_.at);
    const Duration length = length_of(options_.horizon);
    Instant origin = options_.until - length;
    while (result_.origins.size() < options_.most_origins &&
           origin - Duration{length.micros / 2} > first) {
      result_.origins.insert(result_.origins.begin(), origin);
      origin = origin - Duration{length.micros / 3};
    }
    if (!result_.origins.empty()) return {};
    const double has = units_between(TimeUnit::kDay, first, options_.until);
    return Error(ErrorCode::kBadData,
                 fmt::format("the purchases cover {:.0f} days: too short to test a forecast of "
                             "{:.0f} days on what is known",
                             has, options_.horizon.in(TimeUnit::kDay)),
                 "A history of one and a half times the horizon is needed.");
  }

  Result<void> look_from(Instant origin) {
    REGULARS_ASSIGN(const Past past, past_at(purchases_, options_, origin));
    for (MethodBacktest& m : result_.methods) {
      if (m.is_model) {
        REGULARS_TRY(ask_model(m, past, origin));
      } else {
        ask_rule(m, past);
      }
    }
    return {};
  }

  // A model that cannot be fitted has no forecasts, and says why.
  Result<void> ask_model(MethodBacktest& m, const Past& past, Instant origin) {
    REGULARS_ASSIGN(const auto model, count_model(m.method));
    REGULARS_ASSIGN(const CellTable table, CellTable::of(past.summary.cell));
    const auto fitted = fit(*model, table, {});
    if (!fitted || !fitted->converged) {
      result_.words += fmt::format(
          "{} could not be fitted as of {}{}. ", m.method, to_iso(origin),
          fitted ? std::string(": the search did not end") : ": " + fitted.error().message());
      return {};
    }
    const std::vector<double> p = fitted->values();
    const CellIndex index = index_cells(past.summary.cell);
    std::vector<double> expected;
    std::vector<double> any;
    for (const BuyingCell& cell : index.cells) {
      expected.push_back(model->conditional_expected(p, cell, ahead_));
      any.push_back(model->p_next_by(p, cell, ahead_));
    }
    Tally tally(m);
    for (size_t row = 0; row < past.summary.size(); ++row) {
      const uint32_t cell = index.cell_of[row];
      tally.add(past.summary.cell[row].x, expected[cell], past.actual[row]);
      tally.add_score(any[cell], past.actual[row]);
    }
    if (origin == result_.origins.back()) return track(m.method, *model, p, index, past, origin);
    return {};
  }

  void ask_rule(MethodBacktest& m, const Past& past) const {
    Tally tally(m);
    for (size_t row = 0; row < past.summary.size(); ++row) {
      const BuyingCell& cell = past.summary.cell[row];
      const bool silent = m.method == "hiatus" && cell.T - cell.t_x > ahead_ / 2;
      tally.add(cell.x, silent ? 0 : past.before[row], past.actual[row]);
    }
  }

  // From the last origin, in steps.
  Result<void> track(const std::string& name, const CountModel& model, const std::vector<double>& p,
                     const CellIndex& index, const Past& past, Instant origin) {
    std::vector<double> customers(index.cells.size(), 0);
    for (const uint32_t cell : index.cell_of) customers[cell] += 1;
    if (result_.tracking.empty()) REGULARS_TRY(track_actual(past, origin));
    result_.tracked.push_back(name);
    for (size_t step = 1; step <= kTrackingPoints; ++step) {
      const double t = ahead_ * static_cast<double>(step) / static_cast<double>(kTrackingPoints);
      double total = 0;
      for (size_t c = 0; c < customers.size(); ++c) {
        total += customers[c] * model.conditional_expected(p, index.cells[c], t);
      }
      result_.tracking[step - 1].expected.push_back(total);
    }
    return {};
  }

  Result<void> track_actual(const Past& past, Instant origin) {
    const Duration length = length_of(options_.horizon);
    for (size_t step = 1; step <= kTrackingPoints; ++step) {
      const Instant upto{origin.micros + length.micros * static_cast<int64_t>(step) /
                                             static_cast<int64_t>(kTrackingPoints)};
      REGULARS_ASSIGN(const PurchaseSummary at, summary_at(purchases_, options_, upto));
      double total = 0;
      for (size_t row = 0; row < past.summary.size(); ++row) {
        total += purchases_in(at, past.summary.customer[row]) - 1 - past.summary.cell[row].x;
      }
      result_.tracking.push_back({upto, total, {}});
    }
    return {};
  }

  Result<void> choose() {
    std::ranges::stable_sort(result_.methods, [](const auto& a, const auto& b) {
      return a.is_model != b.is_model ? a.is_model : a.is_model && a.log_score > b.log_score;
    });
    if (result_.methods.empty() || !result_.methods.front().is_model) {
      return Error(ErrorCode::kBadData, "no model could be fitted to the past", result_.words);
    }
    const MethodBacktest& best = result_.methods.front();
    result_.chosen = best.method;
    result_.earns_its_place = std::ranges::all_of(result_.methods, [&](const MethodBacktest& m) {
      return m.is_model || m.squared_error >= best.squared_error;
    });
    result_.words += fmt::format(
        "{} foretold {:.0f} purchases where {:.0f} came ({:+.1f} %); customer by customer it was "
        "{} "
        "than rules without a model.",
        best.method, best.expected, best.actual, 100 * best.total_error,
        result_.earns_its_place ? "nearer" : "no nearer");
    return {};
  }

  const Purchases& purchases_;
  const BacktestOptions& options_;
  double ahead_;  // the horizon in the unit of the cells
  Backtest result_;
};

}  // namespace

Result<Backtest> backtest(const Purchases& purchases, const BacktestOptions& options) {
  return Backtester(purchases, options).run();
}

}  // namespace regulars::models
