// How numbers, dates and names read, in every report alike: 8,911,407.90, "17 %", "+-2",
// "4,338 customers", "9 Dec 2011". Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "report/analysis_view.h"

namespace regulars::report {

// 8911407.90 and 8,911,407.90; `units` are of the view's scale.
std::string plain_money(const AnalysisView& view, int64_t units);
std::string money(const AnalysisView& view, int64_t units);
// Rounded half to even to whole currency units: 8,911,408.
std::string whole_money(const AnalysisView& view, int64_t units);
std::string plain_day(int64_t day_number);  // "2011-12-09"; "" when unknown

// A share 0..1 as whole percent: "17 %", "<1 %", ">99 %", "-3 %". One digit more: "16.5 %".
std::string percent(double share);
std::string percent_1(double share);
// Half the width of a share's interval in points: "6".
std::string half_width(const segments::Share& share);
// A difference of shares in points: "2.4".
std::string points(double difference);

std::string count(int64_t n);  // "4,338"
std::string counted(int64_t n, std::string_view one,
                    std::string_view many);  // "1 order", "2 orders"
std::string day_count(double days);          // "11 days", "1 day"
std::string ordinal(int n);                  // "1st"

// "10 Sep", with the year when it is not the year of the view's last day.
std::string short_day(const AnalysisView& view, Day day);
std::string month_name(Day day);  // "Dec 2011"
Day local_day(const AnalysisView& view, Instant at);
// "9 Dec 2011, 23:59 UTC".
std::string last_moment(const AnalysisView& view);

std::string sentence_case(std::string_view text);   // first letter upper case
std::string full_sentence(std::string_view text);   // that, with a full stop at its end
std::string singular(std::string_view class_name);  // "Champions" -> "Champion"
// Columns a text takes on a terminal: one per code point.
size_t display_width(std::string_view text);
// At most `width` code points, cut at a blank where one is near, "..." where something is missing.
std::string shortened(std::string_view text, size_t width);

// What may be shown for a customer: the id, or "no. 17" (the row of customers.csv) when the id
// itself is contact data: an e-mail address, a telephone number, or words without a digit.
std::string customer_label(const AnalysisView& view, CustomerNumber customer);
bool is_contact_data(std::string_view id);

std::string class_name(const segments::Segmentation& segmentation, size_t customer);  // "" if none

// "orders.csv", "orders.csv and 2 more": the files read, without their folders.
std::string source_name(const AnalysisView& view);

// What became of money that came back: "cancelled" or "given back".
std::string refund_word(const AnalysisView& view);

}  // namespace regulars::report
