// What every number means, in a sentence or two. The page links each number here; the workbook
// has them as a sheet.
#pragma once

#include <string>
#include <vector>

#include "report/analysis_view.h"

namespace regulars::report {

struct Definition {
  std::string key;  // anchor "def-KEY"
  std::string name;
  std::string meaning;
};
std::vector<Definition> definitions(const AnalysisView& view);

std::string headline_key(const segments::Headline& headline);  // of its definition

// What the figures cannot know, for the same readers.
std::vector<std::string> limits();

}  // namespace regulars::report
