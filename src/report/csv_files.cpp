#include "report/csv_files.h"

#include <fmt/format.h>

#include <cmath>

#include "base/csv.h"
#include "report/sentences.h"
#include "report/words.h"

namespace regulars::report {
namespace {

// Rows of a CSV: text is escaped, numbers are written as they are.
class CsvTable {
 public:
  explicit CsvTable(std::string_view header) : out_(std::string(header) + "\n") {}
  CsvTable& text(std::string_view value) {
    separate();
    append_csv_field(out_, value);
    return *this;
  }
  CsvTable& number(int64_t value) { return plain(fmt::format("{}", value)); }
  CsvTable& known_number(int64_t value) {
    return value == segments::kUnknown ? plain("") : number(value);
  }
  CsvTable& fraction(double value, int digits) {
    return plain(std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "");
  }
  CsvTable& plain(std::string_view value) {
    separate();
    out_ += value;
    return *this;
  }
  void end_row() {
    out_ += '\n';
    begun_ = false;
  }
  std::string take() { return std::move(out_); }

 private:
  void separate() {
    if (begun_) out_ += ',';
    begun_ = true;
  }
  std::string out_;
  bool begun_ = false;
};

void score(CsvTable& table, int8_t value) {
  if (value > 0) {
    table.number(value);
  } else {
    table.plain("");
  }
}

void customer_row(CsvTable& table, const AnalysisView& view, CustomerNumber c) {
  const segments::CustomerFacts& facts = *view.facts;
  const bool bought = facts.is_customer(c);
  table.text(view.history->customer_id(c));
  table.plain(plain_day(facts.first_day[c])).plain(plain_day(facts.last_day[c]));
  table.number(facts.orders[c]);
  table.plain(plain_money(view, facts.gross[c])).plain(plain_money(view, facts.net[c]));
  const double average = bought ? static_cast<double>(facts.net[c]) /
                                      static_cast<double>(facts.orders[c]) /
                                      static_cast<double>(power_of_ten(view.scale))
                                : NAN;
  table.fraction(average, view.scale);
  table.known_number(bought ? facts.silent_days(c) : segments::kUnknown);
  table.fraction(view.life_cycle.usual_gap[c], 1);
  score(table, view.rfm.r[c]);
  score(table, view.rfm.f[c]);
  score(table, view.rfm.m[c]);
  table.text(class_name(view.rfm.segmentation, c));
  table.text(class_name(view.life_cycle.segmentation, c));
  table.text(class_name(view.tiers, c));
  table.end_row();
}

void segment_rows(CsvTable& table, const AnalysisView& view, std::string_view segmentation,
                  const std::vector<segments::ClassSize>& sizes, const segments::SelfTest* test) {
  for (const segments::ClassSize& size : sizes) {
    table.text(segmentation).text(size.name).number(size.customers);
    table.fraction(size.customer_share, 4).number(size.orders);
    table.plain(plain_money(view, size.gross)).plain(plain_money(view, size.net));
    table.fraction(size.net_share, 4);
    const segments::ClassTest* tested =
        test != nullptr && test->possible ? test_of(*test, size.name) : nullptr;
    if (tested != nullptr && tested->returned.of > 0) {
      const segments::Share& back = tested->returned;
      table.plain(to_iso(local_day(view, test->then))).number(test->horizon_days);
      table.number(back.of).number(back.hits);
      table.fraction(back.value, 4).fraction(back.low, 4).fraction(back.high, 4);
    } else {
      table.plain("").plain("").plain("").plain("").plain("").plain("").plain("");
    }
    table.end_row();
  }
}

}  // namespace

std::string customers_csv(const AnalysisView& view) {
  CsvTable table(
      "customer_id,first_purchase,last_purchase,orders,gross_revenue,net_revenue,average_order,"
      "recency_days,usual_gap_days,r,f,m,rfm_class,life_cycle,value_tier");
  for (CustomerNumber c = 0; c < view.facts->size(); ++c) {
    const bool listed = view.customer_rows.empty() || view.customer_rows[c] > 0;
    if (listed) customer_row(table, view, c);
  }
  return table.take();
}

std::string segments_csv(const AnalysisView& view) {
  CsvTable table(
      "segmentation,class,customers,customer_share,orders,gross_revenue,net_revenue,net_share,"
      "tested_on,test_days,test_customers,test_returned,test_share,test_low,test_high");
  segment_rows(table, view, "life_cycle", view.life_cycle_sizes, &view.life_cycle_test);
  segment_rows(table, view, "rfm_class", view.rfm_sizes, &view.rfm_test);
  segment_rows(table, view, "value_tier", view.tier_sizes, nullptr);
  return table.take();
}

std::string months_csv(const AnalysisView& view) {
  CsvTable table(
      "month,orders,customers,new_customers,gross_revenue,refunds,net_revenue,partial,"
      "days_covered");
  for (const segments::Month& month : view.months) {
    table.plain(to_iso(month.begin).substr(0, 7)).number(month.orders).number(month.customers);
    table.number(month.new_customers).plain(plain_money(view, month.gross));
    table.plain(plain_money(view, month.refunds)).plain(plain_money(view, month.net));
    table.plain(month.partial ? "yes" : "no").number(month.days_covered).end_row();
  }
  return table.take();
}

std::string list_reason(const AnalysisView& view, CustomerNumber customer) {
  const segments::CustomerFacts& facts = *view.facts;
  if (!facts.is_customer(customer)) return "known, never bought";
  const std::string cycle = class_name(view.life_cycle.segmentation, customer);
  const std::string silent = day_count(static_cast<double>(facts.silent_days(customer)));
  if (facts.purchase_days[customer] < 2) {
    return fmt::format("{}: bought once, {} ago", cycle, silent);
  }
  return fmt::format("{}: silent for {}, usually {} between orders", cycle, silent,
                     day_count(view.life_cycle.usual_gap[customer]));
}

std::string list_csv(const AnalysisView& view, const segments::ActionCard& card) {
  CsvTable table("customer_id,why,last_order,usual_gap_days,value,group");
  for (const segments::ListMember& member : card.members) {
    const CustomerNumber c = member.customer;
    table.text(view.history->customer_id(c)).text(list_reason(view, c));
    table.plain(plain_day(view.facts->last_day[c])).fraction(view.life_cycle.usual_gap[c], 1);
    table.plain(plain_money(view, view.facts->year_net[c]));
    table.plain(member.control ? "control" : "contact").end_row();
  }
  return table.take();
}

std::string rejects_csv(const AnalysisView& view) {
  CsvTable table("file,line,column,field,reason,raw");
  for (const Reject& reject : view.intake.rejects) {
    table.text(reject.file);
    if (reject.line > 0) {
      table.number(static_cast<int64_t>(reject.line));
    } else {
      table.plain("");
    }
    if (reject.column > 0) {
      table.number(reject.column);
    } else {
      table.plain("");
    }
    table.text(reject.field).text(reject.reason).text(reject.raw).end_row();
  }
  return table.take();
}

}  // namespace regulars::report
