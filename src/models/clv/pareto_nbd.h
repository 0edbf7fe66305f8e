// Pareto/NBD (Schmittlein, Morrison and Colombo 1987): a customer buys at a steady rate of her own
// until, at any time, she leaves without saying so.
//
// Parameters: r, alpha (shape and rate of the gamma mixture of buying rates), s, beta (of the gamma
// mixture of rates of leaving). Covariates z of buying multiply alpha by exp(-g'z), those of
// leaving beta (Fader and Hardie 2007, "Incorporating time-invariant covariates").
// Likelihood: clv/pareto_likelihood.h; predictions: clv/pareto_outlook.h.
//
// Thread-safety: models are immutable.
#pragma once

#include <memory>

#include "models/clv/count_model.h"

namespace regulars::models {

std::unique_ptr<CountModel> make_pareto_nbd();

}  // namespace regulars::models
