#include "language/table/table.h"

namespace regulars::language {
namespace {

FunctionRow word(std::string_view name, std::string_view result, std::string_view meaning,
                 Lower lower, std::vector<Example> examples) {
  return {name,
          Chapter::kProgram,
          name,
          result,
          meaning,
          "Unknown without the data it needs; `doctor` says which.",
          std::move(examples),
          lower,
          kWord,
          0,
          kOutsideWhere};
}

}  // namespace

Rows program_rows() {
  return {
      {"consents",
       Chapter::kProgram,
       "consents(CHANNEL, PURPOSE)",
       "true or false",
       "Whether she may be written to: the latest consent for that channel and purpose is granted "
       "and not expired. A refusal that names no channel or purpose concerns all. An objection, to "
       "the purpose or to everything, wins over whatever came before or after it.",
       "Never unknown: never asked is no, unless the project's consent policy says otherwise.",
       {{"consents(email, marketing)", "marketing by e-mail is allowed"}},
       lower_consents,
       2,
       2,
       kOutsideWhere},
      {"consent_state",
       Chapter::kProgram,
       "consent_state(CHANNEL, PURPOSE)",
       "text",
       "granted, denied, withdrawn, objected, expired or never asked.",
       "Never unknown.",
       {{"consent_state(email, marketing) = 'expired'", "to be asked again"}},
       lower_consent_state,
       2,
       2,
       kOutsideWhere},
      {"contacted",
       Chapter::kProgram,
       "contacted([CHANNEL]) [over SPAN]",
       "integer",
       "Messages sent: for limits of frequency.",
       "0 of nothing.",
       {{"contacted(email) over last 7 days < 2", "not too often"}},
       lower_contacted,
       0,
       1,
       kTakesOver | kOutsideWhere},
      word("last_engaged", "instant",
           "When she last clicked a message herself; machines are left out.", lower_last_engaged,
           {{"last_engaged within last 1 year", "reads what we send"}}),
      word("points_balance", "integer", "Points by the latest statement.", lower_points_balance,
           {{"points_balance >= 50", "enough for a reward"}}),
      word("points_expiring", "true or false, with `within`",
           "Whether points are stated to expire in the span. Statements with a running balance: by "
           "the "
           "newest; without one each statement is a lot with its own expiry.",
           lower_points_expiring,
           {{"points_expiring within next 30 days", "points expire within 30 days"}}),
      word("tier", "text", "The tier by the latest change; an attribute `tier` comes first.",
           lower_tier, {{"tier = 'gold'", "a gold member"}}),
      word("tier_progress", "real number, 0 to 1", "The part of the way to the next tier.",
           lower_program_number, {{"tier_progress >= 0.8", "nearly there"}}),
      word("to_next_tier", "real number", "What is missing to the next tier.", lower_program_number,
           {{"to_next_tier <= 100", "100 short of the next tier"}}),
  };
}

}  // namespace regulars::language
