#include "connect/row_kind.h"

#include <algorithm>

#include "connect/status_words.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

bool holds(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::string lower(std::string_view text) {
  std::string out;
  lower_ascii(text, out);
  return out;
}

// Fills `known` up to the size of the role's dictionary.
template <class Decide>
void learn(const Dictionary& dictionary, std::vector<uint8_t>& known, Decide decide) {
  for (auto c = static_cast<uint32_t>(known.size()); c < dictionary.size(); ++c) {
    known.push_back(static_cast<uint8_t>(decide(dictionary.text(c))));
  }
}

bool cancels(std::string_view order, std::string_view prefix) {
  return order.size() > prefix.size() && order.starts_with(prefix) && order[prefix.size()] >= '0' &&
         order[prefix.size()] <= '9';
}

}  // namespace

RowKinds::RowKinds(const BatchColumns& columns, const SourceSpec& spec)
    : columns_(columns),
      spec_(spec),
      by_event_(columns.has(Role::kEvent) && !spec.purchase_events.empty()) {}

RowKinds::Word RowKinds::word_of(std::string_view text) const {
  const std::string word = lower(text);
  if (holds(spec_.not_sales, word)) return Word::kNotSale;
  if (holds(spec_.refund_statuses, word)) return Word::kRefund;
  return holds(spec_.given_back_statuses, word) ? Word::kGivenBack : Word::kNone;
}

RowKinds::Word RowKinds::status_word(uint32_t code) {
  if (code == kNoCode) return Word::kNone;
  learn(*columns_.text(Role::kStatus).dictionary(), status_,
        [&](std::string_view text) { return word_of(text); });
  return static_cast<Word>(status_[code]);
}

// Filled in with anything but a plain no: a date, "yes", a reason.
bool RowKinds::is_cancelled(uint32_t code) {
  if (code == kNoCode) return false;
  learn(*columns_.text(Role::kCancelled).dictionary(), cancelled_,
        [](std::string_view text) { return !means_no(text); });
  return cancelled_[code] != 0;
}

bool RowKinds::is_cancellation(uint32_t order) {
  if (order == kNoCode || spec_.cancellation_prefix.empty()) return false;
  learn(*columns_.text(Role::kOrder).dictionary(), order_cancels_,
        [&](std::string_view text) { return cancels(text, spec_.cancellation_prefix); });
  return order_cancels_[order] != 0;
}

RowKind RowKinds::of(size_t row) {
  RowKind kind;
  if (by_event_) {
    const uint32_t event = columns_.code(Role::kEvent, row);
    learn(*columns_.text(Role::kEvent).dictionary(), event_is_order_, [&](std::string_view text) {
      const std::string word = lower(text);
      if (holds(spec_.refund_statuses, word)) return 2;
      return holds(spec_.purchase_events, word) ? 1 : 0;
    });
    kind.other_event = event == kNoCode || event_is_order_[event] == 0;
    if (kind.other_event) return kind;
    if (event_is_order_[event] == 2) kind.kind = LineKind::kRefund;
  }
  const uint32_t status = columns_.code(Role::kStatus, row);
  const uint32_t cancelled = columns_.code(Role::kCancelled, row);
  kind.says_nothing = status == kNoCode && cancelled == kNoCode;
  switch (status_word(status)) {
    case Word::kNotSale:
      kind.kind = LineKind::kNotSale;
      break;
    case Word::kRefund:
      kind.kind = LineKind::kRefund;
      break;
    case Word::kGivenBack:
      kind.given_back = true;
      break;
    case Word::kNone:
      break;
  }
  if (is_cancelled(cancelled)) kind.kind = LineKind::kNotSale;
  if (kind.kind == LineKind::kSale && is_cancellation(columns_.code(Role::kOrder, row))) {
    kind.kind = LineKind::kRefund;
  }
  return kind;
}

}  // namespace regulars::connect
