#include "report/class_words.h"

#include <algorithm>
#include <array>

namespace regulars::report {
namespace {

constexpr std::array<RfmWords, 11> kRfm{{
    {"Champions", "Bought lately and often.",
     "Thank and involve them: early access, referral, reviews, a person to call. They come anyway, "
     "so pay in recognition.",
     "Blanket discounts: you would buy what you already have.",
     "Referrals and categories per customer, not the repeat rate."},
    {"Loyal", "Often, and not long ago.",
     "Widen: a second category, a tier within reach. How often they come is the asset.",
     "Push for more visits than their rhythm has room for.",
     "Categories per customer, against control."},
    {"Potential loyalists", "Lately, two or more orders.",
     "Bring the third and fourth order nearer: a reminder at their usual gap, a small reward at a "
     "threshold.",
     "Large vouchers of the kind made for first orders.", "Orders 3 and 4 within 90 days."},
    {"New customers", "One order, a few days ago.",
     "Welcome them, help with what they bought, ask one question. The second order is the hill.",
     "Offer money before half of second orders would have come: many return unaided.",
     "Second order within 90 days."},
    {"New or returning", "One order in the window, a few days ago.",
     "Welcome them, help with what they bought, ask one question.",
     "Treat them all as strangers: some bought before the window began.",
     "Next order within 90 days."},
    {"Promising", "One order, some weeks ago.",
     "As new, now with a reason to return: a related product, something that ends in 30 days.",
     "Wait.", "Second order."},
    {"Need attention", "The middle of everything.",
     "Test two messages and keep the better. Half may be on their own schedule: see their life "
     "cycle.",
     "Treat them as at risk without a look at their rhythm.",
     "Repeat within 90 days, against control."},
    {"About to sleep", "Few orders, some time ago.", "A cheap reminder, one channel, once.",
     "A costly incentive: little is at stake.", "Net revenue per contacted customer, less cost."},
    {"At risk", "Came often, but not for long.",
     "Ask why, in one question; then a personal reason to return. Those late by their own clock "
     "first.",
     "Contact those who are inside their rhythm.", "Return and net revenue, against control."},
    {"Cannot lose", "Among the most valuable, but silent.",
     "A person, not a mail: a call, a personal offer, fix what broke (complaints, refunds, stock).",
     "Automate it.", "Net revenue saved, case by case; they are too few for a test."},
    {"Hibernating", "Long ago, once or twice.",
     "One last honest message, then stop: less pressure, better delivery. Keep them for the "
     "season.",
     "Win-back vouchers every month.", "Unsubscribes and complaints as well as returns."},
}};

constexpr std::array<LifeCycleWords, 7> kLifeCycle{{
    {"prospect", "Known, never bought.", "A reason for the first purchase; consent first.",
     "Cannot be told from lost when the file begins late."},
    {"new", "First purchase within the time in which half of all second orders come.",
     "Help, no discount.", "The file's first weeks hold false newcomers."},
    {"active", "Within 1.5 of the own usual gap.", "Nothing; widen.",
     "With few orders the own gap is pulled towards the shop's."},
    {"won back", "Returned lately, after a lapse.",
     "Protect the second order after the return; find what brought them.",
     "Often discount hunters: look at their share of discounts."},
    {"slipping", "1.5 to 3 own gaps, or bought once and past the usual time of a second order.",
     "Act now, cheaply.", "Many return by themselves: see the test."},
    {"lapsed", "3 to 6 own gaps.", "A personal reason; ask why.",
     "Returned less than half as often as active customers in most shops we tested."},
    {"lost", "Over 6 own gaps.", "Stop spending; season or life event only.",
     "Some return all the same: see the test."},
}};

}  // namespace

const RfmWords* rfm_words(std::string_view class_name) {
  const auto found = std::ranges::find(kRfm, class_name, &RfmWords::name);
  return found == kRfm.end() ? nullptr : &*found;
}

const LifeCycleWords* life_cycle_words(std::string_view class_name) {
  const auto found = std::ranges::find(kLifeCycle, class_name, &LifeCycleWords::name);
  return found == kLifeCycle.end() ? nullptr : &*found;
}

}  // namespace regulars::report
