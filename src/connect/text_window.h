// A piece of a UTF-8 text that slides from its beginning to its end: all of it at once when it lies
// in memory as it is, else a few megabytes of a stream.
//
// Thread-safety: one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "connect/encoding.h"

namespace regulars::connect {

class TextWindow {
 public:
  static constexpr size_t kFirstSize = size_t{1} << 20;
  static constexpr size_t kGreatestSize = size_t{64} << 20;

  // `whole` outlives the window.
  explicit TextWindow(std::string_view whole) : text_(whole), whole_(whole), complete_(true) {}
  // Nothing is read before the first slide().
  explicit TextWindow(std::unique_ptr<Utf8Stream> stream) : stream_(std::move(stream)) {}

  // Valid until the next slide() or rewind().
  std::string_view text() const { return text_; }
  // Nothing follows text().
  bool complete() const { return complete_; }

  // Drops the first `consumed` bytes and reads on. The window grows when there is no room, that is
  // when nothing was dropped; kBadData when it would become greater than kGreatestSize.
  Result<void> slide(size_t consumed);
  // Back to the beginning; of a stream nothing is read yet.
  void rewind();
  // Empty when the text was UTF-8 in memory.
  std::string encoding_name() const { return stream_ ? stream_->encoding_name() : ""; }

 private:
  std::string_view text_;
  std::string_view whole_;
  std::unique_ptr<Utf8Stream> stream_;
  std::string buffer_;
  bool complete_ = false;
};

}  // namespace regulars::connect
