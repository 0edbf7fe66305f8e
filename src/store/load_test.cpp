#include "store/store_fixture.h"

namespace regulars::store {
namespace {

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

TEST_F(StoreTest, SetsOfTextsStaySets) {
  Delivery delivery = delivery_of(kJanuary, 1);
  Column interests = Column::text("interests", std::make_shared<Dictionary>());
  interests.is_set = true;
  interests.codes = {interests.dictionary->intern("garden\x1Fwine"), kNoCode};
  delivery.customers.attributes = {interests};
  ingest(delivery, 40);
  const auto history = store_->load();
  ASSERT_TRUE(history);
  const Column& loaded = history->customer_table().attributes.at(0);
  EXPECT_TRUE(loaded.is_set);
  EXPECT_EQ(loaded.dictionary->text(loaded.codes[0]), "garden\x1Fwine");
  EXPECT_FALSE(loaded.known(1));
  EXPECT_EQ(*sql().query_integer("SELECT len(interests) FROM customer WHERE customer = 0"), 2);
  delivery.customers.attributes[0].is_set = false;
  EXPECT_FALSE(store_->ingest(delivery, on_day(41)));
}

}  // namespace
}  // namespace regulars::store
