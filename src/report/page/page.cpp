#include <fmt/format.h>

#include <algorithm>

#include "report/html.h"
#include "report/page/assets.h"
#include "report/page/sections.h"
#include "report/words.h"

namespace regulars::report {
namespace {

constexpr Section kSections[] = {
    {"one-minute", "In one minute", one_minute},
    {"data", "Is this my data?", is_this_my_data},
    {"answers", "What your data can answer", what_it_can_answer},
    {"headline", "Headline", headline_figures},
    {"who-pays", "Who pays", who_pays},
    {"life-cycle", "Life cycle", life_cycle_section},
    {"rfm", "RFM", rfm_section},
    {"disagree", "Where the two disagree", where_they_disagree},
    {"late", "Late by their own clock", late_section},
    {"second-order", "The second order", second_order_section},
    {"cohorts", "Cohorts", cohorts_section},
    {"rhythm", "Rhythm", rhythm_section},
    {"products", "Products", products_section},
    {"places", "Country, store, channel, customers", places_section},
    {"next", "What to do next", what_to_do},
    {"quality", "Data quality", data_quality},
    {"method", "Method", method_section},
};

// Nothing may be loaded from anywhere, whatever a file smuggles into a name.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'";

// What partly covered periods are filled with.
constexpr std::string_view kPatterns = R"svg(<svg class="patterns" aria-hidden="true"><defs>
<pattern id="hatch-accent" width="6" height="6" patternUnits="userSpaceOnUse"
 patternTransform="rotate(45)"><line x1="1" y1="0" x2="1" y2="6" stroke="var(--accent)"
 stroke-width="2"/></pattern></defs></svg>)svg";

Markup page_header(const AnalysisView& view) {
  const std::string totals =
      fmt::format("{}, {}, {}{} net revenue", counted(view.customers, "customer", "customers"),
                  counted(view.orders, "order", "orders"), money(view, view.net),
                  view.currency.empty() ? "" : " " + view.currency);
  return tag("header", tag("p.brand", "Regulars") + tag("h1", source_name(view)) +
                           tag("p.period", fmt::format("{} to {}. {}.", for_people(view.from),
                                                       for_people(view.to), totals)));
}

Markup contents() {
  Markup entries;
  for (const Section& section : kSections) {
    entries += tag("li", tag("a", section.title, {{"href", fmt::format("#{}", section.key)}}));
  }
  return tag("nav.toc", tag("h2", "Contents", {{"id", "contents"}}) + tag("ol", entries),
             {{"aria-labelledby", "contents"}});
}

std::string personal_data(const AnalysisView& view) {
  if (view.show_contacts) {
    return "Personal data: this page shows customers' ids, among them e-mail addresses or names, "
           "because --show-contacts was given. Treat it as you treat the customer file.";
  }
  const bool hidden = std::ranges::any_of(view.late, [&view](const segments::LateCustomer& late) {
    return is_contact_data(view.history->customer_id(late.customer));
  });
  const size_t shown = std::min<size_t>(25, view.late.size());
  std::string text = fmt::format(
      "Personal data: this page shows {} of customers who are late, with when and for how much "
      "they "
      "bought, and those named under Data quality; no names, no e-mail addresses, no telephone "
      "numbers.",
      counted(static_cast<int64_t>(shown), "id", "ids"));
  if (hidden) {
    text +=
        " Where an id is itself such data, its row in customers.csv stands instead (no. 1 is the "
        "first customer).";
  }
  return text;
}

Markup page_footer(const AnalysisView& view) {
  return tag(
      "footer",
      tag("p", personal_data(view)) +
          tag("p", fmt::format("Made by Regulars {} on {}. The page is complete in itself: it "
                               "loads nothing and sends nothing. Charts: Apache ECharts.",
                               view.version, for_people(local_day(view, view.generated_at)))));
}

Markup head(const AnalysisView& view) {
  return Markup::trusted(fmt::format(
      R"(<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">)"
      R"(<meta http-equiv="Content-Security-Policy" content="{}"><meta name="referrer" content="no-referrer">)"
      R"(<meta name="color-scheme" content="light dark"><title>{}</title><style>{}</style></head>)",
      kPolicy, text("Regulars: " + source_name(view)).html(), style_sheet()));
}

}  // namespace

std::string html_report(const AnalysisView& view) {
  Charts charts;
  Markup sections;
  for (const Section& section : kSections) {
    sections +=
        tag("section",
            tag("h2", section.title, {{"id", fmt::format("title-{}", section.key)}}) +
                section.body(view, charts),
            {{"id", section.key}, {"aria-labelledby", fmt::format("title-{}", section.key)}});
  }
  const Markup page = page_header(view) + contents() + tag("main", sections) + page_footer(view);
  std::string html = "<!doctype html>\n<html lang=\"en\">" + head(view).html() + "<body>";
  html += tag("a.skip", "Skip to the report", {{"href", "#one-minute"}}).html();
  html += kPatterns;
  html += tag("div.page", page).html();
  html += "<script type=\"application/json\" id=\"chart-data\">" + charts.data() + "</script>";
  html += "<script>";
  html += chart_script();
  html += "</script></body></html>\n";
  return html;
}

}  // namespace regulars::report
