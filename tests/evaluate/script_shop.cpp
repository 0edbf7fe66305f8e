#include "script_shop.h"

#include <algorithm>
#include <functional>
#include <map>

namespace regulars::evaluate {
namespace {

using Words = std::vector<std::string>;

// retail 454 nearest 1 7: pattern, last or nearest, month at whose end the year ends, first weekday
bool retail(RetailCalendar& calendar, const Words& words) {
  const std::map<std::string, RetailCalendar::Pattern> patterns = {
      {"445", RetailCalendar::Pattern::k445},
      {"454", RetailCalendar::Pattern::k454},
      {"544", RetailCalendar::Pattern::k544},
      {"13x4", RetailCalendar::Pattern::k13x4}};
  int64_t month = 0;
  int64_t weekday = 0;
  if (words.size() != 5 || !patterns.contains(words[1]) || !read_number(words[3], month) ||
      !read_number(words[4], weekday)) {
    return false;
  }
  calendar.pattern = patterns.at(words[1]);
  calendar.year_end =
      words[2] == "last" ? RetailCalendar::YearEnd::kLast : RetailCalendar::YearEnd::kNearest;
  calendar.year_end_month = static_cast<int>(month);
  calendar.week_start = static_cast<int>(weekday);
  return true;
}

// expires interests 24
bool expires(ProjectFacts& facts, const Words& words) {
  int64_t months = 0;
  if (words.size() != 3 || !read_number(words[2], months)) return false;
  for (AttributeDeclaration& declared : facts.attributes) {
    if (declared.field.name != words[1]) continue;
    declared.expires_after_months = static_cast<int>(months);
    return true;
  }
  return false;
}

// consent_policy expires 12; consent_policy source till web
bool consent(ConsentPolicy& policy, const Words& words) {
  if (words.size() < 3) return false;
  if (words[1] == "source") {
    policy.default_from = ConsentPolicy::Default::kSource;
    policy.sources.assign(words.begin() + 2, words.end());
    return true;
  }
  int64_t months = 0;
  if (words[1] != "expires" || !read_number(words[2], months)) return false;
  policy.expires_after_months = static_cast<int>(months);
  return true;
}

// population recompute; population at 2024-01-01
bool population(Script& script, const Words& words) {
  script.recompute = words.size() == 2 && words[1] == "recompute";
  if (script.recompute) return true;
  const auto at =
      words.size() == 3 && words[1] == "at" ? read_instant(words[2], script.zone) : std::nullopt;
  if (at) script.snapshots.push_back(*at);
  return at.has_value();
}

// table product [from] eco:boolean
bool table(Script& script, const Words& words) {
  if (words.size() < 3) return false;
  ReferenceTable declared;
  declared.name = declared.key = words[1];
  ReferenceData data;
  data.name = words[1];
  data.keys = std::make_shared<Dictionary>();
  const bool dated = words[2] == "from";
  if (dated) declared.valid_from = "from";
  for (size_t i = dated ? 3 : 2; i < words.size(); ++i) {
    const auto column = read_column(words[i]);
    if (!column) return false;
    declared.fields.push_back({column->name, column->type, column->scale, column->is_set});
    data.columns.push_back(*column);
  }
  script.facts.tables.push_back(std::move(declared));
  script.tables.push_back(std::move(data));
  return true;
}

bool zone(Script& script, const Words& words) {
  Result<Zone> found = words.size() == 2 ? Zone::find(words[1]) : Zone::find("");
  if (found) script.zone = *found;
  if (found) script.facts.zone = words[1];
  return found.ok();
}

bool list(Script& script, const Words& words) {
  if (words.size() < 3 || words[2] != "=") return false;
  script.lists.push_back({words[1], {words.begin() + 3, words.end()}});
  return true;
}

bool shop_line(Script& script, const Words& words) {
  const std::string& kind = words[0];
  if (kind == "zone") return zone(script, words);
  if (kind == "customers") {
    for (size_t i = 1; i < words.size(); ++i) script.customers.ids->intern(words[i]);
    return true;
  }
  if (kind == "retail") return retail(script.facts.retail, words);
  if (kind == "expires") return expires(script.facts, words);
  if (kind == "consent_policy") return consent(script.facts.consent, words);
  if (kind == "population") return population(script, words);
  if (kind == "table") return table(script, words);
  if (kind == "list") return list(script, words);
  if (kind == "unit" && words.size() == 3) {
    script.facts.units.push_back({words[1], words[2]});
    return true;
  }
  script.refunds_linked = script.refunds_linked || kind == "refunds";
  return kind == "refunds" && words.size() == 2 && words[1] == "linked";
}

}  // namespace

Result<void> read_shop_line(Script& script, const Line& line) {
  if (shop_line(script, line.words)) return {};
  return bad(line, "not understood");
}

Result<void> read_table_row(Script& script, const Line& line) {
  ReferenceData& data = script.tables.back();
  size_t next = 1;
  if (!script.facts.tables.back().valid_from.empty()) {
    const auto from =
        line.words.size() < 2 ? std::nullopt : read_instant(line.words[next++], script.zone);
    if (!from) return bad(line, "no day from which the row holds");
    data.valid_from.push_back(*from);
  }
  data.key.push_back(data.keys->intern(line.words[0]));
  return append_values(line, next, data.columns, script.zone);
}

}  // namespace regulars::evaluate
