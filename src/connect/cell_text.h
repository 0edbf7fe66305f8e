// Values of typed formats (Parquet, workbooks) as the texts that rows carry.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace regulars::connect {

using NumberBuffer = std::array<char, 40>;

// The shortest digits that mean the same number, without exponent where that is readable: 17850
// (not 17850.0), 2.55, 0.00001, 1e+300. Empty for "not a number".
std::string_view number_text(double value, NumberBuffer& buffer);
std::string_view number_text(float value, NumberBuffer& buffer);

// {"id":"1","name":null}; a cell whose data() is nullptr is null.
std::string cells_as_json(const std::vector<std::string>& names,
                          const std::vector<std::string_view>& cells);

}  // namespace regulars::connect
