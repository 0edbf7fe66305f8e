#include "store/reference_tables.h"

#include "store/store_fixture.h"

namespace regulars::store {
namespace {

struct Product {
  std::string id;
  int64_t from = -1;  // day; -1: since ever
  std::string brand;  // empty: unknown
  int64_t price = kMissing;
  int64_t eco = kMissing;
};

ReferenceData products(const std::vector<Product>& rows, int scale = 2) {
  ReferenceData table{"product", std::make_shared<Dictionary>(), {}, {}, {}};
  Column brand = Column::text("brand", std::make_shared<Dictionary>());
  Column price = Column::decimal("price", scale);
  if (scale == 0) price.type = ValueType::kInteger;
  Column eco = Column::of("eco", ValueType::kBoolean);
  Column since = Column::of("listed", ValueType::kDay);
  for (const Product& row : rows) {
    table.key.push_back(table.keys->intern(row.id));
    table.valid_from.push_back(row.from < 0 ? Instant{std::numeric_limits<int64_t>::min()}
                                            : on_day(row.from));
    brand.codes.push_back(row.brand.empty() ? kNoCode : brand.dictionary->intern(row.brand));
    price.numbers.push_back(row.price);
    eco.numbers.push_back(row.eco);
    since.numbers.push_back(row.eco == kMissing ? kMissing : -3);
  }
  table.columns = {brand, price, eco, since};
  return table;
}

class ReferenceTablesTest : public StoreTest {
 protected:
  TableReport keep(const ReferenceData& table, int64_t day) {
    sql::Connection connection = sql();
    auto transaction = sql::Transaction::begin(connection);
    const auto report = store_reference(connection, table, on_day(day));
    EXPECT_TRUE(report) << report.error().to_string();
    EXPECT_TRUE(transaction->commit());
    return report ? *report : TableReport{};
  }
  std::vector<std::string> shown(std::optional<Instant> known_at = {}) {
    const auto project = store_->load_project(known_at);
    EXPECT_TRUE(project) << project.error().to_string();
    std::vector<std::string> lines;
    for (const ReferenceData& table : project->tables) {
      for (size_t row = 0; row < table.size(); ++row) {
        std::string line = table.name + " " + std::string(table.keys->text(table.key[row]));
        if (!table.valid_from.empty() && table.valid_from[row] >= Instant{}) {
          line += " from " + to_iso(table.valid_from[row]);
        }
        for (const Column& column : table.columns) line += " " + describe(column, row);
        lines.push_back(line);
      }
    }
    return lines;
  }
};

using Lines = std::vector<std::string>;

TEST_F(ReferenceTablesTest, RowsComeBackTyped) {
  EXPECT_EQ(keep(products({{"tea", -1, "Leaf", 450, 1}, {"cup", -1, "", kMissing, 0}}), 1),
            (TableReport{2, 0, 0}));
  EXPECT_EQ(shown(), (Lines{"product cup brand=? price=? eco=0 listed=-3",
                            "product tea brand=Leaf price=4.50 eco=1 listed=-3"}));
  EXPECT_EQ(*sql().query_integer(
                "SELECT (price * 100)::BIGINT FROM reference_product WHERE key = 'tea' AND eco"),
            450);
}

TEST_F(ReferenceTablesTest, ARevisionKeepsWhatWasKnown) {
  keep(products({{"tea", -1, "Leaf", 450}, {"cup", -1, "Clay", 800}}), 1);
  const auto first = shown();
  EXPECT_EQ(keep(products({{"tea", -1, "Leaf", 500}, {"cup", -1, "Clay", 800}}), 2),
            (TableReport{0, 1, 1}));
  EXPECT_EQ(shown(on_day(1)), first);
  EXPECT_EQ(shown().at(1), "product tea brand=Leaf price=5.00 eco=? listed=?");
  // A file of new things only takes nothing away.
  EXPECT_EQ(keep(products({{"pot", -1, "Iron", 900}}), 3), (TableReport{1, 0, 0}));
  EXPECT_EQ(shown().size(), 3u);
}

TEST_F(ReferenceTablesTest, ValiditiesAreRowsOfTheirOwn) {
  keep(products({{"tea", 10, "Leaf", 450}, {"tea", 20, "Leaf", 500}}), 1);
  keep(products({{"tea", 30, "Leaf", 550}, {"tea", 20, "Leaf", 510}}), 2);
  EXPECT_EQ(shown().size(), 3u);
  EXPECT_EQ(shown().at(1),
            "product tea from 1970-01-21T00:00:00Z brand=Leaf price=5.10 eco=? listed=?");
}

TEST_F(ReferenceTablesTest, NumbersWidenAndKindsDoNotChange) {
  keep(products({{"tea", -1, "Leaf", 4}}, 0), 1);
  EXPECT_EQ(keep(products({{"tea", -1, "Leaf", 400}, {"cup", -1, "Clay", 825}}, 2), 2),
            (TableReport{1, 0, 1}));
  EXPECT_EQ(shown().at(0), "product cup brand=Clay price=8.25 eco=? listed=?");
  // Fewer digits later mean the same.
  EXPECT_EQ(keep(products({{"tea", -1, "Leaf", 4}}, 0), 3), (TableReport{0, 0, 1}));
  ReferenceData wrong = products({{"tea", -1, "Leaf", 4}});
  wrong.columns[0] = Column::of("brand", ValueType::kDay);
  wrong.columns[0].numbers = {1};
  sql::Connection connection = sql();
  const auto refused = store_reference(connection, wrong, on_day(4));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::kBadDefinition);
  wrong.name = "Product list";
  EXPECT_FALSE(store_reference(connection, wrong, on_day(4)));
}

TEST_F(ReferenceTablesTest, ColumnsMayComeLaterAndBeLeftOut) {
  ReferenceData few = products({{"tea", -1, "Leaf", 450, 1}});
  few.columns.resize(1);
  keep(few, 1);
  EXPECT_EQ(keep(products({{"tea", -1, "Leaf", 450, 1}}), 2), (TableReport{0, 1, 0}));
  // A file without the price does not unsay it.
  EXPECT_EQ(keep(few, 3), (TableReport{0, 0, 1}));
  few.columns[0].codes[0] = few.columns[0].dictionary->intern("Stem");
  keep(few, 4);
  EXPECT_EQ(shown().at(0), "product tea brand=Stem price=4.50 eco=1 listed=-3");
}

TEST_F(ReferenceTablesTest, AnEmptyTableIsATable) {
  EXPECT_EQ(keep(products({}), 1), (TableReport{0, 0, 0}));
  const auto project = store_->load_project();
  ASSERT_EQ(project->tables.size(), 1u);
  EXPECT_EQ(project->tables[0].columns.size(), 4u);
}

}  // namespace
}  // namespace regulars::store
