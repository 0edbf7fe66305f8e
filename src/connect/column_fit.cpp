#include "connect/column_fit.h"

#include <algorithm>

#include "connect/currencies.h"
#include "connect/status_words.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

double number_share(const ColumnProfile& c) { return c.share(c.numbers); }
double civil_share(const ColumnProfile& c) { return c.share(c.time.civil); }
bool dates_with_marks(const ColumnProfile& c) {
  return c.share(c.time.civil - c.time.compact) > 0.5;
}
bool mostly_filled(const ColumnProfile& c) { return c.filled() * 10 >= c.rows * 3; }

double fit_time(const ColumnProfile& c) {
  if (civil_share(c) >= 0.8) return 1;
  if (civil_share(c) >= 0.4) return 0.8;
  if (epoch_unit(c) != EpochUnit::kNone || looks_like_excel_serial(c)) return 0.9;
  if (number_share(c) < 0.98 || c.negatives > 0 || c.distinct < 2) return 0;
  return c.largest < 1e6 ? 0.6 : 0;  // hours or days from a start
}

double fit_time_of_day(const ColumnProfile& c) {
  if (c.share(c.time.time_of_day) >= 0.8) return 1;
  // 1631 for 16:31.
  const bool clock = number_share(c) > 0.98 && c.smallest >= 0 && c.largest < 2360 &&
                     c.largest > 100 && c.fractions == 0;
  return clock ? 0.6 : 0;
}

double fit_number(const ColumnProfile& c) {
  if (c.share(c.time.compact) > 0.95 && c.whole_digits == 8) return 0.1;
  if (c.share(c.percents) > 0.5) return 0.1;
  if (number_share(c) >= 0.9) return 1;
  if (number_share(c) >= 0.6) return 0.7;
  return number_share(c) >= 0.25 ? 0.5 : 0;
}

double fit_amount(const ColumnProfile& c) {
  const double fit = fit_number(c);
  // A running number with many digits is an id, whatever it is called.
  const bool running = c.fractions == 0 && c.whole_digits >= 8 &&
                       c.distinct > 0.95 * static_cast<double>(c.filled());
  return running ? fit * 0.3 : fit;
}

double fit_quantity(const ColumnProfile& c) {
  const double fit = fit_number(c);
  if (c.leading_zeros > 0 && c.share(c.leading_zeros) > 0.05) return fit * 0.3;
  return c.share(c.fractions) > 0.7 ? fit * 0.5 : fit;
}

double fit_id(const ColumnProfile& c) {
  if (c.filled() == 0) return 0;
  if (c.share(c.time.time_of_day) > 0.5 || dates_with_marks(c)) return 0.05;
  double fit = 1;
  if (c.share(c.time.compact) > 0.95 && c.whole_digits == 8) fit = 0.1;
  if (c.share(c.fractions) > 0.05) fit = 0.1;
  if (c.distinct < 2 && c.rows > 3) fit *= 0.4;
  return mostly_filled(c) ? fit : fit * 0.8;
}

double fit_text(const ColumnProfile& c, double most_values) {
  if (c.filled() == 0 || dates_with_marks(c)) return 0;
  if (c.share(c.fractions) > 0.05) return 0.05;
  return c.distinct <= most_values ? 1 : 0.3;
}

double fit_currency(const ColumnProfile& c) {
  int64_t known = 0;
  for (const ValueCount& value : c.values) {
    if (minor_units(value.value) || currency_at_front(value.value).length == value.value.size()) {
      known += value.rows;
    }
  }
  return c.share(known) >= 0.8 ? 1 : 0;
}

double fit_status(const ColumnProfile& c) {
  if (c.values.empty() || c.values.size() > 60) return 0;
  for (const ValueCount& value : c.values) {
    if (status_of(value.value) != StatusMeaning::kUnknown) return 1;
  }
  return 0.3;
}

double fit_flag(const ColumnProfile& c) { return c.values.empty() || c.values.size() > 8 ? 0 : 1; }

double fit_cancelled(const ColumnProfile& c) {
  if (c.filled() == 0) return 0.5;
  return civil_share(c) >= 0.8 || fit_flag(c) > 0 ? 1 : 0;
}

double fit_event(const ColumnProfile& c) {
  if (c.values.empty() || number_share(c) > 0.5) return 0;
  const bool purchase = std::any_of(c.values.begin(), c.values.end(),
                                    [](const ValueCount& v) { return is_purchase_event(v.value); });
  return purchase ? 1 : 0.3;
}

}  // namespace

EpochUnit epoch_unit(const ColumnProfile& c) {
  if (number_share(c) < 0.98 || c.negatives > 0) return EpochUnit::kNone;
  const auto within = [&](double unit) {
    return c.largest >= 631'152'000.0 * unit && c.largest < 4'102'444'800.0 * unit &&
           (c.smallest >= 631'152'000.0 * unit || c.smallest == 0);
  };
  if (within(1)) return EpochUnit::kSeconds;
  if (within(1e3)) return EpochUnit::kMillis;
  return within(1e6) ? EpochUnit::kMicros : EpochUnit::kNone;
}

bool looks_like_excel_serial(const ColumnProfile& c) {
  return number_share(c) >= 0.98 && c.smallest >= 32'874 && c.largest < 73'051 && c.distinct > 1;
}

double content_fit(Role role, const ColumnProfile& c) {
  switch (role) {
    case Role::kCustomer:
    case Role::kOrder:
    case Role::kProduct:
    case Role::kRefundOf:
      return role == Role::kRefundOf && c.filled() > 0 ? 1 : fit_id(c);
    case Role::kCustomerEmail:
      return c.share(c.emails) >= 0.5 ? 1 : 0;
    case Role::kTime:
      return fit_time(c);
    case Role::kTimeOfDay:
      return fit_time_of_day(c);
    case Role::kProductName:
      return number_share(c) > 0.9 ? 0.2 : fit_text(c, 1e12);
    case Role::kCategory:
    case Role::kBrand:
      return fit_text(c, 20'000);
    case Role::kQuantity:
      return fit_quantity(c);
    case Role::kAmount:
    case Role::kPrice:
      return fit_amount(c);
    case Role::kDiscount:
      // A rate between 0 and 1 is no money.
      return c.largest <= 1 && c.fractions > 0 ? 0.1 : fit_number(c);
    case Role::kRefund:
    case Role::kCost:
    case Role::kTax:
    case Role::kShipping:
      return fit_number(c);
    case Role::kCurrency:
      return fit_currency(c);
    case Role::kStatus:
      return fit_status(c);
    case Role::kCancelled:
      return fit_cancelled(c);
    case Role::kChannel:
    case Role::kCountry:
      return fit_text(c, 500);
    case Role::kStore:
      return fit_text(c, 20'000);
    case Role::kCoupon:
      return fit_text(c, 1e12);
    case Role::kOptIn:
      return fit_flag(c);
    case Role::kEvent:
      return fit_event(c);
  }
  return 0;
}

double content_alone(Role role, const ColumnProfile& c) {
  if (c.filled() == 0) return 0;
  switch (role) {
    case Role::kTime:
      if (civil_share(c) < 0.9) return 0;
      return c.time.compact * 2 > c.time.civil ? 0.66 : 0.7;
    case Role::kCustomerEmail:
      return c.share(c.emails) >= 0.8 ? 0.7 : 0;
    case Role::kCurrency:
      return c.values.size() <= 10 && fit_currency(c) > 0 ? 0.5 : 0;
    default:
      return 0;
  }
}

Fit fit_of(Role role, const ColumnProfile& column) {
  Fit fit;
  fit.name = name_score(role, words_of(column.name));
  const double alone = content_alone(role, column);
  if (fit.name < 0.25 && alone == 0) return fit;
  fit.content = content_fit(role, column);
  fit.score = std::max(fit.name * fit.content, alone);
  return fit;
}

}  // namespace regulars::connect
