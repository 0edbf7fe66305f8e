#include "models/propensity/trees.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <set>
#include <span>
#include <utility>

namespace regulars::models {
namespace {

Error failed(const char* what) {
  return Error(ErrorCode::kInternal,
               std::string("XGBoost could not ") + what + ": " + XGBGetLastError());
}

struct FreeMatrix {
  void operator()(void* handle) const { XGDMatrixFree(handle); }
};
struct FreeBooster {
  void operator()(void* handle) const { XGBoosterFree(handle); }
};
using Matrix = std::unique_ptr<void, FreeMatrix>;
using Booster = std::unique_ptr<void, FreeBooster>;

// Which rows have the level, told from which have not: the same for a level and for its opposite.
std::vector<int8_t> division(const FeatureColumn& feature, size_t level) {
  std::vector<int8_t> sides;
  sides.reserve(feature.values.size());
  int8_t first = -1;
  for (const double value : feature.values) {
    int8_t side = 2;
    if (!std::isnan(value)) side = value == static_cast<double>(level) ? 1 : 0;
    if (first < 0 && side < 2) first = side;
    sides.push_back(side < 2 && first == 1 ? static_cast<int8_t>(1 - side) : side);
  }
  return sides;
}

// Numbers, and the levels of texts but the first; a level that divides the rows as one before does
// ("no phone service" beside "phone: no") says nothing new.
std::vector<TreeColumn> columns_of(const TrainingTable& table) {
  std::vector<TreeColumn> columns;
  std::set<std::vector<int8_t>> seen;
  for (size_t f = 0; f < table.features.size(); ++f) {
    const FeatureColumn& feature = table.features[f];
    if (!feature.is_text()) columns.push_back({f, {}});
    for (size_t l = 1; l < feature.levels.size(); ++l) {
      if (seen.insert(division(feature, l)).second) columns.push_back({f, feature.levels[l]});
    }
  }
  return columns;
}

// Row by row, as XGBoost reads it. A text that is unknown has none of the levels: all unknown.
std::vector<float> dense(const std::vector<TreeColumn>& columns, const TrainingTable& table) {
  std::vector<float> values(table.rows() * columns.size());
  for (size_t c = 0; c < columns.size(); ++c) {
    const FeatureColumn& feature = table.features[columns[c].feature];
    const auto found = std::find(feature.levels.begin(), feature.levels.end(), columns[c].level);
    const auto level = static_cast<double>(found - feature.levels.begin());
    const bool text = feature.is_text() || !columns[c].level.empty();
    for (size_t row = 0; row < table.rows(); ++row) {
      const double value = feature.values[row];
      double cell = value;
      if (text && !std::isnan(value)) cell = value == level ? 1 : 0;
      values[row * columns.size() + c] = static_cast<float>(cell);
    }
  }
  return values;
}

Result<Matrix> matrix_of(const std::vector<TreeColumn>& columns, const TrainingTable& table) {
  const std::vector<float> values = dense(columns, table);
  DMatrixHandle handle = nullptr;
  const int bad = XGDMatrixCreateFromMat_omp(values.data(), table.rows(), columns.size(),
                                             std::numeric_limits<float>::quiet_NaN(), &handle, 1);
  if (bad != 0) return failed("take the table");
  return Matrix(handle);
}

std::string constraints(const std::vector<TreeColumn>& columns, const std::vector<int>& monotone) {
  std::string text;
  for (const TreeColumn& column : columns) {
    const int sign = column.level.empty() && !monotone.empty() ? monotone[column.feature] : 0;
    text += (text.empty() ? "(" : ",") + std::to_string(sign);
  }
  return text + ")";
}

Result<void> set(BoosterHandle booster,
                 const std::vector<std::pair<const char*, std::string>>& all) {
  for (const auto& [name, value] : all) {
    if (XGBoosterSetParam(booster, name, value.c_str()) != 0) return failed("be set up");
  }
  return {};
}

Result<Booster> booster_for(const std::vector<DMatrixHandle>& matrices) {
  BoosterHandle handle = nullptr;
  if (XGBoosterCreate(matrices.data(), matrices.size(), &handle) != 0) return failed("begin");
  Booster booster(handle);
  REGULARS_TRY(set(booster.get(), {{"nthread", "1"}, {"verbosity", "0"}}));
  return booster;
}

Result<Booster> loaded(const Trees& model) {
  REGULARS_ASSIGN(Booster booster, booster_for({}));
  if (XGBoosterLoadModelFromBuffer(booster.get(), model.json.data(), model.json.size()) != 0) {
    return failed("read the model back");
  }
  REGULARS_TRY(set(booster.get(), {{"nthread", "1"}}));
  return booster;
}

// `type`: 0 probabilities, 2 contributions (columns and the base to a row).
Result<std::vector<double>> answer(const Trees& model, const TrainingTable& table, int type) {
  if (table.rows() == 0) return std::vector<double>();
  REGULARS_ASSIGN(const Matrix matrix, matrix_of(model.columns, table));
  REGULARS_ASSIGN(const Booster booster, loaded(model));
  const std::string config =
      fmt::format(R"({{"type":{},"training":false,"iteration_begin":0,"iteration_end":0,)"
                  R"("strict_shape":false}})",
                  type);
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* out = nullptr;
  if (XGBoosterPredictFromDMatrix(booster.get(), matrix.get(), config.c_str(), &shape, &dimensions,
                                  &out) != 0) {
    return failed("predict");
  }
  size_t count = 1;
  for (const bst_ulong one : std::span(shape, dimensions)) count *= one;
  return std::vector<double>(out, out + count);
}

}  // namespace

Result<Trees> fit_trees(const TrainingTable& table, const TreeOptions& options) {
  const size_t positives = table.positives();
  if (positives == 0 || positives == table.rows()) {
    return Error(ErrorCode::kBadData,
                 "there is nothing to tell apart: all rows have the same "
                 "outcome, or there are none");
  }
  Trees model{columns_of(table), options, {}};
  REGULARS_ASSIGN(const Matrix matrix, matrix_of(model.columns, table));
  const std::vector<float> label(table.label.begin(), table.label.end());
  if (XGDMatrixSetFloatInfo(matrix.get(), "label", label.data(), label.size()) != 0) {
    return failed("take the labels");
  }
  REGULARS_ASSIGN(const Booster booster, booster_for({matrix.get()}));
  REGULARS_TRY(
      set(booster.get(), {{"objective", "binary:logistic"},
                          {"tree_method", "hist"},
                          {"base_score", "0.5"},
                          {"max_depth", std::to_string(options.depth)},
                          {"eta", fmt::format("{}", options.rate)},
                          {"min_child_weight", fmt::format("{}", options.least_child_weight)},
                          {"seed", std::to_string(options.seed)},
                          {"monotone_constraints", constraints(model.columns, options.monotone)}}));
  for (int round = 0; round < options.rounds; ++round) {
    if (XGBoosterUpdateOneIter(booster.get(), round, matrix.get()) != 0) return failed("learn");
  }
  bst_ulong length = 0;
  const char* text = nullptr;
  if (XGBoosterSaveModelToBuffer(booster.get(), R"({"format":"json"})", &length, &text) != 0) {
    return failed("write the model");
  }
  model.json.assign(text, length);
  return model;
}

Result<std::vector<double>> predict(const Trees& model, const TrainingTable& table) {
  return answer(model, table, 0);
}

Result<std::vector<double>> contributions(const Trees& model, const TrainingTable& table) {
  REGULARS_ASSIGN(const std::vector<double> all, answer(model, table, 2));
  const size_t features = table.features.size(), columns = model.columns.size();
  std::vector<double> result(table.rows() * features, 0);
  for (size_t row = 0; row < table.rows(); ++row) {
    for (size_t c = 0; c < columns; ++c) {
      result[row * features + model.columns[c].feature] += all[row * (columns + 1) + c];
    }
  }
  return result;
}

}  // namespace regulars::models
