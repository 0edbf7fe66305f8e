// The bytes of a source file, and what every format says about them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/files.h"
#include "base/result.h"
#include "connect/compression.h"
#include "connect/text_window.h"
#include "data/intake.h"

namespace regulars::connect {

struct SourceBytes {
  FileView view;
  Compression compression = Compression::kNone;
  SourceInfo info;  // path, bytes, content_hash
  // The first bytes, unpacked: what the format is known by. 64 KiB where there are so many.
  std::string start;
};

Result<SourceBytes> open_source(const std::string& path, Files& files);

// The whole file as text. UTF-8 that is not compressed is used where it lies.
TextWindow text_of(const SourceBytes& source);

// 64 bits that tell contents apart: fast, not cryptographic, the same on every machine.
uint64_t content_hash(std::string_view bytes);

// For Reject::raw: at most 2,000 bytes, cut between characters.
std::string cut_raw(std::string_view raw);

}  // namespace regulars::connect
