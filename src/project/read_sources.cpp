#include <fmt/format.h>

#include <algorithm>

#include "base/files_within.h"
#include "project/order_roles.h"
#include "project/read_parts.h"

namespace regulars::project {
namespace {

using Kind = SourceDeclaration::Kind;

std::vector<std::string> order_role_names() {
  std::vector<std::string> names;
  for (const OrderRole& role : kOrderRoles) names.emplace_back(role.name);
  return names;
}

class SourceReader {
 public:
  SourceReader(const YamlNode& name, const YamlNode& node, Project& project, Reader& reader)
      : node_(node),
        project_(project),
        reader_(reader),
        section_(node, fmt::format("source '{}'", name.text), reader) {
    source_.name = name.text;
    source_.most_rejects = project.run.most_rejects;
  }

  SourceDeclaration read() {
    const std::vector<std::string> kinds = {"orders", "customers", "events", "table"};
    constexpr Kind kKinds[] = {Kind::kOrders, Kind::kCustomers, Kind::kEvents, Kind::kReference};
    if (section_.required("kind", "write kind: " + fmt::format("{}", fmt::join(kinds, ", "))) !=
        nullptr) {
      if (const auto kind = section_.choice("kind", kinds)) source_.kind = kKinds[*kind];
    }
    read_origin();
    if (source_.kind == Kind::kEvents) read_types();
    if (source_.kind == Kind::kReference &&
        section_.required("table", "name one of 'tables'") != nullptr) {
      source_.table = section_.text("table");
    }
    if (source_.kind == Kind::kOrders) read_orders();
    if (source_.kind == Kind::kCustomers) source_.date = section_.text("date");
    read_columns();
    read_times();
    source_.most_rejects = section_.share("most_rejects", source_.most_rejects);
    source_.expect_every_days = section_.days("expect_every").value_or(0);
    section_.done();
    return std::move(source_);
  }

 private:
  void read_origin() {
    source_.files = section_.texts("files");
    source_.postgres = section_.text("postgres");
    source_.query = section_.text("query");
    source_.since = section_.text("since");
    const bool files = section_.value("files") != nullptr;
    const bool database = section_.value("postgres") != nullptr;
    if (files == database) {
      reader_.fault(
          node_,
          fmt::format("source '{}' {}", source_.name,
                      files ? "has both 'files' and 'postgres'" : "needs 'files' or 'postgres'"),
          files ? "make it two sources" : "write e.g. files: data/orders*.csv");
    }
    if (database && source_.query.empty()) {
      reader_.fault(node_,
                    fmt::format("source '{}' names a database, but no 'query'", source_.name),
                    "write query: followed by a table or a SELECT");
    }
    if (source_.postgres.find_first_of(":/ =") != std::string::npos) {
      reader_.fault(*section_.value("postgres"),
                    "'postgres' takes the name of an environment variable, not the connection",
                    "put the connection string into a variable, so that no password is in a file");
    }
  }

  void read_types() {
    source_.event_type = section_.text("type");
    source_.type_column = section_.text("type_column");
    if (const YamlNode* types = section_.value("types");
        types != nullptr && reader_.is_map(*types, "'types'")) {
      for (const auto& [key, value] : types->entries) {
        if (auto type = reader_.text(*value, fmt::format("'{}'", key->text))) {
          source_.types[key->text] = *std::move(type);
        }
      }
    }
    if (source_.event_type.empty() == source_.type_column.empty()) {
      reader_.fault(node_,
                    fmt::format("source '{}' needs either 'type' or 'type_column'", source_.name),
                    "write type: visit, or type_column: with the column that names the type");
    }
  }

  void read_orders() {
    OrderReading& orders = source_.orders;
    constexpr AmountMeaning kMeanings[] = {
        AmountMeaning::kLineAmount, AmountMeaning::kQuantityTimesPrice,
        AmountMeaning::kOrderTotalRepeated, AmountMeaning::kOrderTotalFirstLine};
    if (const auto meaning =
            section_.choice("amount_is", {"line_amount", "quantity_x_price", "order_total_repeated",
                                          "order_total_first_line"})) {
      orders.amount_meaning = kMeanings[*meaning];
    }
    if (section_.value("amount_scale") != nullptr) {
      orders.amount_scale = static_cast<int>(section_.whole("amount_scale", 0, 6, 2));
    }
    if (const auto mark = section_.choice("decimal_mark", {".", ","})) {
      orders.decimal_mark = *mark == 0 ? "." : ",";
    }
    orders.currency = section_.text("currency", project_.facts.currency);
    orders.each_row_is_an_order = section_.truth("each_row_is_an_order", false);
    orders.drop_duplicates = section_.truth("drop_duplicates", false);
    orders.excluded = section_.texts("exclude");
    orders.not_persons = section_.texts("not_persons");
    orders.persons = section_.texts("persons");
  }

  // Roles of orders are checked here; fields of events and attributes in check_names.
  void read_columns() {
    const YamlNode* columns = section_.value("columns");
    if (columns == nullptr || !reader_.is_map(*columns, "'columns'")) return;
    const std::vector<std::string> roles = order_role_names();
    for (const auto& [key, value] : columns->entries) {
      const bool known = std::find(roles.begin(), roles.end(), key->text) != roles.end();
      if (source_.kind == Kind::kOrders && !known) {
        reader_.fault(*key, fmt::format("orders have no column for '{}'", key->text),
                      near_hint(key->text, roles));
      }
      if (auto column = reader_.text(*value, fmt::format("column '{}'", key->text))) {
        source_.columns[key->text] = *std::move(column);
      }
    }
  }

  void read_times() {
    source_.time_zone = section_.text("time_zone");
    if (!source_.time_zone.empty()) {
      const auto zone = Zone::find(source_.time_zone);
      if (!zone) {
        reader_.fault(*section_.value("time_zone"), zone.error().message(), zone.error().hint());
      }
    }
    const std::vector<std::string> formats = {"dmy",      "mdy",   "ymd",   "epoch", "epoch-ms",
                                              "epoch-us", "excel", "hours", "days"};
    if (const auto format = section_.choice("time_format", formats)) {
      source_.time_format = formats[*format];
    }
  }

  const YamlNode& node_;
  Project& project_;
  Reader& reader_;
  Section section_;
  SourceDeclaration source_;
};

void check_paths(const YamlNode& node, const SourceDeclaration& source, Reader& reader) {
  const YamlNode* files = node.find("files");
  if (files == nullptr) return;
  MemoryFiles nothing;  // only the words of the path are looked at here
  const auto check = [&](const YamlNode& place, const std::string& path) {
    const auto found = files_within(nothing, "project", path);
    if (!found) reader.fault(place, found.error().message(), found.error().hint());
  };
  for (size_t i = 0; i < source.files.size(); ++i) {
    const bool listed = files->kind == YamlNode::Kind::kList && i < files->items.size();
    check(listed ? *files->items[i] : *files, source.files[i]);
  }
}

}  // namespace

void read_source(const YamlNode& name, const YamlNode& node, Project& project, Reader& reader) {
  if (!is_plain_name(name, "a source", reader)) return;
  if (!reader.is_map(node, fmt::format("source '{}'", name.text))) return;
  SourceDeclaration source = SourceReader(name, node, project, reader).read();
  check_paths(node, source, reader);
  project.sources.push_back(std::move(source));
}

void read_export(const YamlNode& node, Project& project, Reader& reader) {
  if (!reader.is_map(node, "each export")) return;
  Section section(node, "an export", reader);
  ExportDeclaration made;
  made.place = reader.place(node);
  if (section.required("name", "write e.g. name: newsletter") != nullptr) {
    made.name = section.text("name");
  }
  if (section.required("segments", "name the segments whose customers are written") != nullptr) {
    made.segments = section.texts("segments");
  }
  using Format = ExportDeclaration::Format;
  constexpr Format kFormats[] = {Format::kCsv, Format::kParquet, Format::kJsonLines, Format::kXlsx,
                                 Format::kPostgres};
  if (const auto format =
          section.choice("format", {"csv", "parquet", "jsonl", "xlsx", "postgres"})) {
    made.format = kFormats[*format];
  }
  made.file = section.text("file");
  made.postgres = section.text("postgres");
  made.table = section.text("table");
  made.delta = section.truth("delta", false);
  made.channel = section.text("channel");
  made.purpose = section.text("purpose", made.channel.empty() ? "" : "marketing");
  made.columns = section.texts("columns");
  section.done();
  const bool database = made.format == Format::kPostgres;
  if (database ? made.postgres.empty() || made.table.empty() : made.file.empty()) {
    reader.fault(node, fmt::format("export '{}' says not where to", made.name),
                 database ? "write postgres: (the variable with the connection) and table:"
                          : "write e.g. file: exports/newsletter.csv");
  }
  project.exports.push_back(std::move(made));
}

}  // namespace regulars::project
