// Bytes that are read from the beginning to the end, once or several times: a file, what comes out
// of a compressed file, text brought to UTF-8. Streams are stacked on one another.
//
// Thread-safety: one thread at a time.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace regulars::connect {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Puts up to `room` (at least 1) bytes at `to` and says how many; 0 only at the end. kBadData
  // when what is read is damaged.
  virtual Result<size_t> read(char* to, size_t room) = 0;
  // Back to the first byte, also after an error.
  virtual void rewind() = 0;
};

// Bytes that lie in memory and outlive the stream.
class MemoryStream : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : bytes_(bytes) {}
  Result<size_t> read(char* to, size_t room) override {
    const size_t length = std::min(room, bytes_.size() - at_);
    if (length > 0) std::memcpy(to, bytes_.data() + at_, length);
    at_ += length;
    return length;
  }
  void rewind() override { at_ = 0; }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
};

}  // namespace regulars::connect
