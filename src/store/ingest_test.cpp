#include <algorithm>

#include "base/random.h"
#include "store/store_fixture.h"

namespace regulars::store {
namespace {

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
  EXPECT_EQ(*sql().query_integer("SELECT count(DISTINCT content_hash) FROM source_file"), 1);
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

TEST_F(StoreTest, AFileReadInAnotherWayTakesThePlaceOfItsFirstReading) {
  const std::vector<TestOrder> orders = {{"ann", 10, "", {{"tea", 450}}, "web"},
                                         {"bob", 11, "", {{"tea", 450}}, "web"}};
  ingest(delivery_of({{"eve", 5, "", {{"pot", 2500}}, "web"}}, 7), 30);
  ingest(delivery_of(orders, 1), 31);
  const auto first = load();
  Delivery shifted = delivery_of(orders, 1);
  for (Instant& at : shifted.events[0].at) at = at - hours(2);
  EXPECT_EQ(ingest(shifted, 32).types[0], (TypeReport{"purchase", 2, 0, 0, 2}));
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM purchase"), 3);
  EXPECT_EQ(load(on_day(31)), first);
  EXPECT_EQ(ingest(shifted, 33).types[0], (TypeReport{"purchase", 0, 2, 0, 0}));
  // And back, and so on: only the latest reading counts.
  EXPECT_EQ(ingest(delivery_of(orders, 1), 34).types[0], (TypeReport{"purchase", 2, 0, 0, 2}));
  EXPECT_EQ(load(), first);
}

TEST_F(StoreTest, TheLatestReadingOfAFileCountsAlsoWithOrderNumbers) {
  ingest(delivery_of(kJanuary, 1), 31);
  const auto first = load();
  Delivery shifted = delivery_of(kJanuary, 1);
  for (Instant& at : shifted.events[0].at) at = at - hours(2);
  EXPECT_EQ(ingest(shifted, 32).types[0], (TypeReport{"purchase", 0, 0, 3, 0}));
  EXPECT_EQ(ingest(delivery_of(kJanuary, 1), 33).types[0], (TypeReport{"purchase", 0, 0, 3, 0}));
  EXPECT_EQ(load(), first);
}

TEST_F(StoreTest, FilesWithoutAHashAreNeverTakenForOneAnother) {
  ingest(delivery_of({{"ann", 10, "", {{"tea", 450}}, "web"}}, 0), 31);
  const IngestReport report = ingest(delivery_of({{"bob", 11, "", {{"cup", 1}}, "web"}}, 0), 32);
  EXPECT_FALSE(report.files_read_before);
  EXPECT_EQ(report.types[0], (TypeReport{"purchase", 1, 0, 0, 0}));
}

TEST_F(StoreTest, RereadingOneFileOfSeveralLeavesTheOthersAlone) {
  Delivery both = delivery_of(kJanuaryAndFebruary, 1);
  both.files.push_back(both.files[0]);
  both.files[1].content_hash = 2;
  ingest(both, 60);
  EXPECT_EQ(ingest(delivery_of({kJanuaryAndFebruary[0]}, 1), 61).types[0],
            (TypeReport{"purchase", 0, 1, 0, 0}));
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM purchase"), 4);
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

}  // namespace
}  // namespace regulars::store
