#include "connect/field_names.h"

#include <gtest/gtest.h>

namespace regulars::connect {
namespace {

TEST(FieldNames, ArePlain) {
  EXPECT_EQ(field_name_of("value.offer id"), "offer_id");
  EXPECT_EQ(field_name_of("Größe (cm)"), "groesse_cm");
  EXPECT_EQ(field_name_of("OpenedAt"), "opened_at");
  EXPECT_EQ(field_name_of("2nd choice"), "c_2nd_choice");
  EXPECT_EQ(field_name_of("цена"), "");
  EXPECT_EQ(field_name_of("..."), "");
  EXPECT_EQ(field_name_of(std::string(200, 'a')).size(), 60u);
}

TEST(FieldNames, IdWordsAtTheEnd) {
  EXPECT_EQ(without_id_word("campaign_id"), "campaign");
  EXPECT_EQ(without_id_word("id"), "id");
  EXPECT_EQ(without_id_word("_id"), "_id");
}

TEST(FieldNames, TheVeryNameComesFirst) {
  const std::vector<std::string> columns = {"Campaign ID", "newsletter", "campaign"};
  std::vector<bool> taken(3, false);
  EXPECT_EQ(find_field(columns, taken, "message_sent", "campaign"), 2);
  taken[2] = true;
  EXPECT_EQ(find_field(columns, taken, "message_sent", "campaign"), 0);
  taken[0] = true;
  EXPECT_EQ(find_field(columns, taken, "message_sent", "campaign"), 1);
  EXPECT_EQ(find_field(columns, taken, "message_sent", "variant"), -1);
}

TEST(FieldNames, UsualNamesBelongToTheirType) {
  EXPECT_GT(field_score("nps", "survey", "score"), 0.6);
  EXPECT_EQ(field_score("nps", "consent", "score"), 0);
}

}  // namespace
}  // namespace regulars::connect
