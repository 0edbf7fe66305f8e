#include "project/starter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "project/order_roles.h"
#include "project/starter_texts.h"

namespace regulars::project {
namespace {

bool is_plain(const std::string& text) {
  constexpr std::array<std::string_view, 11> kTaken = {"true", "false", "yes", "no",   "on", "off",
                                                       "null", "y",     "n",   "none", "nan"};
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (text.empty() || !letter(text[0])) return false;
  const bool safe = std::all_of(text.begin(), text.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '/' || c == '*';
  });
  std::string folded = text;
  for (char& c : folded) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return safe && std::find(kTaken.begin(), kTaken.end(), folded) == kTaken.end();
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string listed(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + yaml_text(text);
  return "[" + list + "]";
}

const char* name_of(AmountMeaning meaning) {
  switch (meaning) {
    case AmountMeaning::kQuantityTimesPrice:
      return "quantity_x_price";
    case AmountMeaning::kOrderTotalRepeated:
      return "order_total_repeated";
    case AmountMeaning::kOrderTotalFirstLine:
      return "order_total_first_line";
    case AmountMeaning::kLineAmount:
      break;
  }
  return "line_amount";
}

const char* name_of(const TimeFormat& format) {
  switch (format.kind) {
    case TimeKind::kEpochSeconds:
      return "epoch";
    case TimeKind::kEpochMillis:
      return "epoch-ms";
    case TimeKind::kEpochMicros:
      return "epoch-us";
    case TimeKind::kExcelSerial:
      return "excel";
    case TimeKind::kHoursFromStart:
      return "hours";
    case TimeKind::kDaysFromStart:
      return "days";
    case TimeKind::kCivil:
      break;
  }
  return format.order == DateOrder::kDayMonthYear   ? "dmy"
         : format.order == DateOrder::kMonthDayYear ? "mdy"
                                                    : "ymd";
}

std::string columns_of(const ColumnMapping& columns) {
  std::string text = "    columns:\n";
  for (const OrderRole& role : kOrderRoles) {
    const std::string& column = columns.*role.column;
    if (!column.empty()) text += fmt::format("      {}: {}\n", role.name, yaml_text(column));
  }
  return text;
}

std::string orders_text(const GuessedSource& source) {
  const SourceSpec& spec = source.spec;
  std::string text;
  if (!spec.shape.empty()) text += fmt::format("    # recognised: {}\n", spec.shape);
  text += columns_of(spec.columns);
  text += "    # what the amount column holds: line_amount, quantity_x_price,\n";
  text += "    # order_total_repeated or order_total_first_line\n";
  text += fmt::format("    amount_is: {}\n", name_of(spec.amount_meaning));
  if (spec.amount_scale != 2) text += fmt::format("    amount_scale: {}\n", spec.amount_scale);
  text += fmt::format("    decimal_mark: \"{}\"\n", spec.number_format.decimal_mark);
  text += fmt::format("    time_format: {}\n", name_of(spec.time_format));
  text += fmt::format("    time_zone: {}   # of times that name no offset\n",
                      yaml_text(spec.time_zone));
  if (spec.each_row_is_an_order) text += "    each_row_is_an_order: true\n";
  if (spec.drop_duplicates) text += "    drop_duplicates: true\n";
  if (!spec.not_persons.empty()) {
    text += "    # ids that stand for nobody\n";
    text += fmt::format("    not_persons: {}\n", listed(spec.not_persons));
  }
  if (!spec.excluded.empty()) text += fmt::format("    exclude: {}\n", listed(spec.excluded));
  return text;
}

std::string customers_text(const GuessedSource& source) {
  std::string text;
  if (!source.date.empty()) {
    text +=
        "    # The day the values are of. Leave it out when new files come: then it is theirs.\n";
    text += fmt::format("    date: {}\n", source.date);
  }
  if (source.customer_column.empty() && source.attributes.empty()) return text;
  text += "    columns:\n";
  if (!source.customer_column.empty()) {
    text += fmt::format("      customer: {}\n", yaml_text(source.customer_column));
  }
  for (const GuessedAttribute& attribute : source.attributes) {
    text += fmt::format("      {}: {}\n", attribute.declaration.field.name,
                        yaml_text(attribute.column));
  }
  return text;
}

std::string type_of(const FieldDeclaration& field) {
  switch (field.type) {
    case ValueType::kInteger:
      return "integer";
    case ValueType::kDecimal:
    case ValueType::kReal:
      return fmt::format("decimal({})", field.scale);
    case ValueType::kInstant:
      return "instant";
    case ValueType::kDay:
      return "day";
    case ValueType::kBoolean:
      return "boolean";
    case ValueType::kText:
      break;
  }
  return field.is_set ? "texts" : "text";
}

std::string attributes_text(const std::vector<GuessedSource>& sources) {
  std::string text;
  for (const GuessedSource& source : sources) {
    for (const GuessedAttribute& attribute : source.attributes) {
      const AttributeDeclaration& declared = attribute.declaration;
      const std::string type = type_of(declared.field);
      text += declared.constant
                  ? fmt::format("  {}: {{type: {}, constant: true}}\n", declared.field.name, type)
                  : fmt::format("  {}: {}\n", declared.field.name, type);
    }
  }
  if (text.empty()) return text;
  return "\n# What is known about customers. A value holds from the day of its file on, unless it "
         "is\n# constant. Say provenance: asked or inferred where it was.\nattributes:\n" +
         text;
}

const char* name_of(SourceDeclaration::Kind kind) {
  switch (kind) {
    case SourceDeclaration::Kind::kCustomers:
      return "customers";
    case SourceDeclaration::Kind::kEvents:
      return "events";
    case SourceDeclaration::Kind::kReference:
      return "table";
    case SourceDeclaration::Kind::kOrders:
      break;
  }
  return "orders";
}

std::string source_text(const GuessedSource& source) {
  switch (source.kind) {
    case SourceDeclaration::Kind::kCustomers:
      return customers_text(source);
    case SourceDeclaration::Kind::kEvents:
      return fmt::format("    type: {}\n", source.event_type);
    case SourceDeclaration::Kind::kReference:
      return fmt::format("    table: {}\n", source.table);
    case SourceDeclaration::Kind::kOrders:
      break;
  }
  return orders_text(source);
}

// Their fields are found by the names of their columns.
std::string tables_text(const std::vector<GuessedSource>& sources) {
  std::string text;
  for (const GuessedSource& source : sources) {
    if (source.kind != SourceDeclaration::Kind::kReference) continue;
    text += fmt::format("  {}:\n    key: {}\n", source.table, yaml_text(source.key));
  }
  return text.empty() ? text : "\n# What events point at.\ntables:\n" + text;
}

}  // namespace

std::string yaml_text(const std::string& text) {
  if (is_plain(text)) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += fmt::format("\\{}", c);
    } else if (static_cast<uint8_t>(c) < 0x20 || c == 0x7f) {
      quoted += fmt::format("\\x{:02x}", static_cast<uint8_t>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::vector<TextFile> starter_files(const std::string& name, const std::string& zone) {
  std::vector<TextFile> files;
  for (const StarterText& text : starter_texts()) {
    std::string filled = replaced(std::string(text.text), "@ZONE@", yaml_text(zone));
    files.push_back({std::string(text.path), replaced(filled, "@NAME@", yaml_text(name))});
  }
  return files;
}

std::string project_from_guesses(const std::string& name, const std::string& zone,
                                 const std::vector<GuessedSource>& sources) {
  std::string text =
      "# Made from what was found out about the files. Every answer can be corrected here;\n"
      "# what is left out is found out again on every run.\n\n";
  text += fmt::format("name: {}\nzone: {}\n", yaml_text(name), yaml_text(zone));
  for (const GuessedSource& source : sources) {
    if (source.spec.currency.empty()) continue;
    text += fmt::format("currency: {}\n", yaml_text(source.spec.currency));
    break;
  }
  text += "activity: purchase\n\nsources:\n";
  for (const GuessedSource& source : sources) {
    text += fmt::format("  {}:\n    kind: {}\n    files: {}\n", source.name, name_of(source.kind),
                        listed(source.files));
    text += source_text(source);
  }
  text += tables_text(sources);
  text += attributes_text(sources);
  text +=
      "\n# Without rows of consent nobody may be written to, unless a source stands for it.\n"
      "consent:\n  default: none\n";
  return text;
}

}  // namespace regulars::project
