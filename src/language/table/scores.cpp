#include "language/table/table.h"

namespace regulars::language {

Rows score_rows() {
  const auto score = [](std::string_view name, std::string_view result, std::string_view meaning,
                        Lower lower, std::vector<Example> examples) {
    return FunctionRow{name,
                       Chapter::kScores,
                       name,
                       result,
                       meaning,
                       "Unknown without a model, or without its score.",
                       std::move(examples),
                       lower,
                       kWord,
                       0,
                       kOutsideWhere};
  };
  return {
      score("clv_12m", "real number", "Expected net revenue of the next twelve months, discounted.",
            lower_score_word, {{"percentile(clv_12m) >= 0.8", "the most valuable fifth to come"}}),
      score("clv_total", "real number", "What she brought and what is expected.", lower_score_word,
            {{"clv_total > 500", "worth more than 500 in all"}}),
      score("expected_revenue_12m", "real number", "Expected net revenue of twelve months.",
            lower_score_word, {{"expected_revenue_12m > 100", "more than 100 to come"}}),
      score("expected_orders_12m", "real number", "Expected number of purchases of twelve months.",
            lower_score_word, {{"expected_orders_12m >= 3", "three or more to come"}}),
      score("p_alive", "real number, 0 to 1", "Probability that she is still a customer.",
            lower_share_word, {{"p_alive < 0.3", "probably gone"}}),
      score("churn_probability", "real number, 0 to 1", "Probability that she stays away.",
            lower_share_word, {{"churn_probability > 0.6", "likely to stay away"}}),
      score("next_order_date", "day", "When the next purchase is most likely.", lower_day_word,
            {{"next_order_date within next 7 days", "due this week"}}),
      score("uplift", "real number, 0 to 1", "The part of the chance to buy that an action adds.",
            lower_share_word, {{"decile(uplift) >= 9", "the fifth that a message moves most"}}),
  };
}

}  // namespace regulars::language
