#include <nlohmann/json.hpp>

#include "language/json.h"
#include "language/words.h"

namespace regulars::language {
namespace {

using Json = nlohmann::ordered_json;

Json part(const Node& node);

Json parts(const std::vector<NodePtr>& nodes, size_t first) {
  Json list = Json::array();
  for (size_t i = first; i < nodes.size(); ++i) list.push_back(part(*nodes[i]));
  return list;
}

Json time_json(const TimeAmount& time) {
  return {{"count", time.count}, {"unit", name_of(time.unit)}};
}

Json number(Decimal decimal) {
  if (decimal.scale == 0) return decimal.units;
  return decimal.to_string();
}

void add_span(const Span& span, Json& json) {
  switch (span.kind) {
    case Span::Kind::kLifetime:
      json["lifetime"] = true;
      break;
    case Span::Kind::kLast:
      json["last"] = time_json(span.amount);
      break;
    case Span::Kind::kLastCalendar:
      json["last_calendar"] = time_json(span.amount);
      break;
    case Span::Kind::kPast:
      json["past"] = time_json(span.amount);
      break;
    case Span::Kind::kThis:
      json["this"] = name_of(span.amount.unit);
      break;
    case Span::Kind::kPrevious:
      json["previous"] = name_of(span.amount.unit);
      break;
    case Span::Kind::kAgo:
      json["ago"] = Json::array({time_json(span.amount), time_json(span.until)});
      break;
    case Span::Kind::kBetween:
      json["from"] = span.from;
      json["to"] = span.to;
      break;
    case Span::Kind::kSince:
      json["since"] = part(*span.anchor);
      break;
    case Span::Kind::kAfter:
      json["time"] = time_json(span.amount);
      json["after"] = part(*span.anchor);
      break;
    case Span::Kind::kSession:
      json["session"] = span.amount.count > 0 ? time_json(span.amount) : Json(nullptr);
      break;
    case Span::Kind::kNext:
      json["next"] = time_json(span.amount);
      break;
    case Span::Kind::kNextCalendar:
      json["next_calendar"] = time_json(span.amount);
      break;
  }
}

Json span_json(const Span& span) {
  Json json = Json::object();
  add_span(span, json);
  if (span.retail) json["retail"] = true;
  if (span.own_zone) json["zone"] = "customer";
  return json;
}

Json moment_json(const Moment& moment) {
  switch (moment.kind) {
    case Moment::Kind::kAgo:
      return {{"ago", time_json(moment.amount)}};
    case Moment::Kind::kDate:
      return {{"on", moment.date}};
    case Moment::Kind::kStartOf:
      break;
  }
  Json json = {{"start_of", name_of(moment.amount.unit)}};
  if (moment.retail) json["retail"] = true;
  return json;
}

Json step_json(const SequenceStep& step) {
  Json json = {{"event", step.event}};
  if (step.next) json["next"] = true;
  if (step.absent) json["not"] = true;
  if (!step.alias.empty()) json["as"] = step.alias;
  if (step.where != nullptr) json["where"] = part(*step.where);
  if (step.within) json["within"] = time_json(*step.within);
  if (step.at_least) json["at_least"] = time_json(*step.at_least);
  return json;
}

Json call_json(const Node& node) {
  Json json = {{"call", node.text}};
  if (node.distinct) json["distinct"] = true;
  if (!node.arguments.empty()) json["arguments"] = parts(node.arguments, 0);
  if (node.where != nullptr) json["where"] = part(*node.where);
  if (node.among != nullptr) json["within"] = part(*node.among);
  if (node.at_least) json["at_least"] = number(*node.at_least);
  if (node.span) json["over"] = span_json(*node.span);
  return json;
}

Json top_json(const Node& node) {
  Json json = {{"top", number(node.decimal)}};
  if (node.distinct) json["percent"] = true;
  json["by"] = part(*node.arguments[0]);
  if (node.among != nullptr) json["within"] = part(*node.among);
  return json;
}

Json sequence_json(const Node& node) {
  Json steps = Json::array();
  for (const SequenceStep& step : node.steps) steps.push_back(step_json(step));
  Json json = {{"sequence", std::move(steps)}};
  if (node.span) json["over"] = span_json(*node.span);
  return json;
}

// Tests of a value: {"value": ..., TEST: ...}.
Json test_json(const Node& node) {
  Json json = {{"value", part(*node.arguments[0])}};
  switch (node.kind) {
    case Node::Kind::kBetween:
      json["between"] = parts(node.arguments, 1);
      break;
    case Node::Kind::kIn:
      json["in"] = parts(node.arguments, 1);
      break;
    case Node::Kind::kInList:
      json["in_list"] = node.text;
      break;
    case Node::Kind::kHas:
      json["has_" + node.text] = parts(node.arguments, 1);
      break;
    case Node::Kind::kWithin:
      json["within"] = span_json(*node.span);
      break;
    case Node::Kind::kIs:
      json["is"] = node.text;
      break;
    default:
      json["at"] = moment_json(*node.moment);
  }
  if (node.negated) json["negated"] = true;
  return json;
}

Json binary_json(const Node& node) {
  Json json = {{"operator", node.text}, {"arguments", parts(node.arguments, 0)}};
  if (node.negated) json["negated"] = true;
  return json;
}

Json leaf_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kInteger:
      return node.number;
    case Node::Kind::kBoolean:
      return node.number != 0;
    case Node::Kind::kText:
      return node.text;
    case Node::Kind::kDecimal:
      return {{"decimal", node.decimal.to_string()}};
    case Node::Kind::kTime:
      return {{"time", time_json(node.time)}};
    case Node::Kind::kLength:
      return {{"length", node.decimal.to_string()}, {"unit", node.text}};
    case Node::Kind::kName:
      return {{"name", node.text}};
    default:
      return nullptr;
  }
}

Json part(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kInteger:
    case Node::Kind::kDecimal:
    case Node::Kind::kText:
    case Node::Kind::kBoolean:
    case Node::Kind::kUnknown:
    case Node::Kind::kTime:
    case Node::Kind::kLength:
    case Node::Kind::kName:
      return leaf_json(node);
    case Node::Kind::kCall:
      return call_json(node);
    case Node::Kind::kNegate:
      return {{"negate", part(*node.arguments[0])}};
    case Node::Kind::kBinary:
      return binary_json(node);
    case Node::Kind::kAnd:
      return {{"and", parts(node.arguments, 0)}};
    case Node::Kind::kOr:
      return {{"or", parts(node.arguments, 0)}};
    case Node::Kind::kNot:
      return {{"not", part(*node.arguments[0])}};
    case Node::Kind::kIf:
      return {{"if", part(*node.arguments[0])},
              {"then", part(*node.arguments[1])},
              {"else", part(*node.arguments[2])}};
    case Node::Kind::kAtLeast:
      return {{"at_least", node.number}, {"of", parts(node.arguments, 0)}};
    case Node::Kind::kItems:
      return {{node.text == "any" ? "any_item" : "all_items", part(*node.arguments[0])}};
    case Node::Kind::kMembers:
      return {{node.text == "any" ? "any_member" : "all_members", part(*node.arguments[0])},
              {"of", node.name}};
    case Node::Kind::kSequence:
      return sequence_json(node);
    case Node::Kind::kTop:
      return top_json(node);
    case Node::Kind::kBetween:
    case Node::Kind::kIn:
    case Node::Kind::kInList:
    case Node::Kind::kHas:
    case Node::Kind::kWithin:
    case Node::Kind::kIs:
    case Node::Kind::kAt:
      break;
  }
  return test_json(node);
}

}  // namespace

std::string to_json(const Node& node) {
  return part(node).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace regulars::language
