#include "connect/zip_archive.h"

#include <algorithm>
#include <cstdint>

#include "connect/compression.h"

namespace regulars::connect {
namespace {

constexpr size_t kEndSize = 22;
constexpr size_t kEnd64Size = 56;
constexpr size_t kLocator64Size = 20;
constexpr size_t kEntrySize = 46;
constexpr size_t kLocalSize = 30;
constexpr uint32_t kStored = 0;
constexpr uint32_t kDeflated = 8;
constexpr uint32_t kEncryptedFlag = 1;
constexpr uint64_t kIn64 = 0xFFFFFFFF;
constexpr uint64_t kExtra64 = 1;

// Little-endian number of `length` bytes; the caller has checked that they are there.
uint64_t number(std::string_view bytes, uint64_t at, int length) {
  uint64_t value = 0;
  for (int i = 0; i < length; ++i) {
    value |= uint64_t{static_cast<uint8_t>(bytes[at + static_cast<uint64_t>(i)])} << (8 * i);
  }
  return value;
}

bool fits(std::string_view bytes, uint64_t at, uint64_t length) {
  return at <= bytes.size() && length <= bytes.size() - at;
}

Error damaged(const char* what) {
  return Error(ErrorCode::kBadData, std::string("the zip file is damaged: ") + what,
               "The file was cut short or changed on its way. Export or transfer it again.");
}

// The directory's position and number of entries.
struct Directory {
  uint64_t at = 0;
  uint64_t count = 0;
};

Result<Directory> find_directory(std::string_view bytes) {
  constexpr std::string_view kSignature("PK\5\6", 4);
  const size_t end = bytes.rfind(kSignature);
  if (end == std::string_view::npos || !fits(bytes, end, kEndSize)) {
    return damaged("its directory is missing");
  }
  Directory directory{.at = number(bytes, end + 16, 4), .count = number(bytes, end + 10, 2)};
  const bool has_64 = end >= kLocator64Size &&
                      bytes.substr(end - kLocator64Size, 4) == std::string_view("PK\6\7", 4);
  if (!has_64) return directory;
  const uint64_t end64 = number(bytes, end - kLocator64Size + 8, 8);
  if (!fits(bytes, end64, kEnd64Size)) return damaged("its directory is missing");
  return Directory{.at = number(bytes, end64 + 48, 8), .count = number(bytes, end64 + 32, 8)};
}

}  // namespace

Result<ZipArchive> ZipArchive::open(std::string_view bytes) {
  ZipArchive archive(bytes);
  REGULARS_TRY(archive.read_directory());
  return archive;
}

Result<void> ZipArchive::read_directory() {
  REGULARS_ASSIGN(const Directory directory, find_directory(bytes_));
  uint64_t at = directory.at;
  for (uint64_t i = 0; i < directory.count; ++i) {
    REGULARS_ASSIGN(at, add_part(at));
  }
  return {};
}

// Reads the directory's entry at `at`; returns where the next one begins.
Result<uint64_t> ZipArchive::add_part(uint64_t at) {
  if (!fits(bytes_, at, kEntrySize) || bytes_.substr(at, 4) != std::string_view("PK\1\2", 4)) {
    return damaged("its directory is broken");
  }
  Part part;
  part.encrypted = (number(bytes_, at + 8, 2) & kEncryptedFlag) != 0;
  part.method = static_cast<uint32_t>(number(bytes_, at + 10, 2));
  part.packed = number(bytes_, at + 20, 4);
  const uint64_t unpacked = number(bytes_, at + 24, 4);
  const uint64_t name_length = number(bytes_, at + 28, 2);
  const uint64_t extra_length = number(bytes_, at + 30, 2);
  const uint64_t comment_length = number(bytes_, at + 32, 2);
  part.header = number(bytes_, at + 42, 4);
  const uint64_t name_at = at + kEntrySize;
  const uint64_t next = name_at + name_length + extra_length + comment_length;
  if (!fits(bytes_, name_at, next - name_at)) return damaged("its directory is broken");
  std::string_view extra = bytes_.substr(name_at + name_length, extra_length);
  while (extra.size() >= 4) {
    const uint64_t kind = number(extra, 0, 2);
    const std::string_view field = extra.substr(4, number(extra, 2, 2));
    // Values that did not fit stand here, in this order, each only if needed.
    uint64_t from = unpacked == kIn64 ? 8 : 0;
    for (uint64_t* value : {&part.packed, &part.header}) {
      if (kind != kExtra64 || *value != kIn64 || !fits(field, from, 8)) continue;
      *value = number(field, from, 8);
      from += 8;
    }
    extra.remove_prefix(std::min<size_t>(extra.size(), 4 + field.size()));
  }
  std::string name(bytes_.substr(name_at, name_length));
  std::replace(name.begin(), name.end(), '\\', '/');
  parts_.emplace(std::move(name), part);
  return next;
}

Result<std::unique_ptr<ByteStream>> ZipArchive::read(const std::string& name) const {
  const auto found = parts_.find(name);
  if (found == parts_.end()) return Error(ErrorCode::kNotFound, "has no part " + name);
  const Part& part = found->second;
  if (part.encrypted || (part.method != kStored && part.method != kDeflated)) {
    return Error(ErrorCode::kUnsupported, "the zip file is encrypted or packed in a rare way",
                 "Save it again without a password, or as CSV.");
  }
  if (!fits(bytes_, part.header, kLocalSize)) return damaged("a part is missing");
  const uint64_t data = part.header + kLocalSize + number(bytes_, part.header + 26, 2) +
                        number(bytes_, part.header + 28, 2);
  if (!fits(bytes_, data, part.packed)) return damaged("a part is cut short");
  const std::string_view packed = bytes_.substr(data, part.packed);
  if (part.method == kDeflated) return unpack_deflate(packed);
  return std::unique_ptr<ByteStream>(std::make_unique<MemoryStream>(packed));
}

}  // namespace regulars::connect
