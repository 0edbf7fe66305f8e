// Private to app: the files of examples/starter, put into the program by CMake.
#pragma once

#include <string_view>
#include <vector>

namespace regulars::app {

struct DemoText {
  std::string_view path;
  std::string_view text;
};
const std::vector<DemoText>& demo_texts();

}  // namespace regulars::app
