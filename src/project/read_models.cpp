#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/decimal.h"
#include "project/read_parts.h"

namespace regulars::project {
namespace {

using Kind = ModelDeclaration::Kind;

const std::vector<std::string> kinds = {"value", "churn", "propensity"};
const std::vector<std::string> units = {"day", "week", "month", "year"};
const std::vector<std::string> value_methods = {"auto", "bg-nbd", "mbg-nbd", "pareto-nbd",
                                                "mbg-cnbd-k"};
const std::vector<std::string> learners = {"auto", "logistic", "trees"};

class ModelReader {
 public:
  ModelReader(const YamlNode& node, std::string name, Reader& reader)
      : reader_(reader), section_(node, "model '" + name + "'", reader) {
    model_.name = std::move(name);
    model_.place = reader.place(node);
  }

  std::optional<ModelDeclaration> read() {
    const auto kind = section_.choice("kind", kinds);
    if (!kind && section_.required("kind", "write kind: value, churn or propensity") == nullptr) {
      return {};
    }
    model_.kind = kind ? static_cast<Kind>(*kind) : Kind::kValue;
    model_.description = section_.text("description");
    model_.refit_after_days = section_.days("refit_after").value_or(model_.refit_after_days);
    const bool value = model_.kind == Kind::kValue;
    const std::vector<std::string>& methods = value ? value_methods : learners;
    if (const auto method = section_.choice("method", methods)) model_.method = methods[*method];
    value ? read_value() : read_propensity();
    section_.done();
    return std::move(model_);
  }

 private:
  void read_value() {
    if (const auto unit = section_.choice("unit", units)) model_.unit = units[*unit];
    model_.horizon_months = section_.months("horizon").value_or(model_.horizon_months);
    model_.discount_rate = section_.share("discount_rate", model_.discount_rate);
    if (section_.value("margin") != nullptr) model_.margin = section_.share("margin", 1);
    model_.zero_amounts_count = section_.truth("zero_amounts_count", true);
  }

  void read_propensity() {
    model_.horizon_days = section_.days("horizon").value_or(model_.horizon_days);
    model_.label = section_.text("label");
    if (model_.kind == Kind::kPropensity) {
      section_.required("label", "write the rule whose probability is asked, with `over next`");
    }
    model_.eligible = section_.text("eligible");
    if (const YamlNode* features = section_.value("features")) read_features(*features);
    if (const YamlNode* monotone = section_.value("monotone")) read_monotone(*monotone);
    if (const YamlNode* costs = section_.value("costs")) read_costs(*costs);
  }

  // Names of features, or names with formulas of their own.
  void read_features(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::kMap) {
      for (const auto& [key, value] : node.entries) {
        if (auto formula = reader_.text(*value, fmt::format("feature '{}'", key->text))) {
          model_.features.push_back({key->text, *std::move(formula)});
        }
      }
      return;
    }
    for (std::string& name : reader_.texts(node, "'features'")) {
      model_.features.push_back({std::move(name), {}});
    }
  }

  void read_monotone(const YamlNode& node) {
    if (!reader_.is_map(node, "'monotone'")) return;
    for (const auto& [key, value] : node.entries) {
      const auto way =
          reader_.choice(*value, fmt::format("monotone '{}'", key->text), {"rises", "falls"});
      if (way) model_.monotone[key->text] = *way == 0 ? 1 : -1;
    }
  }

  void read_costs(const YamlNode& node) {
    if (!reader_.is_map(node, "'costs'")) return;
    Section costs(node, "'costs'", reader_);
    model_.contact_cost = money(costs, "contact");
    model_.value_saved = money(costs, "saved_customer");
    if (costs.value("success_rate") != nullptr) {
      model_.success_rate = costs.share("success_rate", 1);
    }
    costs.done();
  }

  std::optional<double> money(Section& section, const std::string& key) {
    const YamlNode* node = section.required(key, "write an amount: 1.50");
    if (node == nullptr) return {};
    const auto text = reader_.text(*node, "'" + key + "'");
    const auto amount = text ? Decimal::parse(*text) : Result<Decimal>(Decimal{});
    if (text && (!amount || amount->units < 0)) {
      reader_.fault(*node, fmt::format("'{}' takes an amount of money, found {}", key, *text),
                    "write digits and a point: 1.50");
      return {};
    }
    return text ? std::optional<double>(amount->to_double()) : std::nullopt;
  }

  Reader& reader_;
  ModelDeclaration model_;
  Section section_;
};

void read_model(const YamlNode* name, const YamlNode& node, Reader& reader, Project& project) {
  if (!reader.is_map(node, "a model")) return;
  const std::string called =
      name != nullptr ? name->text : std::filesystem::path(reader.file().name).stem().string();
  if (name != nullptr && !is_plain_name(*name, "a model", reader)) return;
  const auto same = std::ranges::find(project.models, called, &ModelDeclaration::name);
  if (same != project.models.end()) {
    reader.fault(node, fmt::format("there are two models '{}'", called),
                 fmt::format("the other is in {}", same->place.file));
    return;
  }
  if (auto model = ModelReader(node, called, reader).read()) {
    project.models.push_back(*std::move(model));
  }
}

}  // namespace

void read_models(const YamlFile& file, Project& project, Faults& faults) {
  if (file.root == nullptr || file.root->kind == YamlNode::Kind::kNull) return;
  Reader reader(file, faults);
  const YamlNode& root = *file.root;
  if (!reader.is_map(root, "a file of models")) return;
  if (root.find("kind") != nullptr) return read_model(nullptr, root, reader, project);
  for (const auto& [key, value] : root.entries) read_model(key.get(), *value, reader, project);
}

}  // namespace regulars::project
