#pragma once

#include "batch/peer.h"
#include "sql/database.h"

namespace regulars::bench {

class DuckDbPeer : public Peer {
 public:
  DuckDbPeer(sql::Database database, sql::Connection connection)
      : database_(std::move(database)), connection_(std::move(connection)) {}
  std::string name() const override { return "duckdb"; }
  std::vector<Contestant> contestants(const Questions& questions, std::span<const Instant> instants,
                                      size_t most_features) override;
  sql::Connection& connection() { return connection_; }

 private:
  sql::Database database_;
  sql::Connection connection_;
};

}  // namespace regulars::bench
