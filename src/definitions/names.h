// Private to definitions: which names definitions may have.
#pragma once

#include <map>
#include <string>

#include "definitions/definitions.h"

namespace regulars::definitions {

// What is wrong with each name of the catalogue: no name at all, used twice, or taken by a word of
// the language or of the data. By kind of definition and position in its list.
class NameFaults {
 public:
  NameFaults(const Catalogue& catalogue, const language::Scope& base);

  const Error* segment(size_t i) const { return find('s', i); }
  const Error* feature(size_t i) const { return find('f', i); }
  const Error* list(size_t i) const { return find('l', i); }
  const Error* parameter(size_t i) const { return find('p', i); }

 private:
  struct Use {
    char kind;
    size_t index;
    Place place;
  };

  const Error* find(char kind, size_t i) const;
  void check(const Use& use, const std::string& name, const language::Scope& base);
  void check_uses(const std::string& name, const std::vector<Use>& uses);

  std::map<std::pair<char, size_t>, Error> faults_;
  std::map<std::string, std::vector<Use>> uses_;
};

}  // namespace regulars::definitions
