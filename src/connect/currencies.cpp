#include "connect/currencies.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace regulars::connect {
namespace {

struct Currency {
  std::string_view code;
  int minor_units;
};

constexpr Currency kCurrencies[] = {
    {"AED", 2}, {"ARS", 2}, {"AUD", 2}, {"BGN", 2}, {"BHD", 3}, {"BRL", 2}, {"CAD", 2}, {"CHF", 2},
    {"CLP", 0}, {"CNY", 2}, {"COP", 2}, {"CZK", 2}, {"DKK", 2}, {"EGP", 2}, {"EUR", 2}, {"GBP", 2},
    {"HKD", 2}, {"HRK", 2}, {"HUF", 2}, {"IDR", 2}, {"ILS", 2}, {"INR", 2}, {"IQD", 3}, {"ISK", 0},
    {"JOD", 3}, {"JPY", 0}, {"KES", 2}, {"KRW", 0}, {"KWD", 3}, {"KZT", 2}, {"LKR", 2}, {"LYD", 3},
    {"MAD", 2}, {"MXN", 2}, {"MYR", 2}, {"NGN", 2}, {"NOK", 2}, {"NZD", 2}, {"OMR", 3}, {"PEN", 2},
    {"PHP", 2}, {"PKR", 2}, {"PLN", 2}, {"PYG", 0}, {"QAR", 2}, {"RON", 2}, {"RSD", 2}, {"RUB", 2},
    {"SAR", 2}, {"SEK", 2}, {"SGD", 2}, {"THB", 2}, {"TND", 3}, {"TRY", 2}, {"TWD", 2}, {"UAH", 2},
    {"UGX", 0}, {"USD", 2}, {"UYU", 2}, {"VND", 0}, {"XAF", 0}, {"XOF", 0}, {"ZAR", 2}};

struct Sign {
  std::string_view text;
  std::string_view code;
};

// Longer signs before those they begin with.
constexpr Sign kSigns[] = {Sign{"US$", "USD"},
                           {"A$", "AUD"},
                           {"C$", "CAD"},
                           {"R$", "BRL"},
                           {"HK$", "HKD"},
                           {"NZ$", "NZD"},
                           {"S$", "SGD"},
                           {"$", "$"},
                           {"\xE2\x82\xAC", "EUR"},
                           {"\xC2\xA3", "GBP"},
                           {"\xC2\xA5", "\xC2\xA5"},
                           {"\xE2\x82\xB9", "INR"},
                           {"\xE2\x82\xBD", "RUB"},
                           {"\xE2\x82\xAA", "ILS"},
                           {"\xE2\x82\xBA", "TRY"},
                           {"\xE2\x82\xA9", "KRW"},
                           {"\xE2\x82\xB4", "UAH"},
                           {"z\xC5\x82", "PLN"},
                           {"K\xC4\x8D", "CZK"},
                           {"kr.", "kr"},
                           {"kr", "kr"},
                           {"Rs.", "Rs"},
                           {"Rs", "Rs"},
                           {"Ft", "HUF"},
                           {"Fr.", "CHF"},
                           {"lei", "RON"}};

bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

const Currency* find_currency(std::string_view code) {
  if (code.size() != 3 || !std::all_of(code.begin(), code.end(), is_letter)) return nullptr;
  std::array<char, 3> upper{};
  std::transform(code.begin(), code.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const std::string_view wanted(upper.data(), upper.size());
  const auto found = std::find_if(std::begin(kCurrencies), std::end(kCurrencies),
                                  [&](const Currency& c) { return c.code == wanted; });
  return found == std::end(kCurrencies) ? nullptr : &*found;
}

}  // namespace

std::optional<int> minor_units(std::string_view code) {
  const Currency* found = find_currency(code);
  return found ? std::optional<int>(found->minor_units) : std::nullopt;
}

CurrencyMark currency_at_front(std::string_view text) {
  if (text.empty()) return {};
  for (const Sign& sign : kSigns) {
    // One byte tells most of them apart.
    if (text.front() == sign.text.front() && text.starts_with(sign.text))
      return {sign.text.size(), sign.code};
  }
  if (const Currency* found = find_currency(text.substr(0, 3))) return {3, found->code};
  return {};
}

CurrencyMark currency_at_back(std::string_view text) {
  if (text.empty()) return {};
  for (const Sign& sign : kSigns) {
    if (text.back() == sign.text.back() && text.ends_with(sign.text))
      return {sign.text.size(), sign.code};
  }
  if (text.size() < 3) return {};
  if (const Currency* found = find_currency(text.substr(text.size() - 3))) return {3, found->code};
  return {};
}

bool may_be(std::string_view mark_code, std::string_view currency) {
  if (mark_code == currency) return true;
  const auto in = [&](std::string_view list) {
    return list.find(currency) != std::string_view::npos;
  };
  if (mark_code == "$") return in("USD CAD AUD NZD HKD SGD MXN ARS CLP COP TWD");
  if (mark_code == "\xC2\xA5") return in("JPY CNY");
  if (mark_code == "kr") return in("SEK NOK DKK ISK");
  return mark_code == "Rs" && in("INR PKR LKR");
}

std::string_view usual_currency(std::string_view mark_code) {
  if (mark_code == "$") return "USD";
  if (mark_code == "\xC2\xA5") return "JPY";
  if (mark_code == "kr") return "SEK";
  return mark_code == "Rs" ? "INR" : mark_code;
}

}  // namespace regulars::connect
