// How the rows of a file become order lines: the answers that `connect` guesses from the file and
// that options or a saved mapping can fix. A SourceSpec says nothing about one file's contents, so
// it can be reused for later files of the same shape.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace regulars {

// What a row's amount is made of.
enum class AmountMeaning {
  kLineAmount,           // the amount column holds the line's total
  kQuantityTimesPrice,   // quantity x unit price, rounded half-even once to the amount scale
  kOrderTotalRepeated,   // every line repeats its order's total
  kOrderTotalFirstLine,  // only the order's first line carries the total
};

// How a column's numbers are written.
struct NumberFormat {
  char decimal_mark = '.';
  char thousands_mark = '\0';  // '\0': none
  bool operator==(const NumberFormat&) const = default;
};

enum class TimeKind {
  kCivil,  // year, month, day and perhaps a time of day, in `order`
  kEpochSeconds,
  kEpochMillis,
  kEpochMicros,
  kExcelSerial,     // days since 1899-12-30
  kHoursFromStart,  // a count of hours (or days, below) with no calendar behind it
  kDaysFromStart,
};
enum class DateOrder { kYearMonthDay, kDayMonthYear, kMonthDayYear };

// Where counts of hours or days begin when the file names no calendar: 2000-01-01 (a Saturday).
constexpr Day kStartOfCounts{10957};

struct TimeFormat {
  TimeKind kind = TimeKind::kCivil;
  DateOrder order = DateOrder::kYearMonthDay;  // of dates whose year does not stand in front
  bool operator==(const TimeFormat&) const = default;
};

// Column names; empty: the file has none.
struct ColumnMapping {
  std::string customer;
  std::string customer_email;  // second identity, used where `customer` is empty
  std::string time;
  std::string time_of_day;  // a second column to be added to `time`
  std::string order;
  std::string product;  // id
  std::string product_name;
  std::string category;
  std::string brand;
  std::string quantity;
  std::string price;
  std::string amount;
  std::string discount;   // money taken off
  std::string refund;     // money given back, as a positive column beside the amount
  std::string refund_of;  // the order that a refund row gives back
  std::string cost;
  std::string tax;
  std::string shipping;
  std::string currency;
  std::string status;
  std::string cancelled;  // when (or that) an order was cancelled; empty cells: it was not
  std::string channel;
  std::string store;
  std::string country;
  std::string opt_in;
  std::string coupon;  // what was shown for the order, a code; empty cells and "no": nothing
  std::string event;   // the kind of event, when the file holds more than orders
  bool operator==(const ColumnMapping&) const = default;
};

struct SourceSpec {
  std::string shape;  // "Shopify orders export" when recognised, else empty
  ColumnMapping columns;
  AmountMeaning amount_meaning = AmountMeaning::kLineAmount;
  NumberFormat number_format;
  TimeFormat time_format;
  std::string time_zone = "UTC";      // IANA; of times that name no offset themselves
  std::string currency;               // ISO 4217; empty: not given
  int amount_scale = 2;               // digits after the point that amounts are kept at
  bool each_row_is_an_order = false;  // no grouping at all
  bool drop_duplicates = false;
  // An order whose number begins so and goes on with the number is a cancellation ("C536379").
  std::string cancellation_prefix;
  std::vector<std::string> not_sales;            // lower-case statuses that are no sale
  std::vector<std::string> refund_statuses;      // lower-case statuses of rows that give money back
  std::vector<std::string> given_back_statuses;  // ... of sales wholly given back ("refunded")
  std::vector<std::string> purchase_events;      // values of `event` that are purchases
  std::vector<std::string> not_persons;          // customer ids that stand for nobody (GUEST, 0)
  std::vector<std::string> excluded;             // customer ids left out on request
  std::vector<std::string> charges;              // product ids that are charges, not products
};

}  // namespace regulars
