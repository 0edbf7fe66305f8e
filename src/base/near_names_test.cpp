#include "base/near_names.h"

#include <gtest/gtest.h>

namespace regulars {
namespace {

using Names = std::vector<std::string>;

TEST(NearNames, FindsWhatWasMeant) {
  const Names names = {"Customer ID", "Order ID", "Total", "analyze"};
  EXPECT_EQ(near_names("custmer_id", names), Names{"Customer ID"});
  EXPECT_EQ(near_names("customer", names), Names{"Customer ID"});
  EXPECT_EQ(near_names("analyse", names, 1), Names{"analyze"});
  EXPECT_TRUE(near_names("weight", names).empty());
  EXPECT_TRUE(near_names("", {"a name longer than two"}).empty());
}

TEST(NearNames, NameEachOnce) {
  EXPECT_EQ(near_names("chanel", {"channel", "amount", "channel"}),
            (std::vector<std::string>{"channel"}));
}

}  // namespace
}  // namespace regulars
