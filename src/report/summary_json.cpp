#include "report/summary_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/sentences.h"
#include "report/tie_out.h"
#include "report/words.h"

namespace regulars::report {
namespace {

using Json = nlohmann::ordered_json;

// Four digits are more than any share here means.
Json rounded(double value) {
  if (!std::isfinite(value)) return nullptr;
  return std::round(value * 1e4) / 1e4;
}

Json optional_text(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json if_known(double value) { return value < 0 ? Json(nullptr) : Json(value); }

Json share_json(const segments::Share& share) {
  if (share.of == 0) return nullptr;
  return {{"customers", share.of},
          {"returned", share.hits},
          {"share", rounded(share.value)},
          {"low", rounded(share.low)},
          {"high", rounded(share.high)}};
}

Json sources_json(const AnalysisView& view) {
  Json sources = Json::array();
  for (const SourceInfo& source : view.intake.sources) {
    sources.push_back({{"path", source.path},
                       {"format", source.format},
                       {"encoding", source.encoding},
                       {"bytes", source.bytes},
                       {"rows", source.rows}});
  }
  return sources;
}

Json rows_json(const AnalysisView& view) {
  Json rows = {{"read", view.intake.rows.read}};
  for (const RowPart& part : row_parts(view)) rows[part.name] = part.rows;
  rows["ties_out"] = view.intake.rows.ties_out();
  return rows;
}

Json columns_json(const AnalysisView& view) {
  Json columns = Json::array();
  for (const FoundColumn& found : view.intake.columns) {
    columns.push_back({{"role", found.role},
                       {"column", found.column},
                       {"confidence", rounded(found.confidence)},
                       {"reason", found.reason},
                       {"option", found.option},
                       {"alternatives", found.alternatives}});
  }
  return columns;
}

Json cuts_json(const AnalysisView& view) {
  const segments::RfmCuts& cuts = view.rfm.cuts;
  const segments::ShopRhythm& rhythm = view.life_cycle.rhythm;
  return {{"rfm",
           {{"kind", cuts.kind == segments::CutKind::kQuantile ? "quantile" : "fixed"},
            {"window", view.rfm_window},
            {"recency_days", cuts.recency_days},
            {"orders", cuts.orders},
            {"net_revenue", cuts.net},
            {"unscored", view.rfm.unscored}}},
          {"life_cycle",
           {{"usual_gap_days", rhythm.usual_gap()},
            {"q50_days", rounded(rhythm.q50)},
            {"q80_days", rounded(rhythm.q80)},
            {"q95_days", rounded(rhythm.q95)},
            {"floor_days", {rhythm.floor_active, rhythm.floor_slipping, rhythm.floor_lapsed}},
            {"repeat_buyers", rhythm.repeat_buyers},
            {"own", rhythm.own},
            {"assumed", rhythm.own ? Json(nullptr) : Json(rhythm.vertical)}}}};
}

Json self_test_json(const AnalysisView& view, const segments::SelfTest& test) {
  if (!test.possible) return {{"possible", false}, {"why_not", test.why_not}};
  return {{"possible", true},
          {"as_of", to_iso(test.then)},
          {"day", to_iso(local_day(view, test.then))},
          {"horizon_days", test.horizon_days},
          {"all", share_json(test.base)},
          {"separates", test.separates},
          {"chi_square", rounded(test.chi_square)},
          {"degrees_of_freedom", test.degrees_of_freedom},
          {"p_value", test.p_value},
          {"sentence", test.sentence}};
}

Json segmentation_json(const AnalysisView& view, const std::string& name,
                       const std::vector<segments::ClassSize>& sizes,
                       const segments::SelfTest* test) {
  Json classes = Json::array();
  for (const segments::ClassSize& size : sizes) {
    const segments::ClassTest* tested = test == nullptr ? nullptr : test_of(*test, size.name);
    const bool known = test != nullptr && test->possible && tested != nullptr;
    classes.push_back({{"name", size.name},
                       {"customers", size.customers},
                       {"customer_share", rounded(size.customer_share)},
                       {"orders", size.orders},
                       {"gross_revenue", plain_money(view, size.gross)},
                       {"net_revenue", plain_money(view, size.net)},
                       {"net_share", rounded(size.net_share)},
                       {"self_test", known ? share_json(tested->returned) : Json(nullptr)}});
  }
  Json made = {{"name", name}, {"classes", classes}};
  if (test != nullptr) made["self_test"] = self_test_json(view, *test);
  return made;
}

Json headline_value(const AnalysisView& view, const segments::Headline& headline,
                    const std::optional<double>& value) {
  if (!value) return nullptr;
  if (headline.unit == segments::Headline::Unit::kMoney) {
    return plain_money(view, std::llround(*value));
  }
  return rounded(*value);
}

Json headlines_json(const AnalysisView& view) {
  static constexpr const char* kUnits[] = {"money", "count", "share", "ratio"};
  Json headlines = Json::array();
  for (const segments::Headline& headline : view.headlines) {
    headlines.push_back({{"name", headline.name},
                         {"meaning", headline.meaning},
                         {"unit", kUnits[static_cast<size_t>(headline.unit)]},
                         {"now", headline_value(view, headline, headline.now)},
                         {"before", headline_value(view, headline, headline.before)},
                         {"year_ago", headline_value(view, headline, headline.year_ago)}});
  }
  return headlines;
}

Json concentration_json(const AnalysisView& view, const segments::Concentration& c) {
  return {{"customers", c.customers},
          {"net_revenue", plain_money(view, c.net)},
          {"top_1_percent_customers", c.top_1_percent},
          {"top_1_percent_share", rounded(c.top_1_share)},
          {"top_10_percent_share", rounded(c.top_10_share)},
          {"top_20_percent_share", rounded(c.top_20_share)},
          {"customers_bringing_half", c.bring_half},
          {"customers_bringing_80_percent", c.bring_80},
          {"probable_trade", c.probable_trade}};
}

Json ladder_json(const AnalysisView& view) {
  Json steps = Json::array();
  for (const segments::LadderStep& step : view.ladder.steps) {
    Json made = {
        {"after_order", step.step}, {"customers", step.customers}, {"came_again", step.came_again}};
    made["within_90_days"] = step.known ? rounded(step.within_90) : Json(nullptr);
    made["low"] = step.known ? rounded(step.low) : Json(nullptr);
    made["high"] = step.known ? rounded(step.high) : Json(nullptr);
    steps.push_back(made);
  }
  return {{"steps", steps},
          {"second_order_days",
           {{"q50", if_known(view.ladder.q50)},
            {"q80", if_known(view.ladder.q80)},
            {"q95", if_known(view.ladder.q95)}}}};
}

Json months_json(const AnalysisView& view) {
  Json months = Json::array();
  for (const segments::Month& month : view.months) {
    months.push_back({{"month", to_iso(month.begin).substr(0, 7)},
                      {"orders", month.orders},
                      {"customers", month.customers},
                      {"new_customers", month.new_customers},
                      {"gross_revenue", plain_money(view, month.gross)},
                      {"refunds", plain_money(view, month.refunds)},
                      {"net_revenue", plain_money(view, month.net)},
                      {"partial", month.partial},
                      {"days_covered", month.days_covered}});
  }
  return months;
}

Json lists_json(const AnalysisView& view) {
  Json lists = Json::array();
  for (const segments::ActionCard& card : view.cards) {
    lists.push_back(
        {{"key", card.key},
         {"title", card.title},
         {"file", "lists/" + card.key + ".csv"},
         {"customers", card.members.size()},
         {"contact", card.contacts},
         {"control", card.controls},
         {"net_at_stake", plain_money(view, card.net_at_stake)},
         {"came_back_unaided", share_json(card.came_back_unaided)},
         {"break_even_uplift", card.break_even ? rounded(*card.break_even) : Json(nullptr)},
         {"visible_effect", rounded(card.visible_effect)},
         {"too_small", card.too_small}});
  }
  return lists;
}

Json notices_json(const AnalysisView& view) {
  Json notices = Json::array();
  for (const Notice& notice : view.notices) {
    notices.push_back({{"code", notice.code},
                       {"text", notice.text},
                       {"option", optional_text(notice.option)},
                       {"weight", notice.weight}});
  }
  return notices;
}

Json late_json(const AnalysisView& view) {
  return {{"customers", view.late.size()},
          {"came_back", view.late_tested ? share_json(view.late_came_back) : Json(nullptr)},
          {"in_rhythm_came_back",
           view.late_tested ? share_json(view.in_rhythm_came_back) : Json(nullptr)}};
}

void add_totals(Json& summary, const AnalysisView& view) {
  summary["customers_seen"] = view.customers_seen;
  summary["customers"] = view.customers;
  summary["customers_without_purchase"] = view.customers_without_purchase;
  summary["orders"] = view.orders;
  summary["gross_revenue"] = plain_money(view, view.gross);
  summary["refunds"] = plain_money(view, view.refunds);
  summary["net_revenue"] = plain_money(view, view.net);
  summary["gross_before_rounding"] = optional_text(view.gross_before_rounding);
  summary["unattributed"] = {{"orders", view.unattributed.orders},
                             {"gross_revenue", plain_money(view, view.unattributed.gross)},
                             {"refunds", plain_money(view, view.unattributed.refunds)}};
}

}  // namespace

std::string summary_json(const AnalysisView& view) {
  Json summary;
  summary["schema_version"] = kSummarySchemaVersion;
  summary["version"] = view.version;
  summary["command"] = view.command;
  summary["generated_at"] = to_iso(view.generated_at);
  summary["source"] = sources_json(view);
  summary["as_of"] = to_iso(view.as_of);
  summary["from"] = to_iso(view.from);
  summary["to"] = to_iso(view.to);
  summary["time_zone"] = view.time_zone;
  summary["currency"] = optional_text(view.currency);
  add_totals(summary, view);
  summary["rows"] = rows_json(view);
  summary["columns"] = columns_json(view);
  summary["unused_columns"] = view.intake.unused_columns;
  summary["cuts"] = cuts_json(view);
  summary["segmentations"] = {
      segmentation_json(view, "life_cycle", view.life_cycle_sizes, &view.life_cycle_test),
      segmentation_json(view, "rfm_class", view.rfm_sizes, &view.rfm_test),
      segmentation_json(view, "value_tier", view.tier_sizes, nullptr)};
  summary["notices"] = notices_json(view);
  summary["headlines"] = headlines_json(view);
  summary["concentration"] = concentration_json(view, view.concentration);
  if (view.show_without_trade) {
    summary["concentration_without_trade"] =
        concentration_json(view, view.concentration_without_trade);
  }
  summary["ladder"] = ladder_json(view);
  summary["late"] = late_json(view);
  summary["months"] = months_json(view);
  summary["lists"] = lists_json(view);
  summary["files"] = view.written_files;
  // Ids and names come from the file: bytes that are no UTF-8 are replaced, never an error.
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace regulars::report
