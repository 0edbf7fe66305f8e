// 5 Life cycle.
#include <fmt/format.h>

#include "report/class_words.h"
#include "report/page/sections.h"
#include "report/sentences.h"
#include "report/words.h"

namespace regulars::report {
namespace {

Table sizes_table(const AnalysisView& view) {
  Table table;
  table.columns = {
      {"Class", false, "life-cycle"}, {"Customers", true}, {"Share", true}, {"Orders", true},
      {"Net revenue", true, "net"},   {"Share", true}};
  for (const segments::ClassSize& size : view.life_cycle_sizes) {
    if (size.name == "prospect" && size.customers == 0) continue;
    table.rows.push_back({{cell(size.name), cell(count(size.customers)),
                           cell(size.name == "prospect" ? "-" : percent(size.customer_share)),
                           cell(count(size.orders)), cell(whole_money(view, size.net)),
                           cell(percent(size.net_share))},
                          ""});
  }
  return table;
}

Figure sizes_figure(const AnalysisView& view) {
  Figure figure;
  figure.key = "life-cycle";
  figure.title = "Customers and net revenue by class";
  figure.legend = {{"quiet", "share of customers"}, {"", "share of net revenue"}};
  Json categories = Json::array();
  Json customers = Json::array();
  Json net = Json::array();
  Json customer_texts = Json::array();
  Json net_texts = Json::array();
  for (const segments::ClassSize& size : view.life_cycle_sizes) {
    if (size.name == "prospect") continue;  // no customers, so no share of them
    categories.push_back(size.name);
    customers.push_back(size.customer_share * 100);
    net.push_back(size.net_share * 100);
    customer_texts.push_back(fmt::format("{}: {}, {}", size.name,
                                         counted(size.customers, "customer", "customers"),
                                         percent(size.customer_share)));
    net_texts.push_back(fmt::format("{}: {} net, {}", size.name, whole_money(view, size.net),
                                    percent(size.net_share)));
  }
  figure.height = 50 + 48 * static_cast<int>(categories.size());
  figure.data = {
      {"kind", "bars"},
      {"lying", true},
      {"unit", "percent"},
      {"categories", categories},
      {"series",
       {{{"name", "customers"},
         {"colour", "quiet"},
         {"values", customers},
         {"texts", customer_texts}},
        {{"name", "net"}, {"colour", "accent"}, {"values", net}, {"texts", net_texts}}}}};
  figure.table = sizes_table(view);
  figure.table_open = true;
  return figure;
}

std::string caveat(const AnalysisView& view, const LifeCycleWords& words) {
  const segments::ClassTest* test = test_of(view.life_cycle_test, words.name);
  const bool tested = view.life_cycle_test.possible && test != nullptr && test->returned.of > 0;
  if (tested && (words.name == "slipping" || words.name == "lost")) {
    return fmt::format("{} of such returned by themselves.", percent(test->returned.value));
  }
  return std::string(words.caveat);
}

Markup words_table(const AnalysisView& view) {
  Table table;
  table.columns = {{"Class"}, {"Says"}, {"Step"}, {"Bear in mind"}};
  table.classes = "stack";
  for (const segments::ClassSize& size : view.life_cycle_sizes) {
    const LifeCycleWords* words = life_cycle_words(size.name);
    if (words == nullptr || size.customers == 0) continue;
    table.rows.push_back(
        {{cell(size.name), cell(words->says), cell(words->step), cell(caveat(view, *words))}, ""});
  }
  return render(table);
}

std::string rhythm_sentence(const AnalysisView& view) {
  const segments::ShopRhythm& rhythm = view.life_cycle.rhythm;
  if (!rhythm.own) return full_sentence(second_order_sentence(view));
  return fmt::format("The shop's usual gap between two purchase days is {} ({}).",
                     day_count(rhythm.usual_gap()),
                     counted(rhythm.repeat_buyers, "repeat buyer", "repeat buyers"));
}

}  // namespace

Markup life_cycle_section(const AnalysisView& view, Charts& charts) {
  Markup out = maxim("A class name is a description of silence, not a verdict.");
  out +=
      tag("p", "Every customer is measured against their own usual gap: " +
                   fmt::format("thirty days of silence are much for someone who comes weekly and "
                               "nothing for someone who comes twice a year. {}",
                               rhythm_sentence(view)));
  out += charts.add(sizes_figure(view));
  out += tag("h3", "Did the names hold last time?") + self_test_table(view, view.life_cycle_test);
  if (lost_come_back(view)) {
    out += tag("p",
               "Many of those called lost come back all the same: here the word means quiet, "
               "not gone.");
  }
  if (!view.life_cycle_flows.customers.empty()) {
    out += flows_figure(view, charts, view.life_cycle_flows, "life-cycle-flows");
  }
  return out + tag("h3", "What each class means") + words_table(view);
}

}  // namespace regulars::report
