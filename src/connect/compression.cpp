#include "connect/compression.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <limits>

#include "base/decimal.h"

namespace regulars::connect {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";

Error damaged(const char* format, uint64_t unpacked, std::string_view why) {
  return Error(ErrorCode::kBadData,
               fmt::format("the {} stream {} (after {} good bytes of content)", format, why,
                           with_thousands(static_cast<int64_t>(unpacked))),
               "The file was cut short or changed on its way. Export or transfer it again.");
}

// Padding that some tools leave after the last member.
bool only_zeros(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

constexpr int kWindowBitsGzip = 15 + 16;
constexpr int kWindowBitsBare = -15;

// zlib's streams: gzip with any number of members, or bare deflate.
class ZlibStream : public ByteStream {
 public:
  ZlibStream(std::string_view bytes, int window_bits)
      : bytes_(bytes), name_(window_bits == kWindowBitsGzip ? "gzip" : "deflate") {
    ready_ = inflateInit2(&state_, window_bits) == Z_OK;
  }
  ZlibStream(const ZlibStream&) = delete;
  ZlibStream& operator=(const ZlibStream&) = delete;
  ~ZlibStream() override {
    if (ready_) inflateEnd(&state_);
  }

  void rewind() override {
    consumed_ = unpacked_ = 0;
    member_done_ = false;
    if (ready_) inflateReset(&state_);
  }

  Result<size_t> read(char* to, size_t room) override {
    if (!ready_) return Error(ErrorCode::kInternal, "gzip reading could not be set up");
    size_t filled = 0;
    while (filled == 0) {
      if (member_done_) {
        const std::string_view rest = bytes_.substr(consumed_);
        if (only_zeros(rest)) return size_t{0};
        if (!rest.starts_with(kGzipMagic)) {
          return damaged(name_, unpacked_, "is followed by other bytes");
        }
        inflateReset(&state_);
        member_done_ = false;
      }
      REGULARS_ASSIGN(filled, inflate_some(to, room));
    }
    unpacked_ += filled;
    return filled;
  }

 private:
  Result<size_t> inflate_some(char* to, size_t room) {
    constexpr size_t kMost = std::numeric_limits<uInt>::max() / 2;
    const size_t given = std::min(bytes_.size() - consumed_, kMost);
    const size_t wanted = std::min(room, kMost);
    // zlib does not write to its input; its interface is older than const.
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes_.data() + consumed_));
    state_.avail_in = static_cast<uInt>(given);
    state_.next_out = reinterpret_cast<Bytef*>(to);
    state_.avail_out = static_cast<uInt>(wanted);
    const int status = inflate(&state_, Z_NO_FLUSH);
    consumed_ += given - state_.avail_in;
    const size_t filled = wanted - state_.avail_out;
    if (status == Z_STREAM_END) {
      member_done_ = true;
    } else if (status == Z_BUF_ERROR || (status == Z_OK && filled == 0)) {
      return damaged(name_, unpacked_, "ends too early");
    } else if (status != Z_OK) {
      return damaged(name_, unpacked_, "is damaged");
    }
    return filled;
  }

  std::string_view bytes_;
  const char* name_;
  size_t consumed_ = 0;
  uint64_t unpacked_ = 0;
  z_stream state_{};
  bool ready_ = false;
  bool member_done_ = false;
};

class ZstdStream : public ByteStream {
 public:
  explicit ZstdStream(std::string_view bytes) : bytes_(bytes), state_(ZSTD_createDCtx()) {}
  ZstdStream(const ZstdStream&) = delete;
  ZstdStream& operator=(const ZstdStream&) = delete;
  ~ZstdStream() override { ZSTD_freeDCtx(state_); }

  void rewind() override {
    input_ = {bytes_.data(), bytes_.size(), 0};
    unpacked_ = 0;
    in_frame_ = false;
    if (state_ != nullptr) ZSTD_DCtx_reset(state_, ZSTD_reset_session_only);
  }

  Result<size_t> read(char* to, size_t room) override {
    if (state_ == nullptr) return Error(ErrorCode::kInternal, "zstd reading could not be set up");
    ZSTD_outBuffer output{to, room, 0};
    while (output.pos == 0) {
      if (!in_frame_ && input_.pos == input_.size) return size_t{0};
      const size_t before = input_.pos;
      const size_t status = ZSTD_decompressStream(state_, &output, &input_);
      if (ZSTD_isError(status) != 0) {
        return damaged("zstd", unpacked_, fmt::format("is damaged: {}", ZSTD_getErrorName(status)));
      }
      in_frame_ = status != 0;
      if (in_frame_ && output.pos == 0 && input_.pos == before && input_.pos == input_.size) {
        return damaged("zstd", unpacked_, "ends too early");
      }
    }
    unpacked_ += output.pos;
    return output.pos;
  }

 private:
  std::string_view bytes_;
  ZSTD_DCtx* state_;
  ZSTD_inBuffer input_{bytes_.data(), bytes_.size(), 0};
  uint64_t unpacked_ = 0;
  bool in_frame_ = false;
};

}  // namespace

Compression find_compression(std::string_view bytes) {
  if (bytes.starts_with(kGzipMagic)) return Compression::kGzip;
  if (bytes.starts_with(kZstdMagic)) return Compression::kZstd;
  return Compression::kNone;
}

const char* to_string(Compression compression) {
  switch (compression) {
    case Compression::kGzip:
      return "gzip";
    case Compression::kZstd:
      return "zstd";
    case Compression::kNone:
      break;
  }
  return "";
}

std::unique_ptr<ByteStream> unpack(Compression compression, std::string_view bytes) {
  switch (compression) {
    case Compression::kGzip:
      return std::make_unique<ZlibStream>(bytes, kWindowBitsGzip);
    case Compression::kZstd:
      return std::make_unique<ZstdStream>(bytes);
    case Compression::kNone:
      break;
  }
  return std::make_unique<MemoryStream>(bytes);
}

std::unique_ptr<ByteStream> unpack_deflate(std::string_view bytes) {
  return std::make_unique<ZlibStream>(bytes, kWindowBitsBare);
}

}  // namespace regulars::connect
