#include "store/store.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <random>

#include "base/random.h"
#include "store/test_shop.h"

namespace regulars::store {
namespace {

const std::vector<TestOrder> kJanuary = {
    {"ann@example.org", 10, "1001", {{"tea", 450}, {"cup", 800}}, "web"},
    {"bob@example.org", 11, "1002", {{"tea", 450}}, ""},
    {"ann@example.org", 20, "1003", {{"pot", 2500}}, "shop"},
};
const std::vector<TestOrder> kJanuaryAndFebruary = {
    {"bob@example.org", 11, "1002", {{"tea", 450}}, ""},
    {"ann@example.org", 20, "1003", {{"pot", 2500}}, "shop"},
    {"eve@example.org", 35, "1004", {{"tea", 500}, {"tea", 500}}, "web"},
    {"bob@example.org", 40, "1005", {{"cup", 800}}, "web"},
};

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = Store::open_memory(on_day(0));
    ASSERT_TRUE(store) << store.error().to_string();
    store_ = *std::move(store);
  }
  IngestReport ingest(const Delivery& delivery, int64_t day) {
    auto report = store_->ingest(delivery, on_day(day));
    EXPECT_TRUE(report) << report.error().to_string();
    return report ? *report : IngestReport{};
  }
  std::vector<std::string> load(std::optional<Instant> known_at = {}) {
    auto history = store_->load(known_at);
    EXPECT_TRUE(history) << history.error().to_string();
    return history ? describe(*history) : std::vector<std::string>{"failed"};
  }
  sql::Connection sql() { return *store_->connect(); }

  std::optional<Store> store_;
};

std::vector<std::string> described(const Delivery& delivery) {
  auto history = History::build(delivery.customers, delivery.events);
  EXPECT_TRUE(history);
  return describe(*history);
}

TEST_F(StoreTest, AnEmptyStoreHasNobody) {
  EXPECT_TRUE(load().empty());
  EXPECT_TRUE(load(on_day(5)).empty());
}

TEST_F(StoreTest, GivesBackWhatItWasGiven) {
  const Delivery january = delivery_of(kJanuary, 1);
  const IngestReport report = ingest(january, 31);
  ASSERT_EQ(report.types.size(), 1u);
  EXPECT_EQ(report.types[0], (TypeReport{"purchase", 3, 0, 0}));
  EXPECT_EQ(report.customers_added, 2);
  EXPECT_FALSE(report.files_read_before);
  EXPECT_EQ(load(), described(january));
}

TEST_F(StoreTest, ReadingTheSameFileTwiceChangesNothing) {
  const Delivery january = delivery_of(kJanuary, 1);
  ingest(january, 31);
  const auto before = load();
  const IngestReport again = ingest(january, 32);
  EXPECT_EQ(again.types[0], (TypeReport{"purchase", 0, 3, 0}));
  EXPECT_EQ(again.customers_added, 0);
  EXPECT_TRUE(again.files_read_before);
  EXPECT_EQ(load(), before);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM event_purchase"), 3);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM item_purchase"), 4);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM source_file"), 1);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM customer_record"), 2);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM run"), 2);
}

TEST_F(StoreTest, AnOverlappingExportAddsOnlyWhatIsNew) {
  ingest(delivery_of(kJanuary, 1), 31);
  const IngestReport report = ingest(delivery_of(kJanuaryAndFebruary, 2), 60);
  EXPECT_EQ(report.types[0], (TypeReport{"purchase", 2, 2, 0}));
  EXPECT_EQ(report.customers_added, 1);
  std::vector<TestOrder> all = kJanuary;
  all.insert(all.end(), kJanuaryAndFebruary.begin() + 2, kJanuaryAndFebruary.end());
  EXPECT_EQ(load(), described(delivery_of(all, 0)));
}

TEST_F(StoreTest, WithoutOrderNumbersContentAndOccurrenceIdentify) {
  std::vector<TestOrder> orders = {{"ann", 10, "", {{"tea", 450}}, "web"},
                                   {"ann", 10, "", {{"tea", 450}}, "web"},
                                   {"bob", 10, "", {{"tea", 450}}, "web"}};
  EXPECT_EQ(ingest(delivery_of(orders, 1), 31).types[0], (TypeReport{"purchase", 3, 0, 0}));
  EXPECT_EQ(ingest(delivery_of(orders, 1), 32).types[0], (TypeReport{"purchase", 0, 3, 0}));
  orders.push_back(orders[0]);  // a third equal one in a later export is a third purchase
  EXPECT_EQ(ingest(delivery_of(orders, 2), 33).types[0], (TypeReport{"purchase", 1, 3, 0}));
}

TEST_F(StoreTest, AnotherSourceIsAnotherOrder) {
  Delivery january = delivery_of(kJanuary, 1);
  ingest(january, 31);
  january.source = "till";
  EXPECT_EQ(ingest(january, 31).types[0], (TypeReport{"purchase", 3, 0, 0}));
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM source"), 2);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM identity"), 2);
}

TEST_F(StoreTest, OrderOfRowsItemsAndCodesMakesNoDifference) {
  ingest(delivery_of(kJanuary, 1), 31);
  std::vector<TestOrder> turned(kJanuary.rbegin(), kJanuary.rend());
  for (TestOrder& order : turned) std::reverse(order.items.begin(), order.items.end());
  EXPECT_EQ(ingest(delivery_of(turned, 2), 32).types[0], (TypeReport{"purchase", 0, 3, 0}));
}

TEST_F(StoreTest, OtherContentUnderTheSameIdIsARevision) {
  ingest(delivery_of(kJanuary, 1), 31);
  const auto as_first_known = load();
  std::vector<TestOrder> corrected = kJanuary;
  corrected[0].items[1].amount = 700;
  corrected[0].items.push_back({"spoon", 100});
  const IngestReport report = ingest(delivery_of(corrected, 2), 50);
  EXPECT_EQ(report.types[0], (TypeReport{"purchase", 0, 2, 1}));
  EXPECT_EQ(load(), described(delivery_of(corrected, 0)));
  EXPECT_EQ(load(on_day(49)), as_first_known);
  EXPECT_EQ(load(on_day(50)), load());
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM event_purchase"), 4) << "both are kept";
  EXPECT_EQ(*sql().query_integer("SELECT count(DISTINCT id) FROM event_purchase"), 3);
}

TEST_F(StoreTest, ReadingTheOldFileAgainDoesNotBringTheOldVersionBack) {
  ingest(delivery_of(kJanuary, 1), 31);
  std::vector<TestOrder> corrected = kJanuary;
  corrected[0].channel = "phone";
  ingest(delivery_of(corrected, 2), 50);
  const auto now = load();
  EXPECT_EQ(ingest(delivery_of(kJanuary, 1), 51).types[0], (TypeReport{"purchase", 0, 3, 0}));
  EXPECT_EQ(load(), now);
  // A new file that says so does.
  EXPECT_EQ(ingest(delivery_of(kJanuary, 3), 52).types[0], (TypeReport{"purchase", 0, 2, 1}));
  EXPECT_EQ(load(), load(on_day(31)));
}

TEST_F(StoreTest, ConclusionsOfOtherRowsAddButNeverTakeAway) {
  std::vector<TestOrder> orders = kJanuary;
  ingest(delivery_of(orders, 1), 31);
  orders[0].undone_day = 33;
  EXPECT_EQ(ingest(delivery_of(orders, 2), 40).types[0], (TypeReport{"purchase", 0, 2, 1}));
  const auto undone = load();
  orders[0].undone_day = -1;  // an export without the refund
  EXPECT_EQ(ingest(delivery_of(orders, 3), 41).types[0], (TypeReport{"purchase", 0, 3, 0}));
  EXPECT_EQ(load(), undone);
}

TEST_F(StoreTest, CustomersAreThoseKnownByThen) {
  ingest(delivery_of(kJanuary, 1), 31);
  std::vector<TestOrder> february = {{"eve", 40, "1", {{"tea", 1}}, ""},
                                     {"bob@example.org", 3, "2", {{"tea", 1}}, ""}};
  ingest(delivery_of(february, 2), 60);
  const auto before = store_->load(on_day(59));
  ASSERT_TRUE(before);
  ASSERT_EQ(before->customers(), 2u);
  EXPECT_EQ(before->customer_table().known_from[1], on_day(11));
  const auto after = store_->load();
  ASSERT_TRUE(after);
  ASSERT_EQ(after->customers(), 3u);
  EXPECT_EQ(after->customer_table().known_from[1], on_day(3)) << "an earlier first record";
  EXPECT_TRUE(load(on_day(30)).empty());
}

TEST_F(StoreTest, CustomersWithoutAnyEventAreKeptAndThoseNotSeenAreNot) {
  Delivery delivery = delivery_of(kJanuary, 1);
  delivery.customers.ids->intern("visitor");
  delivery.customers.known_from.push_back(on_day(5));
  delivery.customers.ids->intern("left out on request");
  delivery.customers.known_from.push_back(Instant{INT64_MAX});
  EXPECT_EQ(ingest(delivery, 31).customers_added, 3);
  EXPECT_EQ(store_->load()->customers(), 3u);
}

TEST_F(StoreTest, CustomersKnownSinceEverStaySo) {
  Delivery delivery = delivery_of(kJanuary, 1);
  delivery.customers.known_from.clear();
  ingest(delivery, 31);
  EXPECT_TRUE(store_->load()->customer_table().known_from.empty());
}

TEST_F(StoreTest, AttributesComeBackNewestFirstKnownAndPerSource) {
  Delivery delivery = delivery_of(kJanuary, 1);
  const auto countries = std::make_shared<Dictionary>();
  Column country = Column::text("country", countries);
  country.codes = {countries->intern("DE"), kNoCode};
  Column born = Column::of("born", ValueType::kDay);
  born.numbers = {4000, kMissing};
  delivery.customers.attributes = {country, born};
  ingest(delivery, 31);
  EXPECT_EQ(load(), described(delivery));
  const auto before = load();

  Delivery moved = delivery;
  moved.customers.attributes[0].codes[0] = countries->intern("AT");
  moved.files[0].content_hash = 2;
  ingest(moved, 40);
  EXPECT_EQ(load(), described(moved));
  EXPECT_EQ(load(on_day(39)), before);

  Delivery other = delivery_of({}, 3);
  other.source = "newsletter";
  other.customers.ids->intern("bob@example.org");
  other.customers.known_from = {on_day(20)};
  Column french = Column::text("country", countries);
  french.codes = {countries->intern("FR")};
  other.customers.attributes = {french};
  ingest(other, 50);
  const auto history = store_->load();
  ASSERT_TRUE(history);
  const Column& loaded = history->customer_table().attributes[0];
  EXPECT_EQ(loaded.dictionary->text(loaded.codes[0]), "AT");
  EXPECT_EQ(loaded.dictionary->text(loaded.codes[1]), "FR");
  const auto rows = sql().query_rows("SELECT country, born FROM customer ORDER BY customer");
  ASSERT_TRUE(rows) << rows.error().to_string();
  EXPECT_EQ((*rows)[0][0].text(), "AT");
  EXPECT_EQ((*rows)[0][1].integer(), 4000);
  EXPECT_EQ((*rows)[1][0].text(), "FR");
}

TEST_F(StoreTest, NewColumnsAndFinerDecimalsFitIn) {
  ingest(delivery_of(kJanuary, 1), 31);
  Delivery finer = delivery_of({{"ann@example.org", 50, "1010", {{"tea", 450}}, "web"}}, 2);
  EventBatch& batch = finer.events[0];
  batch.columns[0].scale = 4;
  batch.columns[0].numbers = {45001};
  Column gift = Column::of("gift", ValueType::kBoolean);
  gift.numbers = {1};
  batch.columns.push_back(gift);
  Column note = Column::text("note", std::make_shared<Dictionary>());
  note.codes = {note.dictionary->intern("for Eve")};
  batch.columns.push_back(note);
  Column count = Column::of("pieces", ValueType::kInteger);
  count.numbers = {3};
  batch.item_columns.push_back(count);
  ingest(finer, 60);
  const auto rows =
      sql().query_rows("SELECT amount, gift FROM purchase ORDER BY occurred_at, event_id");
  ASSERT_TRUE(rows) << rows.error().to_string();
  EXPECT_EQ((*rows)[0][0].text(), "12.5000");
  EXPECT_TRUE((*rows)[0][1].is_null());
  EXPECT_EQ((*rows)[3][0].text(), "4.5001");
  EXPECT_EQ((*rows)[3][1].boolean(), true);
  // Coarser ones too, and the old orders are still known as the same.
  EXPECT_EQ(ingest(delivery_of(kJanuary, 3), 61).types[0], (TypeReport{"purchase", 0, 3, 0}));
  const auto history = store_->load();
  ASSERT_TRUE(history);
  EXPECT_EQ(find_column(history->stream("purchase")->columns, "amount")->scale, 4);
  EXPECT_EQ(find_column(history->stream("purchase")->item_columns, "pieces")->numbers.size(), 5u);
}

TEST_F(StoreTest, ManyTypesShareTextsByName) {
  Delivery delivery = delivery_of(kJanuary, 1);
  EventBatch visits;
  visits.type = "visit";
  visits.customer = {0, 1, 0};
  visits.at = {on_day(5), on_day(6), on_day(4)};
  visits.id = {0, 1, 2};
  const auto channels = std::make_shared<Dictionary>();
  Column channel = Column::text("channel", channels);
  channel.codes = {channels->intern("shop"), channels->intern("app"), kNoCode};
  visits.columns = {channel};
  EventBatch nothing;
  nothing.type = "review";
  delivery.events.push_back(visits);
  delivery.events.push_back(nothing);
  const IngestReport report = ingest(delivery, 31);
  EXPECT_EQ(report.types[1], (TypeReport{"visit", 3, 0, 0}));
  EXPECT_EQ(report.types[2], (TypeReport{"review", 0, 0, 0}));
  EXPECT_EQ(load(), described(delivery));
  const auto history = store_->load();
  ASSERT_TRUE(history);
  EXPECT_EQ(find_column(history->stream("visit")->columns, "channel")->dictionary,
            find_column(history->stream("purchase")->columns, "channel")->dictionary);
  ASSERT_NE(history->stream("review"), nullptr);
  EXPECT_EQ(history->stream("review")->size(), 0u);
}

TEST_F(StoreTest, ExternalIdsStandInTheIdentityTableOnly) {
  Delivery delivery = delivery_of(kJanuary, 1);
  ingest(delivery, 31);
  auto connection = sql();
  const auto columns = connection.query_rows(
      "SELECT table_name, column_name FROM duckdb_columns() WHERE data_type = 'VARCHAR' AND NOT "
      "internal");
  ASSERT_TRUE(columns);
  int tables_with_ids = 0;
  for (const auto& column : *columns) {
    const std::string table = column[0].text().value();
    const auto found = connection.query_integer(
        "SELECT count(*) FROM \"" + table + "\" WHERE \"" + column[1].text().value() + "\" LIKE ?",
        "%@example.org%");
    ASSERT_TRUE(found) << found.error().to_string();
    if (*found == 0) continue;
    ++tables_with_ids;
    EXPECT_EQ(table, "identity");
  }
  EXPECT_EQ(tables_with_ids, 1);
}

TEST_F(StoreTest, AnalystsReadViews) {
  ingest(delivery_of(kJanuary, 1), 31);
  const auto rows = sql().query_rows(
      "SELECT p.amount, p.channel, i.product, i.amount FROM purchase p JOIN purchase_item i USING "
      "(event_id) WHERE p.\"order\" = '1001' ORDER BY i.line");
  ASSERT_TRUE(rows) << rows.error().to_string();
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ((*rows)[1][0].text(), "12.50");
  EXPECT_EQ((*rows)[1][1].text(), "web");
  EXPECT_EQ((*rows)[1][2].text(), "cup");
  EXPECT_EQ((*rows)[1][3].text(), "8.00");
}

TEST_F(StoreTest, RejectsKeepTheirRawTextForThirtyDays) {
  Delivery delivery = delivery_of(kJanuary, 1);
  delivery.rejects = {{"orders.csv", 7, 2, "amount", "'abc' is not a number", "eve,abc,2024"}};
  const IngestReport first = ingest(delivery, 31);
  ingest(delivery, 32);
  auto rejects = store_->rejects();
  ASSERT_TRUE(rejects) << rejects.error().to_string();
  ASSERT_EQ(rejects->size(), 1u) << "a file read twice rejects its rows once";
  EXPECT_EQ((*rejects)[0].line, 7u);
  EXPECT_EQ((*rejects)[0].reason, "'abc' is not a number");
  EXPECT_EQ((*rejects)[0].raw, "eve,abc,2024");
  EXPECT_EQ(store_->rejects(first.run)->size(), 1u);
  EXPECT_EQ(store_->rejects(first.run + 1)->size(), 0u);
  EXPECT_EQ(*store_->expire_raw_text(on_day(61)), 0);
  EXPECT_EQ(*store_->expire_raw_text(on_day(61) + microseconds(1)), 1);
  EXPECT_EQ((*store_->rejects())[0].raw, "");
  EXPECT_EQ((*store_->rejects())[0].reason, "'abc' is not a number");
}

TEST_F(StoreTest, TheClockMayNotRunBackwards) {
  ingest(delivery_of(kJanuary, 1), 31);
  const auto refused = store_->ingest(delivery_of(kJanuaryAndFebruary, 2), on_day(30));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::kUsage);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM run"), 1);
}

TEST_F(StoreTest, ABadDeliveryChangesNothing) {
  ingest(delivery_of(kJanuary, 1), 31);
  const auto before = load();
  const auto refuse = [&](const Delivery& delivery, ErrorCode code) {
    const auto report = store_->ingest(delivery, on_day(40));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code(), code) << report.error().to_string();
    EXPECT_EQ(load(), before);
    EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM run"), 1);
  };
  Delivery delivery = delivery_of(kJanuaryAndFebruary, 2);
  for (const char* name : {"run", "Purchase", "", "1st", "event_x", "purchase_item",
                           "customer_attributes", "x\"; DROP TABLE run; --"}) {
    delivery.events[0].type = name;
    refuse(delivery, ErrorCode::kBadDefinition);
  }
  delivery = delivery_of(kJanuaryAndFebruary, 2);
  delivery.events[0].columns[2] = Column::of("channel", ValueType::kInteger);
  delivery.events[0].columns[2].numbers.assign(4, 1);
  refuse(delivery, ErrorCode::kBadDefinition);
  delivery = delivery_of(kJanuaryAndFebruary, 2);
  delivery.events[0].columns[2].name = "amount";
  refuse(delivery, ErrorCode::kBadDefinition);
  delivery = delivery_of(kJanuaryAndFebruary, 2);
  delivery.events.push_back(delivery.events[0]);
  refuse(delivery, ErrorCode::kBadDefinition);
  delivery = delivery_of(kJanuaryAndFebruary, 2);
  delivery.events[0].columns[0].numbers.pop_back();
  refuse(delivery, ErrorCode::kInternal);
  delivery = delivery_of(kJanuaryAndFebruary, 2);
  delivery.events[0].customer[0] = 99;
  refuse(delivery, ErrorCode::kInternal);
  delivery = delivery_of({{"\xFF", 50, "1010", {{"tea", 450}}, "web"}}, 2);
  refuse(delivery, ErrorCode::kBadData);
  delivery = delivery_of({{"ann@example.org", 50, "1010", {{"tea", 1}}, "web"}}, 2);
  delivery.events[0].columns[0].scale = 6;  // 2500 x 10^4 fits
  delivery.events[0].item_columns[1].scale = 0;
  delivery.events[0].item_columns[1].numbers = {INT64_MAX / 10};  // x 10^2 does not
  refuse(delivery, ErrorCode::kOverflow);
}

// Against a model: however the orders are cut into overlapping files, the store holds each once.
TEST_F(StoreTest, AnyCutIntoOverlappingFilesGivesTheSameHistory) {
  Random random(20'260'101);
  std::vector<TestOrder> all;
  for (int i = 0; i < 3000; ++i) {
    TestOrder order;
    order.customer = "c" + std::to_string(random.below(200));
    order.day = i / 10;
    if (random.chance(0.5)) order.order = "n" + std::to_string(i);
    const int64_t items = random.below(4);
    for (int64_t item = 0; item < items; ++item) {
      order.items.push_back({"p" + std::to_string(random.below(5)), 100 * random.below(3)});
    }
    if (random.chance(0.7)) order.channel = random.chance(0.5) ? "web" : "shop";
    all.push_back(order);
  }
  size_t from = 0;
  uint64_t file = 1;
  while (true) {
    const size_t to = std::min(all.size(), from + 200 + static_cast<size_t>(random.below(600)));
    // Cut at a day's end: an export covers whole days.
    size_t end = to;
    while (end < all.size() && all[end].day == all[end - 1].day) ++end;
    ingest(delivery_of({all.begin() + static_cast<ptrdiff_t>(from),
                        all.begin() + static_cast<ptrdiff_t>(end)},
                       file),
           static_cast<int64_t>(1000 + file));
    ++file;
    if (end == all.size()) break;
    from = end - static_cast<size_t>(random.below(150));
    while (from > 0 && all[from].day == all[from - 1].day) --from;
  }
  EXPECT_GT(file, 5u);
  auto stored = load();
  auto expected = described(delivery_of(all, 0));
  // Events of one customer and instant may stand in another order: ids are hashes here.
  std::sort(stored.begin(), stored.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(stored, expected);
}

TEST_F(StoreTest, HistoriesAreOrderedByTimeHoweverTheyArrived) {
  ingest(delivery_of(kJanuaryAndFebruary, 2), 31);
  ingest(delivery_of(kJanuary, 1), 32);
  const auto history = store_->load();
  ASSERT_TRUE(history);
  const Stream* purchases = history->stream("purchase");
  ASSERT_EQ(purchases->size(), 5u);
  for (uint32_t customer = 0; customer < history->customers(); ++customer) {
    for (uint32_t row = purchases->offset[customer] + 1; row < purchases->offset[customer + 1];
         ++row) {
      EXPECT_LE(purchases->at[row - 1], purchases->at[row]);
    }
  }
}

TEST_F(StoreTest, RowsOutOfOrderOnDiskAreBroughtIntoOrder) {
  const Delivery january = delivery_of(kJanuary, 1);
  ingest(january, 31);
  auto connection = sql();
  ASSERT_TRUE(connection.execute(
      "CREATE TABLE turned AS FROM item_purchase ORDER BY version DESC, line DESC; DELETE FROM "
      "item_purchase; INSERT INTO item_purchase FROM turned; DROP TABLE turned;"
      "CREATE TABLE turned AS FROM event_purchase ORDER BY version DESC; DELETE FROM "
      "event_purchase; INSERT INTO event_purchase FROM turned; DROP TABLE turned"));
  EXPECT_EQ(load(), described(january));
}

class StoreFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "regulars-store-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    path_ = folder_ + "/project.db";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string folder_;
  std::string path_;
};

TEST_F(StoreFileTest, SurvivesClosing) {
  const Delivery january = delivery_of(kJanuary, 1);
  {
    auto store = Store::open(path_, on_day(0));
    ASSERT_TRUE(store) << store.error().to_string();
    ASSERT_TRUE(store->ingest(january, on_day(31)));
  }
  auto store = Store::open(path_, on_day(40));
  ASSERT_TRUE(store) << store.error().to_string();
  EXPECT_EQ(store->format(), 1);
  EXPECT_EQ(describe(*store->load()), described(january));
}

TEST_F(StoreFileTest, SurvivesAnEndInTheMiddleOfEverything) {
  Delivery finer = delivery_of({{"ann@example.org", 50, "1003", {{"tea", 450}}, "web"}}, 2);
  finer.events[0].columns[0].scale = 3;
  Column gift = Column::of("gift", ValueType::kBoolean);
  gift.numbers = {1};
  finer.events[0].columns.push_back(gift);
  std::vector<std::string> written;
  const std::string copy = folder_ + "/copy.db";
  {
    auto store = Store::open(path_, on_day(0));
    ASSERT_TRUE(store);
    ASSERT_TRUE(store->ingest(delivery_of(kJanuary, 1), on_day(31)));
    ASSERT_TRUE(store->ingest(finer, on_day(60)));
    written = describe(*store->load());
    // File and log as they are now: what a process that is killed leaves behind.
    std::filesystem::copy_file(path_, copy);
    std::filesystem::copy_file(path_ + ".wal", copy + ".wal");
  }
  auto store = Store::open(copy, on_day(61));
  ASSERT_TRUE(store) << store.error().to_string();
  EXPECT_EQ(describe(*store->load()), written);
}

TEST_F(StoreFileTest, AFileOfANewerFormatIsRefusedByName) {
  {
    auto store = Store::open(path_, on_day(0));
    ASSERT_TRUE(store);
    ASSERT_TRUE(store->connect()->execute(
        "INSERT INTO store_info VALUES (999, 'from the future', TIMESTAMP '2030-01-01')"));
  }
  const auto refused = Store::open(path_, on_day(0));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::kUnsupported);
  EXPECT_EQ(refused.error().place().file, path_);
  EXPECT_NE(refused.error().message().find("999"), std::string::npos);
}

TEST_F(StoreFileTest, AFolderIsNoStore) {
  const auto refused = Store::open(folder_, on_day(0));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::kIo) << refused.error().to_string();
}

}  // namespace
}  // namespace regulars::store
