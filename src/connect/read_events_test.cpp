#include <gmock/gmock.h>

#include "connect/rows_of_files.h"
#include "connect/source_testing.h"

namespace regulars::connect {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(ReadEvents, OneTypeWithDeclaredAndOtherFields) {
  ProjectFacts facts;
  facts.zone = "Europe/Berlin";
  facts.events = {{.name = "tasting",
                   .fields = {{.name = "score", .type = ValueType::kDecimal, .scale = 1},
                              {.name = "wines", .type = ValueType::kText, .is_set = true}},
                   .item_fields = {}}};
  const auto read = read_declared(
      "customer_id,time,score,wines,room,guests\n"
      "ann,2024-07-01 18:00,4.5,red;white,cellar,3\n"
      "bob,2024-01-01 18:00,,\"[\"\"red\"\"]\",,\n",
      events_source("tasting"), facts);
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(show(*read, "tasting"),
              ElementsAre("ann 2024-07-01T16:00:00Z score=4.5 wines=red|white room=cellar guests=3",
                          "bob 2024-01-01T17:00:00Z wines=red"));
  EXPECT_EQ(read->rows.used, 2);
  EXPECT_TRUE(read->rows.ties_out());
  EXPECT_EQ(read->customers.known_from.at(1), read->events[0].at[1]);
}

TEST(ReadEvents, RejectsSayWhereAndWhy) {
  ProjectFacts facts;
  facts.events = {{.name = "call",
                   .fields = {{.name = "minutes", .type = ValueType::kInteger}},
                   .item_fields = {}}};
  const auto read = read_declared(
      "customer_id,time,minutes\n"
      "ann,2024-01-01,5\n"
      "bob,yesterday,5\n"
      "eve,2024-01-03,2.5\n"
      ",2024-01-04,7\n"
      "ann,2024-01-05,8.0\n"
      "bob,,5\n"
      "a,b\n",
      events_source("call"), facts);
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(show(*read, "call"), ElementsAre("ann 2024-01-01T00:00:00Z minutes=5",
                                               "ann 2024-01-05T00:00:00Z minutes=8"));
  EXPECT_EQ(read->rows.read, 7);
  EXPECT_EQ(read->rows.unattributed, 1);
  EXPECT_TRUE(read->rows.ties_out());
  std::vector<std::string> reasons;
  for (const Reject& reject : read->rejects) {
    reasons.push_back(std::to_string(reject.line) + " " + reject.field + ": " + reject.reason);
    EXPECT_EQ(reject.file, "source.csv");
    EXPECT_FALSE(reject.raw.empty());
  }
  EXPECT_THAT(reasons, testing::IsSupersetOf({"3 time: 'yesterday' is not a time",
                                              "4 minutes: '2.5' is not a whole number",
                                              "7 time: there is no time"}));
  // Eve has no event, and no record either.
  EXPECT_EQ(read->customers.ids->size(), read->customers.known_from.size());
  SourceDeclaration strict = events_source("call");
  const auto too_many = check_rejects(strict, *read);
  ASSERT_FALSE(too_many);
  EXPECT_EQ(too_many.error().code(), ErrorCode::kBadData);
  EXPECT_THAT(too_many.error().message(), HasSubstr("time: 2"));
  strict.most_rejects = 0.8;
  EXPECT_TRUE(check_rejects(strict, *read));
}

TEST(ReadEvents, TypesByAColumnAsDeclared) {
  SourceDeclaration declaration = events_source();
  declaration.type_column = "what";
  declaration.types = {{"Play", "played"}, {"Stop", "stopped"}};
  declaration.columns = {{"song", "track"}};
  const auto read = read_declared(
      "user,at,what,track\n"
      "ann,2024-01-01T10:00:00Z,play,a\n"
      "ann,2024-01-01T10:05:00Z,Stop,\n"
      "ann,2024-01-01T10:06:00Z,skip,b\n"
      "ann,2024-01-01T10:07:00Z,skip,c\n",
      declaration);
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(show(*read, "played"), ElementsAre("ann 2024-01-01T10:00:00Z song=a"));
  EXPECT_THAT(show(*read, "stopped"), ElementsAre("ann 2024-01-01T10:05:00Z"));
  // A field of the other type that says nothing here is no column.
  EXPECT_EQ(read->left_aside, (std::map<std::string, int64_t>{{"skip", 2}}));
  EXPECT_EQ(read->rows.other_events, 2);
  EXPECT_TRUE(read->rows.ties_out());
}

TEST(ReadEvents, MessageLogWithARowPerEvent) {
  const auto read = read_declared(
      "email,event,timestamp,campaign_id,is_machine,subject\n"
      "Ann@example.org,processed,2024-03-01 08:00:00,spring,,Hello\n"
      "ann@example.org,delivered,2024-03-01 08:00:05,spring,,Hello\n"
      "ann@example.org,open,2024-03-01 09:00:00,spring,true,Hello\n"
      "ann@example.org,click,2024-03-01 09:01:00,spring,false,Hello\n"
      "bob@example.org,spamreport,2024-03-02 09:01:00,spring,,Hello\n"
      "bob@example.org,group_resubscribe,2024-03-02 09:01:00,spring,,Hello\n",
      events_source());
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(types_of(*read), ElementsAre("message_clicked", "message_complained",
                                           "message_delivered", "message_opened", "message_sent"));
  EXPECT_THAT(show(*read, "message_opened"),
              ElementsAre("ann@example.org 2024-03-01T09:00:00Z campaign=spring machine=yes "
                          "subject=Hello"));
  EXPECT_EQ(read->rows.other_events, 1);
  EXPECT_EQ(read->shape, "log with a row per event");
}

TEST(ReadEvents, MessageLogWithARowPerMessage) {
  const auto read = read_declared(
      "message_id,customer,newsletter,sent_at,delivered_at,opened_at,clicked_at\n"
      "1,ann,spring,2024-03-01 08:00,2024-03-01 08:01,2024-03-01 09:00,\n"
      "2,bob,spring,2024-03-01 08:00,,,\n"
      "3,eve,spring,,,,\n"
      "4,eve,spring,2024-03-01 08:00,soon,,\n",
      events_source());
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_EQ(read->shape, "log with a row per message");
  EXPECT_EQ(read->key_column, "id");
  EXPECT_THAT(show(*read, "message_sent"),
              ElementsAre("ann 2024-03-01T08:00:00Z id=1 campaign=spring",
                          "bob 2024-03-01T08:00:00Z id=2 campaign=spring"));
  EXPECT_THAT(show(*read, "message_opened"),
              ElementsAre("ann 2024-03-01T09:00:00Z id=1 campaign=spring"));
  EXPECT_THAT(types_of(*read), ElementsAre("message_delivered", "message_opened", "message_sent"));
  EXPECT_EQ(read->rows.rejected, 2);
  EXPECT_TRUE(read->rows.ties_out());
}

TEST(ReadEvents, SurveyAnswers) {
  const auto read = read_declared(
      "respondent,customer_id,survey_name,question,response,nps,submitted_at\n"
      "r1,ann,nps-2024,How likely?,Very,9,2024-03-01\n"
      "r1,ann,nps-2024,Why?,Fine wine,,2024-03-01\n",
      events_source());
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_EQ(read->shape, "survey answers");
  EXPECT_THAT(show(*read, "survey").at(0),
              HasSubstr("survey=nps-2024 question=How likely? answer=Very score=9.0"));
  EXPECT_THAT(show(*read, "survey").at(1), testing::Not(HasSubstr("score=")));
}

TEST(ReadEvents, ConsentsInTheirOwnWords) {
  const auto read = read_declared(
      "customer_id,channel,purpose,status,time,valid_until\n"
      "ann,email,newsletter,opt-in,2024-03-01,2025-03-01\n"
      "ann,email,newsletter,unsubscribed,2024-04-01,\n"
      "bob,sms,offers,maybe,2024-04-01,\n",
      events_source());
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(show(*read, "consent"),
              ElementsAre("ann 2024-03-01T00:00:00Z channel=email purpose=newsletter state=granted "
                          "expires_at=2025-03-01T00:00:00Z",
                          "ann 2024-04-01T00:00:00Z channel=email purpose=newsletter "
                          "state=withdrawn"));
  EXPECT_THAT(read->rejects.at(0).reason, HasSubstr("no state of consent"));
}

TEST(ReadEvents, PointsStatements) {
  const auto read = read_declared(
      "member_id,date,type,points,points_balance,expiry_date\n"
      "ann,2024-03-01,earn,100,100,2025-03-01\n"
      "ann,2024-04-01,burn,-40.5,59.5,\n",
      events_source());
  ASSERT_TRUE(read) << read.error().to_string();
  // Half points: the usual integers become decimals.
  EXPECT_THAT(show(*read, "points_statement").at(1),
              HasSubstr("balance=59.5 kind=burn points=-40.5"));
}

TEST(ReadEvents, ColumnsThatPointAtTables) {
  ProjectFacts facts;
  facts.tables = {{.name = "offer", .key = "offer_id", .fields = {}, .valid_from = {}}};
  SourceDeclaration declaration = events_source();
  declaration.type_column = "event";
  declaration.types = {{"offer received", "offer_received"},
                       {"offer completed", "offer_completed"}};
  declaration.time_format = "hours";
  const auto read = read_declared(
      R"({"person":"a","event":"offer received","value":{"offer id":"17"},"time":0})"
      "\n"
      R"({"person":"a","event":"offer completed","value":{"offer_id":"17","reward":2},"time":24})"
      "\n",
      declaration, facts, "transcript.jsonl");
  ASSERT_TRUE(read) << read.error().to_string();
  // "offer id" and "offer_id" are one field, of the table's name.
  EXPECT_THAT(show(*read, "offer_received"), ElementsAre("a 2000-01-01T00:00:00Z offer=17"));
  EXPECT_THAT(show(*read, "offer_completed"),
              ElementsAre("a 2000-01-02T00:00:00Z offer=17 reward=2"));
}

TEST(ReadEvents, ADeclaredFieldTakesAllColumnsOfItsName) {
  ProjectFacts facts;
  facts.events = {{.name = "offer_received",
                   .fields = {{.name = "offer", .type = ValueType::kText}},
                   .item_fields = {}},
                  {.name = "offer_completed",
                   .fields = {{.name = "offer", .type = ValueType::kText}},
                   .item_fields = {}}};
  SourceDeclaration declaration = events_source();
  declaration.type_column = "event";
  const auto read = read_declared(
      R"({"person":"a","event":"offer received","value":{"offer id":"17"},"time":"2024-01-01"})"
      "\n"
      R"({"person":"a","event":"offer completed","value":{"offer_id":"18"},"time":"2024-01-02"})"
      "\n",
      declaration, facts, "transcript.jsonl");
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(show(*read, "offer_received"), ElementsAre("a 2024-01-01T00:00:00Z offer=17"));
  EXPECT_THAT(show(*read, "offer_completed"), ElementsAre("a 2024-01-02T00:00:00Z offer=18"));
}

TEST(ReadEvents, WhoPeopleAreIsLeftOut) {
  const auto read =
      read_declared("customer_id,time,email,phone,mood\nann,2024-01-01,a@example.org,123,good\n",
                    events_source("visit"));
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(show(*read, "visit"), ElementsAre("ann 2024-01-01T00:00:00Z mood=good"));
  EXPECT_THAT(read->unused_columns, testing::Contains("phone"));
}

TEST(ReadEvents, TheNewestIsRemembered) {
  SourceDeclaration declaration = events_source("visit");
  declaration.since = "no";
  const auto read = read_declared(
      "customer_id,time,no\nann,2024-01-01,9\nann,2024-01-01,10\nann,2024-01-02,\n", declaration);
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_EQ(read->newest, "10");
}

TEST(ReadEvents, WhatIsMissingIsSaid) {
  const auto unclear = read_declared("customer_id,time,x\nann,2024-01-01,1\n", events_source());
  ASSERT_FALSE(unclear);
  EXPECT_EQ(unclear.error().code(), ErrorCode::kBadDefinition);
  EXPECT_THAT(unclear.error().message(), HasSubstr("type of event"));
  const auto no_time = read_declared("customer_id,x\nann,blue\nbob,red\n", events_source("visit"));
  ASSERT_FALSE(no_time);
  EXPECT_THAT(no_time.error().message(), HasSubstr("the time"));
  SourceDeclaration wrong = events_source("visit");
  wrong.columns = {{"customer", "custmer"}};
  const auto near = read_declared("customer,time\nann,2024-01-01\n", wrong);
  ASSERT_FALSE(near);
  EXPECT_THAT(near.error().to_string(), HasSubstr("Did you mean customer?"));
  SourceDeclaration zone = events_source("visit");
  zone.time_zone = "Europe/Berln";
  EXPECT_FALSE(read_declared("customer,time\nann,2024-01-01\n", zone));
}

TEST(ReadEvents, AFileWithoutRowsHasNoEvents) {
  const auto read = read_declared("customer_id,time,channel\n", events_source("visit"));
  if (!read) {
    EXPECT_EQ(read.error().code(), ErrorCode::kBadDefinition);
    return;
  }
  EXPECT_THAT(read->events, IsEmpty());
  EXPECT_EQ(read->rows.read, 0);
}

TEST(ReadEvents, SeveralFilesAreOneSource) {
  MemoryFiles files;
  ASSERT_TRUE(files.write("a.csv", "customer_id,time,pages\nann,2024-01-01,1\n"));
  ASSERT_TRUE(files.write("b.csv", "time,pages,customer_id\n2024-01-02,many,bob\n"));
  std::vector<std::unique_ptr<RowReader>> readers;
  for (const char* path : {"a.csv", "b.csv"}) readers.push_back(*open_rows(path, files, {}));
  auto rows = RowsOfFiles::join(std::move(readers));
  ASSERT_TRUE(rows);
  const auto read = read_source(**rows, events_source("visit"), {}, {});
  ASSERT_TRUE(read) << read.error().to_string();
  ASSERT_EQ(read->files.size(), 2u);
  EXPECT_EQ(read->files[1].path, "b.csv");
  ASSERT_EQ(read->rejects.size(), 1u);
  EXPECT_EQ(read->rejects[0].file, "b.csv");
}

}  // namespace
}  // namespace regulars::connect
