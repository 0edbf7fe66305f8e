#include <gmock/gmock.h>

#include "connect/source_testing.h"

namespace regulars::connect {
namespace {

using testing::ElementsAre;

SourceDeclaration products_source() {
  SourceDeclaration declaration;
  declaration.name = "products";
  declaration.kind = SourceDeclaration::Kind::kReference;
  declaration.table = "product";
  return declaration;
}

ProjectFacts facts(const std::string& valid_from = {}) {
  ProjectFacts facts;
  facts.tables = {{.name = "product",
                   .key = "sku",
                   .fields = {{.name = "eco", .type = ValueType::kBoolean},
                              {.name = "price", .type = ValueType::kDecimal, .scale = 2},
                              {.name = "labels", .type = ValueType::kText, .is_set = true}},
                   .valid_from = valid_from}};
  return facts;
}

std::vector<std::string> rows_of(const ReferenceData& table) {
  std::vector<std::string> lines;
  for (size_t row = 0; row < table.size(); ++row) {
    std::string line(table.keys->text(table.key[row]));
    if (!table.valid_from.empty()) line += " " + to_iso(table.valid_from[row]).substr(0, 10);
    for (const Column& column : table.columns) line += " " + column.name + "=" + show(column, row);
    lines.push_back(line);
  }
  return lines;
}

TEST(ReadTable, TypedAsDeclared) {
  const auto read = read_declared(
      "sku,eco,price,labels,shelf\n"
      "T1,yes,4.5,fair;bio,12\n"
      "T2,no,,,\n"
      "T1,no,1,,\n"
      ",yes,1,,\n"
      "T3,perhaps,1,,\n",
      products_source(), facts());
  ASSERT_TRUE(read) << read.error().to_string();
  ASSERT_TRUE(read->table);
  EXPECT_EQ(read->table->name, "product");
  EXPECT_THAT(rows_of(*read->table), ElementsAre("T1 eco=yes price=4.50 labels=bio|fair shelf=12",
                                                 "T2 eco=no price=? labels=? shelf=?"));
  EXPECT_EQ(read->repeated_rows, 1);
  EXPECT_EQ(read->rows.rejected, 2);
  EXPECT_TRUE(read->rows.ties_out());
}

TEST(ReadTable, RowsWithSeveralValidities) {
  const auto read = read_declared("sku,from,eco\nT1,2024-01-01,no\nT1,2024-06-01,yes\nT2,,no\n",
                                  products_source(), facts("from"));
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(rows_of(*read->table).at(1), "T1 2024-06-01 eco=yes");
  EXPECT_EQ(read->table->valid_from.at(2).micros, std::numeric_limits<int64_t>::min());
}

TEST(ReadTable, TheKeyMustBeThere) {
  const auto read = read_declared("article,eco\nT1,yes\n", products_source(), facts());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code(), ErrorCode::kBadDefinition);
  SourceDeclaration named = products_source();
  named.columns = {{"key", "article"}};
  EXPECT_TRUE(read_declared("article,eco\nT1,yes\n", named, facts()));
}

}  // namespace
}  // namespace regulars::connect
