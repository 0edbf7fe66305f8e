// 1 Is this my data?, 15 Data quality.
#include <fmt/format.h>

#include <algorithm>

#include "base/decimal.h"
#include "report/page/sections.h"
#include "report/tie_out.h"
#include "report/words.h"

namespace regulars::report {
namespace {

Markup rows_table(const AnalysisView& view) {
  Table table;
  table.caption = "Every row of the file, counted once";
  table.columns = {{"Part"}, {"Rows", true}, {"What it is"}};
  table.classes = "stack";
  for (const RowPart& part : row_parts(view)) {
    if (part.rows == 0 && part.name != "rejected") continue;
    table.rows.push_back(
        {{cell(sentence_case(part.words)), cell(count(part.rows)), cell(part.meaning)}, ""});
  }
  table.rows.push_back({{cell("Rows read"), cell(count(view.intake.rows.read)),
                         cell(view.intake.rows.ties_out() ? "The sum of the parts above."
                                                          : "The parts above do not add up.")},
                        "total"});
  return render(table);
}

// The exact sum before rounding, as people read it.
std::string exact_gross(const AnalysisView& view) {
  const Result<Decimal> exact = Decimal::parse(view.gross_before_rounding);
  return exact ? with_thousands(*exact) : view.gross_before_rounding;
}

Markup revenue_table(const AnalysisView& view) {
  Table table;
  const std::string currency = view.currency.empty() ? "in the file's currency" : view.currency;
  table.caption = fmt::format("Revenue, {}", currency);
  table.columns = {{"Of customers"}, {"Amount", true}, {"Note"}};
  table.classes = "stack";
  const std::string rounding =
      view.gross_before_rounding.empty()
          ? fmt::format("{} by {}", counted(view.orders, "order", "orders"),
                        counted(view.customers, "customer", "customers"))
          : fmt::format("{} before each line was rounded to {} digits", exact_gross(view),
                        view.scale);
  table.rows = {{{cell(term("gross", "Gross")), cell(money(view, view.gross)), cell(rounding)}, ""},
                {{cell(term("refunds", sentence_case(refund_word(view)))),
                  cell(money(view, view.refunds)), cell("")},
                 ""},
                {{cell(term("net", "Net")), cell(money(view, view.net)),
                  cell("What everything below is ranked by")},
                 "total"}};
  if (view.unattributed.orders > 0 || view.unattributed.gross != 0) {
    table.rows.push_back({{cell(term("unattributed", "Without customer")),
                           cell(money(view, view.unattributed.gross - view.unattributed.refunds)),
                           cell(fmt::format("net, {}; not part of the above",
                                            counted(view.unattributed.orders, "order", "orders")))},
                          ""});
  }
  return render(table);
}

Table months_table(const AnalysisView& view) {
  Table table;
  table.columns = {
      {"Month"},           {"Orders", true, "purchase"}, {"Customers", true, "customers"},
      {"New", true},       {"Gross", true, "gross"},     {"Refunds", true, "refunds"},
      {"Net", true, "net"}};
  for (const segments::Month& month : view.months) {
    const std::string name = month_name(month.begin);
    table.rows.push_back(
        {{cell(month.partial ? fmt::format("{} ({})", name, day_count(month.days_covered)) : name),
          cell(count(month.orders)), cell(count(month.customers)), cell(count(month.new_customers)),
          cell(money(view, month.gross)), cell(money(view, month.refunds)),
          cell(money(view, month.net))},
         month.partial ? "partial" : ""});
  }
  return table;
}

Figure months_figure(const AnalysisView& view) {
  Figure figure;
  figure.key = "months";
  figure.title = "Net revenue by month";
  figure.legend = {{"", "net revenue"}};
  Json categories = Json::array();
  Json values = Json::array();
  Json texts = Json::array();
  Json hatched = Json::array();
  bool any_partial = false;
  const double unit = static_cast<double>(power_of_ten(view.scale));
  for (const segments::Month& month : view.months) {
    categories.push_back(month_name(month.begin));
    values.push_back(static_cast<double>(month.net) / unit);
    hatched.push_back(month.partial);
    any_partial = any_partial || month.partial;
    texts.push_back(
        fmt::format("{}: {} net{}", month_name(month.begin), whole_money(view, month.net),
                    month.partial ? fmt::format(" (only {})", day_count(month.days_covered)) : ""));
  }
  if (any_partial) {
    figure.legend.push_back({"hatched", "the file holds only part of the month"});
  }
  figure.data = {{"kind", "bars"},
                 {"unit", "number"},
                 {"categories", categories},
                 {"series",
                  {{{"name", "net"},
                    {"colour", "accent"},
                    {"values", values},
                    {"texts", texts},
                    {"hatched", hatched}}}}};
  figure.table = months_table(view);
  figure.table.caption = "Hatched: the file holds only part of the month";
  figure.table_open = view.months.size() <= 30;
  return figure;
}

Markup columns_table(const AnalysisView& view) {
  Table table;
  table.columns = {{"Used as"}, {"Column"}, {"Sure", true}, {"Because"}, {"To correct"}};
  table.classes = "stack";
  for (const FoundColumn& found : view.intake.columns) {
    std::string others;
    for (const std::string& name : found.alternatives) {
      others += (others.empty() ? "; or is it " : ", ") + name;
    }
    if (!others.empty()) others += "?";
    table.rows.push_back(
        {{cell(found.role), cell(tag("code", found.column)), cell(percent(found.confidence)),
          cell(found.reason + others), cell(tag("code", found.option))},
         ""});
  }
  return render(table);
}

Markup notices_table(const AnalysisView& view) {
  Table table;
  table.columns = {{"What to know"}, {"To change it"}};
  table.classes = "stack";
  for (const Notice& notice : view.notices) {
    table.rows.push_back({{cell(sentence_case(without_contacts(view, notice.text))),
                           cell(notice.option.empty() ? text("-") : tag("code", notice.option))},
                          notice.weight > 50 ? "marked" : ""});
  }
  return render(table);
}

constexpr size_t kRejectsShown = 20;

Markup rejects_part(const AnalysisView& view) {
  const std::vector<Reject>& rejects = view.intake.rejects;
  if (view.intake.rows.rejected == 0 && rejects.empty()) {
    return tag("p", "No row was rejected.");
  }
  Table table;
  table.caption = "The first rejected rows; all of them, with their text, are in rejects.csv";
  table.columns = {{"File"}, {"Line", true}, {"Column"}, {"Reason"}};
  table.classes = "stack";
  for (size_t i = 0; i < std::min(kRejectsShown, rejects.size()); ++i) {
    const Reject& reject = rejects[i];
    const std::string line = reject.line == 0 ? "-" : count(static_cast<int64_t>(reject.line));
    table.rows.push_back({{cell(reject.file), cell(line), cell(reject.field),
                           cell(without_contacts(view, reject.reason))},
                          ""});
  }
  return tag("p", fmt::format("{} could not be read.",
                              counted(view.intake.rows.rejected, "row", "rows"))) +
         render(table);
}

Markup sources_table(const AnalysisView& view) {
  Table table;
  table.columns = {{"File"}, {"Format"}, {"Text"}, {"Rows", true}, {"Bytes", true}};
  table.classes = "stack";
  for (const SourceInfo& source : view.intake.sources) {
    table.rows.push_back({{cell(source.path), cell(source.format), cell(source.encoding),
                           cell(count(static_cast<int64_t>(source.rows))),
                           cell(count(static_cast<int64_t>(source.bytes)))},
                          ""});
  }
  return render(table);
}

}  // namespace

std::string without_contacts(const AnalysisView& view, const std::string& sentence) {
  if (view.show_contacts || sentence.find('@') == std::string::npos) return sentence;
  constexpr std::string_view kEnds = " ,;()'\"<>\t\n";
  std::string out;
  for (size_t at = 0; at < sentence.size();) {
    const size_t end = std::min(sentence.find_first_of(kEnds, at), sentence.size());
    const std::string word = sentence.substr(at, end - at);
    out += word.find('@') == std::string::npos ? word : "[an e-mail address]";
    if (end < sentence.size()) out += sentence[end];
    at = end + 1;
  }
  return out;
}

Markup is_this_my_data(const AnalysisView& view, Charts& charts) {
  const std::string shape = view.intake.spec.shape.empty()
                                ? ""
                                : fmt::format(" It looks like: {}.", view.intake.spec.shape);
  return maxim("If net per month differs from your books, stop here and tell us the column.") +
         tag("p", fmt::format("Read: {}, from {} to {}, times in {}.{}", source_name(view),
                              for_people(view.from), for_people(view.to), view.time_zone, shape)) +
         rows_table(view) + revenue_table(view) + charts.add(months_figure(view)) +
         tag("h3", "Columns found") + columns_table(view);
}

Markup data_quality(const AnalysisView& view, Charts&) {
  Markup out =
      view.notices.empty()
          ? tag("p", "Nothing out of the ordinary was found in the file.")
          : tag("p", "Worst first. What is marked could change a decision.") + notices_table(view);
  out += tag("h3", "Rejected rows") + rejects_part(view);
  out += tag("h3", "Duplicates") +
         tag("p", view.intake.exact_duplicates == 0
                      ? std::string("No row repeats another in every column.")
                      : fmt::format("{} repeat another in every column; {} dropped.",
                                    counted(view.intake.exact_duplicates, "row", "rows"),
                                    view.intake.rows.duplicates > 0 ? "they were" : "none was"));
  out += tag("h3", "Files read") + sources_table(view);
  if (!view.intake.unused_columns.empty()) {
    std::string names;
    for (const std::string& name : view.intake.unused_columns) {
      names += (names.empty() ? "" : ", ") + name;
    }
    out += tag("p.note", "Columns that nothing here needed: " + names + ".");
  }
  return out;
}

}  // namespace regulars::report
