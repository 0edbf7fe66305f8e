#include "batch/questions.h"

#include <fmt/format.h>

#include <algorithm>

#include "evaluate/expression_json.h"

namespace regulars::bench {
namespace {

bool is_amount(Fold fold) { return fold == Fold::kSum || fold == Fold::kMax || fold == Fold::kMin; }

std::string json_head(const Feature& feature) {
  const char* type = kTypeNames[feature.type];
  switch (feature.fold) {
    case Fold::kCount:
      return fmt::format(R"("count":"{}")", type);
    case Fold::kSum:
      return fmt::format(R"("sum":"{}","of":{{"column":"amount"}})", type);
    case Fold::kMax:
      return fmt::format(R"("max":"{}","of":{{"column":"amount"}})", type);
    case Fold::kMin:
      return fmt::format(R"("min":"{}","of":{{"column":"amount"}})", type);
    case Fold::kFirst:
      return fmt::format(R"("first":"{}","of":"at")", type);
    case Fold::kLast:
      return fmt::format(R"("last":"{}","of":"at")", type);
    default:
      return fmt::format(R"("distinct":"{}","of":{{"column":"category"}})", type);
  }
}

std::string to_json(const Feature& feature) {
  std::string json = "{" + json_head(feature);
  if (!feature.test.json.empty()) json += R"(,"where":)" + feature.test.json;
  if (feature.from_days > 0) {
    json += fmt::format(R"(,"over":{{"rolling":"{}d")", feature.from_days);
    if (feature.to_days > 0) json += fmt::format(R"(,"to":"{}d")", feature.to_days);
    json += "}";
  }
  return json + "}";
}

std::string number_json(Fold fold, int64_t number) {
  if (!is_amount(fold)) return std::to_string(number);
  return fmt::format(R"({{"decimal":"{}.{:02}"}})", number / 100, number % 100);
}

std::vector<size_t> merged(const Said& a, const Said& b) {
  std::vector<size_t> all;
  std::set_union(a.features.begin(), a.features.end(), b.features.begin(), b.features.end(),
                 std::back_inserter(all));
  return all;
}

}  // namespace

EventTest in_category(int category) {
  return {fmt::format(R"({{"=":[{{"column":"category"}},"c{}"]}})", category),
          fmt::format("category = {}", category)};
}

EventTest in_store(int store) {
  return {fmt::format(R"({{"=":[{{"column":"store"}},"s{}"]}})", store),
          fmt::format("store = {}", store)};
}

EventTest amount_at_least(int cents) {
  return {fmt::format(R"({{">=":[{{"column":"amount"}},{}]}})", number_json(Fold::kSum, cents)),
          fmt::format("amount >= {}", cents)};
}

size_t Questions::feature(const Feature& feature) {
  const auto found = std::find(features_.begin(), features_.end(), feature);
  const auto index = static_cast<size_t>(found - features_.begin());
  if (found == features_.end()) features_.push_back(feature);
  return index;
}

Said Questions::compare(const Feature& asked, const std::string& op, int64_t number) {
  const size_t f = feature(asked);
  return {fmt::format(R"({{"{}":[{},{}]}})", op, to_json(asked), number_json(asked.fold, number)),
          fmt::format("f{} {} {}", f, op, number),
          {f}};
}

Said Questions::older_than(const Feature& instant, int days_long) {
  const size_t f = feature(instant);
  return {fmt::format(R"({{">":[{{"days_since":[{}]}},{}]}})", to_json(instant), days_long),
          fmt::format("t - f{} >= {}", f, days(days_long + 1).micros),
          {f}};
}

Said Questions::compare(int left_factor, const Feature& left, const std::string& op,
                        int right_factor, const Feature& right) {
  const size_t l = feature(left);
  const size_t r = feature(right);
  const auto term = [](int factor, const std::string& json) {
    return factor == 1 ? json : fmt::format(R"({{"*":[{},{}]}})", factor, json);
  };
  return {fmt::format(R"({{"{}":[{},{}]}})", op, term(left_factor, to_json(left)),
                      term(right_factor, to_json(right))),
          fmt::format("{} * f{} {} {} * f{}", left_factor, l, op, right_factor, r),
          merged({{}, {}, {l}}, {{}, {}, {r}})};
}

Said both(const Said& a, const Said& b) {
  return {fmt::format(R"({{"and":[{},{}]}})", a.json, b.json),
          fmt::format("({} AND {})", a.sql, b.sql), merged(a, b)};
}

Said either(const Said& a, const Said& b) {
  return {fmt::format(R"({{"or":[{},{}]}})", a.json, b.json),
          fmt::format("({} OR {})", a.sql, b.sql), merged(a, b)};
}

Said negated(const Said& a) {
  return {fmt::format(R"({{"not":[{}]}})", a.json), fmt::format("NOT ({})", a.sql), a.features};
}

Result<std::vector<evaluate::Definition>> Questions::definitions() const {
  std::vector<evaluate::Definition> result;
  const auto add = [&](std::string name, const std::string& json) -> Result<void> {
    REGULARS_ASSIGN(auto tree, evaluate::expression_from_json(json));
    result.push_back({std::move(name), std::move(tree)});
    return {};
  };
  for (size_t i = 0; features_are_answers_ && i < features_.size(); ++i) {
    REGULARS_TRY(add(fmt::format("f{}", i), to_json(features_[i])));
  }
  for (size_t i = 0; i < segments_.size(); ++i) {
    REGULARS_TRY(add(fmt::format("s{}", i), segments_[i].json));
  }
  return result;
}

}  // namespace regulars::bench
