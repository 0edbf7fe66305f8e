#include "other_histories.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "data/extract.h"
#include "evaluate/parts.h"

namespace regulars::evaluate {
namespace {

constexpr uint64_t kSeed = 71;

void add_units(const Expression& e, std::set<std::string>& units) {
  if (e.op == Op::kOfUnit) units.insert(e.name);
  for_each_part(e, [&](const Expression& part) { add_units(part, units); });
}

template <class T>
void shuffle(std::vector<T>& values, Random& random) {
  for (size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
  }
}

// The first customer of everyone's group, where units overlap.
std::vector<size_t> groups_of(const Questions& q) {
  std::set<std::string> units;
  for (const Definition& definition : q.definitions) add_units(*definition.expression, units);
  const size_t customers = q.history->customers();
  std::vector<size_t> group(customers);
  std::iota(group.begin(), group.end(), size_t{0});
  const auto join = [&](size_t a, size_t b) {
    const size_t from = group[b];
    for (size_t& one : group) one = one == from ? group[a] : one;
  };
  const auto join_all = [&](const Column& column) {
    if (!units.contains(column.name)) return;
    for (size_t a = 0; a < customers; ++a) {
      for (size_t b = a + 1; b < customers; ++b) {
        if (!column.known(a) || !column.known(b)) continue;
        const bool text = column.type == ValueType::kText;
        if (text ? column.codes[a] == column.codes[b] : column.numbers[a] == column.numbers[b]) {
          join(a, b);
        }
      }
    }
  };
  for (const Column& column : q.history->customer_table().attributes) join_all(column);
  for (const Column* column : q.given) join_all(*column);
  return group;
}

EventBatch batch_of(const Stream& stream) {
  EventBatch batch{stream.type,        {}, stream.at, stream.id, stream.columns, stream.item_offset,
                   stream.item_columns};
  for (CustomerNumber c = 0; c + 1 < stream.offset.size(); ++c) {
    batch.customer.resize(stream.offset[c + 1], c);
  }
  return batch;
}

Column in_order(const Column& column, const std::vector<uint32_t>& rows) {
  return extract(column, rows);
}

EventBatch in_order(const EventBatch& batch, const std::vector<uint32_t>& rows) {
  EventBatch result{batch.type, {}, {}, {}, {}, {}, {}};
  std::vector<uint32_t> items;
  if (!batch.item_offset.empty()) result.item_offset.push_back(0);
  for (const uint32_t row : rows) {
    result.customer.push_back(batch.customer[row]);
    result.at.push_back(batch.at[row]);
    result.id.push_back(batch.id[row]);
    if (batch.item_offset.empty()) continue;
    for (uint32_t i = batch.item_offset[row]; i < batch.item_offset[row + 1]; ++i) {
      items.push_back(i);
    }
    result.item_offset.push_back(static_cast<uint32_t>(items.size()));
  }
  for (const Column& column : batch.columns) result.columns.push_back(in_order(column, rows));
  for (const Column& column : batch.item_columns) {
    result.item_columns.push_back(in_order(column, items));
  }
  return result;
}

Result<Table> answers_of(const Questions& q) {
  REGULARS_ASSIGN(const Plan plan, Plan::compile(q.schema, q.definitions, *q.zone));
  REGULARS_ASSIGN(const std::vector<Answers> answers,
                  plan.run(*q.history, q.as_of, {1, 1024, q.given}));
  Table table;
  for (const Answers& one : answers) table.push_back(columns_of(one));
  return table;
}

}  // namespace

std::vector<std::vector<CustomerNumber>> customer_blocks(const Questions& questions, size_t count,
                                                         Random& random) {
  const std::vector<size_t> group = groups_of(questions);
  std::vector<size_t> block_of(group.size());
  for (size_t& block : block_of) {
    block = static_cast<size_t>(random.below(static_cast<int64_t>(count)));
  }
  std::vector<std::vector<CustomerNumber>> blocks(count);
  for (CustomerNumber c = 0; c < group.size(); ++c) blocks[block_of[group[c]]].push_back(c);
  for (auto& block : blocks) shuffle(block, random);
  return blocks;
}

Result<Table> by_blocks(const Questions& questions, size_t count) {
  Random random(kSeed, count);
  const size_t customers = questions.history->customers();
  Table table(
      questions.as_of.size(),
      std::vector<std::vector<Value>>(questions.definitions.size(), std::vector<Value>(customers)));
  for (const auto& block : customer_blocks(questions, count, random)) {
    REGULARS_ASSIGN(const History cut, extract(*questions.history, block));
    std::vector<Column> given;
    for (const Column* column : questions.given) given.push_back(extract(*column, block));
    Questions inner = questions;
    inner.history = &cut;
    inner.given.clear();
    for (const Column& column : given) inner.given.push_back(&column);
    REGULARS_ASSIGN(const Table answers, answers_of(inner));
    for (size_t i = 0; i < table.size(); ++i) {
      for (size_t d = 0; d < table[i].size(); ++d) {
        for (size_t c = 0; c < block.size(); ++c) table[i][d][block[c]] = answers[i][d][c];
      }
    }
  }
  return table;
}

Result<History> delivered_anew(const History& history, Random& random) {
  std::vector<EventBatch> batches;
  for (const Stream& stream : history.streams()) {
    const EventBatch batch = batch_of(stream);
    std::vector<uint32_t> rows(batch.size());
    std::iota(rows.begin(), rows.end(), 0U);
    shuffle(rows, random);
    batches.push_back(in_order(batch, rows));
  }
  REGULARS_ASSIGN(History again, History::build(history.customer_table(), std::move(batches)));
  // Rows have found their places again, so links still name them.
  for (size_t i = 0; i < again.streams().size(); ++i) {
    again.edit_streams()[i].links = history.streams()[i].links;
  }
  return again;
}

Result<Table> redelivered(const Questions& questions) {
  Random random(kSeed);
  REGULARS_ASSIGN(const History again, delivered_anew(*questions.history, random));
  Questions inner = questions;
  inner.history = &again;
  return answers_of(inner);
}

}  // namespace regulars::evaluate
