#include <fmt/format.h>

#include <sstream>

#include "batch/chdb.h"
#include "batch/peer.h"

namespace regulars::bench {
namespace {

class ClickHousePeer : public Peer {
 public:
  explicit ClickHousePeer(std::shared_ptr<Chdb> chdb) : chdb_(std::move(chdb)) {}
  std::string name() const override { return "clickhouse"; }

  std::vector<Contestant> contestants(const Questions& questions, std::span<const Instant> instants,
                                      size_t most_features) override {
    std::vector<Contestant> result;
    const auto add = [&](const std::string& way, size_t most, bool in_order) {
      auto asked = queries(questions, Dialect::kClickHouse, "bench.clustered", instants, most);
      for (Query& query : asked) {
        query.sql += fmt::format(
            " SETTINGS max_threads = {}, optimize_aggregation_in_order = {}, max_query_size = "
            "100000000, max_ast_elements = 10000000, max_expanded_ast_elements = 10000000",
            kThreads, in_order ? 1 : 0);
      }
      result.push_back({name(), way + (in_order ? ", in order" : ", hashed"),
                        [this, asked = std::move(asked)] { return ask(asked); }});
    };
    for (const bool in_order : {false, true}) {
      add("fused", SIZE_MAX, in_order);
      if (most_features > 0) {
        add(fmt::format("{} features a query", most_features), most_features, in_order);
      }
    }
    return result;
  }

 private:
  Result<Reply> ask(const std::vector<Query>& asked) {
    Reply reply;
    for (const Query& query : asked) {
      REGULARS_ASSIGN(const std::string line, chdb_->query(query.sql));
      std::istringstream numbers(line);
      for (int64_t number = 0; numbers >> number;) reply.totals.push_back(number);
    }
    return reply;
  }

  std::shared_ptr<Chdb> chdb_;
};

}  // namespace

Result<std::shared_ptr<Peer>> load_clickhouse(const std::string& parquet, const Scratch& scratch) {
  REGULARS_ASSIGN(std::shared_ptr<Chdb> chdb, Chdb::open(scratch.path("clickhouse"), kThreads));
  const std::string make =
      "CREATE TABLE bench.clustered (customer UInt32, type UInt8, occurred Int64, amount Int32, "
      "category UInt8, store UInt16) ENGINE = MergeTree ORDER BY (customer, occurred)";
  const std::string fill = fmt::format(
      "INSERT INTO bench.clustered SELECT * FROM file('{}', Parquet) SETTINGS "
      "max_insert_threads = 1, input_format_parquet_preserve_order = 1",
      parquet);
  for (const std::string& sql : {std::string("CREATE DATABASE bench"), make, fill,
                                 std::string("OPTIMIZE TABLE bench.clustered FINAL")}) {
    REGULARS_TRY(chdb->query(sql));
  }
  return std::shared_ptr<Peer>(std::make_shared<ClickHousePeer>(std::move(chdb)));
}

}  // namespace regulars::bench
