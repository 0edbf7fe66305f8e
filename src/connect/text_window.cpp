#include "connect/text_window.h"

namespace regulars::connect {

Result<void> TextWindow::slide(size_t consumed) {
  text_.remove_prefix(consumed);
  if (complete_) return {};
  if (!text_.empty() && consumed > 0) std::memmove(buffer_.data(), text_.data(), text_.size());
  size_t filled = text_.size();
  if (filled == buffer_.size()) {
    if (filled >= kGreatestSize) {
      return Error(ErrorCode::kBadData, "a single line is longer than 64 MiB",
                   "This does not look like a table. Is it the right file?");
    }
    buffer_.resize(filled == 0 ? kFirstSize : filled * 2);
  }
  while (filled < buffer_.size() && !complete_) {
    Result<size_t> count = stream_->read(buffer_.data() + filled, buffer_.size() - filled);
    if (!count) {
      text_ = std::string_view(buffer_).substr(0, filled);
      return std::move(count).error();
    }
    complete_ = *count == 0;
    filled += *count;
  }
  text_ = std::string_view(buffer_).substr(0, filled);
  return {};
}

void TextWindow::rewind() {
  text_ = whole_;
  if (!stream_) return;
  stream_->rewind();
  text_ = {};
  complete_ = false;
}

}  // namespace regulars::connect
