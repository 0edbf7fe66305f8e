#include "language/table/table.h"

namespace regulars::language {

Rows number_rows() {
  const auto op = [](std::string_view name, std::string_view signature, std::string_view result,
                     std::string_view meaning, std::vector<Example> examples) {
    return FunctionRow{name,   Chapter::kNumbers, signature,
                       result, meaning,           "Unknown when an argument is.",
                       std::move(examples)};
  };
  return {
      op("+", "A + B", "as the numbers", "The exact sum. Days and instants are moved by a time.",
         {{"last(purchase) + 30 days < now", "the last purchase is older than 30 days"}}),
      op("-", "A - B", "as the numbers",
         "The exact difference; of two instants a length of time, of two days a number of days.",
         {{"nth(purchase, 2) - nth(purchase, 1) <= 30 days", "came again within 30 days"}}),
      op("*", "A * B", "as the numbers", "The exact product.",
         {{"sum(item.quantity * item.price) > 100", "more than 100 at list prices"}}),
      op("/", "A / B", "real number", "One division. Division by zero is unknown.",
         {{"sum(purchase.amount) / count(purchase) >= 40", "40 or more an order"}}),
      {"abs", Chapter::kNumbers, "abs(NUMBER)", "as the number", "Without its sign.",
       "Unknown of the unknown.",
       {{"abs(sum(purchase.amount) - sum(refund.amount)) < 1", "nearly all given back"}},
       lower_abs, 1, 1, kNoClause},
      {"round", Chapter::kNumbers, "round(NUMBER)", "integer",
       "To whole numbers, halves away from zero.", "Unknown of the unknown.",
       {{"round(avg(purchase.amount)) = 40", "about 40"}}, lower_round, 1, 1, kNoClause},
      {"floor", Chapter::kNumbers, "floor(NUMBER)", "integer", "The largest whole number below.",
       "Unknown of the unknown.", {{"floor(avg(purchase.amount)) >= 20", "20 or more"}},
       lower_floor, 1, 1, kNoClause},
      {"least", Chapter::kNumbers, "least(A, B, ...)", "as the values", "The smallest of them.",
       "Unknown when any is.", {{"least(count(purchase), count(visit)) >= 2", "two of each"}},
       lower_least, 2, 50, kNoClause},
      {"greatest", Chapter::kNumbers, "greatest(A, B, ...)", "as the values", "The largest of them.",
       "Unknown when any is.",
       {{"days_since(greatest(last(purchase), last(visit))) <= 60", "any sign of life"}},
       lower_greatest, 2, 50, kNoClause},
      op("parameter", "NAME", "as given",
         "A number, text or day with a name in parameters.yaml, so that thresholds live in one place.",
         {{"percentile(sum(purchase.net)) >= high_value", "above the threshold"}}),
  };
}

}  // namespace regulars::language
