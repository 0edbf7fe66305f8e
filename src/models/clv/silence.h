// How likely a customer who is still one has bought nothing between her last purchase and now,
// when times between purchases are Erlang-k (k = 1: exponential) with a rate that is gamma
// distributed given her history: lambda ~ Gamma(n, alpha + t_x), n = r + k x. With
// u = (alpha + t_x) / (alpha + T) it is the sum over j < k of (n)_j / j! u^n (1 - u)^j, the chance
// of fewer than k of the hidden events every k-th of which is a purchase (Platzer and Reutterer
// 2016, section 3; for k = 1 it is u^n of Fader, Hardie and Lee 2005, equation 6).
//
// Thread-safety: pure functions.
#pragma once

namespace regulars::models {

// The logarithm with its derivatives by n and alpha, on natural scale.
struct Silence {
  double log = 0;
  double n = 0;
  double alpha = 0;
  double nn = 0;
  double n_alpha = 0;
  double alpha_alpha = 0;
};

// k from 1 to kMostErlang, n > 0, alpha > 0, 0 <= bought (t_x) <= watched (T).
inline constexpr unsigned kMostErlang = 12;
Silence silence(unsigned k, double n, double alpha, double bought, double watched);

// log((alpha + bought) / (alpha + watched)), exact to the last digits for short and for long
// silences.
double log_shrink(double alpha, double bought, double watched);

}  // namespace regulars::models
