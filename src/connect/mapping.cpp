#include "connect/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/near_names.h"
#include "connect/roles.h"
#include "connect/text.h"
#include "connect/time_format.h"

namespace regulars::connect {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

constexpr std::array<std::pair<AmountMeaning, std::string_view>, 4> kAmountNames = {{
    {AmountMeaning::kLineAmount, "line_amount"},
    {AmountMeaning::kQuantityTimesPrice, "quantity_x_price"},
    {AmountMeaning::kOrderTotalRepeated, "order_total_on_each_line"},
    {AmountMeaning::kOrderTotalFirstLine, "order_total_on_first_line"},
}};

constexpr std::array<std::pair<std::string_view, std::vector<std::string> SourceSpec::*>, 6>
    kLists = {{
        {"not_sales", &SourceSpec::not_sales},
        {"refund_statuses", &SourceSpec::refund_statuses},
        {"given_back_statuses", &SourceSpec::given_back_statuses},
        {"purchase_events", &SourceSpec::purchase_events},
        {"not_persons", &SourceSpec::not_persons},
        {"charges", &SourceSpec::charges},
    }};

Error bad(const std::string& what) {
  return Error(ErrorCode::kBadDefinition, "the saved mapping " + what,
               "Write it anew with --save-mapping.");
}

Result<std::string> text_of(const Json& json, const char* key, std::string fallback) {
  if (!json.contains(key)) return fallback;
  if (!json[key].is_string()) return bad(fmt::format("has no text under \"{}\"", key));
  return json[key].get<std::string>();
}

Result<void> read_columns(const Json& json, ColumnMapping& mapping) {
  if (!json.contains("columns") || !json["columns"].is_object()) {
    return bad("has no \"columns\"");
  }
  for (const auto& [role, column] : json["columns"].items()) {
    const auto info = std::find_if(all_roles().begin(), all_roles().end(),
                                   [&](const RoleInfo& r) { return r.name == role; });
    if (info == all_roles().end())
      return bad(fmt::format("has an unknown column role \"{}\"", role));
    if (!column.is_string()) return bad(fmt::format("has no column name under \"{}\"", role));
    mapping.*(info->column) = column.get<std::string>();
  }
  return {};
}

Result<void> read_lists(const Json& json, SourceSpec& spec) {
  for (const auto& [name, list] : kLists) {
    const std::string key(name);
    if (!json.contains(key)) continue;
    if (!json[key].is_array()) return bad(fmt::format("has no list under \"{}\"", key));
    for (const Json& value : json[key]) {
      if (!value.is_string()) return bad(fmt::format("has more than texts under \"{}\"", key));
      (spec.*list).push_back(value.get<std::string>());
    }
  }
  return {};
}

Result<void> read_amount(const Json& json, SourceSpec& spec) {
  REGULARS_ASSIGN(const std::string name, text_of(json, "amount", "line_amount"));
  const auto meaning = std::find_if(kAmountNames.begin(), kAmountNames.end(),
                                    [&](const auto& entry) { return entry.second == name; });
  if (meaning == kAmountNames.end()) return bad(fmt::format("has an unknown amount \"{}\"", name));
  spec.amount_meaning = meaning->first;
  if (json.contains("amount_scale")) {
    if (!json["amount_scale"].is_number_integer())
      return bad("has no number under \"amount_scale\"");
    spec.amount_scale = json["amount_scale"].get<int>();
    if (spec.amount_scale < 0 || spec.amount_scale > 6) {
      return bad("has an \"amount_scale\" outside 0..6");
    }
  }
  return {};
}

Result<void> read_formats(const Json& json, SourceSpec& spec) {
  REGULARS_ASSIGN(const std::string decimal, text_of(json, "decimal_mark", "."));
  REGULARS_ASSIGN(const std::string thousands, text_of(json, "thousands_mark", ""));
  if (decimal != "." && decimal != ",") return bad("has a \"decimal_mark\" that is none");
  spec.number_format = {decimal[0], thousands.empty() ? '\0' : thousands[0]};
  REGULARS_ASSIGN(const std::string time, text_of(json, "time_format", "ymd"));
  Result<TimeFormat> format = time_format_from(time);
  if (!format) return bad(fmt::format("has an unknown \"time_format\" {}", time));
  spec.time_format = format.value();
  REGULARS_ASSIGN(spec.time_zone, text_of(json, "time_zone", "UTC"));
  REGULARS_ASSIGN(spec.currency, text_of(json, "currency", ""));
  REGULARS_ASSIGN(spec.shape, text_of(json, "shape", ""));
  REGULARS_ASSIGN(spec.cancellation_prefix, text_of(json, "cancellation_prefix", ""));
  return {};
}

}  // namespace

std::string mapping_to_json(const SourceSpec& spec) {
  Json json;
  json["regulars_mapping"] = kVersion;
  if (!spec.shape.empty()) json["shape"] = spec.shape;
  for (const RoleInfo& info : all_roles()) {
    const std::string& column = spec.columns.*info.column;
    if (!column.empty()) json["columns"][std::string(info.name)] = column;
  }
  for (const auto& [meaning, name] : kAmountNames) {
    if (meaning == spec.amount_meaning) json["amount"] = name;
  }
  json["amount_scale"] = spec.amount_scale;
  json["decimal_mark"] = std::string(1, spec.number_format.decimal_mark);
  if (spec.number_format.thousands_mark != '\0') {
    json["thousands_mark"] = std::string(1, spec.number_format.thousands_mark);
  }
  json["time_format"] = name_of(spec.time_format);
  json["time_zone"] = spec.time_zone;
  if (!spec.currency.empty()) json["currency"] = spec.currency;
  json["each_row_is_an_order"] = spec.each_row_is_an_order;
  if (!spec.cancellation_prefix.empty()) json["cancellation_prefix"] = spec.cancellation_prefix;
  for (const auto& [name, list] : kLists) {
    if (!(spec.*list).empty()) json[std::string(name)] = spec.*list;
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<SourceSpec> mapping_from_json(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return bad("is not a JSON object");
  if (!json.contains("regulars_mapping") || !json["regulars_mapping"].is_number_integer()) {
    return bad("has no \"regulars_mapping\" version");
  }
  const int version = json["regulars_mapping"].get<int>();
  if (version != kVersion) {
    return bad(fmt::format("is of version {}; this program reads {}", version, kVersion));
  }
  SourceSpec spec;
  REGULARS_TRY(read_columns(json, spec.columns));
  REGULARS_TRY(read_amount(json, spec));
  REGULARS_TRY(read_formats(json, spec));
  REGULARS_TRY(read_lists(json, spec));
  spec.each_row_is_an_order = json.contains("each_row_is_an_order") &&
                              json["each_row_is_an_order"].is_boolean() &&
                              json["each_row_is_an_order"].get<bool>();
  return spec;
}

Result<void> check_mapping_fits(const SourceSpec& spec, const std::vector<std::string>& columns,
                                const std::string& file) {
  std::vector<std::string> missing;
  for (const RoleInfo& info : all_roles()) {
    const std::string& name = spec.columns.*info.column;
    if (name.empty() || std::find(columns.begin(), columns.end(), name) != columns.end()) continue;
    std::string text = fmt::format("'{}' ({})", name, info.name);
    const std::vector<std::string> near = near_names(name, columns, 1);
    if (!near.empty()) text += fmt::format(", near '{}'", near[0]);
    missing.push_back(std::move(text));
  }
  if (missing.empty()) return {};
  return Error(ErrorCode::kBadDefinition,
               "the saved mapping does not fit: the file has no column " + enumerate(missing),
               "Leave the mapping out to find the columns anew, or name them by options.")
      .at({file, 0, 0, {}});
}

}  // namespace regulars::connect
