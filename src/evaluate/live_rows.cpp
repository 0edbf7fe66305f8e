// Conditions and values of up to 64 events or items of one type at a time.
#include <algorithm>

#include "evaluate/compared.h"
#include "evaluate/live_evaluator.h"
#include "evaluate/number.h"
#include "evaluate/time_operation.h"

namespace regulars::evaluate {
namespace {

using Kind = RowNode::Kind;

template <class Test>
RowTruths tested(uint32_t count, Test test) {
  RowTruths made;
  for (uint32_t i = 0; i < count; ++i) made.yes |= uint64_t{test(i)} << i;
  made.no = ~made.yes & first_bits(count);
  return made;
}

RowTruths where_known(RowTruths truths, uint64_t known) {
  return {truths.yes & known, truths.no & known};
}

RowTruths same_for_all(int64_t truth, uint32_t count) {
  if (truth == kMissing) return {};
  return truth != 0 ? RowTruths{first_bits(count), 0} : RowTruths{0, first_bits(count)};
}

}  // namespace

template <class T>
const T* LiveEvaluator::column_of(bool of_item, uint32_t column) const {
  const LiveLayout::Rows& layout = of_item ? *here_->items : *here_->events;
  const auto& block = of_item ? here_->rows->items : here_->rows->events;
  return LiveCustomer::column<T>(block, layout.columns[column].before);
}

uint32_t LiveEvaluator::code_of(uint32_t text) {
  const LiveText& wanted = program_.texts[text];
  if (codes_[text] == kNoCode && code_sizes_[text] != wanted.dictionary->size()) {
    codes_[text] = wanted.dictionary->find(wanted.text);
    code_sizes_[text] = wanted.dictionary->size();
  }
  return codes_[text];
}

void LiveEvaluator::numbers(uint32_t index, bool items, uint32_t first, uint32_t count,
                            int64_t* out) {
  const RowNode& node = program_.row_nodes[index];
  switch (node.kind) {
    case Kind::kLiteral:
      std::fill_n(out, count, node.number);
      return;
    case Kind::kColumn:
      return row_column(node, items, first, count, out);
    case Kind::kAttribute:
      std::fill_n(out, count, customer_->attributes_[node.column]);
      return;
    case Kind::kAt:
      for (uint32_t i = 0; i < count; ++i) out[i] = here_->at[event_of(items, first + i)].micros;
      return;
    case Kind::kDay:
      for (uint32_t i = 0; i < count; ++i) out[i] = here_->index->days[event_of(items, first + i)];
      return;
    case Kind::kNow:
      std::fill_n(out, count, seen_.now.micros);
      return;
    case Kind::kToday:
      std::fill_n(out, count, seen_.today.number);
      return;
    case Kind::kClockPart:
      return clock_parts(node, items, first, count, out);
    case Kind::kLinkedSum:
      return linked_sums(node, items, first, count, out);
    default:
      return row_arithmetic(node, items, first, count, out);
  }
}

void LiveEvaluator::row_column(const RowNode& node, bool items, uint32_t first, uint32_t count,
                               int64_t* out) {
  const int64_t* values = column_of<int64_t>(node.of_item, node.column);
  if (node.of_item || !items) {
    std::copy_n(values + first, count, out);
  } else {
    for (uint32_t i = 0; i < count; ++i) out[i] = values[here_->index->parents[first + i]];
  }
}

void LiveEvaluator::clock_parts(const RowNode& node, bool items, uint32_t first, uint32_t count,
                                int64_t* out) {
  Expression part;
  part.op = node.op;
  const TimeOperation operation(part, seen_.now, plan_.zone);
  for (uint32_t i = 0; i < count; ++i) {
    out[i] = operation.of_instant(here_->at[event_of(items, first + i)].micros);
  }
}

void LiveEvaluator::linked_sums(const RowNode& node, bool items, uint32_t first, uint32_t count,
                                int64_t* out) {
  std::fill_n(out, count, 0);
  const TypeRows* other = customer_->find(node.linked_type);
  if (other == nullptr || customer_->extra_ == nullptr) return;
  const LiveLayout::Rows& layout = program_.layout.events(node.linked_type);
  const auto* at = LiveCustomer::column<Instant>(other->events, layout.at);
  const auto* values =
      LiveCustomer::column<int64_t>(other->events, layout.columns[node.column].before);
  const std::string& name = program_.layout.schema().events[node.linked_type].name;
  for (const auto& [type, all] : customer_->extra_->links) {
    if (type != here_->rows->type) continue;
    for (const EventLinks& links : all) {
      if (links.type != name) continue;
      for (uint32_t i = 0; i < count; ++i) {
        const uint32_t event = event_of(items, first + i);
        Int128 sum = out[i];
        for (uint32_t k = links.offset[event]; k < links.offset[event + 1]; ++k) {
          const uint32_t row = links.rows[k];
          if (at[row] <= seen_.now && values[row] != kMissing) sum += values[row];
        }
        overflow_ = overflow_ || !is_storable(sum);
        out[i] = static_cast<int64_t>(sum);
      }
    }
  }
}

// kAdd, kSubtract, kMultiply, kNegate and kDaysSince.
void LiveEvaluator::row_arithmetic(const RowNode& node, bool items, uint32_t first, uint32_t count,
                                   int64_t* out) {
  int64_t other[kChunk];
  numbers(node.arguments[0], items, first, count, out);
  const RowNode& a = program_.row_nodes[node.arguments[0]];
  if (node.kind == Kind::kDaysSince) {
    const bool day = a.type.value == ValueType::kDay;
    for (uint32_t i = 0; i < count; ++i) {
      if (out[i] == kMissing) continue;
      const Int128 elapsed = day ? Int128{seen_.today.number} - out[i]
                                 : Int128{days_between(out[i], seen_.now.micros)};
      overflow_ = overflow_ || !is_storable(elapsed);
      out[i] = static_cast<int64_t>(elapsed);
    }
    return;
  }
  if (node.op == Op::kNegate) {
    for (uint32_t i = 0; i < count; ++i) out[i] = out[i] == kMissing ? kMissing : -out[i];
    return;
  }
  numbers(node.arguments[1], items, first, count, other);
  const RowNode& b = program_.row_nodes[node.arguments[1]];
  const int scale = node.type.scale;
  for (uint32_t i = 0; i < count; ++i) {
    if (out[i] == kMissing || other[i] == kMissing) {
      out[i] = kMissing;
      continue;
    }
    Int128 result = Int128{out[i]} * other[i];
    if (node.op != Op::kMultiply) {
      const Int128 x = rescaled_up(out[i], a.type.scale, scale);
      const Int128 y = rescaled_up(other[i], b.type.scale, scale);
      result = node.op == Op::kAdd ? x + y : x - y;
    }
    overflow_ = overflow_ || !is_storable(result);
    out[i] = static_cast<int64_t>(result);
  }
}

RowTruths LiveEvaluator::compare_rows(const RowNode& node, bool items, uint32_t first,
                                      uint32_t count) {
  int64_t left[kChunk];
  int64_t right[kChunk];
  const RowNode& a = program_.row_nodes[node.arguments[0]];
  const int64_t* x = left;
  if (a.kind == Kind::kColumn && (a.of_item || !items)) {
    x = column_of<int64_t>(a.of_item, a.column) + first;
  } else {
    numbers(node.arguments[0], items, first, count, left);
  }
  if (node.with_literal) {
    const uint64_t known = tested(count, [&](uint32_t i) { return x[i] != kMissing; }).yes;
    return where_known(with_test(node.op,
                                 [&](auto test) {
                                   return tested(
                                       count, [&](uint32_t i) { return test(x[i], node.number); });
                                 }),
                       known);
  }
  numbers(node.arguments[1], items, first, count, right);
  const RowNode& b = program_.row_nodes[node.arguments[1]];
  const uint64_t known =
      tested(count, [&](uint32_t i) { return x[i] != kMissing && right[i] != kMissing; }).yes;
  return where_known(with_test(node.op,
                               [&](auto test) {
                                 return tested(count, [&](uint32_t i) {
                                   const auto order =
                                       compare_units(x[i], a.type.scale, right[i], b.type.scale);
                                   return test(order < 0 ? -1 : order > 0 ? 1 : 0, 0);
                                 });
                               }),
                     known);
}

RowTruths LiveEvaluator::text_is(const RowNode& node, bool items, uint32_t first, uint32_t count) {
  const uint32_t* codes = column_of<uint32_t>(node.of_item, node.column);
  const auto code = [&](uint32_t i) {
    return codes[node.of_item ? first + i : event_of(items, first + i)];
  };
  RowTruths made;
  for (const uint32_t text : node.texts) {
    const uint32_t wanted = code_of(text);
    if (wanted == kNoCode) continue;
    made.yes |= tested(count, [&](uint32_t i) { return code(i) == wanted; }).yes;
  }
  made.no = tested(count, [&](uint32_t i) { return code(i) != kNoCode; }).yes & ~made.yes;
  return made;
}

RowTruths LiveEvaluator::known_text(const RowNode& node, bool items, uint32_t first,
                                    uint32_t count) {
  const uint32_t* codes = column_of<uint32_t>(node.of_item, node.column);
  return tested(count, [&](uint32_t i) {
    return codes[node.of_item ? first + i : event_of(items, first + i)] != kNoCode;
  });
}

// Of each event, whether any or all of its items are.
RowTruths LiveEvaluator::of_items(const RowNode& node, uint32_t first, uint32_t count) {
  const bool any = node.kind == Kind::kAnyItem;
  const auto* ends = LiveCustomer::column<uint32_t>(here_->rows->events, here_->events->item_end);
  RowTruths made;
  for (uint32_t i = 0; i < count; ++i) {
    uint32_t item = first + i == 0 ? 0 : ends[first + i - 1];
    bool yes = false, no = false, unknown = false;
    while (item < ends[first + i]) {
      const uint32_t some = std::min(kChunk, ends[first + i] - item);
      const RowTruths truth = truths(node.arguments[0], true, item, some);
      yes = yes || truth.yes != 0;
      no = no || truth.no != 0;
      unknown = unknown || (truth.yes | truth.no) != first_bits(some);
      item += some;
    }
    const uint64_t bit = uint64_t{1} << i;
    if (any) {
      made.yes |= yes ? bit : 0;
      made.no |= !yes && !unknown ? bit : 0;
    } else {
      made.no |= no ? bit : 0;
      made.yes |= !no && !unknown ? bit : 0;
    }
  }
  return made;
}

RowTruths LiveEvaluator::truths(uint32_t index, bool items, uint32_t first, uint32_t count) {
  const RowNode& node = program_.row_nodes[index];
  const uint64_t all = first_bits(count);
  switch (node.kind) {
    case Kind::kTruth:
      return same_for_all(node.number, count);
    case Kind::kTruthAttribute:
      return same_for_all(customer_->attributes_[node.column], count);
    case Kind::kAttributeIs: {
      const int64_t code = customer_->attributes_[node.column];
      if (code == kMissing) return {};
      const bool is = std::any_of(node.texts.begin(), node.texts.end(),
                                  [&](uint32_t text) { return code_of(text) == code; });
      return same_for_all(is ? 1 : 0, count);
    }
    case Kind::kTruthColumn: {
      int64_t values[kChunk];
      row_column(node, items, first, count, values);
      const uint64_t known = tested(count, [&](uint32_t i) { return values[i] != kMissing; }).yes;
      return where_known(tested(count, [&](uint32_t i) { return values[i] != 0; }), known);
    }
    case Kind::kCompare:
      return compare_rows(node, items, first, count);
    case Kind::kTextIs:
      return text_is(node, items, first, count);
    case Kind::kKnownText:
      return known_text(node, items, first, count);
    case Kind::kKnownNumber: {
      int64_t values[kChunk];
      numbers(node.arguments[0], items, first, count, values);
      return tested(count, [&](uint32_t i) { return values[i] != kMissing; });
    }
    case Kind::kAnyItem:
    case Kind::kAllItems:
      return of_items(node, first, count);
    default:
      break;
  }
  RowTruths made = truths(node.arguments[0], items, first, count);
  switch (node.kind) {
    case Kind::kNot:
      return {made.no, made.yes};
    case Kind::kIsTrue:
      return {made.yes, all & ~made.yes};
    case Kind::kKnownTruth:
      return {made.yes | made.no, all & ~(made.yes | made.no)};
    default:
      break;
  }
  for (size_t i = 1; i < node.arguments.size(); ++i) {
    const RowTruths more = truths(node.arguments[i], items, first, count);
    if (node.kind == Kind::kAnd) {
      made = {made.yes & more.yes, made.no | more.no};
    } else {
      made = {made.yes | more.yes, made.no & more.no};
    }
  }
  return made;
}

}  // namespace regulars::evaluate
