#include "segments/one_customer.h"

#include <algorithm>

#include "data/extract.h"
#include "evaluate/timeline.h"

namespace regulars::segments {
namespace {

using evaluate::ExpressionPtr;

void collect_units(const evaluate::Expression& e, std::set<std::string>& units) {
  if (e.op == evaluate::Op::kOfUnit) units.insert(e.name);
  for (const ExpressionPtr& argument : e.arguments) collect_units(*argument, units);
}

bool same_value(const Column& column, size_t a, size_t b) {
  if (!column.known(a) || !column.known(b)) return false;
  return column.type == ValueType::kText ? column.codes[a] == column.codes[b]
                                         : column.numbers[a] == column.numbers[b];
}

// The customer first, then those who share a unit with her.
std::vector<CustomerNumber> with_her_units(const History& history, CustomerNumber customer,
                                           const ExpressionPtr& rule) {
  std::set<std::string> units;
  collect_units(*rule, units);
  std::vector<CustomerNumber> all = {customer};
  for (const std::string& unit : units) {
    const Column* column = find_column(history.customer_table().attributes, unit);
    if (column == nullptr) continue;
    for (CustomerNumber c = 0; c < history.customers(); ++c) {
      const bool there = std::find(all.begin(), all.end(), c) != all.end();
      if (!there && same_value(*column, customer, c)) all.push_back(c);
    }
  }
  return all;
}

std::string cell_words(const Column& column, uint32_t row, const Zone& zone) {
  evaluate::Value value{column.type, column.known(row), 0, column.scale, 0, {}};
  if (value.known && column.type == ValueType::kText) {
    value.text = column.dictionary->text(column.codes[row]);
  } else if (value.known) {
    value.number = column.numbers[row];
  }
  return in_words(value, zone);
}

}  // namespace

Result<OneCustomer> OneCustomer::make(const Asking& asking, CustomerNumber customer,
                                      const ExpressionPtr& rule, Instant as_of) {
  OneCustomer one;
  one.zone_ = asking.zone;
  REGULARS_ASSIGN(one.snapshot_, snapshot_for(asking, {rule}, as_of));
  const auto customers =
      with_her_units(*asking.history, customer, definitions::bind(rule, one.snapshot_.get()));
  REGULARS_ASSIGN(History history, extract(*asking.history, customers, as_of));
  one.history_ = std::make_shared<const History>(std::move(history));
  std::vector<Column> given;
  for (const Column* column : asking.given) given.push_back(extract(*column, customers));
  one.given_ = std::make_shared<const std::vector<Column>>(std::move(given));
  return one;
}

ExpressionPtr OneCustomer::bound(const ExpressionPtr& tree) const {
  return definitions::bind(tree, snapshot_.get());
}

evaluate::Question OneCustomer::question(Instant t) const {
  evaluate::Question question;
  question.history = history_.get();
  question.customer = 0;
  question.as_of = t;
  question.zone = zone_;
  for (const Column& column : *given_) question.given.push_back(&column);
  return question;
}

Result<evaluate::Value> OneCustomer::value(const ExpressionPtr& tree, Instant t,
                                           evaluate::Trace* trace) const {
  return evaluate::evaluate_reference(*tree, question(t), trace);
}

Result<std::optional<Instant>> OneCustomer::since(const ExpressionPtr& tree, Instant t) const {
  const std::vector<Instant>& known = history_->customer_table().known_from;
  Instant from = t - kLongestLook;
  const bool from_the_start = !known.empty() && known.front() >= from;
  if (from_the_start) from = known.front();
  const auto changes = evaluate::timeline(tree, question(t), from, t);
  if (!changes && changes.error().code() == ErrorCode::kUnsupported)
    return std::optional<Instant>();
  if (!changes) return changes.error();
  if (changes->size() == 1 && !from_the_start) return std::optional<Instant>();
  return std::optional<Instant>(changes->back().at);
}

Result<std::optional<Instant>> OneCustomer::until(const ExpressionPtr& tree, Instant t) const {
  REGULARS_ASSIGN(const evaluate::Value now, value(tree, t, nullptr));
  const Instant last = t + kLongestLook;
  while (true) {
    const auto next = evaluate::next_change(std::span(&tree, 1), question(t));
    if (!next && next.error().code() == ErrorCode::kUnsupported) return std::optional<Instant>();
    if (!next) return next.error();
    if (!*next || **next > last) return std::optional<Instant>();
    t = **next;
    REGULARS_ASSIGN(const evaluate::Value then, value(tree, t, nullptr));
    if (!(then == now)) return std::optional<Instant>(t);
  }
}

std::string OneCustomer::facts(const Stream& stream, uint32_t row,
                               const std::set<std::string>& columns) const {
  std::string text;
  for (const Column& column : stream.columns) {
    const bool shown = column.name == "amount" || columns.contains(stream.type + "." + column.name);
    if (!shown || !column.known(row)) continue;
    text += (text.empty() ? "" : ", ") + column.name + " " + cell_words(column, row, *zone_);
  }
  return text;
}

void OneCustomer::events_behind(const evaluate::Trace& trace, const std::set<std::string>& columns,
                                ExplainedPart& part) const {
  std::set<std::pair<const Stream*, uint32_t>> rows;
  for (const evaluate::Trace::Leaf& leaf : trace.leaves) {
    if (!leaf.node->aggregate) continue;
    const Stream* stream = history_->stream(leaf.node->aggregate->event);
    if (stream == nullptr) continue;
    for (const uint32_t row : leaf.rows) rows.insert({stream, row});
  }
  for (const auto& [stream, row] : rows) {
    part.events.push_back(
        {stream->type, stream->at[row], stream->id[row], facts(*stream, row, columns)});
  }
  std::sort(part.events.begin(), part.events.end(), [](const auto& a, const auto& b) {
    return std::tie(b.at, a.type, a.id) < std::tie(a.at, b.type, b.id);
  });
  part.events_in_all = static_cast<int64_t>(part.events.size());
  if (part.events.size() > kMostEvents) part.events.resize(kMostEvents);
}

}  // namespace regulars::segments
