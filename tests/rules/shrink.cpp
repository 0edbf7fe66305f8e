#include "shrink.h"

#include <algorithm>
#include <sstream>

#include "language/parse.h"
#include "language/print.h"
#include "random_script.h"

namespace regulars::rules {
namespace {

using language::Node;
using language::NodePtr;
using Lines = std::vector<std::string>;

Lines words_of(const std::string& line) {
  std::istringstream stream(line);
  Lines words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string line_of(const Lines& words, bool indented) {
  std::string line = indented ? " " : "";
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

// Trees a little smaller: parts in place of wholes, clauses left out.
std::vector<NodePtr> smaller(const NodePtr& tree) {
  std::vector<NodePtr> found;
  Node parts = *tree;
  for_each_part(parts, [&](NodePtr& part, bool) { found.push_back(part); });
  const auto changed = [&](const std::function<void(Node&)>& change) {
    Node copy = *tree;
    change(copy);
    found.push_back(std::make_shared<const Node>(std::move(copy)));
  };
  if (tree->where) changed([](Node& node) { node.where = nullptr; });
  if (tree->among) changed([](Node& node) { node.among = nullptr; });
  if (tree->span) changed([](Node& node) { node.span.reset(); });
  if (tree->span && tree->span->own_zone) changed([](Node& node) { node.span->own_zone = false; });
  if (tree->negated) changed([](Node& node) { node.negated = false; });
  const bool chain = tree->kind == Node::Kind::kAnd || tree->kind == Node::Kind::kOr;
  for (size_t i = 0; chain && tree->arguments.size() > 2 && i < tree->arguments.size(); ++i) {
    changed(
        [i](Node& node) { node.arguments.erase(node.arguments.begin() + static_cast<long>(i)); });
  }
  for (size_t i = 1; i < tree->steps.size(); ++i) {
    changed([i](Node& node) { node.steps.erase(node.steps.begin() + static_cast<long>(i)); });
  }
  // The same of each part.
  size_t count = 0;
  for_each_part(parts, [&](NodePtr&, bool) { ++count; });
  for (size_t i = 0; i < count; ++i) {
    NodePtr part;
    size_t at = 0;
    for_each_part(parts, [&](NodePtr& one, bool) { part = at++ == i ? one : part; });
    for (const NodePtr& less : smaller(part)) {
      changed([&](Node& node) {
        size_t place = 0;
        for_each_part(node, [&](NodePtr& one, bool) { one = place++ == i ? less : one; });
      });
    }
  }
  return found;
}

class Shrinker {
 public:
  Shrinker(Lines lines, const Shows& shows, size_t tries)
      : lines_(std::move(lines)), shows_(shows), tries_(tries) {}

  Lines shrink() {
    size_t before = 0;
    do {
      before = size();
      leave_out_lines();
      leave_out_columns();
      leave_out_values();
      shorten_rules();
    } while (size() < before && tries_ > 0);
    return std::move(lines_);
  }

 private:
  size_t size() const {
    size_t all = 0;
    for (const std::string& line : lines_) all += line.size() + 1;
    return all;
  }

  bool takes(Lines candidate) {
    if (tries_ == 0) return false;
    --tries_;
    if (!shows_(candidate)) return false;
    lines_ = std::move(candidate);
    return true;
  }

  // First many at once, then fewer.
  void leave_out_lines() {
    for (size_t chunk = lines_.size() / 2; chunk > 0; chunk /= 2) {
      for (size_t i = lines_.size(); i > 0;) {
        const size_t begin = i > chunk ? i - chunk : 0;
        Lines fewer = lines_;
        fewer.erase(fewer.begin() + static_cast<long>(begin), fewer.begin() + static_cast<long>(i));
        takes(std::move(fewer));
        i = begin;
      }
    }
  }

  // Of a row: her name, and of an event its time and number.
  static size_t head_of_row(const std::string& section) { return section == "attributes" ? 1 : 3; }
  static size_t head_of_section(const std::string& section) { return section == "events" ? 2 : 1; }
  static bool has_columns(const std::string& section) {
    return section == "events" || section == "changes" || section == "attributes";
  }
  static size_t head_of(const Lines& row, const std::string& section) {
    const size_t head = head_of_row(section);
    return head == 3 && (row.size() < 3 || row[2][0] != '#') ? 2 : head;
  }

  // Without the column at that place, in a section that begins at line `begin`. The items, behind
  // "/", go all at once: place is that of the "/".
  Lines without_column(size_t begin, size_t place) const {
    Lines result = lines_;
    Lines header = words_of(lines_[begin]);
    const std::string section = header[0];
    const size_t at = head_of_section(section) + place;
    const bool items = header[at] == "/";
    const auto cut = [&](Lines& words, size_t from) {
      if (from >= words.size()) return;
      words.erase(words.begin() + static_cast<long>(from),
                  items ? words.end() : words.begin() + static_cast<long>(from) + 1);
    };
    cut(header, at);
    result[begin] = line_of(header, false);
    for (size_t i = begin + 1; i < lines_.size() && lines_[i][0] == ' '; ++i) {
      Lines row = words_of(lines_[i]);
      cut(row, head_of(row, section) + place);
      result[i] = line_of(row, true);
    }
    return result;
  }

  void leave_out_columns() {
    for (size_t begin = 0; begin < lines_.size(); ++begin) {
      const Lines header = words_of(lines_[begin]);
      if (header.empty() || lines_[begin][0] == ' ' || !has_columns(header[0])) continue;
      const size_t first = head_of_section(header[0]);
      for (size_t place = header.size() - first; place > 0; --place) {
        const Lines now = words_of(lines_[begin]);
        const auto slash = std::find(now.begin(), now.end(), "/") - now.begin();
        if (first + place - 1 >= now.size() || static_cast<long>(first + place - 1) > slash)
          continue;
        takes(without_column(begin, place - 1));
      }
    }
  }

  void leave_out_values() {
    std::string section;
    for (size_t i = 0; i < lines_.size(); ++i) {
      Lines words = words_of(lines_[i]);
      if (words.empty()) continue;
      if (lines_[i][0] != ' ') section = words[0];
      if (lines_[i][0] != ' ' || !has_columns(section)) continue;
      for (size_t w = head_of(words, section); w < words.size(); ++w) {
        if (words[w] == "?" || words[w] == "/") continue;
        Lines candidate = lines_;
        Lines other = words;
        other[w] = "?";
        candidate[i] = line_of(other, true);
        if (takes(std::move(candidate))) words = std::move(other);
      }
    }
  }

  void shorten_rules() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      const size_t equals = lines_[i].find(" = ");
      if (!lines_[i].starts_with("rule ") || equals == std::string::npos) continue;
      const std::string head = lines_[i].substr(0, equals + 3);
      for (bool again = true; again;) {
        again = false;
        const auto tree = language::parse(lines_[i].substr(head.size()));
        if (!tree) break;
        for (const NodePtr& less : smaller(*tree)) {
          Lines candidate = lines_;
          candidate[i] = head + language::print(*less);
          if (candidate[i].size() >= lines_[i].size() || !takes(std::move(candidate))) continue;
          again = true;
          break;
        }
      }
    }
  }

  Lines lines_;
  const Shows& shows_;
  size_t tries_;
};

std::string expectations(const evaluate::Asked& asked, size_t instant,
                         const evaluate::Table& table) {
  std::string text = "expect";
  for (const auto& definition : asked.definitions) text += " " + definition.name;
  text += "\n";
  const auto& known_from = asked.history.customer_table().known_from;
  for (CustomerNumber c = 0; c < asked.history.customers(); ++c) {
    text += "  " + std::string(asked.history.customer_id(c));
    const bool known = known_from.empty() || known_from[c] <= asked.as_of[instant];
    for (const auto& column : table[instant]) text += known ? " " + to_string(column[c]) : "";
    text += known ? "\n" : " -\n";
  }
  return text;
}

}  // namespace

std::vector<std::string> shrunk(std::vector<std::string> lines, const Shows& shows, size_t tries) {
  return Shrinker(std::move(lines), shows, tries).shrink();
}

Result<std::string> ready_script(const std::vector<std::string>& lines,
                                 const std::string& description) {
  REGULARS_ASSIGN(const Runnable run, runnable(lines));
  std::string text = "# description: " + description + "\n";
  std::vector<std::string> as_ofs;
  for (const std::string& line : lines) {
    if (line.starts_with("as_of ")) as_ofs.push_back(line);
    if (!line.starts_with("as_of ") && !line.starts_with("# description")) text += line + "\n";
  }
  size_t place = 0;
  for (const evaluate::Asked& asked : run.runs) {
    REGULARS_ASSIGN(const evaluate::Table table,
                    evaluate::by_reference(evaluate::questions_of(*run.script, asked)));
    for (size_t i = 0; i < asked.as_of.size(); ++i) {
      text += as_ofs[place++] + "\n" + expectations(asked, i, table);
    }
  }
  return text;
}

}  // namespace regulars::rules
