#include "evaluate/json_read.h"
#include "evaluate/json_write.h"
#include "evaluate/type.h"

namespace regulars::evaluate {
namespace {

Result<Sequence::Correlation> read_correlation(const ReadJson& json, const JsonPointer& at) {
  if (!json.is_object()) return bad(at, "must be an object: column, step, other");
  Sequence::Correlation made;
  for (const auto& [key, value] : json.items()) {
    const JsonPointer here = at / key;
    if (key == "column" || key == "item") {
      REGULARS_ASSIGN(made.column, string_of(value, here));
      made.item = key == "item";
    } else if (key == "other" || key == "other_item") {
      REGULARS_ASSIGN(made.other, string_of(value, here));
      made.other_item = key == "other_item";
    } else if (key == "step") {
      REGULARS_ASSIGN(const int64_t step, integer_of(value, here));
      if (step < 0) return bad(here, "steps count from 0");
      made.step = static_cast<size_t>(step);
    } else {
      return bad(here, "is no part of what is equal",
                 "It has column or item, step, other or other_item.");
    }
  }
  return made;
}

Result<Sequence::Step> read_step(const ReadJson& json, const JsonPointer& at, int depth) {
  if (!json.is_object()) return bad(at, "must be a step: event and perhaps more");
  Sequence::Step made;
  for (const auto& [key, value] : json.items()) {
    const JsonPointer here = at / key;
    if (key == "event") {
      REGULARS_ASSIGN(made.event, string_of(value, here));
    } else if (key == "where") {
      REGULARS_ASSIGN(made.where, read_expression(value, here, depth + 1));
    } else if (key == "absent") {
      REGULARS_ASSIGN(made.absent, truth_of(value, here));
    } else if (key == "within") {
      REGULARS_ASSIGN(made.within, duration_of(value, here));
    } else if (key == "at_least") {
      REGULARS_ASSIGN(made.at_least, duration_of(value, here));
    } else if (key == "equal" && value.is_array()) {
      for (size_t i = 0; i < value.size(); ++i) {
        REGULARS_ASSIGN(Sequence::Correlation one, read_correlation(value[i], here / i));
        made.equal.push_back(std::move(one));
      }
    } else {
      return bad(here, "is no part of a step",
                 "It has event, where, absent, within, at_least, equal (a list).");
    }
  }
  return made;
}

WriteJson step_json(const Sequence::Step& step) {
  WriteJson json = {{"event", step.event}};
  if (step.where != nullptr) json["where"] = expression_json(*step.where);
  if (step.absent) json["absent"] = true;
  if (step.within != Duration{}) json["within"] = duration_text(step.within);
  if (step.at_least != Duration{}) json["at_least"] = duration_text(step.at_least);
  for (const Sequence::Correlation& one : step.equal) {
    json["equal"].push_back({{one.item ? "item" : "column", one.column},
                             {"step", one.step},
                             {one.other_item ? "other_item" : "other", one.other}});
  }
  return json;
}

}  // namespace

Result<ExpressionPtr> read_sequence(const ReadJson& json, const JsonPointer& at, int depth) {
  Sequence made;
  for (const auto& [key, value] : json.items()) {
    const JsonPointer here = at / key;
    if (key == name_of(Op::kSequence) && value.is_array()) {
      for (size_t i = 0; i < value.size(); ++i) {
        REGULARS_ASSIGN(Sequence::Step step, read_step(value[i], here / i, depth));
        made.steps.push_back(std::move(step));
      }
    } else if (key == "strict") {
      REGULARS_ASSIGN(made.strict, truth_of(value, here));
    } else if (key == "over") {
      REGULARS_ASSIGN(made.window, read_window(value, here, depth));
    } else {
      return bad(here, "is no part of a sequence", "It has sequence (a list), strict, over.");
    }
  }
  return sequence(std::move(made));
}

WriteJson sequence_json(const Sequence& sequence) {
  WriteJson json = WriteJson::object();
  WriteJson& steps = json[name_of(Op::kSequence)] = WriteJson::array();
  for (const Sequence::Step& step : sequence.steps) steps.push_back(step_json(step));
  if (sequence.strict) json["strict"] = true;
  if (!(sequence.window == Window{})) json["over"] = window_json(sequence.window);
  return json;
}

}  // namespace regulars::evaluate
