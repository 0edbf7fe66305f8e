#include "report/workbook.h"

#include <fmt/format.h>

#include <cmath>

#include "base/files.h"
#include "base/temporary_file.h"
#include "report/csv_files.h"
#include "report/definitions.h"
#include "report/sentences.h"
#include "report/sheet.h"
#include "report/tie_out.h"
#include "report/words.h"

namespace regulars::report {
namespace {

// More rows than anybody scrolls through; the CSV files have all of them.
constexpr size_t kMostRows = 100'000;

void summary_sheet(const AnalysisView& view, Sheet& sheet) {
  const auto money_row = [&](std::string_view name, int64_t units, std::string_view note) {
    sheet.text(name).money(units, view.scale).text(note).end_row();
  };
  const auto count_row = [&](std::string_view name, int64_t n, std::string_view note) {
    sheet.text(name).count(n).text(note).end_row();
  };
  sheet.columns({{"Figure", 34}, {"Value", 18}, {"Note", 70}});
  sheet.text("From").date(view.from.number).end_row();
  sheet.text("To").date(view.to.number).text("As of " + last_moment(view)).end_row();
  count_row("Customers", view.customers, "with at least one purchase");
  count_row("Customers seen", view.customers_seen, "with any record");
  count_row("Orders", view.orders, "");
  money_row("Gross revenue", view.gross, view.currency);
  money_row("Refunds", view.refunds, refund_word(view));
  money_row("Net revenue", view.net, "customers are ranked by it");
  for (const RowPart& part : row_parts(view)) {
    count_row("Rows: " + part.words, part.rows, part.meaning);
  }
  count_row("Rows read", view.intake.rows.read, "the sum of the rows above");
  sheet.text("Who pays").blank().text(who_pays_sentence(view)).end_row();
  sheet.text("Ladder").blank().text(ladder_sentence(view)).end_row();
  sheet.text("Second order").blank().text(second_order_sentence(view)).end_row();
  for (const Notice& notice : view.notices) {
    sheet.text("To watch").blank().text(notice.text).end_row();
  }
  sheet.text("Made by").blank().text("Regulars " + view.version + ": " + view.command).end_row();
}

void months_sheet(const AnalysisView& view, Sheet& sheet) {
  sheet.columns({{"Month"},
                 {"Orders"},
                 {"Customers"},
                 {"New customers"},
                 {"Gross revenue", 16},
                 {"Refunds", 16},
                 {"Net revenue", 16},
                 {"Days covered"},
                 {"Whole month"}});
  for (const segments::Month& month : view.months) {
    sheet.date(month.begin.number).count(month.orders).count(month.customers);
    sheet.count(month.new_customers)
        .money(month.gross, view.scale)
        .money(month.refunds, view.scale);
    sheet.money(month.net, view.scale).count(month.days_covered);
    sheet.text(month.partial ? "no" : "yes").end_row();
  }
}

void classes_sheet(const AnalysisView& view, Sheet& sheet,
                   const std::vector<segments::ClassSize>& sizes, const segments::SelfTest& test) {
  const std::string day = test.possible ? short_day(view, local_day(view, test.then)) : "";
  sheet.columns({{"Class", 22},
                 {"Customers"},
                 {"Share"},
                 {"Orders"},
                 {"Gross revenue", 16},
                 {"Net revenue", 16},
                 {"Share of net"},
                 {test.possible ? "So called on " + day : "Tested", 14},
                 {fmt::format("Bought in {} days", test.horizon_days), 14},
                 {"Low (95 %)"},
                 {"High (95 %)"}});
  for (const segments::ClassSize& size : sizes) {
    sheet.text(size.name).count(size.customers).share(size.customer_share).count(size.orders);
    sheet.money(size.gross, view.scale).money(size.net, view.scale).share(size.net_share);
    const segments::ClassTest* tested = test.possible ? test_of(test, size.name) : nullptr;
    if (tested != nullptr && tested->returned.of > 0) {
      const segments::Share& back = tested->returned;
      sheet.count(back.of).share(back.value).share(back.low).share(back.high);
    }
    sheet.end_row();
  }
  sheet.end_row();
  sheet.text(test.possible ? test.sentence : untested_sentence(test)).end_row();
}

void late_sheet(const AnalysisView& view, Sheet& sheet) {
  sheet.columns({{"Customer", 20},
                 {"Orders"},
                 {"Usual gap, days"},
                 {"Silent, days"},
                 {"Times over"},
                 {"Net, last 365 days", 16},
                 {"Net to date", 16},
                 {"RFM class", 20},
                 {"Life cycle", 14},
                 {"Value tier"}});
  for (size_t i = 0; i < std::min(kMostRows, view.late.size()); ++i) {
    const segments::LateCustomer& late = view.late[i];
    sheet.text(customer_label(view, late.customer)).count(late.orders);
    sheet.number(late.usual_gap_days).count(late.silent_days).number(late.times_over);
    sheet.money(late.year_net, view.scale).money(late.net, view.scale);
    sheet.text(class_name(view.rfm.segmentation, late.customer));
    sheet.text(class_name(view.life_cycle.segmentation, late.customer));
    sheet.text(class_name(view.tiers, late.customer)).end_row();
  }
}

void list_sheet(const AnalysisView& view, const segments::ActionCard& card, Sheet& sheet) {
  sheet.columns({{"Customer", 20},
                 {"Why", 52},
                 {"Last order"},
                 {"Usual gap, days"},
                 {"Net, last 365 days", 16},
                 {"Group"}});
  for (size_t i = 0; i < std::min(kMostRows, card.members.size()); ++i) {
    const CustomerNumber c = card.members[i].customer;
    sheet.text(customer_label(view, c)).text(list_reason(view, c)).date(view.facts->last_day[c]);
    sheet.number(view.life_cycle.usual_gap[c]).money(view.facts->year_net[c], view.scale);
    sheet.text(card.members[i].control ? "control" : "contact").end_row();
  }
  if (card.members.size() > kMostRows) {
    sheet.title(fmt::format("The first {}; all {} are in lists/{}.csv", kMostRows,
                            card.members.size(), card.key));
  }
}

void definitions_sheet(const AnalysisView& view, Sheet& sheet) {
  sheet.columns({{"Figure", 30}, {"Meaning", 110}});
  for (const Definition& definition : definitions(view)) {
    sheet.text(definition.name).text(definition.meaning).end_row();
  }
  sheet.title("What this cannot know");
  for (const std::string& limit : limits()) sheet.blank().text(limit).end_row();
}

void write_sheets(const AnalysisView& view, lxw_workbook* book) {
  const Formats formats = make_formats(book, view.scale);
  const auto sheet = [&](const std::string& name) {
    return Sheet(book, formats, sheet_name(name));
  };
  Sheet summary = sheet("Summary");
  summary_sheet(view, summary);
  Sheet months = sheet("Months");
  months_sheet(view, months);
  Sheet cycle = sheet("Life cycle");
  classes_sheet(view, cycle, view.life_cycle_sizes, view.life_cycle_test);
  Sheet rfm = sheet("RFM");
  classes_sheet(view, rfm, view.rfm_sizes, view.rfm_test);
  Sheet late = sheet("Late");
  late_sheet(view, late);
  for (const segments::ActionCard& card : view.cards) {
    Sheet list = sheet("List " + card.key);
    list_sheet(view, card, list);
  }
  Sheet meanings = sheet("Definitions");
  definitions_sheet(view, meanings);
}

}  // namespace

Result<std::string> workbook(const AnalysisView& view) {
  const TemporaryFile file;
  if (!file.made()) {
    return Error(ErrorCode::kIo, "no temporary file can be made for the workbook",
                 "Is there room in the folder for temporary files (TMPDIR)?");
  }
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* book = workbook_new_opt(file.path().c_str(), &options);
  if (book == nullptr) return Error(ErrorCode::kIo, "the workbook cannot be written");
  lxw_doc_properties properties = {};
  const std::string title = "Regulars " + view.version;
  properties.title = const_cast<char*>(title.c_str());
  // Otherwise the library asks the clock.
  properties.created = static_cast<time_t>(view.generated_at.micros / 1'000'000);
  workbook_set_properties(book, &properties);
  write_sheets(view, book);
  const lxw_error failed = workbook_close(book);
  if (failed != LXW_NO_ERROR) {
    return Error(ErrorCode::kIo,
                 fmt::format("the workbook cannot be written: {}", lxw_strerror(failed)),
                 "Is there room in the folder for temporary files (TMPDIR)?");
  }
  return real_files().read(file.path());
}

}  // namespace regulars::report
