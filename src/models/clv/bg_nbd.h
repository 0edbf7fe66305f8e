// BG/NBD and its relatives: a customer buys at a steady rate of her own until, right after a
// purchase, she leaves without saying so.
//
// bg-nbd       she may leave after each repeat purchase, so that who never came back is certainly
//              still a customer: P(alive) = 1 at x = 0, by definition (Fader, Hardie, Lee 2005)
// mbg-nbd      she may leave after the first purchase as well (Batislam, Denizel, Filiztekin 2007;
//              Hoppe and Wagner 2007)
// bg-cnbd-k,   the same with times between purchases that are more regular than chance: Erlang of
// mbg-cnbd-k   a given shape k = 1..12 (Platzer and Reutterer 2016)
//
// Parameters: r, alpha (shape and rate of the gamma mixture of buying rates; for k > 1 of the
// hidden events every k-th of which is a purchase), a, b (of the beta mixture of chances to leave).
// Likelihood: clv/dropout_likelihood.h; predictions: clv/dropout_outlook.h. A new customer is one
// whose history is x = 0, T = 0.
//
// Thread-safety: models are immutable.
#pragma once

#include <memory>

#include "models/clv/count_model.h"

namespace regulars::models {

// k from 1 to kMostErlang (clv/silence.h).
std::unique_ptr<CountModel> make_bg_cnbd(unsigned k);   // k = 1: BG/NBD
std::unique_ptr<CountModel> make_mbg_cnbd(unsigned k);  // k = 1: MBG/NBD

}  // namespace regulars::models
