#include <fmt/format.h>

#include <array>

#include "base/decimal.h"
#include "project/read_parts.h"

namespace regulars::project {
namespace {

struct TypeName {
  const char* name;
  ValueType type;
  bool is_set;
};

constexpr std::array kTypes = {TypeName{"text", ValueType::kText, false},
                               TypeName{"texts", ValueType::kText, true},
                               TypeName{"integer", ValueType::kInteger, false},
                               TypeName{"decimal", ValueType::kDecimal, false},
                               TypeName{"money", ValueType::kDecimal, false},
                               TypeName{"boolean", ValueType::kBoolean, false},
                               TypeName{"instant", ValueType::kInstant, false},
                               TypeName{"day", ValueType::kDay, false}};

std::vector<std::string> type_names() {
  std::vector<std::string> names;
  for (const TypeName& type : kTypes) names.emplace_back(type.name);
  return names;
}

// "decimal(3)": the digits after the point; `otherwise` without them; nothing when it is no scale.
std::optional<int> scale_of(std::string_view text, int otherwise) {
  const size_t open = text.find('(');
  if (open == std::string_view::npos) return otherwise;
  if (text.size() != open + 3 || !text.ends_with(')')) return {};
  const int scale = text[open + 1] - '0';
  return scale >= 0 && scale <= kMaxScale ? std::optional<int>(scale) : std::optional<int>();
}

}  // namespace

bool is_plain_name(const YamlNode& key, const std::string& what, Reader& reader) {
  bool good = !key.text.empty() && key.text[0] >= 'a' && key.text[0] <= 'z';
  for (const char c : key.text) {
    good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
  }
  if (!good) {
    reader.fault(key, fmt::format("'{}' is no name for {}", key.text, what),
                 "a name begins with a small letter and goes on with small letters, digits and _");
  }
  return good;
}

std::optional<FieldDeclaration> field_of(const YamlNode& key, const YamlNode& type,
                                         int amount_scale, Reader& reader) {
  const std::string what = fmt::format("the type of '{}'", key.text);
  if (!is_plain_name(key, "a field", reader)) return {};
  const auto text = reader.text(type, what);
  if (!text) return {};
  const std::string word = text->substr(0, text->find('('));
  for (const TypeName& known : kTypes) {
    if (word != known.name) continue;
    FieldDeclaration field{
        .name = key.text, .type = known.type, .scale = 0, .is_set = known.is_set};
    if (known.type != ValueType::kDecimal && word != *text) break;
    if (known.type == ValueType::kDecimal) {
      const auto scale = scale_of(*text, amount_scale);
      if (!scale) {
        reader.fault(type, fmt::format("'{}' is no type", *text),
                     fmt::format("write decimal(2): 0 to {} digits after the point", kMaxScale));
        return {};
      }
      field.scale = *scale;
    }
    return field;
  }
  const std::string near = near_hint(word, type_names());
  reader.fault(type, fmt::format("{} is one of {}, found '{}'", what, listed(type_names()), *text),
               near);
  return {};
}

std::vector<FieldDeclaration> fields_of(const YamlNode& map, const std::string& what,
                                        int amount_scale, Reader& reader) {
  std::vector<FieldDeclaration> fields;
  if (!reader.is_map(map, what)) return fields;
  for (const auto& [key, type] : map.entries) {
    if (auto field = field_of(*key, *type, amount_scale, reader)) {
      fields.push_back(*std::move(field));
    }
  }
  return fields;
}

}  // namespace regulars::project
