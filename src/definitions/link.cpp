#include <algorithm>

#include "definitions/definitions.h"
#include "definitions/linker.h"

namespace regulars::definitions {
namespace {

const LinkedDefinition* named(const std::vector<LinkedDefinition>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const LinkedDefinition& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

const LinkedDefinition* Linked::segment(const std::string& name) const {
  return named(segments_, name);
}

const LinkedDefinition* Linked::feature(const std::string& name) const {
  return named(features_, name);
}

Result<Linked> link(const Catalogue& catalogue, language::Scope base) {
  Linker linker(catalogue, std::move(base));
  linker.run();
  Linked linked;
  linked.faults_ = linker.other_faults();
  // The scope shares the trees, so it is made before they are moved out.
  linked.scope_ = std::make_shared<language::Scope>(linker.scope_for_others());
  for (Item& item : linker.items()) {
    if (item.state == Item::State::kDone) {
      auto& into =
          item.kind == language::ReferenceKind::kSegment ? linked.segments_ : linked.features_;
      into.push_back(std::move(item.linked));
    } else {
      linked.faults_.push_back({item.name, *std::move(item.fault)});
    }
  }
  return linked;
}

}  // namespace regulars::definitions
