// XML as a series of calls, through Expat. Prefixes of names are left out ("x:row" is "row").
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "connect/byte_stream.h"

namespace regulars::connect {

// The attributes of an element, by name without prefix.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // Empty when there is none.
  std::string_view get(std::string_view name) const;

 private:
  const char** pairs_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  // A text may come in several pieces.
  virtual void text(std::string_view piece) = 0;
};

// kBadData with the line when it is no well-formed XML or declares a document type (which could
// name other files or grow without bounds).
Result<void> read_xml(ByteStream& bytes, XmlHandler& handler);

}  // namespace regulars::connect
