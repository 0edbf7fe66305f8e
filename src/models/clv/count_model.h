// Models of how often a customer buys and when she stops without saying so ("buy till you die").
// One interface for all of them: bg-nbd, mbg-nbd, pareto-nbd, mbg-cnbd-k, bg-bb. The fit, the
// intervals, the backtest and the command line know this interface only.
//
// Parameters are positive; the search runs over their logarithms. Time is in the unit in which
// the cells were counted. Every function returns a finite number for every cell that CellTable
// accepts and every parameter within exp(+-25).
//
// Thread-safety: models are immutable.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "models/clv/buying_cell.h"
#include "models/fit/derivatives.h"
#include "models/fit/fitted.h"
#include "models/fit/newton.h"

namespace regulars::models {

// What a parameter belongs to, for covariates (count_covariates.h): a covariate effect g'z of the
// process multiplies the parameter by exp(sign * g'z).
enum class Process { kTransaction, kDropout };
struct ParameterInfo {
  std::string_view name;     // "alpha"
  std::string_view meaning;  // "rate of the gamma mixture of buying rates"
  Process process = Process::kTransaction;
  int covariate_sign = 0;  // 0: covariates do not touch it
};

struct CountModelInfo {
  std::string_view name;   // "bg-nbd"
  std::string_view title;  // "BG/NBD"
  std::string_view paper;  // authors, year, equations used
  std::string_view assumes;
  std::vector<ParameterInfo> parameters;
  bool discrete = false;  // t_x and T count opportunities
  // What a customer who is still one will do depends on x and T, not on t_x: predictions are
  // P(alive) times a figure that customers with the same x and T share (value.h).
  bool memoryless = false;
};

// On natural scale, in the order of info().parameters.
using Parameters = std::span<const double>;

// A table's log likelihood as a function of the parameters; refers to the table.
using TableLikelihood = std::function<Derivatives(Parameters p, Order order)>;

class CountModel {
 public:
  virtual ~CountModel() = default;
  virtual const CountModelInfo& info() const = 0;
  size_t size() const { return info().parameters.size(); }

  // What this model cannot be fitted to, beyond what CellTable refuses: bg-bb wants whole numbers
  // of opportunities. kBadData naming the cell.
  virtual Result<void> check(const CellTable& /*table*/) const { return {}; }

  // A start for the search, by moments of the table.
  virtual std::vector<double> start(const CellTable& table) const = 0;

  // Log likelihood of one customer, derivatives by the logarithms of the parameters.
  virtual Derivatives log_likelihood(Parameters p, const BuyingCell& cell, Order order) const = 0;
  // Of a whole table. Models override it to compute terms that cells share only once.
  virtual Derivatives log_likelihood(Parameters p, const CellTable& table, Order order) const;
  // The same for many parameters, as a search needs it: models override it to find only once what
  // cells have in common. The model and the table must stay.
  virtual TableLikelihood prepare(const CellTable& table) const;

  // Expected purchases of a new customer in (0, t], the first purchase not counted.
  virtual double expected(Parameters p, double t) const = 0;
  // Expected purchases in (T, T + t], given the history.
  virtual double conditional_expected(Parameters p, const BuyingCell& cell, double t) const = 0;
  // Probability that she is still a customer at T + after, given the history up to T and, for
  // after > 0, nothing said of what she did since.
  virtual double p_alive(Parameters p, const BuyingCell& cell, double after = 0) const = 0;
  // P(n purchases in (0, t]) of a new customer.
  virtual double p_count_new(Parameters p, unsigned n, double t) const = 0;
  // P(n purchases in (T, T + t] | history), for n = 0, 1, ... most; the rest is their complement.
  virtual std::vector<double> p_counts(Parameters p, const BuyingCell& cell, unsigned most,
                                       double t) const = 0;
  // Expected purchases in (T, T + horizon], each discounted by exp(-rate * time since T);
  // infinite horizon allowed when rate > 0.
  virtual double discounted_expected(Parameters p, const BuyingCell& cell, double rate,
                                     double horizon) const = 0;
  // P(next purchase at or before T + t | history): 1 - p_counts(...)[0], without the sum.
  virtual double p_next_by(Parameters p, const BuyingCell& cell, double t) const = 0;
};

struct FitOptions {
  // Strength of a Gaussian penalty on the log parameters around 0; only if asked.
  double penalty = 0;
  std::vector<double> start;  // natural scale; empty: by moments
  NewtonOptions newton;
};

// Maximum likelihood. kBadData for an empty table, or one in which nobody ever came back (no
// repeat purchase: buying rates cannot be told from none), naming what to do. A fit that did not
// converge is returned with converged = false and a warning.
Result<Fitted> fit(const CountModel& model, const CellTable& table, const FitOptions& options);

// By name: "bg-nbd", "mbg-nbd", "pareto-nbd", "bg-bb", "bg-cnbd-2" to "mbg-cnbd-12"; kNotFound
// names near ones. ("mbg-cnbd-k" is no model but a choice of one: clv/erlang_shape.h.)
Result<std::unique_ptr<CountModel>> count_model(std::string_view name);
std::vector<std::string_view> count_model_names();

}  // namespace regulars::models
