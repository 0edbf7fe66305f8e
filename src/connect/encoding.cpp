#include "connect/encoding.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <utility>

#include "connect/utf8_append.h"

namespace regulars::connect {
namespace {

// Windows-1252 for 0x80..0x9F; the rest of it is Latin-1. Five bytes have no meaning and stay.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

constexpr size_t kBlock = size_t{64} * 1024;
constexpr char32_t kReplacement = 0xFFFD;

uint8_t byte_at(std::string_view text, size_t i) { return static_cast<uint8_t>(text[i]); }

struct Lead {
  size_t length;  // bytes of the character, 0: no character begins so
  uint8_t least;  // bounds of the second byte: no overlong forms, no surrogates
  uint8_t greatest;
};

Lead lead_of(uint8_t byte) {
  if (byte < 0x80) return {1, 0, 0};
  if (byte < 0xC2) return {0, 0, 0};
  if (byte < 0xE0) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte < 0xF0) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte < 0xF4) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// Length of the character at `at`, 0 when there is none; `cut` when the text ends inside of it.
size_t character_length(std::string_view text, size_t at, bool& cut) {
  const Lead lead = lead_of(byte_at(text, at));
  cut = false;
  for (size_t i = 1; i < lead.length; ++i) {
    if (at + i == text.size()) {
      cut = true;
      return 0;
    }
    const uint8_t byte = byte_at(text, at + i);
    const uint8_t least = i == 1 ? lead.least : 0x80;
    const uint8_t greatest = i == 1 ? lead.greatest : 0xBF;
    if (byte < least || byte > greatest) return 0;
  }
  return lead.length;
}

// End of the run of ASCII that begins at `at`.
size_t skip_ascii(std::string_view text, size_t at) {
  constexpr uint64_t kHighBits = 0x8080808080808080ULL;
  constexpr size_t kStep = 4 * sizeof(uint64_t);
  for (; at + kStep <= text.size(); at += kStep) {
    uint64_t words[4];
    std::memcpy(words, text.data() + at, sizeof(words));
    if (((words[0] | words[1] | words[2] | words[3]) & kHighBits) != 0) break;
  }
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

// Reads blocks and hands out what convert() makes of them.
class ConvertingStream : public Utf8Stream {
 public:
  ConvertingStream(std::unique_ptr<ByteStream> bytes, size_t mark_bytes)
      : bytes_(std::move(bytes)), mark_bytes_(mark_bytes), skip_(mark_bytes) {}

  void rewind() override {
    bytes_->rewind();
    input_.clear();
    pending_.clear();
    pending_at_ = 0;
    skip_ = mark_bytes_;
    at_end_ = false;
    restart();
  }

  Result<size_t> read(char* to, size_t room) override {
    while (pending_at_ == pending_.size()) {
      if (at_end_) return size_t{0};
      REGULARS_TRY(fill());
    }
    const size_t length = std::min(room, pending_.size() - pending_at_);
    std::memcpy(to, pending_.data() + pending_at_, length);
    pending_at_ += length;
    return length;
  }

 protected:
  // Appends what `input` stands for and returns how much of it was used: all but a character that
  // the block cuts, and really all at the end.
  virtual size_t convert(std::string_view input, bool at_end, std::string& out) = 0;
  virtual void restart() = 0;
  bool has_mark() const { return mark_bytes_ > 0; }

 private:
  Result<void> fill() {
    const size_t carried = input_.size();
    input_.resize(carried + kBlock);
    REGULARS_ASSIGN(const size_t count, bytes_->read(input_.data() + carried, kBlock));
    input_.resize(carried + count);
    at_end_ = count == 0;
    pending_.clear();
    pending_at_ = 0;
    const size_t skipped = std::min(skip_, input_.size());
    skip_ -= skipped;
    const size_t used = convert(std::string_view(input_).substr(skipped), at_end_, pending_);
    input_.erase(0, skipped + used);
    return {};
  }

  std::unique_ptr<ByteStream> bytes_;
  size_t mark_bytes_;
  size_t skip_;
  std::string input_;
  std::string pending_;
  size_t pending_at_ = 0;
  bool at_end_ = false;
};

class EightBitStream : public ConvertingStream {
 public:
  using ConvertingStream::ConvertingStream;

  std::string encoding_name() const override {
    if (windows_) return "Windows-1252 (converted)";
    std::string name = has_mark() ? "UTF-8 with byte order mark" : "UTF-8";
    if (strays_ == 0) return name;
    return fmt::format("{} with {} byte{} of Windows-1252 (converted)", name, strays_,
                       strays_ == 1 ? "" : "s");
  }

 protected:
  void restart() override {
    windows_ = beyond_ascii_ = false;
    strays_ = 0;
  }

  size_t convert(std::string_view input, bool at_end, std::string& out) override {
    size_t at = 0;
    while (at < input.size()) {
      const size_t ascii_end = skip_ascii(input, at);
      out.append(input, at, ascii_end - at);
      at = ascii_end;
      if (at == input.size()) break;
      bool cut = false;
      const size_t length = windows_ ? 0 : character_length(input, at, cut);
      if (cut && !at_end) return at;
      if (length > 0) {
        out.append(input, at, length);
        beyond_ascii_ = true;
        at += length;
      } else {
        append_windows(byte_at(input, at), out);
        ++at;
      }
    }
    return at;
  }

 private:
  void append_windows(uint8_t byte, std::string& out) {
    if (beyond_ascii_) {
      ++strays_;
    } else {
      windows_ = true;
    }
    append_utf8(out, byte < 0xA0 ? kWindows1252[byte - 0x80u] : char32_t{byte});
  }

  bool windows_ = false;
  bool beyond_ascii_ = false;
  uint64_t strays_ = 0;
};

class Utf16Stream : public ConvertingStream {
 public:
  Utf16Stream(std::unique_ptr<ByteStream> bytes, FoundEncoding encoding)
      : ConvertingStream(std::move(bytes), encoding.mark_bytes),
        little_endian_(encoding.encoding == Encoding::kUtf16LittleEndian) {}

  std::string encoding_name() const override {
    return little_endian_ ? "UTF-16 LE (converted)" : "UTF-16 BE (converted)";
  }

 protected:
  void restart() override { high_ = 0; }

  size_t convert(std::string_view input, bool at_end, std::string& out) override {
    size_t at = 0;
    for (; at + 1 < input.size(); at += 2) {
      const char32_t first = byte_at(input, at);
      const char32_t second = byte_at(input, at + 1);
      take(little_endian_ ? second << 8 | first : first << 8 | second, out);
    }
    if (!at_end) return at;
    if (high_ != 0 || at < input.size()) append_utf8(out, kReplacement);
    return input.size();
  }

 private:
  void take(char32_t unit, std::string& out) {
    const bool low = unit >= 0xDC00 && unit < 0xE000;
    if (low && high_ != 0) {
      append_utf8(out, 0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00));
      high_ = 0;
      return;
    }
    if (high_ != 0) append_utf8(out, kReplacement);
    high_ = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
    if (high_ == 0) append_utf8(out, low ? kReplacement : unit);
  }

  bool little_endian_;
  char32_t high_ = 0;  // first half of a surrogate pair
};

// UTF-16 without a mark: mostly ASCII, so every other byte is zero.
FoundEncoding find_unmarked(std::string_view start) {
  const std::string_view sample = start.substr(0, 4096);
  size_t zeros[2] = {0, 0};
  for (size_t i = 0; i < sample.size(); ++i) {
    if (sample[i] == '\0') ++zeros[i % 2];
  }
  const size_t many = std::max<size_t>(3, sample.size() / 4);
  if (zeros[1] > many && zeros[0] * 8 < zeros[1]) return {Encoding::kUtf16LittleEndian, 0};
  if (zeros[0] > many && zeros[1] * 8 < zeros[0]) return {Encoding::kUtf16BigEndian, 0};
  return {};
}

}  // namespace

FoundEncoding find_encoding(std::string_view start) {
  if (start.starts_with("\xEF\xBB\xBF")) return {Encoding::kUtf8, 3};
  if (start.starts_with("\xFF\xFE")) return {Encoding::kUtf16LittleEndian, 2};
  if (start.starts_with("\xFE\xFF")) return {Encoding::kUtf16BigEndian, 2};
  return find_unmarked(start);
}

Utf8Check check_utf8(std::string_view text) {
  Utf8Check check;
  while (true) {
    check.valid = skip_ascii(text, check.valid);
    if (check.valid == text.size()) return check;
    const size_t length = character_length(text, check.valid, check.cut);
    if (length == 0) return check;
    check.ascii = false;
    check.valid += length;
  }
}

std::unique_ptr<Utf8Stream> to_utf8(std::unique_ptr<ByteStream> bytes, FoundEncoding encoding) {
  if (encoding.encoding == Encoding::kUtf8) {
    return std::make_unique<EightBitStream>(std::move(bytes), encoding.mark_bytes);
  }
  return std::make_unique<Utf16Stream>(std::move(bytes), encoding);
}

}  // namespace regulars::connect
