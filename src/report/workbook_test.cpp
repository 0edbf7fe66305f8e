#include "report/workbook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <map>

#include "report/test_view.h"

namespace regulars::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

uint32_t number_at(const std::string& bytes, size_t at, size_t width) {
  uint32_t value = 0;
  for (size_t i = width; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::string inflated(const std::string& packed, size_t size) {
  std::string out(size, '\0');
  z_stream stream = {};
  inflateInit2(&stream, -MAX_WBITS);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  EXPECT_EQ(result, Z_STREAM_END);
  return out;
}

// The parts of a ZIP file by name, found through its central directory.
std::map<std::string, std::string> parts_of(const std::string& zip) {
  std::map<std::string, std::string> parts;
  const size_t end = zip.rfind("PK\x05\x06");
  EXPECT_NE(end, std::string::npos);
  size_t at = number_at(zip, end + 16, 4);
  for (uint32_t left = number_at(zip, end + 10, 2); left > 0; --left) {
    const size_t name_size = number_at(zip, at + 28, 2);
    const std::string name = zip.substr(at + 46, name_size);
    const size_t packed = number_at(zip, at + 20, 4);
    const size_t size = number_at(zip, at + 24, 4);
    const size_t local = number_at(zip, at + 42, 4);
    const size_t data = local + 30 + number_at(zip, local + 26, 2) + number_at(zip, local + 28, 2);
    const std::string bytes = zip.substr(data, packed);
    parts[name] = number_at(zip, at + 10, 2) == 0 ? bytes : inflated(bytes, size);
    at += 46 + name_size + number_at(zip, at + 30, 2) + number_at(zip, at + 32, 2);
  }
  return parts;
}

std::map<std::string, std::string> parts_of_workbook(const AnalysisView& view) {
  const Result<std::string> bytes = workbook(view);
  EXPECT_TRUE(bytes.ok());
  return parts_of(*bytes);
}

TEST(Workbook, HasItsSheets) {
  const auto shop = make_test_shop();
  const auto parts = parts_of_workbook(shop->view);
  const std::string& book = parts.at("xl/workbook.xml");
  for (const char* name : {"Summary", "Months", "Life cycle", "RFM", "Late", "List second-order",
                           "List save", "List hands-off", "Definitions"}) {
    EXPECT_THAT(book, HasSubstr("name=\"" + std::string(name) + "\""));
  }
}

TEST(Workbook, NumbersAreNumbersAndTextIsText) {
  const auto shop = make_test_shop();
  const auto parts = parts_of_workbook(shop->view);
  const std::string& summary = parts.at("xl/worksheets/sheet1.xml");
  EXPECT_THAT(summary, HasSubstr("<v>8911407.9</v>"));
  EXPECT_THAT(summary, HasSubstr("<v>541909</v>"));
  EXPECT_THAT(summary, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(parts.at("xl/styles.xml"), HasSubstr("#,##0.00"));
  const std::string& list = parts.at("xl/worksheets/sheet6.xml");
  EXPECT_THAT(list, HasSubstr("=1+2</t>"));
  EXPECT_THAT(list, HasSubstr("&lt;script&gt;alert(1)"));
  for (const auto& [name, xml] : parts) EXPECT_THAT(xml, Not(HasSubstr("<f>"))) << name;
}

TEST(Workbook, NamesNobody) {
  const auto shop = make_test_shop();
  for (const auto& [name, xml] : parts_of_workbook(shop->view)) {
    EXPECT_THAT(xml, Not(HasSubstr("anna@example.org"))) << name;
  }
}

TEST(Workbook, SameViewSameBytes) {
  const auto shop = make_test_shop();
  EXPECT_EQ(*workbook(shop->view), *workbook(shop->view));
}

TEST(Workbook, YoungShop) {
  const auto shop = make_young_shop();
  const auto parts = parts_of_workbook(shop->view);
  EXPECT_THAT(parts.at("xl/worksheets/sheet3.xml"),
              HasSubstr("too short to test: only 14 days of data"));
}

}  // namespace
}  // namespace regulars::report
