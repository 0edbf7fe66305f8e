#include "connect/source_profile.h"

#include <algorithm>

#include "base/parallel.h"

namespace regulars::connect {
namespace {

constexpr size_t kFirstBlocks = 8;
constexpr size_t kSpreadBlocks = 16;

}  // namespace

RowSample::Block RowSample::copy(const RowBatch& batch, size_t number) {
  Block block;
  block.number = number;
  block.rows = batch.rows;
  size_t bytes = 0;
  for (const auto& column : batch.cells) {
    for (const std::string_view cell : column) bytes += cell.size();
  }
  // More than a string keeps inside itself, so that views survive the block being moved.
  block.text.reserve(std::max<size_t>(bytes, 64));
  block.cells.resize(batch.cells.size());
  for (size_t c = 0; c < batch.cells.size(); ++c) {
    block.cells[c].reserve(batch.rows);
    for (size_t i = 0; i < batch.rows; ++i) {
      const std::string_view cell = batch.cells[c][i];
      const size_t at = block.text.size();
      block.text.append(cell);
      block.cells[c].push_back(cell.data() == nullptr
                                   ? std::string_view()
                                   : std::string_view(block.text.data() + at, cell.size()));
    }
  }
  return block;
}

void RowSample::offer(const RowBatch& batch) {
  const size_t number = batches_++;
  if (number < kFirstBlocks || number % stride_ == 0) blocks_.push_back(copy(batch, number));
  if (blocks_.size() <= kFirstBlocks + kSpreadBlocks) return;
  stride_ *= 2;
  std::erase_if(blocks_, [&](const Block& block) {
    return block.number >= kFirstBlocks && block.number % stride_ != 0;
  });
}

void RowSample::finish() {
  rows_.clear();
  for (size_t b = 0; b < blocks_.size(); ++b) {
    for (size_t i = 0; i < blocks_[b].rows; ++i) {
      rows_.emplace_back(static_cast<uint32_t>(b), static_cast<uint32_t>(i));
    }
  }
}

bool RowSample::begins_block(size_t row) const {
  if (row == 0 || rows_[row].second != 0) return false;
  return blocks_[rows_[row].first].number != blocks_[rows_[row - 1].first].number + 1;
}

int SourceProfile::find(std::string_view name) const {
  for (size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].name == name) return static_cast<int>(c);
  }
  return -1;
}

Result<SourceProfile> profile_source(RowReader& rows, size_t threads) {
  SourceProfile profile;
  profile.has_header = rows.has_header();
  std::vector<ColumnProfiler> profilers;
  for (const std::string& name : rows.columns()) profilers.emplace_back(name);
  if (threads == 0) threads = hardware_threads();
  threads = std::max<size_t>(1, std::min(threads, profilers.size()));
  std::vector<std::vector<uint64_t>> hashes(threads);
  RowBatch batch;
  while (true) {
    REGULARS_ASSIGN(const bool more, rows.next(batch));
    if (!more) break;
    profile.sample.offer(batch);
    // Thread t takes every threads-th column; the sums of hashes do not depend on the order.
    parallel_for(threads, threads, [&](size_t t) {
      hashes[t].assign(batch.rows, 0);
      for (size_t c = t; c < profilers.size(); c += threads) {
        profilers[c].add(std::span(batch.cells[c]).first(batch.rows), c, hashes[t]);
      }
    });
    for (size_t i = 0; i < batch.rows; ++i) {
      uint64_t sum = 0;
      for (const auto& part : hashes) sum += part[i];
      profile.row_hashes.push_back(sum);
    }
    profile.rows += static_cast<int64_t>(batch.rows);
  }
  for (ColumnProfiler& profiler : profilers) profile.columns.push_back(profiler.finish());
  profile.sample.finish();
  return profile;
}

}  // namespace regulars::connect
