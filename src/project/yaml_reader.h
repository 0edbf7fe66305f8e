// Private to project: reading a YAML tree with expectations. Whatever does not fit is added to the
// faults with its place, what was expected and what stands there, and reading goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "project/yaml_tree.h"

namespace regulars::project {

// A file being read.
struct YamlFile {
  std::string name;  // relative to the project, for places
  std::string text;
  YamlPtr root;  // null: no YAML
};

class Reader {
 public:
  Reader(const YamlFile& file, Faults& faults) : file_(file), faults_(faults) {}

  const YamlFile& file() const { return file_; }
  Place place(const YamlNode& node) const;
  void fault(const YamlNode& node, std::string message, std::string hint = {});

  // Each takes what it is called in messages ("'zone'") and gives nothing when it does not fit.
  std::optional<std::string> text(const YamlNode& node, const std::string& what);
  std::optional<int64_t> whole(const YamlNode& node, const std::string& what, int64_t least,
                               int64_t most);
  std::optional<bool> truth(const YamlNode& node, const std::string& what);
  std::optional<double> share(const YamlNode& node, const std::string& what);     // 0.02 or 2 %
  std::optional<int> days(const YamlNode& node, const std::string& what);         // 90 days
  std::optional<int> months(const YamlNode& node, const std::string& what);       // 24 months
  std::vector<std::string> texts(const YamlNode& node, const std::string& what);  // one or a list
  // One of the words; their position.
  std::optional<size_t> choice(const YamlNode& node, const std::string& what,
                               const std::vector<std::string>& words);
  bool is_map(const YamlNode& node, const std::string& what);
  bool is_list(const YamlNode& node, const std::string& what);

 private:
  void expected(const YamlNode& node, const std::string& what, const std::string& kind,
                std::string hint = {});
  std::optional<int64_t> amount(const YamlNode& node, const std::string& what,
                                const std::vector<std::pair<std::string, int>>& units,
                                const char* example);

  const YamlFile& file_;
  Faults& faults_;
};

// The keys of one map. Every key that is asked for is allowed; done() reports the others.
class Section {
 public:
  // `what` names the map in messages: "source 'orders'".
  Section(const YamlNode& map, std::string what, Reader& reader);

  const YamlNode* value(const std::string& key);
  const YamlNode* required(const std::string& key, const std::string& hint);

  std::string text(const std::string& key, std::string otherwise = {});
  int64_t whole(const std::string& key, int64_t least, int64_t most, int64_t otherwise);
  bool truth(const std::string& key, bool otherwise);
  double share(const std::string& key, double otherwise);
  std::vector<std::string> texts(const std::string& key);
  std::optional<size_t> choice(const std::string& key, const std::vector<std::string>& words);
  std::optional<int> days(const std::string& key);
  std::optional<int> months(const std::string& key);

  void done();

 private:
  const YamlNode& map_;
  std::string what_;
  Reader& reader_;
  std::vector<std::string> asked_;
};

// "did you mean 'zone'?" or nothing.
std::string near_hint(const std::string& name, const std::vector<std::string>& names);
// "a, b, c"
std::string listed(const std::vector<std::string>& names);

}  // namespace regulars::project
