#include "language/table/table.h"

namespace regulars::language {

Rows population_rows() {
  constexpr int kClauses = kTakesWithin | kOutsideWhere;
  return {
      {"percentile",
       Chapter::kPopulation,
       "percentile(NUMBER [within GROUP])",
       "real number, 0 to 1",
       "The share of customers in the population snapshot with a smaller value; within the "
       "customer's own group if asked.",
       "Unknown without a snapshot or a value.",
       {{"percentile(sum(purchase.net) over last 1 year) >= 0.8", "in the upper fifth"},
        {"percentile(sum(purchase.net) within country) >= 0.8", "of her country"}},
       lower_percentile,
       1,
       1,
       kClauses},
      {"rank",
       Chapter::kPopulation,
       "rank(NUMBER [within GROUP])",
       "integer",
       "1 and the number of customers with a larger value.",
       "Unknown without a snapshot or a value.",
       {{"rank(sum(purchase.net)) <= 100", "among the first hundred"}},
       lower_rank,
       1,
       1,
       kClauses},
      {"decile",
       Chapter::kPopulation,
       "decile(NUMBER [within GROUP])",
       "integer, 1 to 10",
       "The tenth of the customers, 10 the highest.",
       "Unknown without a snapshot or a value.",
       {{"decile(count(purchase)) = 10", "the tenth that buys most often"}},
       lower_decile,
       1,
       1,
       kClauses},
      {"z_score",
       Chapter::kPopulation,
       "z_score(NUMBER [within GROUP])",
       "real number",
       "Distance from the mean in standard deviations.",
       "Unknown without a snapshot or a value, and where all values are equal.",
       {{"z_score(sum(purchase.net)) > 3", "far above everybody"}},
       lower_z_score,
       1,
       1,
       kClauses},
      {"top",
       Chapter::kPopulation,
       "top N by NUMBER [within GROUP], top N % by NUMBER",
       "true or false",
       "Whether the customer is among the first N, or the first N percent, rounded up to whole "
       "customers. Ties at the edge are all in.",
       "Unknown without a snapshot or a value.",
       {{"top 100 by sum(purchase.net)", "the hundred best"},
        {"top 10 % by count(purchase) within country", "the tenth of each country"}}},
  };
}

}  // namespace regulars::language
