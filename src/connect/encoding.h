// Text of any usual encoding becomes UTF-8. UTF-16 is known by its byte order mark or its zeros;
// whatever else is not UTF-8 is taken for Windows-1252, of which Latin-1 is a part.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "connect/byte_stream.h"

namespace regulars::connect {

enum class Encoding { kUtf8, kUtf16LittleEndian, kUtf16BigEndian };

struct FoundEncoding {
  Encoding encoding = Encoding::kUtf8;
  size_t mark_bytes = 0;  // length of the byte order mark
};

// From the first bytes of the text; some thousands are enough.
FoundEncoding find_encoding(std::string_view start);

struct Utf8Check {
  size_t valid = 0;   // bytes before the first that is not UTF-8
  bool ascii = true;  // those bytes are all ASCII
  bool cut = false;   // what follows may be the beginning of a character that goes on
};
Utf8Check check_utf8(std::string_view text);

// A stream of UTF-8 without byte order mark.
class Utf8Stream : public ByteStream {
 public:
  // "UTF-8", "UTF-16 LE (converted)", "Windows-1252 (converted)": as far as was read.
  virtual std::string encoding_name() const = 0;
};

// When the first character beyond ASCII is not UTF-8, all of the text is Windows-1252. When it is,
// the text is UTF-8 and single bytes that are not are taken for Windows-1252: files put together
// from several sources hold both.
std::unique_ptr<Utf8Stream> to_utf8(std::unique_ptr<ByteStream> bytes, FoundEncoding encoding);

}  // namespace regulars::connect
