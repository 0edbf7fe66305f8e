#include "store/fingerprint.h"

#include <algorithm>

#include "base/random.h"
#include "store/event_schema.h"

namespace regulars::store {
namespace {

constexpr uint64_t kOddStep = 0x9E3779B97F4A7C15ULL;  // 2^64 / golden ratio

std::vector<uint64_t> text_hashes(const Dictionary& texts) {
  std::vector<uint64_t> hashes(texts.size());
  for (uint32_t i = 0; i < hashes.size(); ++i) hashes[i] = stable_hash(texts.text(i));
  return hashes;
}

// 12.50 at scale 2 and 12.5 at scale 1 are one number.
uint64_t number_hash(int64_t units, int scale) {
  while (scale > 0 && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  return mix(static_cast<uint64_t>(units) + static_cast<uint64_t>(scale) * kOddStep);
}

// Adds each row's value of the column to its hash. Addition makes the order of columns (and later
// of items) irrelevant; the column's name keeps equal values of two columns apart.
void add_column(const Column& column, std::vector<uint64_t>& hashes) {
  const uint64_t salt = stable_hash(column.name);
  if (column.type == ValueType::kText) {
    const std::vector<uint64_t> texts = text_hashes(*column.dictionary);
    for (size_t row = 0; row < hashes.size(); ++row) {
      if (column.known(row)) hashes[row] += mix(salt ^ texts[column.codes[row]]);
    }
    return;
  }
  const int scale = column.type == ValueType::kDecimal ? column.scale : 0;
  for (size_t row = 0; row < hashes.size(); ++row) {
    if (column.known(row)) hashes[row] += mix(salt ^ number_hash(column.numbers[row], scale));
  }
}

// Texts name what to look for (refund_of) and are concluded from nothing: they say nothing new.
void add_derived(const Column& column, const std::vector<Instant>& at,
                 std::vector<uint64_t>& hashes) {
  if (column.type == ValueType::kText) return;
  const uint64_t salt = stable_hash(column.name);
  for (size_t row = 0; row < hashes.size(); ++row) {
    const int64_t value = column.numbers[row];
    const bool says_nothing = value == kMissing ||
                              (column.type == ValueType::kBoolean && value == 0) ||
                              (column.type == ValueType::kInstant && value == at[row].micros);
    if (!says_nothing) hashes[row] += mix(salt ^ mix(static_cast<uint64_t>(value)));
  }
}

void add_items(const EventBatch& batch, std::vector<uint64_t>& hashes) {
  if (batch.item_offset.empty()) return;
  std::vector<uint64_t> items(batch.item_offset.back(), 1);
  for (const Column& column : batch.item_columns) add_column(column, items);
  for (size_t row = 0; row < hashes.size(); ++row) {
    for (uint32_t i = batch.item_offset[row]; i < batch.item_offset[row + 1]; ++i) {
      hashes[row] += mix(items[i]);
    }
  }
}

// Replaces the source's key or the content by an id; equal ones of a customer are counted.
void number_occurrences(const EventBatch& batch, std::span<const uint32_t> by_customer,
                        Fingerprints& prints) {
  const auto before = [&](uint32_t a, uint32_t b) {
    if (prints.id[a] != prints.id[b]) return prints.id[a] < prints.id[b];
    if (batch.at[a] != batch.at[b]) return batch.at[a] < batch.at[b];
    return prints.content[a] != prints.content[b] ? prints.content[a] < prints.content[b] : a < b;
  };
  std::vector<uint32_t> rows;
  for (size_t begin = 0; begin < by_customer.size();) {
    size_t end = begin + 1;
    const CustomerNumber customer = batch.customer[by_customer[begin]];
    while (end < by_customer.size() && batch.customer[by_customer[end]] == customer) ++end;
    rows.assign(by_customer.begin() + static_cast<ptrdiff_t>(begin),
                by_customer.begin() + static_cast<ptrdiff_t>(end));
    std::sort(rows.begin(), rows.end(), before);
    uint64_t previous = 0;
    uint64_t occurrence = 0;
    for (const uint32_t row : rows) {
      const uint64_t base = prints.id[row];
      occurrence = row != rows.front() && base == previous ? occurrence + 1 : 0;
      previous = base;
      prints.id[row] = mix(base + occurrence * kOddStep);
    }
    begin = end;
  }
}

bool is_derived(const Delivery& delivery, const Column& column) {
  const auto& names = delivery.derived_columns;
  return std::find(names.begin(), names.end(), column.name) != names.end();
}

}  // namespace

Fingerprints fingerprint(const Delivery& delivery, const EventBatch& batch,
                         std::span<const uint32_t> by_customer) {
  Fingerprints prints;
  const size_t rows = batch.size();
  prints.content.assign(rows, 0);
  prints.derived.assign(rows, 0);
  for (const Column& column : batch.columns) {
    if (is_derived(delivery, column)) {
      add_derived(column, batch.at, prints.derived);
    } else {
      add_column(column, prints.content);
    }
  }
  add_items(batch, prints.content);

  const std::vector<uint64_t> customers = text_hashes(*delivery.customers.ids);
  const uint64_t origin = mix(stable_hash(delivery.source) + kOddStep * stable_hash(batch.type));
  const Column* key = find_column(batch.columns, delivery.key_column);
  if (key != nullptr && key->type != ValueType::kText) key = nullptr;
  const std::vector<uint64_t> keys =
      key == nullptr ? std::vector<uint64_t>() : text_hashes(*key->dictionary);
  prints.id.resize(rows);
  for (size_t row = 0; row < rows; ++row) {
    const uint64_t customer = customers[batch.customer[row]];
    uint64_t& content = prints.content[row];
    content =
        mix(content + mix(customer + kOddStep * mix(static_cast<uint64_t>(batch.at[row].micros))));
    uint64_t own = ~content;
    if (batch.type == kAttributeType) {
      own = customer;  // one row per source and customer, whatever it says
    } else if (key != nullptr && key->known(row)) {
      own = mix(keys[key->codes[row]] + kOddStep * customer);
    }
    prints.id[row] = mix(origin ^ own);
  }
  number_occurrences(batch, by_customer, prints);
  return prints;
}

}  // namespace regulars::store
