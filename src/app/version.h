// The version of the program, from CMakeLists.txt.
#pragma once

namespace regulars::app {

extern const char* const kVersion;

}  // namespace regulars::app
