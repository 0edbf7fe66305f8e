#include "models/propensity/model_json.h"

namespace regulars::models {
namespace {

Json of(const Estimate& e) {
  return {{"value", number(e.value)},
          {"standard_error", number(e.standard_error)},
          {"low", number(e.low)},
          {"high", number(e.high)}};
}

Estimate estimate_of(const Json& json) {
  return {number_of(json.at("value")), number_of(json.at("standard_error")),
          number_of(json.at("low")), number_of(json.at("high"))};
}

Json of(const Quality& q) {
  Json curve = Json::array(), lift = Json::array();
  for (const ReliabilityBin& b : q.reliability) {
    curve.push_back({{"from", b.from},
                     {"to", b.to},
                     {"rows", b.rows},
                     {"expected", b.expected},
                     {"observed", b.observed},
                     {"low", b.low},
                     {"high", b.high}});
  }
  for (const LiftRow& row : q.lift) {
    lift.push_back({{"decile", row.decile},
                    {"rows", row.rows},
                    {"positives", row.positives},
                    {"rate", number(row.rate)},
                    {"lift", number(row.lift)},
                    {"captured", number(row.captured)}});
  }
  return {{"rows", q.rows},
          {"positives", q.positives},
          {"customers", q.customers},
          {"base_rate", q.base_rate},
          {"auc", of(q.auc)},
          {"average_precision", number(q.average_precision)},
          {"log_loss", number(q.log_loss)},
          {"brier",
           {{"value", number(q.brier.value)},
            {"reliability", q.brier.reliability},
            {"resolution", q.brier.resolution},
            {"uncertainty", q.brier.uncertainty},
            {"within", q.brier.within}}},
          {"calibration_error", number(q.calibration_error)},
          {"mean_probability", number(q.mean_probability)},
          {"reliability", curve},
          {"lift", lift}};
}

Quality quality_of(const Json& json) {
  Quality q;
  q.rows = json.at("rows");
  q.positives = json.at("positives");
  q.customers = json.at("customers");
  q.base_rate = json.at("base_rate");
  q.auc = estimate_of(json.at("auc"));
  q.average_precision = number_of(json.at("average_precision"));
  q.log_loss = number_of(json.at("log_loss"));
  const Json& b = json.at("brier");
  q.brier = {number_of(b.at("value")), b.at("reliability"), b.at("resolution"), b.at("uncertainty"),
             b.at("within")};
  q.calibration_error = number_of(json.at("calibration_error"));
  q.mean_probability = number_of(json.at("mean_probability"));
  for (const Json& bin : json.at("reliability")) {
    q.reliability.push_back({bin.at("from"), bin.at("to"), bin.at("rows"), bin.at("expected"),
                             bin.at("observed"), bin.at("low"), bin.at("high")});
  }
  for (const Json& row : json.at("lift")) {
    q.lift.push_back({row.at("decile"), row.at("rows"), row.at("positives"),
                      number_of(row.at("rate")), number_of(row.at("lift")),
                      number_of(row.at("captured"))});
  }
  return q;
}

Json of(const std::optional<Threshold>& t) {
  if (!t) return nullptr;
  return {{"probability", t->probability},
          {"contacted", t->contacted},
          {"share", t->share},
          {"precision", number(t->precision)},
          {"recall", number(t->recall)},
          {"gain", t->gain},
          {"gain_everybody", t->gain_everybody},
          {"best_probability", t->best_probability},
          {"best_gain", t->best_gain}};
}

std::optional<Threshold> threshold_of(const Json& json) {
  if (json.is_null()) return std::nullopt;
  Threshold t;
  t.probability = json.at("probability");
  t.contacted = json.at("contacted");
  t.share = json.at("share");
  t.precision = number_of(json.at("precision"));
  t.recall = number_of(json.at("recall"));
  t.gain = json.at("gain");
  t.gain_everybody = json.at("gain_everybody");
  t.best_probability = json.at("best_probability");
  t.best_gain = json.at("best_gain");
  return t;
}

Judging judging_of(const std::string& name) {
  for (const Judging judging : {Judging::kThreeTimes, Judging::kTwoTimes}) {
    if (name == name_of(judging)) return judging;
  }
  return Judging::kByCustomers;
}

Json lists_json(const PropensityReport& r) {
  Json tried = Json::array(), features = Json::array(), leaks = Json::array();
  for (const MethodTried& one : r.tried) {
    tried.push_back({{"method", name_of(one.method)}, {"log_loss", number(one.log_loss)}});
  }
  for (const FeatureUse& one : r.features) {
    features.push_back({{"name", one.name},
                        {"weight", one.weight},
                        {"auc_alone", one.auc_alone},
                        {"known", one.known}});
  }
  for (const LeakSign& one : r.leaks) {
    leaks.push_back({{"kind", one.kind == LeakSign::Kind::kTooGood ? "too_good" : "known_for_one"},
                     {"feature", one.feature},
                     {"auc", one.auc},
                     {"message", one.message}});
  }
  return {{"tried", tried}, {"features", features}, {"leaks", leaks}};
}

void read_lists(const Json& json, PropensityReport& r) {
  for (const Json& one : json.at("tried")) {
    const bool trees = one.at("method") == name_of(PropensityMethod::kTrees);
    r.tried.push_back({trees ? PropensityMethod::kTrees : PropensityMethod::kLogistic,
                       number_of(one.at("log_loss"))});
  }
  for (const Json& one : json.at("features")) {
    r.features.push_back({one.at("name"), one.at("weight"), one.at("auc_alone"), one.at("known")});
  }
  for (const Json& one : json.at("leaks")) {
    r.leaks.push_back(
        {one.at("kind") == "too_good" ? LeakSign::Kind::kTooGood : LeakSign::Kind::kKnownForOne,
         one.at("feature"), one.at("auc"), one.at("message")});
  }
}

}  // namespace

Json report_json(const PropensityReport& r) {
  Json instants = Json::array();
  for (const Instant t : r.instants) instants.push_back(t.micros);
  return {{"judging", name_of(r.judging)},
          {"rows", r.rows},
          {"positives", r.positives},
          {"customers", r.customers},
          {"rows_left_out", r.rows_left_out},
          {"instants", instants},
          {"test_from", r.test_from.micros},
          {"test_upto", r.test_upto.micros},
          {"rows_fit", r.rows_fit},
          {"rows_choice", r.rows_choice},
          {"chosen", name_of(r.chosen)},
          {"choice", r.choice},
          {"calibration_losses",
           {number(r.calibration.loss_none), number(r.calibration.loss_platt),
            number(r.calibration.loss_isotonic)}},
          {"test", of(r.test)},
          {"test_uncalibrated", of(r.test_uncalibrated)},
          {"base_rate_log_loss", number(r.base_rate_log_loss)},
          {"best_alone", r.best_alone},
          {"best_alone_auc", of(r.best_alone_auc)},
          {"auc_gain", of(r.auc_gain)},
          {"threshold", of(r.threshold)},
          {"lists", lists_json(r)},
          {"notes", r.notes}};
}

PropensityReport report_of(const Json& json) {
  PropensityReport r;
  r.judging = judging_of(json.at("judging"));
  r.rows = json.at("rows");
  r.positives = json.at("positives");
  r.customers = json.at("customers");
  r.rows_left_out = json.at("rows_left_out");
  for (const Json& t : json.at("instants")) r.instants.push_back({t.get<int64_t>()});
  r.test_from = {json.at("test_from").get<int64_t>()};
  r.test_upto = {json.at("test_upto").get<int64_t>()};
  r.rows_fit = json.at("rows_fit");
  r.rows_choice = json.at("rows_choice");
  r.chosen = json.at("chosen") == name_of(PropensityMethod::kTrees) ? PropensityMethod::kTrees
                                                                    : PropensityMethod::kLogistic;
  r.choice = json.at("choice");
  const Json& losses = json.at("calibration_losses");
  r.calibration = {{}, number_of(losses.at(0)), number_of(losses.at(1)), number_of(losses.at(2))};
  r.test = quality_of(json.at("test"));
  r.test_uncalibrated = quality_of(json.at("test_uncalibrated"));
  r.base_rate_log_loss = number_of(json.at("base_rate_log_loss"));
  r.best_alone = json.at("best_alone");
  r.best_alone_auc = estimate_of(json.at("best_alone_auc"));
  r.auc_gain = estimate_of(json.at("auc_gain"));
  r.threshold = threshold_of(json.at("threshold"));
  read_lists(json.at("lists"), r);
  r.notes = json.at("notes").get<std::vector<std::string>>();
  return r;
}

}  // namespace regulars::models
