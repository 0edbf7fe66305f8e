// Charts of the page. The drawing is made by the script from data that the page carries; the same
// data stands below it as a table, which is there without the script too.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/page/table.h"

namespace regulars::report {

using Json = nlohmann::ordered_json;

struct LegendEntry {
  std::string classes;  // "quiet", "warn", "band", "hatched", "line"; empty: the accent
  std::string text;
};

struct Figure {
  std::string key;      // of the chart's data; unique on the page
  std::string title;    // what it shows, as a sentence or heading
  std::string sub;      // how to read it
  int height = 300;     // pixels
  bool square = false;  // no wider than it needs
  std::vector<LegendEntry> legend;
  Json data;    // {"kind": "bars" | "lines" | "heat" | "matrix" | "sankey", ...}: src/report/charts
  Table table;  // the same figures
  bool table_open = false;
};

// All charts of a page.
class Charts {
 public:
  Markup add(Figure figure);
  // For <script type="application/json">: no '<' in it.
  std::string data() const;

 private:
  Json all_ = Json::object();
};

}  // namespace regulars::report
