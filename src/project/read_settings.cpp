#include <fmt/format.h>

#include <algorithm>

#include "base/time.h"
#include "project/read_parts.h"

namespace regulars::project {
namespace {

const std::vector<std::string> months = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
const std::vector<std::string> weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                           "friday", "saturday", "sunday"};
const std::vector<std::string> kinds_of_shop = {"general", "grocery",   "coffee",
                                                "fashion", "wholesale", "subscription"};

class Settings {
 public:
  Settings(const YamlFile& file, Project& project, Faults& faults)
      : reader_(file, faults), project_(project), facts_(project.facts) {}

  void read(const YamlNode& root) {
    if (!reader_.is_map(root, "regulars.yaml")) return;
    Section top(root, "regulars.yaml", reader_);
    if (top.required("name", "write e.g. name: My shop") != nullptr) facts_.name = top.text("name");
    read_basics(top);
    if (const YamlNode* node = top.value("retail_calendar")) read_calendar(*node);
    if (const YamlNode* node = top.value("attributes")) read_attributes(*node);
    if (const YamlNode* node = top.value("events")) read_events(*node);
    if (const YamlNode* node = top.value("tables")) read_tables(*node);
    if (const YamlNode* node = top.value("units")) read_units(*node);
    if (const YamlNode* node = top.value("consent")) read_consent(*node);
    if (const YamlNode* node = top.value("run")) read_run(*node);
    read_sources(top);
    if (const YamlNode* node = top.value("exports"); node && reader_.is_list(*node, "'exports'")) {
      for (const YamlPtr& item : node->items) read_export(*item, project_, reader_);
    }
    top.done();
  }

 private:
  void read_basics(Section& top) {
    facts_.zone = top.text("zone", "UTC");
    if (const YamlNode* node = top.value("zone")) check_zone(*node);
    facts_.currency = top.text("currency");
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (!facts_.currency.empty() &&
        (facts_.currency.size() != 3 ||
         !std::all_of(facts_.currency.begin(), facts_.currency.end(), capital))) {
      reader_.fault(*top.value("currency"), fmt::format("'{}' is no currency", facts_.currency),
                    "write its three letters: EUR, USD, GBP");
    }
    facts_.amount_scale = static_cast<int>(top.whole("amount_scale", 0, 6, 2));
    facts_.activity = top.text("activity", "purchase");
    if (const auto kind = top.choice("kind_of_shop", kinds_of_shop)) {
      facts_.kind_of_shop = *kind == 0 ? "" : kinds_of_shop[*kind];
    }
  }

  void check_zone(const YamlNode& node) {
    const auto zone = Zone::find(facts_.zone);
    if (zone) return;
    reader_.fault(node, zone.error().message(), zone.error().hint());
    facts_.zone = "UTC";
  }

  void read_calendar(const YamlNode& node) {
    if (!reader_.is_map(node, "'retail_calendar'")) return;
    Section section(node, "retail_calendar", reader_);
    using Pattern = RetailCalendar::Pattern;
    constexpr Pattern kPatterns[] = {Pattern::k445, Pattern::k454, Pattern::k544, Pattern::k13x4};
    if (const auto pattern = section.choice("pattern", {"4-4-5", "4-5-4", "5-4-4", "13x4"})) {
      facts_.retail.pattern = kPatterns[*pattern];
    }
    if (const auto end = section.choice("year_end", {"nearest", "last"})) {
      facts_.retail.year_end =
          *end == 0 ? RetailCalendar::YearEnd::kNearest : RetailCalendar::YearEnd::kLast;
    }
    if (const auto month = section.choice("year_end_month", months)) {
      facts_.retail.year_end_month = static_cast<int>(*month) + 1;
    }
    if (const auto day = section.choice("week_start", weekdays)) {
      facts_.retail.week_start = static_cast<int>(*day) + 1;
    }
    section.done();
  }

  void read_attributes(const YamlNode& node) {
    if (!reader_.is_map(node, "'attributes'")) return;
    for (const auto& [key, value] : node.entries) {
      AttributeDeclaration attribute;
      // The short form is the type alone.
      const YamlNode* type = value.get();
      if (value->kind == YamlNode::Kind::kMap) {
        Section section(*value, fmt::format("attribute '{}'", key->text), reader_);
        type = section.required("type", "write e.g. type: text");
        attribute.constant = section.truth("constant", false);
        attribute.expires_after_months = section.months("expires_after");
        using Provenance = AttributeDeclaration::Provenance;
        constexpr Provenance kProvenances[] = {Provenance::kAsked, Provenance::kObserved,
                                               Provenance::kInferred};
        attribute.provenance = Provenance::kObserved;
        if (const auto which = section.choice("provenance", {"asked", "observed", "inferred"})) {
          attribute.provenance = kProvenances[*which];
        }
        section.done();
        if (attribute.constant && attribute.expires_after_months) {
          reader_.fault(*value, fmt::format("attribute '{}' is constant and expires", key->text),
                        "a constant value never expires: keep one of the two");
        }
      }
      if (type == nullptr) continue;
      const auto field = field_of(*key, *type, facts_.amount_scale, reader_);
      if (!field) continue;
      attribute.field = *field;
      facts_.attributes.push_back(std::move(attribute));
    }
  }

  void read_events(const YamlNode& node) {
    if (!reader_.is_map(node, "'events'")) return;
    for (const auto& [key, value] : node.entries) {
      const std::string what = fmt::format("event type '{}'", key->text);
      if (!is_plain_name(*key, "an event type", reader_) || !reader_.is_map(*value, what)) continue;
      Section section(*value, what, reader_);
      EventTypeDeclaration event{.name = key->text, .fields = {}, .item_fields = {}};
      // What is said about an event type that every project has is added to what it has.
      for (const EventTypeDeclaration& known : well_known_events()) {
        if (known.name == key->text) event = known;
      }
      add_fields(section.value("fields"), what, event.fields);
      add_fields(section.value("items"), what, event.item_fields);
      section.done();
      facts_.events.push_back(std::move(event));
    }
  }

  void add_fields(const YamlNode* node, const std::string& what,
                  std::vector<FieldDeclaration>& into) {
    if (node == nullptr) return;
    for (FieldDeclaration& field :
         fields_of(*node, "'fields' of " + what, facts_.amount_scale, reader_)) {
      const auto same = std::find_if(into.begin(), into.end(), [&](const FieldDeclaration& known) {
        return known.name == field.name;
      });
      if (same == into.end()) {
        into.push_back(std::move(field));
      } else if (same->type != field.type || same->is_set != field.is_set) {
        reader_.fault(*node->find(field.name),
                      fmt::format("'{}' of {} has another type in every project", field.name, what),
                      "give your field another name");
      } else {
        *same = std::move(field);
      }
    }
  }

  void read_tables(const YamlNode& node) {
    if (!reader_.is_map(node, "'tables'")) return;
    for (const auto& [key, value] : node.entries) {
      const std::string what = fmt::format("table '{}'", key->text);
      if (!is_plain_name(*key, "a table", reader_) || !reader_.is_map(*value, what)) continue;
      Section section(*value, what, reader_);
      ReferenceTable table;
      table.name = key->text;
      if (section.required("key", "name the column that holds the id") != nullptr) {
        table.key = section.text("key");
      }
      table.valid_from = section.text("valid_from");
      if (const YamlNode* fields = section.value("fields")) {
        table.fields = fields_of(*fields, "'fields' of " + what, facts_.amount_scale, reader_);
      }
      section.done();
      facts_.tables.push_back(std::move(table));
    }
  }

  void read_units(const YamlNode& node) {
    if (!reader_.is_map(node, "'units'")) return;
    for (const auto& [key, value] : node.entries) {
      if (!is_plain_name(*key, "a unit", reader_)) continue;
      if (auto attribute = reader_.text(*value, fmt::format("unit '{}'", key->text))) {
        facts_.units.push_back({key->text, *std::move(attribute)});
      }
    }
  }

  void read_consent(const YamlNode& node) {
    if (!reader_.is_map(node, "'consent'")) return;
    Section section(node, "consent", reader_);
    if (const auto from = section.choice("default", {"none", "source"})) {
      facts_.consent.default_from =
          *from == 0 ? ConsentPolicy::Default::kNone : ConsentPolicy::Default::kSource;
    }
    facts_.consent.sources = section.texts("sources");
    facts_.consent.expires_after_months = section.months("expires_after");
    section.done();
    if (facts_.consent.default_from == ConsentPolicy::Default::kSource &&
        facts_.consent.sources.empty()) {
      reader_.fault(node, "consent is taken from a source, but none is named",
                    "add sources: [NAME], or write default: none");
    }
  }

  void read_run(const YamlNode& node) {
    if (!reader_.is_map(node, "'run'")) return;
    Section section(node, "run", reader_);
    RunSettings& run = project_.run;
    run.months_of_snapshots =
        static_cast<int>(section.whole("months_of_snapshots", 0, 240, run.months_of_snapshots));
    run.most_rejects = section.share("most_rejects", run.most_rejects);
    run.keep_rejects_days = section.days("keep_rejects").value_or(run.keep_rejects_days);
    section.done();
  }

  void read_sources(Section& top) {
    const YamlNode* node = top.required("sources", "say where the orders are: see the guide");
    if (node == nullptr || !reader_.is_map(*node, "'sources'")) return;
    for (const auto& [key, value] : node->entries) read_source(*key, *value, project_, reader_);
  }

  Reader reader_;
  Project& project_;
  ProjectFacts& facts_;
};

}  // namespace

void read_settings(const YamlFile& file, Project& project, Faults& faults) {
  if (file.root != nullptr) Settings(file, project, faults).read(*file.root);
}

}  // namespace regulars::project
