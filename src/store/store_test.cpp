#include "store/store.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "store/store_fixture.h"

namespace regulars::store {
namespace {

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
  EXPECT_EQ(store->format(), 2);
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
