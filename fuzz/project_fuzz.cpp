// Any bytes at all as the files of a project must be loaded or refused with faults that have a
// place inside the file: no crash, no endless loop, and the same faults when loaded twice. Build
// and run: fuzz/README.md.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/files.h"
#include "project/project.h"

namespace {

using regulars::Error;
using regulars::MemoryFiles;
using regulars::project::Loaded;

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr const char* kPaths[] = {"regulars.yaml",   "segments/a.yaml", "features/a.yaml",
                                  "parameters.yaml", "lists/a.csv",     "lists/a.txt"};

std::string told(const Loaded& loaded, uint64_t lines) {
  std::string text;
  for (const Error& fault : loaded.faults) {
    require(fault.place().line <= lines + 1);
    text += fault.to_string();
  }
  for (const auto& segment : loaded.project.catalogue.segments) {
    for (size_t at = 0; at <= segment.rule.size(); at += 7) {
      const auto place =
          regulars::definitions::place_in_file(segment.place, segment.origin, segment.rule, at);
      require(place.line >= 1 && place.line <= lines + 1);
    }
  }
  return text;
}

}  // namespace

// The first byte chooses the file, the rest is its text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  MemoryFiles files;
  require(files.write("p/regulars.yaml", "name: x\nsources: {}\n").ok());
  require(files.write(std::string("p/") + kPaths[data[0] % std::size(kPaths)], bytes).ok());
  const auto lines = static_cast<uint64_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 3;
  const std::string first = told(regulars::project::load_project("p", files), lines);
  require(told(regulars::project::load_project("p", files), lines) == first);
  return 0;
}
