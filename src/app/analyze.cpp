#include "app/analyze.h"

#include <algorithm>
#include <array>
#include <limits>

#include "app/as_of.h"
#include "app/input_checks.h"
#include "app/notices.h"
#include "app/read_shop.h"
#include "app/rfm_file.h"
#include "app/version.h"
#include "data/order_lines.h"
#include "store/store.h"

namespace regulars::app {
namespace {

using report::AnalysisView;
using segments::CustomerFacts;
using segments::LateCustomer;
using segments::LifeCycle;
using segments::Segmentation;

constexpr int kHorizonDays = 90;
constexpr int kLongestDefaultWindowMonths = 24;

// Everything known at one instant, for the present and for the self-test.
struct Moment {
  CustomerFacts facts;
  LifeCycle cycle;
  segments::Rfm rfm;
  Segmentation tiers;
};

class Analyzer {
 public:
  Analyzer(const AnalyzeOptions& options, Files& files, const Clock& clock,
           const Progress& progress)
      : options_(options), files_(files), clock_(clock), progress_(progress) {}

  Result<Analysis> run();

 private:
  Result<void> read();
  Result<void> keep_in_database(Assembled& assembled);
  Result<void> set_range();
  void say_what_lies_after(const History& history);
  Result<void> set_window();
  Result<Moment> moment_at(Instant as_of);
  Result<void> look_now();
  Result<void> look_back();
  Result<void> look_at_shop();
  void compare_classes();
  void test_late_list(const Moment& then, const segments::LaterFacts& later);
  Result<void> fill_totals();
  void fill_provenance();
  void hand_over();

  void step(const std::string& what, double done) {
    if (progress_) progress_(what, done);
  }

  const AnalyzeOptions& options_;
  Files& files_;
  const Clock& clock_;
  const Progress& progress_;

  Analysis analysis_;
  AnalysisView& view_ = analysis_.view;
  Zone zone_ = Zone::utc();
  DictionaryPtr product_ids_;
  std::vector<Column> product_facts_;
  segments::FactsWindow window_;
  bool window_cuts_history_ = false;
  Moment now_;
  std::optional<Moment> then_;
  segments::LaterFacts later_;
};

Result<Analysis> Analyzer::run() {
  analysis_.rfm = segments::default_rfm();
  if (!options_.rfm_file.empty()) {
    REGULARS_ASSIGN(const std::string yaml, files_.read(options_.rfm_file));
    REGULARS_ASSIGN(analysis_.rfm, parse_rfm(yaml, options_.rfm_file));
  }
  if (!options_.database.empty()) REGULARS_TRY(check_database(options_.database, files_));
  REGULARS_TRY(read());
  REGULARS_TRY(set_range());
  REGULARS_TRY(set_window());
  step("forming segments", 0.7);
  REGULARS_TRY(look_now());
  step("testing the segments on the past", 0.8);
  REGULARS_TRY(look_back());
  step("looking at months, products and places", 0.9);
  REGULARS_TRY(look_at_shop());
  REGULARS_TRY(fill_totals());
  fill_provenance();
  hand_over();
  view_.notices = all_notices(view_);
  return std::move(analysis_);
}

Result<void> Analyzer::read() {
  REGULARS_ASSIGN(ShopRead shop, read_shop(options_, files_, progress_));
  if (options_.database.empty()) REGULARS_TRY(check_purchases(shop));
  view_.intake = std::move(shop.intake);
  zone_ = std::move(shop.zone);
  product_ids_ = std::move(shop.product_ids);
  product_facts_ = std::move(shop.product_facts);
  Assembled& assembled = shop.assembled;
  view_.unattributed = assembled.unattributed;
  if (!options_.database.empty()) REGULARS_TRY(keep_in_database(assembled));
  if (!analysis_.history) {
    REGULARS_ASSIGN(History history,
                    History::build(std::move(assembled.customers), std::move(assembled.events)));
    analysis_.history = std::make_unique<History>(std::move(history));
  }
  view_.history = analysis_.history.get();
  return {};
}

// What the files hold goes into the project database, and the analysis is of all it holds then.
Result<void> Analyzer::keep_in_database(Assembled& assembled) {
  step("storing in " + options_.database, 0.6);
  const Instant now = clock_.now();
  REGULARS_ASSIGN(store::Store store, store::Store::open(options_.database, now));
  const store::Delivery delivery =
      store::delivery_of_orders("orders", std::move(assembled), view_.intake);
  REGULARS_ASSIGN(const store::IngestReport report, store.ingest(delivery, now));
  REGULARS_ASSIGN(History history, store.load());
  analysis_.history = std::make_unique<History>(std::move(history));
  view_.history = analysis_.history.get();
  const store::TypeReport total = report.total();
  view_.intake.notices.push_back({"database",
                                  std::to_string(total.added) + " new events, " +
                                      std::to_string(total.known) + " known already, " +
                                      std::to_string(total.revised) +
                                      " revised; analysed with all stored",
                                  "--database", 52});
  return {};
}

Result<void> Analyzer::set_range() {
  REGULARS_ASSIGN(const DataRange range, data_range(*analysis_.history, zone_, options_.as_of));
  view_.from = range.from;
  view_.to = range.to;
  view_.as_of = range.as_of;
  view_.as_of_day = zone_.day_of(range.as_of);
  view_.as_of_given = !options_.as_of.empty();
  REGULARS_TRY(check_sums(*analysis_.history));
  say_what_lies_after(*analysis_.history);
  *analysis_.history = std::move(*analysis_.history).up_to(range.as_of);
  return {};
}

// The rows are counted as they stand in the files, so what the figures leave out must be said.
void Analyzer::say_what_lies_after(const History& history) {
  const std::vector<Instant>& at = history.stream("purchase")->at;
  const auto later =
      std::count_if(at.begin(), at.end(), [&](Instant t) { return t > view_.as_of; });
  if (later == 0) return;
  view_.intake.notices.push_back({"after_as_of",
                                  with_thousands(later) +
                                      (later == 1 ? " order lies" : " orders lie") +
                                      " after the as-of: read, but in none of the figures",
                                  "--as-of", view_.as_of_given ? 75.0 : 50.0});
}

Result<void> Analyzer::set_window() {
  REGULARS_ASSIGN(const int asked, window_months(options_.rfm_window));
  const int months = asked < 0 ? kLongestDefaultWindowMonths : asked;
  const bool cuts = months > 0 && add_months(view_.as_of_day, -months) >= view_.from;
  window_cuts_history_ = cuts;
  window_.rfm_window_months = cuts ? months : 0;
  view_.rfm_window =
      cuts ? "the last " + std::to_string(months) + " months" : std::string("the whole file");
  return {};
}

Result<Moment> Analyzer::moment_at(Instant as_of) {
  const History& history = *analysis_.history;
  Moment moment;
  REGULARS_ASSIGN(
      std::vector<CustomerFacts> facts,
      segments::customer_facts(history, zone_, std::span(&as_of, 1), window_, options_.threads));
  moment.facts = std::move(facts.front());
  const segments::ShopRhythm rhythm =
      segments::shop_rhythm(moment.facts, view_.from, options_.kind_of_shop);
  REGULARS_ASSIGN(moment.cycle,
                  segments::life_cycle(history, zone_, moment.facts, rhythm, options_.threads));
  REGULARS_ASSIGN(moment.rfm,
                  segments::score_rfm(moment.facts, analysis_.rfm, window_cuts_history_));
  moment.tiers = segments::value_tiers(moment.facts);
  return moment;
}

Result<void> Analyzer::look_now() {
  REGULARS_ASSIGN(now_, moment_at(view_.as_of));
  view_.life_cycle_sizes = segments::class_sizes(now_.cycle.segmentation, now_.facts);
  view_.rfm_sizes = segments::class_sizes(now_.rfm.segmentation, now_.facts);
  view_.tier_sizes = segments::class_sizes(now_.tiers, now_.facts);
  view_.late = segments::late_customers(now_.cycle, now_.facts);
  compare_classes();
  return {};
}

// Where RFM and the life cycle disagree, and what the repeat buyers who slip are worth.
void Analyzer::compare_classes() {
  const Segmentation& rfm = now_.rfm.segmentation;
  const Segmentation& cycle = now_.cycle.segmentation;
  view_.rfm_by_life_cycle = segments::cross(rfm, cycle, now_.facts);
  view_.life_cycle_by_tier = segments::cross(cycle, now_.tiers, now_.facts);
  const auto named = [&](size_t c, std::initializer_list<const char*> names) {
    if (rfm.class_of[c] == segments::kNoClass) return false;
    const std::string& name = rfm.classes[static_cast<size_t>(rfm.class_of[c])];
    return std::any_of(names.begin(), names.end(), [&](const char* n) { return name == n; });
  };
  for (size_t c = 0; c < now_.facts.size(); ++c) {
    const int16_t life = cycle.class_of[c];
    if (life == segments::kSlipping && now_.facts.purchase_days[c] >= 2) {
      ++view_.slipping_repeat_customers;
      view_.slipping_repeat_net += now_.facts.net[c];
    }
    if (named(c, {"At risk", "Cannot lose"})) {
      ++view_.endangered;
      const bool in_rhythm = life == segments::kActive || life == segments::kWonBack;
      view_.endangered_in_rhythm += in_rhythm ? 1 : 0;
    }
    const bool late =
        life == segments::kSlipping || life == segments::kLapsed || life == segments::kLost;
    if (late && named(c, {"Champions", "Loyal"})) ++view_.loyal_but_late;
  }
}

// The horizon ends where the data does: an as-of long after it would find that nobody came back.
Result<void> Analyzer::look_back() {
  const Instant then = zone_.end_of(view_.to - kHorizonDays);
  const int before = view_.to - kHorizonDays - view_.from + 1;
  if (before < kHorizonDays) {
    const std::string why = "too short to test: the file covers " +
                            std::to_string(view_.to - view_.from + 1) + " days, 180 needed";
    view_.life_cycle_test.why_not = why;
    view_.rfm_test.why_not = why;
    return {};
  }
  REGULARS_ASSIGN(Moment past, moment_at(then));
  then_ = std::move(past);
  REGULARS_ASSIGN(later_, segments::facts_between(*analysis_.history, zone_, then, view_.as_of,
                                                  options_.threads));
  view_.life_cycle_test =
      segments::self_test(then_->cycle.segmentation, then_->facts, later_, kHorizonDays);
  view_.rfm_test = segments::self_test(then_->rfm.segmentation, then_->facts, later_, kHorizonDays);
  view_.life_cycle_flows =
      segments::flows(then_->cycle.segmentation, now_.cycle.segmentation, then_->facts, now_.facts);
  view_.rfm_flows =
      segments::flows(then_->rfm.segmentation, now_.rfm.segmentation, then_->facts, now_.facts);
  if (view_.life_cycle_test.possible) test_late_list(*then_, later_);
  return {};
}

// The late list of 90 days ago, and those in rhythm then: who came back by themselves?
void Analyzer::test_late_list(const Moment& then, const segments::LaterFacts& later) {
  int64_t came = 0;
  const std::vector<LateCustomer> late = segments::late_customers(then.cycle, then.facts);
  for (const LateCustomer& one : late) came += later.orders[one.customer] > 0 ? 1 : 0;
  view_.late_came_back = segments::wilson(came, static_cast<int64_t>(late.size()));
  const segments::ClassTest& active =
      view_.life_cycle_test.classes[static_cast<size_t>(segments::kActive)];
  view_.in_rhythm_came_back = active.returned;
  view_.late_tested = !late.empty();
}

Result<void> Analyzer::look_at_shop() {
  const History& history = *analysis_.history;
  view_.months = segments::months(history, zone_, view_.from, view_.to);
  view_.refund_delay = segments::refund_delay(history, zone_);
  view_.concentration = segments::concentration(now_.facts);
  view_.show_without_trade = view_.concentration.probable_trade;
  if (view_.show_without_trade) {
    view_.concentration_without_trade =
        segments::concentration(now_.facts, segments::probable_trade_customers(now_.facts));
  }
  view_.ladder = segments::ladder(now_.facts, view_.from);
  REGULARS_ASSIGN(view_.cohorts, segments::cohorts(history, zone_, now_.facts, view_.from, view_.to,
                                                   now_.cycle.rhythm.q80, options_.threads));
  view_.rhythm = segments::rhythm(history, zone_, now_.facts, view_.months);
  view_.products = segments::products(history, *product_ids_, product_facts_, now_.facts);
  view_.has_products = !view_.products.by_net.empty();
  view_.places = segments::places(history, now_.facts);
  view_.inputs = options_.inputs;
  view_.cards = segments::action_cards(
      {history, now_.facts, now_.cycle, now_.tiers, then_ ? &then_->facts : nullptr,
       then_ ? &then_->cycle : nullptr, then_ ? &then_->tiers : nullptr, then_ ? &later_ : nullptr},
      options_.inputs);
  return {};
}

Result<void> Analyzer::fill_totals() {
  const CustomerFacts& facts = now_.facts;
  view_.customer_rows.assign(facts.size(), 0);
  const std::vector<Instant>& known_from = analysis_.history->customer_table().known_from;
  for (size_t c = 0; c < facts.size(); ++c) {
    if (!known_from.empty() && known_from[c] > view_.as_of) continue;
    view_.customer_rows[c] = ++view_.customers_seen;
    view_.customers += facts.is_customer(c) ? 1 : 0;
    view_.orders += facts.orders[c];
    view_.gross += facts.gross[c];
    view_.refunds += facts.refunds[c];
  }
  view_.customers_without_purchase = view_.customers_seen - view_.customers;
  view_.net = view_.gross - view_.refunds;
  REGULARS_ASSIGN(view_.headlines,
                  segments::headlines(*analysis_.history, zone_, facts, view_.from,
                                      1 - view_.unattributed.share_of_sales, options_.threads));
  return {};
}

void Analyzer::fill_provenance() {
  view_.version = kVersion;
  view_.command = options_.command;
  view_.show_contacts = options_.show_contacts;
  view_.generated_at = clock_.now();
  view_.time_zone = zone_.name();
  view_.currency = view_.intake.spec.currency;
  view_.scale = now_.facts.scale;
  view_.out_directory = options_.out_directory;
  const Rounding& rounding = view_.intake.rounding;
  if (rounding.lines_rounded == 0) return;
  const auto exact = narrow(rounding.exact_sum);
  if (exact) view_.gross_before_rounding = Decimal{*exact, rounding.exact_scale}.to_string();
}

// Last, because all of it is looked at until here and may be large.
void Analyzer::hand_over() {
  analysis_.facts = std::make_unique<CustomerFacts>(std::move(now_.facts));
  view_.facts = analysis_.facts.get();
  view_.life_cycle = std::move(now_.cycle);
  view_.rfm = std::move(now_.rfm);
  view_.tiers = std::move(now_.tiers);
}

}  // namespace

Result<Analysis> analyze(const AnalyzeOptions& options, Files& files, const Clock& clock,
                         const Progress& progress) {
  if (options.order_files.empty()) {
    return Error(ErrorCode::kUsage, "no file of orders was named", "regulars analyze orders.csv");
  }
  return Analyzer(options, files, clock, progress).run();
}

}  // namespace regulars::app
