// Databases that answer the same questions. Each holds the events of a shape in its best layout:
// clustered by customer and time. A peer that cannot be had is an error that says why; the figure
// is then left out.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "batch/sql.h"
#include "measure.h"

namespace regulars::bench {

constexpr int kThreads = 2;

using Totals = std::vector<int64_t>;

struct Reply {
  Totals totals;
  std::optional<Cost> cost;  // of a peer in a process of its own: as it measured itself
};

// One way of asking one peer.
struct Contestant {
  std::string peer;
  std::string way;  // "fused, in order"
  std::function<Result<Reply>()> ask;
};

class Peer {
 public:
  virtual ~Peer() = default;
  virtual std::string name() const = 0;
  // Instant after instant. `most_features`: of one query in the split form; 0: the split form is
  // not tried.
  virtual std::vector<Contestant> contestants(const Questions& questions,
                                              std::span<const Instant> instants,
                                              size_t most_features) = 0;
};

// A folder of its own for what peers keep on disk, removed with the object.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

 private:
  std::string folder_;
};

class DuckDbPeer;
// In memory. The other peers read its table from a Parquet file.
Result<std::shared_ptr<DuckDbPeer>> load_duckdb(const Shape& shape);
std::shared_ptr<Peer> as_peer(const std::shared_ptr<DuckDbPeer>& duckdb);
Result<void> write_parquet(DuckDbPeer& duckdb, const std::string& path);

// MergeTree ordered by (customer, occurred), merged into one part, by the library in npm's chdb.
Result<std::shared_ptr<Peer>> load_clickhouse(const std::string& parquet, const Scratch& scratch);

// By npm's nodejs-polars in a node process, which reads the file into memory.
Result<std::shared_ptr<Peer>> load_polars(const std::string& parquet);

}  // namespace regulars::bench
