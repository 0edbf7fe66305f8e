#include "language/table/table.h"

namespace regulars::language {
namespace {

FunctionRow word(std::string_view name, std::string_view meaning, std::vector<Example> examples) {
  return {name,
          Chapter::kSegments,
          name,
          "text",
          meaning,
          "Unknown before the first population snapshot.",
          std::move(examples),
          lower_segmentation_word,
          kWord,
          0,
          kOutsideWhere};
}

Rows membership() {
  return {
      {"in_segment",
       Chapter::kSegments,
       "in_segment('NAME')",
       "true or false",
       "Whether the customer is in that segment; with `at`, whether she was.",
       "Never unknown: who is not known to be in it is not in it.",
       {{"in_segment('regulars') and not in_segment('away')", "in one and not the other"},
        {"in_segment('regulars') at 90 days ago", "was one 90 days ago"}},
       lower_in_segment,
       1,
       1,
       kOutsideWhere},
      {"was_in_segment",
       Chapter::kSegments,
       "was_in_segment('NAME') [over SPAN]",
       "true or false",
       "Whether she was in it at any instant of the span, by today's definition.",
       "Never unknown.",
       {{"was_in_segment('regulars') over last 90 days and not in_segment('regulars')",
         "has lately ceased to be one"},
        {"not was_in_segment('regulars')", "never was one"}},
       lower_was_in_segment,
       1,
       1,
       kTakesOver | kOutsideWhere},
      {"entered",
       Chapter::kSegments,
       "entered('NAME') within SPAN",
       "true or false",
       "Whether she came into it within the span.",
       "Never unknown.",
       {{"entered('regulars') within last 30 days", "has lately become one"}},
       lower_entered,
       1,
       1,
       kOutsideWhere},
  };
}

Rows classes() {
  return {
      word("life_cycle",
           "The class by own rhythm: prospect, new, active, won back, slipping, lapsed, "
           "lost.",
           {{"life_cycle in ('slipping', 'lapsed')", "going away"}}),
      word("rfm_class",
           "The class by recency, frequency and money: Champions, Loyal, Potential "
           "loyalists, New customers, Promising, Need attention, About to sleep, At risk, "
           "Cannot lose, Hibernating; New or returning where the window cuts history.",
           {{"rfm_class in ('At risk', 'Cannot lose')", "good customers who stay away"}}),
      word("value_tier",
           "A: who together bring the first half of net revenue, B the next 30 percent, "
           "C the others.",
           {{"value_tier = 'A'", "the most valuable"}}),
      {"segmentation",
       Chapter::kSegments,
       "NAME = 'CLASS'",
       "text",
       "Every segmentation of the project is a word with its class as the value.",
       "Unknown before the first population snapshot.",
       {{"loyalty_level = 'frequent'", "a class of the project's own"}}},
      {"feature",
       Chapter::kSegments,
       "NAME",
       "as defined",
       "Every feature of the project is a word.",
       "As its formula.",
       {{"orders_90d >= 2", "a feature of the project's own"}}},
  };
}

Rows chance() {
  return {
      {"customer",
       Chapter::kSegments,
       "customer",
       "the customer",
       "Her id: for lists, and for literal ids.",
       "Always known.",
       {{"customer in ('a', 'b')", "two customers by their ids"},
        {"customer.country = 'GB'", "an attribute, where a word would mean something else"}},
       lower_customer,
       kWord,
       0,
       kOutsideWhere},
      {"bucket",
       Chapter::kSegments,
       "bucket(NAME, N)",
       "integer, 0 to N-1",
       "A stable number by chance: the same for the same name and customer, always.",
       "Always known.",
       {{"bucket('test of May', 10) = 0", "a tenth of the customers"}},
       lower_bucket,
       2,
       2,
       kOutsideWhere},
      {"in_control_group",
       Chapter::kSegments,
       "in_control_group(NAME, PERCENT)",
       "true or false",
       "Whether the customer is held back by chance, so that an effect can be measured.",
       "Always known.",
       {{"not in_control_group('regulars', 20)", "the 80 % who are written to"}},
       lower_in_control_group,
       2,
       2,
       kOutsideWhere},
      {"control_of",
       Chapter::kSegments,
       "control_of('CAMPAIGN')",
       "true or false",
       "Whether the latest assignment event of a campaign put her into its control group.",
       "Never unknown.",
       {{"not control_of('spring')", "not held back in the campaign"}},
       lower_control_of_campaign,
       1,
       1,
       kOutsideWhere},
  };
}

}  // namespace

Rows segment_rows() {
  Rows rows = membership();
  for (Rows part : {classes(), chance()}) rows.insert(rows.end(), part.begin(), part.end());
  return rows;
}

}  // namespace regulars::language
