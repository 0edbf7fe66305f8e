// 0 In one minute, 2 What your data can answer, 3 Headline.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/definitions.h"
#include "report/page/sections.h"
#include "report/sentences.h"
#include "report/words.h"

namespace regulars::report {
namespace {

std::string life_cycle_in_a_sentence(const AnalysisView& view) {
  const segments::ClassSize* active = size_of(view.life_cycle_sizes, "active");
  const segments::ClassSize* slipping = size_of(view.life_cycle_sizes, "slipping");
  if (active == nullptr || slipping == nullptr || view.customers == 0) {
    return "Nobody has bought yet, so there is nothing to say about rhythm.";
  }
  std::string out = fmt::format(
      "{} ({}) {} active by their own rhythm and bring {} of net revenue; {} {} slipping",
      counted(active->customers, "customer", "customers"), percent(active->customer_share),
      active->customers == 1 ? "is" : "are", percent(active->net_share), count(slipping->customers),
      slipping->customers == 1 ? "is" : "are");
  if (view.slipping_repeat_customers > 0) {
    out += fmt::format(", among them {} worth {} in all",
                       counted(view.slipping_repeat_customers, "repeat buyer", "repeat buyers"),
                       whole_money(view, view.slipping_repeat_net));
  }
  return out + ".";
}

std::string ladder_in_a_sentence(const AnalysisView& view) {
  return sentence_case(ladder_sentence(view)) + ". " + sentence_case(second_order_sentence(view)) +
         ".";
}

std::string late_in_a_sentence(const AnalysisView& view) {
  if (view.late.empty()) return "No repeat buyer is silent for longer than usual.";
  const auto late = static_cast<int64_t>(view.late.size());
  return fmt::format("{} {} late by {} own clock; {}.",
                     counted(late, "repeat buyer", "repeat buyers"), late == 1 ? "is" : "are",
                     late == 1 ? "his" : "their", late_test_sentence(view));
}

std::string doubt_in_a_sentence(const AnalysisView& view) {
  if (view.notices.empty()) return "Nothing out of the ordinary was found in the file.";
  return full_sentence(without_contacts(view, view.notices.front().text));
}

// Not columns of the orders, but given beside them.
constexpr const char* kMarginGiven = "--margin";
constexpr const char* kCustomersGiven = "--customers";

struct Question {
  std::string name;
  std::vector<std::string> roles;  // any of them in the file is enough
  std::string anchor;              // where this page answers it; empty: not on this page
  std::string needs;               // what is missing otherwise
};

const std::vector<Question>& questions() {
  static const std::vector<Question> all = {
      {"RFM", {}, "rfm", ""},
      {"Life cycle", {}, "life-cycle", ""},
      {"Ladder of orders", {}, "second-order", ""},
      {"Products", {"product", "product_name"}, "products", "Add `product` to see what they buy."},
      {"Country, store, channel",
       {"country", "store", "channel"},
       "places",
       "Add `country`, `store` or `channel` to compare them."},
      {"Price sensitivity", {"discount"}, "headline", "Add `discount` to see price sensitivity."},
      {"Margin", {kMarginGiven}, "next", "Give `--margin` to see what an offer may cost."},
      {"Demographics",
       {kCustomersGiven},
       "places",
       "Add a file of customers (`--customers`) with age or region."},
      {"Campaign response",
       {"campaign", "offer", "coupon", "event"},
       "",
       "Add who was contacted and when to see what it brought."},
      {"Satisfaction",
       {"rating", "score", "nps"},
       "",
       "Add answers to surveys to see satisfaction."},
      {"Consent", {"opt_in"}, "", "Add `opt_in` to see who may be written to."},
  };
  return all;
}

// The role that answers a question and its column; "" when the file has none.
std::string column_for(const AnalysisView& view, const Question& question) {
  for (const std::string& role : question.roles) {
    for (const FoundColumn& found : view.intake.columns) {
      if (found.role == role) return found.column;
    }
    if (std::ranges::count(view.intake.roles, role) > 0) return role;
  }
  return "";
}

bool is_attribute(const segments::Places& places) {
  return places.role != "country" && places.role != "store" && places.role != "channel";
}

// What answers a question, in words; empty: nothing does.
std::string source_of(const AnalysisView& view, const Question& question) {
  if (question.roles.empty()) return "the orders themselves";
  if (question.roles.front() == kMarginGiven) {
    return view.inputs.margin ? "the margin given, " + percent(*view.inputs.margin) : "";
  }
  if (question.roles.front() == kCustomersGiven) {
    return std::ranges::any_of(view.places, is_attribute) ? "the file of customers" : "";
  }
  const std::string column = column_for(view, question);
  return column.empty() ? "" : "column " + column;
}

TableRow answer_row(const AnalysisView& view, const Question& question) {
  const std::string from = source_of(view, question);
  if (from.empty()) {
    return {{cell(question.name), cell(text("no"), "idle"), cell(text_with_code(question.needs))},
            ""};
  }
  if (question.anchor.empty()) {
    return {{cell(question.name), cell(text("in your file"), "idle"),
             cell(from + " was found; this page does not use it yet.")},
            ""};
  }
  return {{cell(question.name), cell(tag("a", "yes", {{"href", "#" + question.anchor}}), "yes"),
           cell("from " + from)},
          ""};
}

std::string headline_value(const AnalysisView& view, const segments::Headline& headline,
                           const std::optional<double>& value) {
  using Unit = segments::Headline::Unit;
  if (!value) return "-";
  switch (headline.unit) {
    case Unit::kMoney:
      return whole_money(view, std::llround(*value));
    case Unit::kCount:
      return count(std::llround(*value));
    case Unit::kShare:
      return percent_1(*value);
    case Unit::kRatio:
      return fmt::format("{:.2f}", *value);
  }
  return "-";
}

// "+87 %", "+3.0 points"; "" where there is nothing to compare with.
std::string change(const segments::Headline& headline, const std::optional<double>& then) {
  if (!headline.now || !then) return "";
  if (headline.unit == segments::Headline::Unit::kShare) {
    return fmt::format("{:+.1f} points", (*headline.now - *then) * 100);
  }
  if (*then <= 0) return "";
  return fmt::format("{:+.0f} %", (*headline.now / *then - 1) * 100);
}

Markup headline_tile(const AnalysisView& view, const segments::Headline& headline) {
  const std::string before = change(headline, headline.before);
  const std::string year = change(headline, headline.year_ago);
  const std::string words =
      !headline.now ? "not known from this file"
                    : fmt::format("{}; {}",
                                  before.empty() ? "nothing before to compare with"
                                                 : before + " on the 90 days before",
                                  year.empty() ? "no earlier year" : year + " on a year earlier");
  return tag("div.tile",
             tag("div.name", term(headline_key(headline), sentence_case(headline.name))) +
                 tag("div.value", headline_value(view, headline, headline.now)) +
                 tag("div.change", words));
}

}  // namespace

Markup one_minute(const AnalysisView& view, Charts&) {
  const auto line = [](std::string_view name, const std::string& sentence) {
    return tag("li", tag("b", name) + tag("span", sentence));
  };
  std::string pays = sentence_case(who_pays_sentence(view));
  return maxim(fmt::format("As of {}. Nothing after that was seen.", last_moment(view))) +
         tag("ul.minute", line("Who pays", pays + ".") +
                              line("Life cycle", life_cycle_in_a_sentence(view)) +
                              line("Second order", ladder_in_a_sentence(view)) +
                              line("Late", late_in_a_sentence(view)) +
                              line("Biggest doubt", doubt_in_a_sentence(view)));
}

Markup what_it_can_answer(const AnalysisView& view, Charts&) {
  Table table;
  table.columns = {{"Question"}, {"Answer"}, {"Why"}};
  table.classes = "stack";
  for (const Question& question : questions()) table.rows.push_back(answer_row(view, question));
  const bool has_discount = !column_for(view, {"", {"discount"}, "", ""}).empty();
  return maxim(has_discount ? "What a file does not hold, no report can show."
                            : "Add `discount` to see price sensitivity.") +
         render(table);
}

Markup headline_figures(const AnalysisView& view, Charts&) {
  if (view.headlines.empty()) return tag("p", "The file is too short for any figure of 90 days.");
  Markup tiles;
  Table table;
  table.columns = {{"Figure"},       {"Last 90 days", true},     {"90 days before", true},
                   {"Change", true}, {"364 days earlier", true}, {"Change", true}};
  for (const segments::Headline& headline : view.headlines) {
    tiles += headline_tile(view, headline);
    const std::string before = change(headline, headline.before);
    const std::string year = change(headline, headline.year_ago);
    table.rows.push_back(
        {{cell(term(headline_key(headline), sentence_case(headline.name))),
          cell(headline_value(view, headline, headline.now)),
          cell(headline_value(view, headline, headline.before)),
          cell(before.empty() ? "-" : before),
          cell(headline.year_ago ? headline_value(view, headline, headline.year_ago)
                                 : "no earlier year"),
          cell(year.empty() ? "-" : year)},
         ""});
  }
  return tag("p",
             "Each figure beside the 90 days before it, and beside the same days 364 days earlier "
             "(the same weekdays). A rise on the days before may be nothing but the season.") +
         tag("div.tiles", tiles) +
         tag("details", tag("summary", "The same as a table") + render(table));
}

}  // namespace regulars::report
