// Names of fields from names of columns, and which column is meant by a declared field.
//
// Thread-safety: plain functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regulars::connect {

// A name that rules can use: "value.offer id" -> "offer_id", "Sizes (cm)" -> "sizes_cm". Empty
// when nothing of the name can be kept.
std::string field_name_of(std::string_view column);

// Without a word at the end that only says that it is an id: "campaign_id" -> "campaign".
std::string without_id_word(const std::string& field_name);

// How well a column's name says that it holds the field of an event type (empty: of none): 1 its
// very name, less for another usual name, 0 for none.
double field_score(std::string_view column, const std::string& event_type,
                   const std::string& field);

// The position of the column that best suits the field, among those not taken; -1: none.
int find_field(const std::vector<std::string>& columns, const std::vector<bool>& taken,
               const std::string& event_type, const std::string& field);

}  // namespace regulars::connect
