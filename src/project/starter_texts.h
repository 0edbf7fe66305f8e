// Private to project: the files of starter/, put into the program by CMake.
#pragma once

#include <string_view>
#include <vector>

namespace regulars::project {

struct StarterText {
  std::string_view path;
  std::string_view text;
};
const std::vector<StarterText>& starter_texts();

}  // namespace regulars::project
