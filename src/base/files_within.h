// Files that must lie within a folder: paths and patterns that come from a file somebody else may
// have written never lead out of it, neither by "..", nor as an absolute path, nor through a
// symbolic link.
//
// Thread-safety: pure functions over a Files&.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace regulars {

// "folder/path". kBadDefinition when the path leads out of the folder; kNotFound when nothing is
// there.
Result<std::string> path_within(Files& files, const std::string& folder, const std::string& path);

// Paths below `folder` (with it in front), ascending, of the files that `pattern` names: a path, in
// which `*` stands for any part of a name and `?` for one character. Names that begin with a point
// are found only by patterns that begin so. Nothing found: empty. kBadDefinition as above.
Result<std::vector<std::string>> files_within(Files& files, const std::string& folder,
                                              const std::string& pattern);

bool is_pattern(std::string_view path);  // holds * or ?

}  // namespace regulars
