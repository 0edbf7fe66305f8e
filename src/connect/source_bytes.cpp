#include "connect/source_bytes.h"

#include <array>
#include <bit>

#include "base/random.h"

namespace regulars::connect {
namespace {

constexpr size_t kStartBytes = size_t{64} * 1024;
constexpr size_t kMostRawBytes = 2000;

Result<std::string> read_start(const SourceBytes& source) {
  if (source.compression == Compression::kNone) {
    return std::string(source.view.bytes.substr(0, kStartBytes));
  }
  const std::unique_ptr<ByteStream> stream = unpack(source.compression, source.view.bytes);
  std::string start(kStartBytes, '\0');
  size_t filled = 0;
  while (filled < start.size()) {
    Result<size_t> count = stream->read(start.data() + filled, start.size() - filled);
    // A stream that is damaged further on is reported when it is read.
    if (!count && filled > 0) break;
    if (!count) return std::move(count).error();
    if (*count == 0) break;
    filled += *count;
  }
  start.resize(filled);
  return start;
}

}  // namespace

Result<SourceBytes> open_source(const std::string& path, Files& files) {
  SourceBytes source;
  REGULARS_ASSIGN(source.view, files.map(path));
  source.compression = find_compression(source.view.bytes);
  source.info.path = path;
  source.info.bytes = source.view.bytes.size();
  source.info.content_hash = content_hash(source.view.bytes);
  Result<std::string> start = read_start(source);
  if (!start) return std::move(start).error().at({.file = path, .field = {}});
  source.start = std::move(start).value();
  if (source.start.empty()) {
    return Error(ErrorCode::kBadData, "the file is empty", "Was the export finished?")
        .at({.file = path, .field = {}});
  }
  return source;
}

TextWindow text_of(const SourceBytes& source) {
  const FoundEncoding encoding = find_encoding(source.start);
  if (source.compression == Compression::kNone && encoding.encoding == Encoding::kUtf8) {
    const std::string_view text = source.view.bytes.substr(encoding.mark_bytes);
    if (check_utf8(text).valid == text.size()) return TextWindow(text);
  }
  return TextWindow(to_utf8(unpack(source.compression, source.view.bytes), encoding));
}

uint64_t content_hash(std::string_view bytes) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15ULL;
  constexpr size_t kLanes = 4;
  constexpr size_t kStep = kLanes * sizeof(uint64_t);
  std::array<uint64_t, kLanes> lanes = {1, 2, 3, 4};
  const uint64_t length = bytes.size();
  for (; bytes.size() >= kStep; bytes.remove_prefix(kStep)) {
    for (size_t i = 0; i < kLanes; ++i) {
      uint64_t word = 0;
      for (size_t byte = 0; byte < sizeof(word); ++byte) {
        word |= uint64_t{static_cast<uint8_t>(bytes[i * sizeof(word) + byte])} << (8 * byte);
      }
      lanes[i] = std::rotl((lanes[i] ^ word) * kFactor, 29);
    }
  }
  uint64_t hash = stable_hash(bytes, length);
  for (const uint64_t lane : lanes) hash = mix(hash ^ lane);
  return hash;
}

std::string cut_raw(std::string_view raw) {
  if (raw.size() <= kMostRawBytes) return std::string(raw);
  size_t end = kMostRawBytes;
  while (end > 0 && (static_cast<uint8_t>(raw[end]) & 0xC0) == 0x80) --end;
  return std::string(raw.substr(0, end));
}

}  // namespace regulars::connect
