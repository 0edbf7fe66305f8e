#include "project/yaml_tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "project/yaml_faults.h"

namespace regulars::project {
namespace {

// Nodes of a tree with everything behind anchors written out: a file of a few lines can stand for
// millions.
constexpr size_t kMostNodes = 200'000;

// Thrown in this file only, to leave the parser.
struct Stop {
  YAML::Mark mark;
  const char* message;
};

class Builder : public YAML::EventHandler {
 public:
  Builder(std::string_view text, const std::string& file, Faults& faults)
      : places_(text, file), faults_(faults) {}

  YamlPtr take_root() { return std::move(root_); }
  int documents() const { return documents_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) {
      add(offset_of(mark), "a second document begins here ('---')", "one file holds one document");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    place(begin(YamlNode::Kind::kNull, mark), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) throw Stop{mark, "an alias stands inside what it stands for"};
    nodes_ += known->second.size;
    if (nodes_ > kMostNodes) throw Stop{mark, "with all aliases written out the file is too large"};
    put(known->second.node);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    std::shared_ptr<YamlNode> node = begin(YamlNode::Kind::kScalar, mark);
    check_tag(tag, *node);
    node->text = value;
    node->plain = tag == "?";
    if (const auto quote = places_.unfinished_quote(*node)) {
      add(node->offset, fmt::format("a text begins here with {} and never ends", *quote),
          fmt::format("put {} at its end", *quote));
    }
    place(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::kList, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::kMap, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Anchored {
    YamlPtr node;
    size_t size = 1;
  };
  struct Open {
    std::shared_ptr<YamlNode> node;
    YAML::anchor_t anchor;
    size_t nodes_before;
    YamlPtr key;  // kMap: waiting for its value
    std::map<std::string, uint64_t> keys;
  };

  size_t offset_of(const YAML::Mark& mark) const {
    return mark.is_null() ? 0 : static_cast<size_t>(std::max(mark.pos, 0));
  }

  void add(size_t offset, std::string message, std::string hint) {
    faults_.push_back(Error(ErrorCode::kBadDefinition, std::move(message), std::move(hint))
                          .at(places_.at(offset)));
  }

  std::shared_ptr<YamlNode> begin(YamlNode::Kind kind, const YAML::Mark& mark) {
    if (++nodes_ > kMostNodes) throw Stop{mark, "the file is too large"};
    auto node = std::make_shared<YamlNode>();
    node->kind = kind;
    node->offset = std::min(offset_of(mark), places_.size());
    const Place place = places_.at(node->offset);
    node->line = place.line;
    node->column = place.column;
    return node;
  }

  void check_tag(const std::string& tag, const YamlNode& node) {
    if (tag.empty() || tag == "?" || tag == "!" || tag == "tag:yaml.org,2002:str") return;
    add(node.offset, fmt::format("the tag '{}' is not used here", tag),
        "write the value without it");
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    std::shared_ptr<YamlNode> node = begin(kind, mark);
    check_tag(tag, *node);
    open_.push_back({std::move(node), anchor, nodes_ - 1, nullptr, {}});
  }

  void close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    if (closed.anchor != 0) anchors_[closed.anchor] = {closed.node, nodes_ - closed.nodes_before};
    put(std::move(closed.node));
  }

  void place(std::shared_ptr<YamlNode> node, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_[anchor] = {node, 1};
    put(std::move(node));
  }

  // Where the node belongs: the list or map that is open, or the root.
  void put(YamlPtr node) {
    if (open_.empty()) {
      if (root_ == nullptr) root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node->kind == YamlNode::Kind::kList) {
      parent.node->items.push_back(std::move(node));
    } else if (parent.key == nullptr) {
      parent.key = as_key(std::move(node));
    } else {
      add_entry(parent, std::move(node));
    }
  }

  YamlPtr as_key(YamlPtr node) {
    if (node->kind == YamlNode::Kind::kScalar) return node;
    add(node->offset, "a key is one word", "");
    auto key = std::make_shared<YamlNode>(*node);
    key->kind = YamlNode::Kind::kScalar;
    key->items.clear();
    key->entries.clear();
    return key;
  }

  // A value that is not there has the place of its key.
  static YamlPtr nothing_at(const YamlNode& key) {
    auto nothing = std::make_shared<YamlNode>();
    nothing->offset = key.offset;
    nothing->line = key.line;
    nothing->column = key.column;
    return nothing;
  }

  void add_entry(Open& parent, YamlPtr value) {
    const YamlPtr key = std::exchange(parent.key, nullptr);
    if (value->kind == YamlNode::Kind::kNull) value = nothing_at(*key);
    const auto [known, fresh] = parent.keys.emplace(key->text, key->line);
    if (fresh) {
      parent.node->entries.emplace_back(key, std::move(value));
    } else {
      add(key->offset,
          fmt::format("the key '{}' is given twice, also in line {}", key->text, known->second),
          "keep one of them");
    }
  }

  TextPlaces places_;
  Faults& faults_;
  YamlPtr root_;
  int documents_ = 0;
  size_t nodes_ = 0;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
};

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const auto& [name, value] : entries) {
    if (name->text == key) return value.get();
  }
  return nullptr;
}

YamlPtr parse_yaml(std::string_view text, const std::string& file, Faults& faults) {
  // A mark of the byte order says nothing in UTF-8, but would shift every place.
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (auto bad = no_text(text, file)) {
    faults.push_back(*std::move(bad));
    return nullptr;
  }
  std::istringstream stream{std::string(text)};
  Builder builder(text, file, faults);
  try {
    YAML::Parser parser(stream);
    while (builder.documents() < 2 && parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop& stop) {
    const size_t at = stop.mark.is_null() ? 0 : static_cast<size_t>(std::max(stop.mark.pos, 0));
    faults.push_back(
        Error(ErrorCode::kBadDefinition, stop.message).at(TextPlaces(text, file).at(at)));
    return nullptr;
  } catch (const YAML::Exception& exception) {
    faults.push_back(yaml_fault(text, file, exception.mark, exception.msg));
    return nullptr;
  }
  YamlPtr root = builder.take_root();
  return root == nullptr ? std::make_shared<YamlNode>() : root;
}

std::string told(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return "nothing";
    case YamlNode::Kind::kList:
      return "a list";
    case YamlNode::Kind::kMap:
      return "keys with values";
    case YamlNode::Kind::kScalar:
      break;
  }
  const std::string line = node.text.substr(0, node.text.find('\n'));
  return line.size() <= 40 ? fmt::format("'{}'", line) : fmt::format("'{}...'", line.substr(0, 37));
}

}  // namespace regulars::project
