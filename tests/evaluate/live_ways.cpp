#include "live_ways.h"

#include <fmt/format.h>

#include <algorithm>

#include "evaluate/parts.h"

namespace regulars::evaluate {
namespace {

// An event of a history, in values of its own.
struct Arriving {
  size_t type = 0;
  Instant at;
  uint64_t id = 0;
  std::vector<int64_t> columns;
  std::vector<int64_t> item_columns;
  uint32_t items = 0;

  LiveEvent event() const { return {type, at, id, columns, item_columns, items}; }
};

int64_t number_in(const std::vector<Column>& columns, const Column& head, size_t row) {
  const Column* column = find_column(columns, head.name);
  if (column == nullptr || !column->known(row)) return kMissing;
  return column->type == ValueType::kText ? int64_t{column->codes[row]} : column->numbers[row];
}

std::vector<Arriving> events_of(const LiveLayout& layout, const History& history,
                                CustomerNumber c) {
  std::vector<Arriving> all;
  for (size_t type = 0; type < layout.schema().events.size(); ++type) {
    const Schema::EventType& heads = layout.schema().events[type];
    const Stream* stream = history.stream(heads.name);
    if (stream == nullptr) continue;
    for (uint32_t row = stream->offset[c]; row < stream->offset[c + 1]; ++row) {
      Arriving& one = all.emplace_back();
      one.type = type;
      one.at = stream->at[row];
      one.id = stream->id[row];
      for (const Column& head : heads.columns) {
        one.columns.push_back(number_in(stream->columns, head, row));
      }
      if (stream->item_offset.empty() || heads.item_columns.empty()) continue;
      for (uint32_t i = stream->item_offset[row]; i < stream->item_offset[row + 1]; ++i) {
        ++one.items;
        for (const Column& head : heads.item_columns) {
          one.item_columns.push_back(number_in(stream->item_columns, head, i));
        }
      }
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Arriving& a, const Arriving& b) { return a.at < b.at; });
  return all;
}

// With other facts: what is known becomes unknown, and there are no items.
Arriving altered(Arriving event) {
  for (int64_t& value : event.columns) value = kMissing;
  event.item_columns.clear();
  event.items = 0;
  return event;
}

void shuffle(std::vector<Arriving>& events, Random& random) {
  for (size_t i = events.size(); i > 1; --i) {
    std::swap(events[i - 1], events[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
  }
}

void set_links(LiveCustomer& customer, const LiveLayout& layout, const History& history,
               CustomerNumber c) {
  for (const Stream& stream : history.streams()) {
    std::vector<EventLinks> own;
    for (const EventLinks& links : stream.links) {
      EventLinks& made = own.emplace_back();
      made.type = links.type;
      made.offset.push_back(0);
      for (uint32_t row = stream.offset[c]; row < stream.offset[c + 1]; ++row) {
        for (uint32_t i = links.offset[row]; i < links.offset[row + 1]; ++i) {
          made.rows.push_back(links.rows[i] - history.stream(links.type)->offset[c]);
        }
        made.offset.push_back(static_cast<uint32_t>(made.rows.size()));
      }
    }
    if (!own.empty()) customer.set_links(layout.type_of(stream.type), std::move(own));
  }
}

void set_attributes(LiveCustomer& customer, const LiveLayout& layout, const Questions& q,
                    CustomerNumber c) {
  const auto& heads = layout.schema().attributes;
  for (size_t a = 0; a < heads.size(); ++a) {
    int64_t number = kMissing;
    if (find_column(q.history->customer_table().attributes, heads[a].name) != nullptr) {
      number = number_in(q.history->customer_table().attributes, heads[a], c);
    }
    for (const Column* given : q.given) {
      if (given->name == heads[a].name) number = number_in({*given}, heads[a], c);
    }
    customer.set_attribute(a, number);
  }
}

Value value_of(const LiveAnswer& answer) {
  Value value{answer.type, answer.known, answer.number, answer.scale, answer.real, {}};
  if (answer.known) value.text = answer.text;
  return plain(std::move(value));
}

// The definitions a live plan takes, and where they stand among all.
struct Live {
  std::vector<Definition> definitions;
  std::vector<size_t> places;
};

Live live_definitions(const Questions& q) {
  Live live;
  for (size_t d = 0; d < q.definitions.size(); ++d) {
    if (looks_at_others(*q.definitions[d].expression)) continue;
    live.definitions.push_back(q.definitions[d]);
    live.places.push_back(d);
  }
  return live;
}

}  // namespace

bool looks_at_others(const Expression& e) {
  bool found = e.op == Op::kOfUnit;
  for_each_part(e, [&](const Expression& part) { found = found || looks_at_others(part); });
  return found;
}

Result<LiveCustomer> arrived(const LiveLayout& layout, const Questions& questions,
                             CustomerNumber customer, Arrival arrival,
                             const std::function<Result<void>(LiveCustomer&)>& between) {
  const History& history = *questions.history;
  Random random(20'261'122, customer);
  LiveCustomer made(layout, history.customer_id(customer));
  if (!history.customer_table().known_from.empty()) {
    made.set_known_from(history.customer_table().known_from[customer]);
  }
  const bool in_order = arrival == Arrival::kInOrder;
  if (in_order || random.chance(0.5)) set_attributes(made, layout, questions, customer);
  std::vector<Arriving> events = events_of(layout, history, customer);
  if (!in_order) shuffle(events, random);
  for (const Arriving& one : events) {
    const bool first_other = !in_order && random.chance(0.2);
    const bool twice = !in_order && random.chance(0.2);
    const bool again = !in_order && random.chance(0.2);
    if (first_other) REGULARS_TRY(made.put(layout, altered(one).event()));
    if (first_other && random.chance(0.5)) REGULARS_TRY(between(made));
    REGULARS_TRY(made.put(layout, one.event()));
    if (random.chance(0.3)) REGULARS_TRY(between(made));
    if (again && !made.remove(layout, one.type, one.at, one.id)) {
      return Error(ErrorCode::kInternal, "an event that was put is not there");
    }
    if (again) REGULARS_TRY(made.put(layout, one.event()));
    if (!twice) continue;
    REGULARS_ASSIGN(const LiveCustomer::Put put, made.put(layout, one.event()));
    if (put != LiveCustomer::Put::kUnchanged) {
      return Error(ErrorCode::kInternal, "an event that was there already counts as new");
    }
  }
  set_attributes(made, layout, questions, customer);
  set_links(made, layout, history, customer);
  return made;
}

Result<Table> by_live_customers(const Questions& q, Arrival arrival, uint32_t indexed_events) {
  const Live live = live_definitions(q);
  Questions others = q;
  REGULARS_ASSIGN(Table table, by_reference(others));
  REGULARS_ASSIGN(const LivePlan plan,
                  LivePlan::make(q.schema, live.definitions, *q.zone, indexed_events));
  LiveScratch scratch(plan);
  for (CustomerNumber c = 0; c < q.history->customers(); ++c) {
    // What is asked in between may overflow where the whole does not.
    const auto between = [&](LiveCustomer& customer) -> Result<void> {
      const auto answers = plan.answers(customer, q.as_of.front(), scratch);
      if (!answers && answers.error().code() != ErrorCode::kOverflow) return answers.error();
      return {};
    };
    REGULARS_ASSIGN(LiveCustomer customer, arrived(plan.layout(), q, c, arrival, between));
    for (size_t i = 0; i < q.as_of.size(); ++i) {
      REGULARS_ASSIGN(const auto answers, plan.answers(customer, q.as_of[i], scratch));
      for (size_t d = 0; d < answers.size(); ++d) {
        table[i][live.places[d]][c] = value_of(answers[d]);
      }
    }
  }
  return table;
}

std::optional<std::string> disagreement_by_live_steps(const Questions& q) {
  if (q.as_of.empty()) return {};
  const Live live = live_definitions(q);
  const auto [first, last] = std::minmax_element(q.as_of.begin(), q.as_of.end());
  for (size_t d = 0; d < live.definitions.size(); ++d) {
    const auto plan = LivePlan::make(q.schema, {live.definitions[d]}, *q.zone, 1);
    if (!plan) return plan.error().to_string();
    LiveScratch scratch(*plan);
    for (CustomerNumber c = 0; c < q.history->customers(); ++c) {
      auto customer = LiveCustomer::of(plan->layout(), *q.history, c, q.given);
      if (!customer) return customer.error().to_string();
      std::vector<Instant> wanted = q.as_of;
      std::sort(wanted.begin(), wanted.end());
      size_t next_wanted = 0;
      for (Instant t = *first - weeks(6);;) {
        const auto look = plan->look(*customer, t, scratch);
        // What cannot be told, or is an error, is no answer that changes.
        if (!look && look.error().code() == ErrorCode::kUnsupported) break;
        if (!look && look.error().code() == ErrorCode::kOverflow) break;
        if (!look) return look.error().to_string();
        const Value found = value_of(look->answers[0]);
        const Instant until = look->next_change ? *look->next_change : *last + Duration{1};
        for (; next_wanted < wanted.size() && wanted[next_wanted] < until; ++next_wanted) {
          const Question question{q.history, c, wanted[next_wanted], q.zone, q.given};
          const auto value = evaluate_reference(*live.definitions[d].expression, question);
          if (value && plain(*value) == found) continue;
          return fmt::format("by live steps: '{}' of customer {} as of {}: found {}, held from {}",
                             live.definitions[d].name, q.history->customer_id(c),
                             to_iso(wanted[next_wanted]), to_string(found), to_iso(t));
        }
        if (next_wanted == wanted.size()) break;
        t = until;
      }
    }
  }
  return {};
}

}  // namespace regulars::evaluate
