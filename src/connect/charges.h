// Lines that are charges, not products: postage, fees, tips, gift cards, corrections by hand. They
// stay in revenue and are kept out of product tables.
#pragma once

#include <string_view>

namespace regulars::connect {

// By the product's id and, where there is one, its name. `short_ids`: ids of one or two characters
// are common in the file, so "M" may well be a product.
bool is_charge(std::string_view id, std::string_view name, bool short_ids = false);

}  // namespace regulars::connect
