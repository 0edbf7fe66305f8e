#include "report/test_view.h"

#include "report/test_view_segments.h"

namespace regulars::report {
namespace {

constexpr const char* kIds[] = {"16029",
                                "16422",
                                "16180",
                                "<script>alert(1)</script>",
                                "A&B \"x\" 9",
                                "=1+2",
                                "anna@example.org",
                                "O'Neil 7",
                                "00012",
                                "caf\xc3\xa9-1",
                                "17850",
                                "never-bought-1"};
constexpr size_t kCustomers = 12;

Day day(int year, int month, int date) { return to_day({year, month, date}); }
Instant noon(Day d) { return Zone::utc().at(d, hours(12).micros); }

History make_history() {
  CustomerTable customers;
  customers.ids = std::make_shared<Dictionary>();
  for (const char* id : kIds) customers.ids->intern(id);
  auto countries = std::make_shared<Dictionary>();
  auto categories = std::make_shared<Dictionary>();
  EventBatch purchases;
  purchases.type = "purchase";
  purchases.columns.push_back(Column::text("country", countries));
  purchases.item_columns.push_back(Column::text("category", categories));
  purchases.item_offset.push_back(0);
  for (uint32_t c = 0; c + 1 < kCustomers; ++c) {
    purchases.customer.push_back(c);
    purchases.at.push_back(noon(day(2011, 11, 1) - static_cast<int>(c) * 9));
    purchases.id.push_back(c + 1);
    purchases.columns[0].codes.push_back(countries->intern(c % 2 == 0 ? "Norway" : "<i>Eire</i>"));
    purchases.item_columns[0].codes.push_back(categories->intern("Gifts & cards"));
    purchases.item_offset.push_back(c + 1);
  }
  return History::build(std::move(customers), {std::move(purchases)}).value();
}

segments::CustomerFacts make_facts() {
  segments::CustomerFacts facts;
  facts.as_of_day = day(2011, 12, 9);
  facts.as_of = Zone::utc().end_of(facts.as_of_day);
  for (int64_t c = 0; c < static_cast<int64_t>(kCustomers); ++c) {
    const bool bought = c + 1 < static_cast<int64_t>(kCustomers);
    const int64_t last = day(2011, 11, 1).number - c * 9;
    const int64_t first = bought && c > 0 ? last - 300 + c * 11 : last - 300;
    const int64_t none = segments::kUnknown;
    facts.first_at.push_back(bought ? first * days(1).micros : none);
    facts.last_at.push_back(bought ? last * days(1).micros : none);
    facts.first_day.push_back(bought ? first : none);
    facts.last_day.push_back(bought ? last : none);
    facts.orders.push_back(bought ? 12 - c : 0);
    facts.purchase_days.push_back(bought ? 12 - c : 0);
    facts.gross.push_back(bought ? 5100000 / (c + 1) : 0);
    facts.refunds.push_back(c == 2 ? 2500000 : 0);
    facts.net.push_back(facts.gross.back() - facts.refunds.back());
    facts.window_orders.push_back(facts.orders.back());
    facts.window_net.push_back(facts.net.back());
    facts.year_net.push_back(facts.net.back());
    facts.median_gap_days.push_back(bought ? 11.5 : std::numeric_limits<double>::quiet_NaN());
    for (std::vector<int64_t>& nth : facts.nth_day) nth.push_back(none);
  }
  return facts;
}

Intake make_intake() {
  Intake intake;
  intake.sources = {{"online_retail.csv.gz", "CSV, comma, gzip", "UTF-8", 7548686, 541909, 1}};
  intake.spec.cancellation_prefix = "C";
  intake.columns = {
      {"customer",
       "CustomerID",
       "name says customer; 4,372 different values",
       "--customer",
       .98,
       {}},
      {"order", "InvoiceNo", "name says invoice", "--order", .97, {}},
      {"time", "InvoiceDate", "dates from 1 Dec 2010 on", "--time", .99, {}},
      {"product", "StockCode", "name says stock; <b>codes</b>", "--product", .9, {"Description"}},
      {"amount", "Quantity x UnitPrice", "quantity times price", "--amount", .9, {}},
      {"country", "Country", "name says country", "--country", .95, {}}};
  intake.unused_columns = {"Description"};
  intake.roles = {"customer", "order", "time", "product", "amount", "country"};
  intake.rows = {541909, 397884, 8905, 40, 135080, 0, 0, 0, 0, 0};
  intake.exact_duplicates = 5268;
  intake.rejects = {{"online_retail.csv.gz", 17, 5, "InvoiceDate", "'31.02.2011' is not a date",
                     "536365,\"<b>\",=2"}};
  return intake;
}

std::vector<Notice> make_notices() {
  return {
      {"unattributed_share",
       "16.5 % of sales carry no customer: what follows is about the other 83.5 %", "", 90},
      {"undone_buyers",
       "2 of the 10 largest buyers cancelled nearly all of it (16446, 12346): ranking is by net",
       "", 70},
      {"charges", "POSTAGE, Manual, CARRIAGE ... are charges (1.7 %): not counted as products", "",
       60},
      {"partial_month",
       "Dec 2011 has 9 days; buyers of Dec 2010 look new only because the file starts there", "",
       50},
      {"duplicates", "5,268 rows are exact duplicates: kept", "--drop-duplicates", 40},
      {"trade", "1 % of customers bring 30 % of net revenue: probably trade customers", "--exclude",
       30},
      {"zone", "Times carry no zone: taken as UTC", "--time-zone", 20}};
}

void fill_totals(AnalysisView& view) {
  view.version = "0.1.0";
  view.command = "regulars analyze online_retail.csv.gz";
  view.generated_at = noon(day(2026, 1, 15));
  view.time_zone = "UTC";
  view.as_of_day = view.to = day(2011, 12, 9);
  view.as_of = Zone::utc().end_of(view.as_of_day);
  view.from = day(2010, 12, 1);
  view.customers_seen = 4372;
  view.customers = 4338;
  view.customers_without_purchase = 34;
  view.orders = 18532;
  view.gross = 891140790;
  view.refunds = 61134209;
  view.net = 830006581;
  view.gross_before_rounding = "8911407.904";
  view.unattributed = {2500, 143000000, 100000};
  view.out_directory = "regulars-report";
  view.written_files = {"report.html",  "regulars.xlsx", "customers.csv",
                        "segments.csv", "months.csv",    "lists/second-order.csv"};
}

}  // namespace

std::unique_ptr<TestShop> make_test_shop() {
  auto shop = std::make_unique<TestShop>();
  shop->history = make_history();
  shop->facts = make_facts();
  AnalysisView& view = shop->view;
  view.history = &shop->history;
  view.facts = &shop->facts;
  view.intake = make_intake();
  view.notices = make_notices();
  fill_totals(view);
  fill_test_segments(view, shop->facts);
  fill_test_shop_facts(view);
  fill_test_cards(view);
  return shop;
}

std::unique_ptr<TestShop> make_young_shop() {
  auto shop = make_test_shop();
  AnalysisView& view = shop->view;
  view.notices.clear();
  view.refunds = 0;
  view.net = view.gross;
  view.intake.spec.cancellation_prefix.clear();
  view.life_cycle.rhythm.own = false;
  view.life_cycle.rhythm.vertical = "fashion";
  view.life_cycle.rhythm.repeat_buyers = 12;
  view.life_cycle_test = {};
  view.life_cycle_test.why_not = "only 14 days of data";
  view.rfm_test = view.life_cycle_test;
  view.life_cycle_flows = {};
  view.rfm_flows = {};
  view.late.clear();
  view.late_tested = false;
  for (segments::LadderStep& step : view.ladder.steps) step.known = false;
  view.ladder.second_order.clear();
  view.ladder.q50 = view.ladder.q80 = view.ladder.q95 = -1;
  view.cohorts = {};
  view.has_products = false;
  view.products = {};
  view.places.clear();
  view.cards.clear();
  view.endangered = view.endangered_in_rhythm = view.loyal_but_late = 0;
  view.intake.columns.resize(3);
  view.currency = "EUR";
  return shop;
}

}  // namespace regulars::report
