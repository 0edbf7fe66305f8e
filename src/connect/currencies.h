// Currencies as they occur beside numbers: ISO 4217 codes with their minor units, and signs.
// Source: ISO 4217 list one (minor units other than 2), common signs.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace regulars::connect {

// Digits after the point of an ISO 4217 code in any case ("JPY" 0, "eur" 2, "KWD" 3); nothing when
// the code is unknown.
std::optional<int> minor_units(std::string_view code);

// What a sign or code beside a number stands for: an ISO code, or the sign itself where several
// currencies share it ("$").
struct CurrencyMark {
  size_t length = 0;  // bytes; 0: no currency mark there
  std::string_view code;
};
CurrencyMark currency_at_front(std::string_view text);
CurrencyMark currency_at_back(std::string_view text);

// A mark's code can stand for the currency: "$" for USD, CAD ...
bool may_be(std::string_view mark_code, std::string_view currency);
// The ISO code most often meant: "$" is USD.
std::string_view usual_currency(std::string_view mark_code);

}  // namespace regulars::connect
