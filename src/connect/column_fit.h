// How well a column suits a role: by its name, by what it holds, and by both.
#pragma once

#include <string>
#include <vector>

#include "connect/column_profile.h"
#include "connect/roles.h"

namespace regulars::connect {

// 0: cannot be, 1: looks exactly so. Says nothing about the name.
double content_fit(Role role, const ColumnProfile& column);

// How surely a column has the role by its contents alone, when its name says nothing.
double content_alone(Role role, const ColumnProfile& column);

// Name and contents together, 0..1.
struct Fit {
  double score = 0;
  double name = 0;
  double content = 0;
};
Fit fit_of(Role role, const ColumnProfile& column);

// Digits as in a count of seconds, milliseconds or microseconds since 1970, years 1990 to 2100.
enum class EpochUnit { kNone, kSeconds, kMillis, kMicros };
EpochUnit epoch_unit(const ColumnProfile& column);

// A number of days as spreadsheets keep dates, years 1990 to 2100.
bool looks_like_excel_serial(const ColumnProfile& column);

}  // namespace regulars::connect
