#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files_within.h"
#include "project/project.h"
#include "project/read_parts.h"
#include "project/starter.h"

namespace regulars::project {
namespace {

using definitions::SegmentDefinition;

std::string block(const std::string& text) {
  std::string result = "|";
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    if (end < text.size() || !line.empty()) result += line.empty() ? "\n" : "\n  " + line;
    begin = end + 1;
  }
  return result;
}

// A rule stands as a block, so that it needs no quotes. A block cannot begin with a blank line or
// hold control characters; such a text goes into quotes.
std::string rule_text(const std::string& rule) {
  std::string text = rule;
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c == '\n' || static_cast<uint8_t>(c) >= 0x20;
  });
  return plain && !text.empty() && text[0] != ' ' && text[0] != '\n' ? block(text)
                                                                     : yaml_text(text);
}

std::string list_text(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + yaml_text(text);
  return "[" + list + "]";
}

// The keys of a definition with their values as YAML, in the order they are written; what is as it
// is without saying so has no value.
std::vector<std::pair<std::string, std::string>> keys_of(const SegmentDefinition& segment) {
  const definitions::Action usual;
  const definitions::Action& action = segment.action;
  const auto text = [](const std::string& value) {
    return value.empty() ? std::string() : yaml_text(value);
  };
  return {
      {"title", text(segment.title)},
      {"description", text(segment.description)},
      {"why", text(segment.why)},
      {"rule", rule_text(segment.rule)},
      {"except", segment.except.empty() ? "" : list_text(segment.except)},
      {"exclusion", segment.exclusion ? "true" : ""},
      {"needs", segment.needs.empty() ? "" : list_text(segment.needs)},
      {"action", text(action.text)},
      {"goal", text(action.goal)},
      {"owner", text(action.owner)},
      {"channel", text(action.channel)},
      {"purpose", action.purpose == usual.purpose ? "" : text(action.purpose)},
      {"control", action.control_percent == usual.control_percent
                      ? ""
                      : fmt::format("{} %", action.control_percent)},
      {"review_after", action.review_after_days == usual.review_after_days
                           ? ""
                           : fmt::format("{} days", action.review_after_days)},
  };
}

std::string indented(const std::string& text, size_t by) {
  std::string result;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) result += std::string(by, ' ') + text.substr(begin, end - begin);
    result += "\n";
    begin = end + 1;
  }
  return result;
}

std::string new_file(const SegmentDefinition& segment) {
  std::string text = fmt::format("name: {}\n", segment.name);
  for (const auto& [key, value] : keys_of(segment)) {
    if (!value.empty()) text += fmt::format("{}: {}\n", key, value);
  }
  return text;
}

// The lines of a file, and the map of one definition in it.
class Editor {
 public:
  Editor(const std::string& text, const YamlNode& map) : map_(map) {
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find('\n', begin), text.size() - 1);
      lines_.push_back(text.substr(begin, end + 1 - begin));
      if (lines_.back().back() != '\n') lines_.back() += '\n';
      begin = end + 1;
    }
  }

  // Only a map with each key on a line of its own can be edited key by key.
  bool can_edit() const {
    uint64_t before = 0;
    for (const auto& [key, value] : map_.entries) {
      if (key->line <= before || key->column != map_.entries.front().first->column) return false;
      before = key->line;
    }
    return !map_.entries.empty() && lines_[map_.line - 1].find('{') == std::string::npos;
  }

  // From the last key to the first, so that lines before stay where they are.
  std::string edited(const SegmentDefinition& old, const SegmentDefinition& wanted) {
    const auto before = keys_of(old);
    const auto after = keys_of(wanted);
    std::string added;
    for (size_t i = 0; i < after.size(); ++i) {
      const bool there = map_.find(after[i].first) != nullptr;
      if (!there && !after[i].second.empty()) {
        added += fmt::format("{}: {}\n", after[i].first, after[i].second);
      }
    }
    const size_t indentation = map_.entries.front().first->column - 1;
    insert_after(end_of(map_.entries.size() - 1), indented(added, indentation));
    for (size_t e = map_.entries.size(); e-- > 0;) {
      const std::string& key = map_.entries[e].first->text;
      const auto same = [&](const auto& one) { return one.first == key; };
      const auto now = std::find_if(after.begin(), after.end(), same);
      if (now == after.end()) continue;
      if (std::find_if(before.begin(), before.end(), same)->second == now->second) continue;
      replace(e, now->second.empty() ? std::string() : fmt::format("{}: {}\n", key, now->second));
    }
    std::string text;
    for (const std::string& line : lines_) text += line;
    return text;
  }

 private:
  size_t line_of(size_t entry) const { return map_.entries[entry].first->line - 1; }

  // The line after the last one of the entry's value: comments and blank lines behind it belong to
  // what follows.
  size_t end_of(size_t entry) const {
    const size_t indentation = map_.entries[entry].first->column - 1;
    size_t end = line_of(entry) + 1;
    for (size_t line = end; line < lines_.size(); ++line) {
      const size_t first = lines_[line].find_first_not_of(" \r\n");
      if (first == std::string::npos) continue;
      if (first <= indentation) break;
      end = line + 1;
    }
    return end;
  }

  void insert_after(size_t line, const std::string& text) {
    if (!text.empty()) lines_.insert(lines_.begin() + static_cast<ptrdiff_t>(line), text);
  }

  // The first line keeps what stands before the key ("- name: x").
  void replace(size_t entry, const std::string& text) {
    const size_t first = line_of(entry);
    const size_t column = map_.entries[entry].first->column - 1;
    const std::string before = lines_[first].substr(0, column);
    std::string made = indented(text, column);
    const bool begins_the_item = before.find('-') != std::string::npos;
    if (begins_the_item) made = before + (made.empty() ? "\n" : made.substr(column));
    lines_.erase(lines_.begin() + static_cast<ptrdiff_t>(first),
                 lines_.begin() + static_cast<ptrdiff_t>(end_of(entry)));
    if (!made.empty()) lines_.insert(lines_.begin() + static_cast<ptrdiff_t>(first), made);
  }

  const YamlNode& map_;
  std::vector<std::string> lines_;
};

// The map that defines the segment in a file's tree.
const YamlNode* definition_in(const YamlFile& file, const std::string& name) {
  const YamlNode& root = *file.root;
  for (const YamlPtr& item : root.items) {
    const YamlNode* own = item->find("name");
    if (own != nullptr && own->text == name) return item.get();
  }
  if (root.kind != YamlNode::Kind::kMap) return nullptr;
  if (root.find("rule") != nullptr) return &root;
  for (const auto& [key, value] : root.entries) {
    const YamlNode* own = value->find("name");
    if ((own != nullptr ? own->text : key->text) == name) return value.get();
  }
  return nullptr;
}

// Keeps the text of the file as it was, under the next free number.
Result<void> keep_version(Files& files, const std::string& directory, const std::string& name,
                          const std::string& text) {
  for (int number = 1;; ++number) {
    const std::string path =
        fmt::format("{}/versions/segments/{}/{:04}.yaml", directory, name, number);
    if (!files.exists(path)) return files.write(path, text);
  }
}

Result<void> must_read_back(const std::string& path, const std::string& text,
                            const SegmentDefinition& segment) {
  YamlFile file{.name = path, .text = text, .root = nullptr};
  Faults faults;
  file.root = parse_yaml(file.text, path, faults);
  definitions::Catalogue catalogue;
  read_segments(file, catalogue, faults);
  if (!faults.empty()) return faults.front();
  for (const SegmentDefinition& read : catalogue.segments) {
    if (read.name == segment.name && keys_of(read) == keys_of(segment)) return {};
  }
  return Error(ErrorCode::kUnsupported, "the definition cannot be changed as it is written",
               "edit the file by hand", {.file = path, .line = 1, .column = 1, .field = {}});
}

}  // namespace

Result<std::string> write_segment(const std::string& directory, const SegmentDefinition& segment,
                                  Files& files) {
  const Loaded loaded = load_project(directory, files);
  const auto& all = loaded.project.catalogue.segments;
  const auto old = std::find_if(all.begin(), all.end(), [&](const SegmentDefinition& one) {
    return one.name == segment.name;
  });
  std::string path = fmt::format("segments/{}.yaml", segment.name);
  std::string text = new_file(segment);
  if (old != all.end()) {
    path = old->place.file;
    YamlFile file{.name = path, .text = {}, .root = nullptr};
    REGULARS_ASSIGN(file.text, files.read(directory + "/" + path));
    Faults faults;
    file.root = parse_yaml(file.text, path, faults);
    const YamlNode* map = file.root == nullptr ? nullptr : definition_in(file, segment.name);
    if (map == nullptr || !Editor(file.text, *map).can_edit()) {
      return Error(ErrorCode::kUnsupported, "the definition cannot be changed as it is written",
                   "write each key on a line of its own, or edit the file by hand", old->place);
    }
    text = Editor(file.text, *map).edited(*old, segment);
    REGULARS_TRY(must_read_back(path, text, segment));
    REGULARS_TRY(keep_version(files, directory, segment.name, file.text));
  } else {
    if (files.exists(directory + "/" + path)) {
      return Error(
          ErrorCode::kBadDefinition, "the file is there already and defines another segment",
          "give the segment another name", {.file = path, .line = 1, .column = 1, .field = {}});
    }
    REGULARS_TRY(must_read_back(path, text, segment));
  }
  REGULARS_TRY(files.write(directory + "/" + path, text));
  return path;
}

}  // namespace regulars::project
