#include <cmath>

#include "report/test_view_segments.h"

namespace regulars::report {
namespace {

void fill_months(AnalysisView& view) {
  for (int i = 0; i < 13; ++i) {
    const Day begin = add_months(to_day({2010, 12, 1}), i);
    const int64_t gross = 55000000 + i * 3500000 - (i == 12 ? 40000000 : 0);
    view.months.push_back({begin, 1400 + i * 40, 900 + i * 20, i == 0 ? 885 : 300 - i * 15, gross,
                           gross / 15, gross - gross / 15, i == 12, i == 12 ? 9 : 30});
  }
}

void fill_products(AnalysisView& view) {
  view.has_products = true;
  segments::Products& p = view.products;
  for (int i = 0; i < 6; ++i) {
    p.by_net.push_back({"2308" + std::to_string(i), "CAKE <STAND> & \"JAR\" " + std::to_string(i),
                        400 - i * 20, 900 - i * 30, 9000000 - i * 700000, false, i == 2});
  }
  p.by_customers = p.by_net;
  p.charges = {{"POST", "POSTAGE", 331, 1100, 7780000, true, false}};
  p.charge_share = .017;
  p.first = {{"23080", "CAKE <STAND>", {60, 80, .75, .64, .83}},
             {"23081", "JAR", {30, 70, .43, .32, .55}}};
  p.came_again_all = {2790, 4338, .643, .629, .657};
  view.places = {{"country",
                  {{"United Kingdom", 3920, 16646, 700000000, 42052.2, .65, 178571},
                   {"<i>Eire</i>", 33, 260, 25000000, 96153.1, .7, 757575},
                   {"other", 385, 1626, 105006581, 64579.7, .61, 272744}}}};
}

void fill_rhythm(AnalysisView& view) {
  for (size_t d = 0; d < 7; ++d) {
    for (size_t h = 0; h < 24; ++h) {
      const double x = (static_cast<double>(h) - 12.5) / 3;
      view.rhythm.orders[d][h] = d == 5 ? 0 : std::lround(500 * std::exp(-x * x));
    }
  }
  view.rhythm.has_time_of_day = true;
  for (int i = 0; i < 20; ++i) {
    view.rhythm.gap_histogram.emplace_back(i * 10, std::lround(300 * std::exp(-i / 6.0)));
  }
  view.rhythm.regularity = .81;
  for (size_t m = 0; m < 12; ++m)
    view.rhythm.net_by_month[m] = 50000000 + static_cast<int64_t>(m) * 4000000;
  view.rhythm.whole_years = 1;
}

void fill_cohorts(AnalysisView& view) {
  for (int i = 0; i < 13; ++i) {
    segments::Cohort cohort{add_months(to_day({2010, 12, 1}), i), 885 - i * 55, i < 5, {}};
    for (int k = 0; k <= 12 - i; ++k) {
      cohort.retained.push_back(k == 0        ? cohort.customers
                                : k + i == 12 ? -1
                                              : cohort.customers / (3 + k % 3));
    }
    view.cohorts.cohorts.push_back(cohort);
  }
}

void fill_concentration(AnalysisView& view) {
  segments::Concentration& c = view.concentration;
  c.customers = 4338;
  c.net = view.net;
  for (int i = 0; i <= 100; ++i) c.curve.push_back({i / 100.0, std::pow(i / 100.0, .28)});
  c.top_1_percent = 43;
  c.top_1_share = .30;
  c.top_10_share = .60;
  c.top_20_share = .73;
  c.bring_half = 242;
  c.bring_80 = 1178;
  c.probable_trade = true;
  view.concentration_without_trade = c;
  for (auto& point : view.concentration_without_trade.curve) {
    point.net_share = std::pow(point.customer_share, .4);
  }
  view.show_without_trade = true;
}

}  // namespace

void fill_test_shop_facts(AnalysisView& view) {
  using Unit = segments::Headline::Unit;
  fill_months(view);
  fill_products(view);
  fill_rhythm(view);
  fill_cohorts(view);
  fill_concentration(view);
  view.headlines = {
      {"net revenue (90 days)",
       "Purchases less refunds.",
       Unit::kMoney,
       295310022.,
       158000000.,
       {}},
      {"active customers (90 days)", "Bought in the last 90 days.", Unit::kCount, 2900., 2100.,
       1700.},
      {"second-order rate (90 d)", "Share with a second purchase day.", Unit::kShare, .46, .43, {}},
      {"orders per active customer", "Purchase days each.", Unit::kRatio, 2.41, 2.02, {}},
      {"90-day retention", "Bought in both.", Unit::kShare, {}, {}, {}}};
}

void fill_test_cards(AnalysisView& view) {
  segments::ActionCard card;
  card.key = "second-order";
  card.title = "second order";
  card.who = "one-time buyers, 68-154 days silent";
  card.why = "After a first order 46 % order again; half of second orders come within 68 days.";
  card.step = "A reminder with what goes with the first purchase.";
  card.do_not = "Offer money before half of them had time to return.";
  card.measure = "Second order within 90 days, against control.";
  for (CustomerNumber c = 0; c < 6; ++c) card.members.push_back({c, c % 5 == 0});
  card.contacts = 238;
  card.controls = 60;
  card.net_at_stake = 12000000;
  card.came_back_unaided = {164, 298, .55, .49, .6};
  card.break_even = .024;
  card.visible_effect = .16;
  card.too_small = true;
  view.cards.push_back(card);
  card.key = "save";
  card.title = "save";
  card.who = "repeat buyers slipping";
  card.break_even.reset();
  card.too_small = false;
  view.cards.push_back(card);
  card.key = "hands-off";
  card.title = "do not discount";
  card.who = "in rhythm";
  card.came_back_unaided = {};
  view.cards.push_back(card);
}

}  // namespace regulars::report
