// One field of a CSV file (RFC 4180), for every CSV that we write.
//
// Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage
// return) gets an apostrophe in front, unless it is a plain number. A field with a comma, a quote,
// a line break, or a blank at either end is quoted.
#pragma once

#include <string>
#include <string_view>

namespace regulars {

void append_csv_field(std::string& out, std::string_view text);

}  // namespace regulars
