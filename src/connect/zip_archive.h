// The parts of a zip file, as workbooks are: stored or deflated, with the 64-bit extensions, not
// encrypted. What it says about itself is checked against the file's size.
//
// Source: PKWARE APPNOTE 6.3, sections 4.3 and 4.5.3.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "connect/byte_stream.h"

namespace regulars::connect {

class ZipArchive {
 public:
  // `bytes` outlive the archive. kBadData when the directory is missing or wrong.
  static Result<ZipArchive> open(std::string_view bytes);

  bool contains(const std::string& name) const { return parts_.contains(name); }
  // kNotFound, kUnsupported for other methods of packing.
  Result<std::unique_ptr<ByteStream>> read(const std::string& name) const;

 private:
  struct Part {
    uint32_t method = 0;
    uint64_t header = 0;  // position of its local header
    uint64_t packed = 0;  // bytes
    bool encrypted = false;
  };

  explicit ZipArchive(std::string_view bytes) : bytes_(bytes) {}
  Result<void> read_directory();
  Result<uint64_t> add_part(uint64_t at);

  std::string_view bytes_;
  std::map<std::string, Part> parts_;
};

}  // namespace regulars::connect
