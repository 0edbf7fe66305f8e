// From cells to order lines, under a decided SourceSpec. Every row becomes a line, a reject, a
// dropped duplicate or an event that is no order, and is counted as such.
//
// Thread-safety: one converter per thread; it uses threads of its own.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "connect/rows.h"
#include "connect/source_profile.h"
#include "data/intake.h"
#include "data/order_lines.h"

namespace regulars::connect {

struct Converted {
  OrderLines lines;
  std::vector<Reject> rejects;
  int64_t rejects_not_listed = 0;
  RowCounts rows;  // read, rejected, duplicates, other_events
  Rounding rounding;
  // Lines by hour of the local day, of times that have one; for the time-zone check.
  std::array<int64_t, 24> hours{};
  int64_t other_currency = 0;            // rejected for it
  int64_t total_rows = 0;                // rejected as sums below the data
  std::vector<ValueCount> placeholders;  // customer ids that stand for nobody, and their rows
  std::vector<uint32_t> store;           // per line, where the file has stores
  DictionaryPtr stores;
  std::vector<uint32_t> product_name;  // per product code
  DictionaryPtr product_names;
};

class Converter {
 public:
  static constexpr size_t kMostRejects = 200'000;

  // The arguments must outlive the converter. `persons`: ids that are people although they look
  // like placeholders; `is_repeat`: rows to drop as duplicates, or empty.
  Converter(const SourceProfile& source, const SourceSpec& spec,
            const std::vector<std::string>& persons, const Zone& zone,
            std::span<const uint8_t> is_repeat, size_t threads);
  ~Converter();

  // Rows must come in the order they were profiled in.
  void add(const RowBatch& batch, const RowReader& rows);
  // kOverflow when the amounts together leave 64 bits.
  Result<Converted> finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace regulars::connect
