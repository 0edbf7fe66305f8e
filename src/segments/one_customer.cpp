#include "segments/one_customer.h"

#include <algorithm>

#include "data/extract.h"
#include "evaluate/timeline.h"

namespace regulars::segments {
namespace {

using evaluate::ExpressionPtr;

constexpr Duration kFirstLook = days(100);
// A value that may change daily and does not is not followed for ten years.
constexpr int kMostSteps = 1'000;

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
  one.snapshots_ = std::make_shared<Snapshots>(asking);
  const auto customers = with_her_units(*asking.history, customer, rule);
  REGULARS_ASSIGN(History history, extract(*asking.history, customers, as_of));
  one.history_ = std::make_shared<const History>(std::move(history));
  std::vector<Column> given;
  for (const Column* column : asking.given) given.push_back(extract(*column, customers));
  one.given_ = std::make_shared<const std::vector<Column>>(std::move(given));
  return one;
}

Result<ExpressionPtr> OneCustomer::bound(const ExpressionPtr& tree,
                                         definitions::AskedOver over) const {
  REGULARS_ASSIGN(const BoundTrees bound, snapshots_->bind({tree}, over));
  return bound.trees.front();
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
  REGULARS_ASSIGN(const ExpressionPtr asked, bound(tree, {t, t}));
  return evaluate::evaluate_reference(*asked, question(t), trace);
}

Result<std::optional<Instant>> OneCustomer::began(const ExpressionPtr& tree, Instant from,
                                                  Instant t) const {
  REGULARS_ASSIGN(const ExpressionPtr asked, bound(tree, {from, t}));
  REGULARS_ASSIGN(const auto changes, evaluate::timeline(asked, question(t), from, t));
  return changes.size() > 1 ? std::optional<Instant>(changes.back().at) : std::nullopt;
}

// Backwards piece by piece, so that only what is needed is walked: most answers are young.
Result<std::optional<Instant>> OneCustomer::since(const ExpressionPtr& tree, Instant t) const {
  const std::vector<Instant>& known = history_->customer_table().known_from;
  Instant first = t - kLongestLook;
  const bool from_the_start = !known.empty() && known.front() >= first;
  if (from_the_start) first = known.front();
  REGULARS_ASSIGN(const evaluate::Value now, value(tree, t, nullptr));
  const std::vector<Instant> cuts = snapshots_->cuts(tree, {first, t});
  auto cut = cuts.end();
  Duration length = kFirstLook;
  for (Instant upto = t;;) {
    Instant from = std::max(first, upto - length);
    while (cut != cuts.begin() && *(cut - 1) > upto) --cut;
    if (cut != cuts.begin()) from = std::max(from, *(cut - 1));
    auto found = began(tree, from, upto);
    if (!found && found.error().code() == ErrorCode::kUnsupported) return std::optional<Instant>();
    if (!found || *found) return found;
    if (from <= first) return from_the_start ? std::optional<Instant>(first) : std::nullopt;
    upto = from - microseconds(1);
    REGULARS_ASSIGN(const evaluate::Value before, value(tree, upto, nullptr));
    if (!(before == now)) return std::optional<Instant>(from);
    length = Duration{2 * length.micros};
  }
}

Result<std::optional<Instant>> OneCustomer::until(const ExpressionPtr& tree, Instant t) const {
  const Instant last = t + kLongestLook;
  REGULARS_ASSIGN(const ExpressionPtr asked, bound(tree, {t, last}));
  REGULARS_ASSIGN(const evaluate::Value now, evaluate::evaluate_reference(*asked, question(t)));
  for (int steps = 0; steps < kMostSteps; ++steps) {
    const auto next = evaluate::next_change(std::span(&asked, 1), question(t));
    if (!next && next.error().code() == ErrorCode::kUnsupported) return std::optional<Instant>();
    if (!next) return next.error();
    if (!*next || **next > last) return std::optional<Instant>();
    t = **next;
    REGULARS_ASSIGN(const evaluate::Value then, evaluate::evaluate_reference(*asked, question(t)));
    if (!(then == now)) return std::optional<Instant>(t);
  }
  return std::optional<Instant>();
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
