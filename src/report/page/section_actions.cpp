// 14 What to do next.
#include <fmt/format.h>

#include "report/page/sections.h"
#include "report/words.h"

namespace regulars::report {
namespace {

Markup fact(std::string_view name, std::string_view value) {
  return value.empty() ? Markup() : tag("dt", name) + tag("dd", full_sentence(value));
}

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

Markup sum(std::string_view value, const Markup& words) {
  return tag("div", tag("b", value) + tag("span", words));
}

Markup unaided(const segments::ActionCard& card) {
  const segments::Share& share = card.came_back_unaided;
  if (share.of == 0) {
    return sum("not tested",
               term("unaided", "came back unaided") + text(": the file is too short"));
  }
  return sum(fmt::format("{} +-{}", percent(share.value), half_width(share)),
             term("unaided", "came back unaided") + text(" last time"));
}

Markup break_even(const AnalysisView& view, const segments::ActionCard& card) {
  const segments::ActionInputs& inputs = view.inputs;
  if (card.break_even) {
    const std::string given =
        fmt::format(" at {} margin and {:.2f} per offer", percent(inputs.margin.value_or(0)),
                    inputs.offer_cost.value_or(0));
    return sum(fmt::format("{} points", points(*card.break_even)),
               text("it ") + term("break-even", "must add to pay") + text(given));
  }
  const char* missing = inputs.margin ? "give `--offer-cost`; or an order does not cover the offer"
                                      : "give `--margin 40%`";
  return sum("not known", text("what it ") + term("break-even", "must add to pay") + text(": ") +
                              text_with_code(missing));
}

Markup visible(const segments::ActionCard& card) {
  const bool any = card.controls > 0 && card.visible_effect > 0;
  return sum(any ? fmt::format("{} points", points(card.visible_effect)) : "nothing",
             text("the least ") + term("visible-effect", "effect you can see") +
                 text(fmt::format(" with {} contacted and {} left alone", count(card.contacts),
                                  count(card.controls))));
}

Markup card_markup(const AnalysisView& view, const segments::ActionCard& card, size_t number) {
  const auto size = static_cast<int64_t>(card.members.size());
  const std::string file = fmt::format("lists/{}.csv", card.key);
  Markup body = tag("h3", fmt::format("{}. {}", number, sentence_case(card.title)));
  body += tag("p.who", fmt::format("{}: {}", counted(size, "customer", "customers"), card.who));
  body += tag("dl", fact("Why", card.why) + fact("Step", card.step) +
                        fact("Do not", without_prefix(card.do_not, "Do not ")) +
                        fact("Measure by", card.measure));
  body += tag("div.sums",
              sum(whole_money(view, card.net_at_stake), term("at-stake", "net revenue at stake")) +
                  unaided(card) + break_even(view, card) + visible(card));
  if (card.too_small) {
    body +=
        tag("p.note.warn",
            "This list is too small to learn from: pool it over several months, or do it on faith "
            "and say so.");
  }
  body += tag("p.file", text("List: ") + tag("a", file, {{"href", file}}));
  return tag("article.card", body);
}

}  // namespace

Markup what_to_do(const AnalysisView& view, Charts&) {
  if (view.cards.empty()) {
    return tag("p", "No list is worth an action yet: too few customers are due.");
  }
  Markup out =
      tag("p", text("At most five lists, by the net revenue at stake. ") +
                   text(percent(view.inputs.control_share)) + text(" of each are marked as ") +
                   term("control", "control group") + text(": leave them alone, and compare."));
  Markup cards;
  for (size_t i = 0; i < view.cards.size(); ++i) cards += card_markup(view, view.cards[i], i + 1);
  out += tag("div.cards", cards);
  if (!view.life_cycle_by_tier.rows.empty()) {
    Table grid = cross_table(view, view.life_cycle_by_tier, {});
    grid.caption =
        "When to act (life cycle) by what it may cost (value tier): customers, and their net "
        "revenue "
        "to date";
    out += tag("h3", "The whole picture") + render(grid);
  }
  return out;
}

}  // namespace regulars::report
