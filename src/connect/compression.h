// gzip and zstd, recognised by their first bytes, never by the file's name.
#pragma once

#include <memory>
#include <string_view>

#include "connect/byte_stream.h"

namespace regulars::connect {

enum class Compression { kNone, kGzip, kZstd };

Compression find_compression(std::string_view bytes);
const char* to_string(Compression compression);  // "gzip"; empty for kNone

// What `bytes` (which outlive the stream) hold when unpacked: all members of a gzip file, all
// frames of a zstd file. A damaged or cut stream and bytes after its end are kBadData.
std::unique_ptr<ByteStream> unpack(Compression compression, std::string_view bytes);

// A bare deflate stream, as zip files hold.
std::unique_ptr<ByteStream> unpack_deflate(std::string_view bytes);

}  // namespace regulars::connect
