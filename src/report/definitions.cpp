#include "report/definitions.h"

#include <fmt/format.h>

#include "report/words.h"

namespace regulars::report {
namespace {

std::vector<Definition> revenue_definitions(const AnalysisView& view) {
  return {
      {"customers", "Customers",
       "Everyone with at least one purchase up to the last moment of the file."},
      {"customers-seen", "Customers seen",
       "Everyone with any record at all, also those who only gave something back or got something "
       "free."},
      {"purchase", "Purchase, order",
       "An order with a total above zero that was not cancelled, failed, a draft or a test. An "
       "order that was given back as a whole is no purchase from that moment on."},
      {"purchase-day", "Purchase day",
       fmt::format("A calendar day ({}) with at least one purchase. Gaps, ladder and life cycle "
                   "count days, so that two orders on one afternoon are one visit.",
                   view.time_zone)},
      {"gross", "Gross revenue",
       "The sum of all purchases before anything was given back, with tax, shipping and charges as "
       "they stand in the file. Shown, never used to rank."},
      {"refunds", "Refunds",
       "Money given back. A refund counts at its own date; linked to its order where the file says "
       "which."},
      {"net", "Net revenue", "Gross revenue less refunds. Customers are ranked and valued by it."},
      {"unattributed", "Without customer",
       "Sales that carry no customer or a placeholder such as GUEST. They are in the shop's "
       "revenue but in none of the figures about people."},
      {"average-order", "Average order", "Net revenue divided by the number of orders."},
      {"concentration", "Who pays",
       "Customers in order of net revenue, richest first; how many it takes to reach a half and "
       "80 % of it."},
      {"value-tier", "Value tier",
       "A: the customers who together bring the first half of net revenue. B: those who bring the "
       "next 30 %. C: the rest."},
  };
}

std::string life_cycle_meaning(const AnalysisView& view) {
  const segments::ShopRhythm& r = view.life_cycle.rhythm;
  return fmt::format(
      "Each customer is measured against their own usual gap. New: first purchase within {:.0f} "
      "days. Active: silent for at most 1.5 usual gaps (never under {} days). Slipping: at most 3 "
      "(never under {}). Lapsed: at most 6 (never under {}, never over 730). Lost: longer. Won "
      "back: returned lately from a lapse. Who bought once is slipping up to {:.0f} days, lapsed "
      "up to {:.0f}, then lost. Prospect: known, never bought.",
      std::max(7.0, r.q50), r.floor_active, r.floor_slipping, r.floor_lapsed, r.q80, r.q95);
}

std::vector<Definition> segment_definitions(const AnalysisView& view) {
  return {
      {"usual-gap", "Usual gap",
       fmt::format("The mean number of days between a customer's purchase days, with two gaps of "
                   "the shop's own ({:.0f} days) mixed in, so that a few early orders do not "
                   "decide alone: (2 x shop's gap + last - first) / (2 + number of gaps).",
                   view.life_cycle.rhythm.usual_gap())},
      {"silent", "Silent", "Days from a customer's last purchase day to the last day of the file."},
      {"times-over", "Times over", "Silent days divided by the usual gap."},
      {"life-cycle", "Life cycle", life_cycle_meaning(view)},
      {"late", "Late by their own clock",
       "Customers with at least two purchase days who are slipping or lapsed, most net revenue "
       "first."},
      {"rfm", "RFM",
       fmt::format("Scores 1 to 5 for recency (days since the last purchase), frequency (orders) "
                   "and net revenue, over {}. Customers with equal values get equal scores. "
                   "Frequency 1 means exactly one order; the rest are quarters of those with two "
                   "or more.",
                   view.rfm_window)},
      {"self-test", "Tested on the past",
       "The classes are formed as they would have been formed 90 days before the end of the file, "
       "with what was known then, and we look who bought in the 90 days after."},
      {"interval", "The interval, +-",
       "With as many customers as there are, the true share lies within it in 95 of 100 such "
       "cases (Wilson's score interval)."},
      {"flows", "Flows", "Who was in which class 90 days before the end, and is in which now."},
  };
}

std::vector<Definition> return_definitions(const AnalysisView& view) {
  const segments::Ladder& ladder = view.ladder;
  const std::string seen =
      ladder.q50 < 0 ? ""
                     : fmt::format(" Here half come within {:.0f} days, 80 % within {:.0f}.",
                                   ladder.q50, ladder.q80);
  return {
      {"ladder", "Ladder of orders",
       "Of those who reached an order, the share with another one within 90 days. Customers whose "
       "90 days are not over yet are counted as open, not as gone (Kaplan and Meier)."},
      {"second-order", "Days to the second order",
       "Among customers first seen in the earlier half of the file who came again." + seen},
      {"cohort", "Cohort",
       "Customers by the month or quarter of their first purchase, and the share of them who "
       "bought in each later one. A cell is empty where that period is not over."},
      {"regularity", "Regular or not",
       "The spread of a customer's own gaps (standard deviation divided by mean), the middle "
       "customer of those with at least four gaps. Around 1: no rhythm. Below 0.5: a clock."},
      {"came-again", "Came again", "A second purchase day at any time up to the end of the file."},
      {"repeat", "Repeat share", "Customers with at least two purchase days."},
  };
}

std::vector<Definition> action_definitions(const AnalysisView& view) {
  return {
      {"at-stake", "Net revenue at stake",
       "What the customers of a list brought in the last 365 days. An exposure, not an expected "
       "loss."},
      {"unaided", "Came back unaided",
       "Of the same list drawn 90 days before the end, the share who bought in the 90 days after "
       "without any action that we know of."},
      {"break-even", "Must add to pay",
       "The least rise of that share at which an offer pays: share x cost / (contribution of an "
       "order - cost). Those who would have come anyway take the offer too. Needs `--margin` and "
       "`--offer-cost`."},
      {"visible-effect", "Effect you can see",
       "The least rise that contact and control group of this size can tell from chance (5 %, "
       "both sides; found in 80 of 100 cases)."},
      {"control", "Control group",
       fmt::format("{} of each list are left alone, chosen by their id, the same for ever. "
                   "Without them nobody can say what an action added.",
                   percent(view.inputs.control_share))},
  };
}

}  // namespace

std::string headline_key(const segments::Headline& headline) {
  std::string key = "headline-" + headline.name;
  for (char& c : key) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain) c = '-';
  }
  return key;
}

std::vector<Definition> definitions(const AnalysisView& view) {
  std::vector<Definition> all = revenue_definitions(view);
  for (const segments::Headline& headline : view.headlines) {
    all.push_back({headline_key(headline), sentence_case(headline.name), headline.meaning});
  }
  for (auto part :
       {segment_definitions(view), return_definitions(view), action_definitions(view)}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

std::vector<std::string> limits() {
  return {
      "What customers buy from others: a quiet one may have left, or never have needed more.",
      "Sales that carry no customer.",
      "Cause. Classes describe who came back; only a control group shows what brought them.",
      "Margin and cost, unless they are given.",
      "Anything before the file begins: its first customers look new and are not.",
  };
}

}  // namespace regulars::report
