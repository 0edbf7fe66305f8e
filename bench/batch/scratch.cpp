#include <cstdlib>
#include <filesystem>

#include "batch/peer.h"

namespace regulars::bench {

Scratch::Scratch() {
  folder_ = (std::filesystem::temp_directory_path() / "regulars-bench-XXXXXX").string();
  if (mkdtemp(folder_.data()) == nullptr) folder_ = ".";
}

Scratch::~Scratch() {
  std::error_code ignored;
  if (folder_ != ".") std::filesystem::remove_all(folder_, ignored);
}

}  // namespace regulars::bench
