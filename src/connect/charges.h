// Lines that are charges, not products: postage, fees, tips, gift cards, corrections by hand. They
// stay in revenue and are kept out of product tables.
#pragma once

#include <string_view>

namespace regulars::connect {

// By the product's id and, where there is one, its name.
bool is_charge(std::string_view id, std::string_view name);

}  // namespace regulars::connect
