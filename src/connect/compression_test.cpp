#include "connect/compression.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "connect/rows_testing.h"

namespace regulars::connect {
namespace {

std::string gzip(const std::string& text) {
  z_stream state{};
  EXPECT_EQ(deflateInit2(&state, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&state, text.size()) + 64, '\0');
  std::string input = text;
  state.next_in = reinterpret_cast<Bytef*>(input.data());
  state.avail_in = static_cast<uInt>(input.size());
  state.next_out = reinterpret_cast<Bytef*>(packed.data());
  state.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&state, Z_FINISH), Z_STREAM_END);
  packed.resize(state.total_out);
  deflateEnd(&state);
  return packed;
}

// With a checksum, as the zstd program writes it.
std::string zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()) + 16, '\0');
  ZSTD_CCtx* state = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(state, ZSTD_c_checksumFlag, 1);
  packed.resize(ZSTD_compress2(state, packed.data(), packed.size(), text.data(), text.size()));
  ZSTD_freeCCtx(state);
  return packed;
}

// Greater than a window, so that it slides; with quotes and letters beyond ASCII at any edge.
std::string large_table() {
  std::string text = "id,name\n";
  for (int i = 0; i < 200000; ++i) text += std::to_string(i) + ",\"Ren\u00e9e \"\"x\"\"\"\n";
  return text;
}

TEST(Compression, GzipAndZstdByTheirFirstBytes) {
  const std::string text = "id,amount\n1,2.50\n2,3\n";
  const ReadAll from_gzip = read_text(gzip(text));
  EXPECT_EQ(from_gzip.rows, read_text(text).rows);
  EXPECT_EQ(from_gzip.info.format, "CSV, comma, gzip");
  const ReadAll from_zstd = read_text(zstd(text));
  EXPECT_EQ(from_zstd.rows, read_text(text).rows);
  EXPECT_EQ(from_zstd.info.format, "CSV, comma, zstd");
}

TEST(Compression, LargeStreamsSlide) {
  const std::string text = large_table();
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    const ReadAll all = read_text(packed);
    ASSERT_EQ(all.error, "");
    ASSERT_EQ(all.rows.size(), 200000u);
    EXPECT_EQ(all.info.encoding, "UTF-8");
    for (size_t i = 0; i < all.rows.size(); ++i) {
      ASSERT_EQ(all.rows[i][0], std::to_string(i));
      ASSERT_EQ(all.rows[i][1], "Ren\u00e9e \"x\"");
      ASSERT_EQ(all.lines[i], i + 2);
    }
  }
}

TEST(Compression, SeveralGzipMembersAndZstdFrames) {
  const std::string head = "id,amount\n1,2\n";
  EXPECT_EQ(read_text(gzip(head) + gzip("") + gzip("2,3\n")).rows.size(), 2u);
  EXPECT_EQ(read_text(gzip(head) + std::string(512, '\0')).rows.size(), 1u);
  EXPECT_EQ(read_text(zstd(head) + zstd("2,3\n")).rows.size(), 2u);
}

TEST(Compression, CutStreamsAreErrors) {
  const std::string text = large_table();
  const std::string packed = gzip(text);
  const ReadAll half = read_text(packed.substr(0, packed.size() / 2));
  EXPECT_EQ(half.code, ErrorCode::kBadData);
  EXPECT_NE(half.error.find("the gzip stream ends too early"), std::string::npos) << half.error;
  EXPECT_NE(half.error.find("transfer it again"), std::string::npos);
  EXPECT_NE(read_text(packed.substr(0, packed.size() - 3)).error, "");
  EXPECT_NE(read_text(packed.substr(0, 5)).error.find("ends too early"), std::string::npos);
  const std::string frame = zstd(text);
  const ReadAll cut = read_text(frame.substr(0, frame.size() - 10));
  EXPECT_NE(cut.error.find("the zstd stream ends too early"), std::string::npos) << cut.error;
}

TEST(Compression, DamagedStreamsAreErrors) {
  std::string packed = gzip(large_table());
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  EXPECT_EQ(read_text(packed).code, ErrorCode::kBadData);
  const ReadAll followed = read_text(gzip("id,amount\n1,2\n") + "3,4\n");
  EXPECT_NE(followed.error.find("is followed by other bytes"), std::string::npos) << followed.error;
  std::string frame = zstd(large_table());
  frame[frame.size() / 2] = static_cast<char>(frame[frame.size() / 2] ^ 0x55);
  EXPECT_EQ(read_text(frame).code, ErrorCode::kBadData);
}

}  // namespace
}  // namespace regulars::connect
