#include "app/stored_snapshots.h"

#include <nlohmann/json.hpp>

#include "evaluate/expression_json.h"

namespace regulars::app {
namespace {

using definitions::PopulationSnapshot;
using evaluate::Population;
using Json = nlohmann::json;

Json population_json(const Population& population) {
  Json groups = Json::array();
  for (const Population::Group& group : population.groups) {
    groups.push_back({{"name", group.name},
                      {"numbers", group.numbers},
                      {"reals", group.reals},
                      {"mean", group.mean},
                      {"deviation", group.deviation}});
  }
  return {{"key", population.key},
          {"type", static_cast<int>(population.type)},
          {"scale", population.scale},
          {"groups", std::move(groups)}};
}

Population population_of(const Json& json) {
  Population population;
  population.key = json.at("key").get<std::string>();
  population.type = static_cast<ValueType>(json.at("type").get<int>());
  population.scale = json.at("scale").get<int>();
  for (const Json& group : json.at("groups")) {
    population.groups.push_back(
        {group.at("name").get<std::string>(), group.at("numbers").get<std::vector<int64_t>>(),
         group.at("reals").get<std::vector<double>>(), group.at("mean").get<double>(),
         group.at("deviation").get<double>()});
  }
  return population;
}

}  // namespace

store::SnapshotRow to_row(const PopulationSnapshot& snapshot) {
  store::SnapshotRow row{snapshot.id, snapshot.cut_off, snapshot.recorded_at, "", ""};
  Json populations = Json::array();
  for (const auto& population : snapshot.populations) {
    populations.push_back(population_json(*population));
  }
  Json words = Json::object();
  for (const auto& [name, tree] : snapshot.words) words[name] = evaluate::to_json(*tree);
  row.populations = populations.dump();
  row.words = words.dump();
  return row;
}

Result<PopulationSnapshot> from_row(const store::SnapshotRow& row) {
  PopulationSnapshot snapshot;
  snapshot.id = row.id;
  snapshot.cut_off = row.cut_off;
  snapshot.recorded_at = row.recorded_at;
  try {
    const Json populations = Json::parse(row.populations);
    for (const Json& one : populations) {
      snapshot.populations.push_back(std::make_shared<const Population>(population_of(one)));
    }
    const Json words = Json::parse(row.words);
    for (const auto& [name, tree] : words.items()) {
      REGULARS_ASSIGN(snapshot.words[name],
                      evaluate::expression_from_json(tree.get<std::string>()));
    }
  } catch (const Json::exception& fault) {
    return Error(ErrorCode::kBadData,
                 "population snapshot " + row.id + " cannot be read: " + fault.what(),
                 "`regulars run DIR` takes a new one.");
  }
  return snapshot;
}

Result<std::vector<PopulationSnapshot>> load_stored_snapshots(store::Store& store) {
  REGULARS_ASSIGN(sql::Connection connection, store.connect());
  REGULARS_ASSIGN(const std::vector<store::SnapshotRow> rows, store::load_snapshots(connection));
  std::vector<PopulationSnapshot> snapshots;
  for (const store::SnapshotRow& row : rows) {
    REGULARS_ASSIGN(PopulationSnapshot snapshot, from_row(row));
    snapshots.push_back(std::move(snapshot));
  }
  return snapshots;
}

}  // namespace regulars::app
