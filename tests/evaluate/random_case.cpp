#include "random_case.h"

#include <array>

#include "random_beyond.h"
#include "random_events.h"
#include "random_scalar.h"
#include "random_sequence.h"
#include "random_window.h"

namespace regulars::evaluate {
namespace {

constexpr std::array kTexts = {"",     "a",  "b", "B", "zebra", "\u00e9", "\u00c9t\u00c9",
                               "2.10", "2.9"};
constexpr std::array kSets = {"", "a",
                              "a\x1f"
                              "b",
                              "b\x1fzebra"};

const Zone& berlin() {
  static const Zone zone = Zone::find("Europe/Berlin").value();
  return zone;
}

size_t pick(Random& random, size_t count) {
  return static_cast<size_t>(random.below(static_cast<int64_t>(count)));
}

int64_t random_number(Random& random, ValueType type, bool huge) {
  if (random.chance(0.15)) return kMissing;
  switch (type) {
    case ValueType::kInstant:
      return random_instant(random).micros;
    case ValueType::kDay:
      return berlin().day_of(random_instant(random)).number;
    case ValueType::kBoolean:
      return random.below(2);
    default:
      break;
  }
  if (huge && random.chance(0.5)) {
    return random.chance(0.5) ? INT64_MAX - random.below(3) : -INT64_MAX + random.below(3);
  }
  return random.chance(0.5) ? random.below(7) - 3 : random.below(2'001) - 1'000;
}

void fill(Random& random, Column& column, size_t rows, bool huge) {
  for (size_t i = 0; i < rows; ++i) {
    if (column.type == ValueType::kText) {
      const char* text =
          column.is_set ? kSets[pick(random, kSets.size())] : kTexts[pick(random, kTexts.size())];
      column.codes.push_back(random.chance(0.15) ? kNoCode : column.dictionary->intern(text));
    } else {
      column.numbers.push_back(random_number(random, column.type, huge));
    }
  }
}

// One column of each kind, two of some; texts with dictionaries of their own or a shared one.
std::vector<Column> columns(Random& random, const char* prefix, size_t rows, bool huge) {
  const auto name = [&](const char* suffix) { return std::string(prefix) + suffix; };
  const auto shared = std::make_shared<Dictionary>();
  std::vector<Column> made = {Column::of(name("integer"), ValueType::kInteger),
                              Column::decimal(name("money"), 2),
                              Column::decimal(name("rate"), 4),
                              Column::text(name("text"), shared),
                              Column::text(name("other"), shared),
                              Column::of(name("when"), ValueType::kInstant),
                              Column::of(name("date"), ValueType::kDay),
                              Column::of(name("flag"), ValueType::kBoolean),
                              Column::text(name("apart"), std::make_shared<Dictionary>()),
                              Column::text(name("tags"), std::make_shared<Dictionary>())};
  made.back().is_set = true;
  for (Column& column : made) fill(random, column, rows, huge);
  return made;
}

Column zones(Random& random, size_t customers) {
  static constexpr std::array kZones = {"America/New_York", "Pacific/Auckland", "UTC", "nowhere"};
  Column column = Column::text("zone", std::make_shared<Dictionary>());
  for (size_t c = 0; c < customers; ++c) {
    const bool known = !random.chance(0.2);
    column.codes.push_back(known ? column.dictionary->intern(kZones[pick(random, 4)]) : kNoCode);
  }
  return column;
}

EventBatch events(Random& random, const char* type, size_t customers, bool items, bool huge) {
  EventBatch batch;
  batch.type = type;
  // Now and then busy customers, who are searched instead of scanned.
  const size_t most = random.chance(0.05) ? 150 : 8;
  const size_t count = pick(random, most * customers + 1);
  for (size_t i = 0; i < count; ++i) {
    batch.customer.push_back(static_cast<CustomerNumber>(pick(random, customers)));
    const bool tie = i > 0 && random.chance(0.2);
    batch.at.push_back(tie ? batch.at[pick(random, i)] : random_instant(random));
    batch.id.push_back(mix(i));
  }
  batch.columns = columns(random, "", count, huge);
  if (!items) return batch;
  batch.item_offset.push_back(0);
  for (size_t i = 0; i < count; ++i) {
    batch.item_offset.push_back(batch.item_offset.back() + static_cast<uint32_t>(pick(random, 4)));
  }
  batch.item_columns = columns(random, "item_", batch.item_offset.back(), huge);
  return batch;
}

// Some of the customer's events of another type for each event of a stream.
EventLinks links(Random& random, const Stream& from, const Stream& to, size_t customers) {
  EventLinks made{to.type, {0}, {}};
  for (size_t c = 0; c < customers; ++c) {
    for (uint32_t row = from.offset[c]; row < from.offset[c + 1]; ++row) {
      for (uint32_t other = to.offset[c]; other < to.offset[c + 1]; ++other) {
        if (random.chance(0.2)) made.rows.push_back(other);
      }
      made.offset.push_back(static_cast<uint32_t>(made.rows.size()));
    }
  }
  return made;
}

History with_links(Random& random, const History& history) {
  std::vector<Stream> streams = history.streams();
  for (size_t i = 0; i < 2; ++i) {
    EventLinks made = links(random, streams[i], streams[1 - i], history.customers());
    if (random.chance(0.8)) streams[i].links.push_back(std::move(made));
  }
  return History::of_streams(history.customer_table(), std::move(streams));
}

// Makes trees. A place is outside `where`, inside for an event, or inside for an item.
class TreeMaker {
 public:
  explicit TreeMaker(Random& random) : random_(random) {}

  ExpressionPtr any(int depth) {
    switch (random_.below(7)) {
      case 0:
        return number(depth);
      case 1:
        return of_type("text", depth);
      case 2:
        return of_type("when", depth);
      case 3:
        return of_type("date", depth);
      default:
        return condition(depth);
    }
  }

 private:
  enum class Place { kOutside, kEvent, kItem };

  bool chance(double p) { return random_.chance(p); }
  template <class T, size_t N>
  T one_of(const std::array<T, N>& all) {
    return all[pick(random_, N)];
  }

  ExpressionPtr scalar(const char* type, int depth) {
    const auto part = [&](const std::string& of) {
      if (of == "number") return number(depth - 1);
      if (of == "condition") return condition(depth - 1);
      if (of == "set") return named("tags");
      return of_type(of, depth - 1);
    };
    return random_scalar(random_, type, place_ != Place::kOutside, part);
  }

  ExpressionPtr condition(int depth) {
    if (depth <= 0) return of_type("flag", 0);
    if (chance(0.2)) return scalar("condition", depth);
    switch (random_.below(9)) {
      case 0:
      case 1:
        return make(chance(0.5) ? Op::kAnd : Op::kOr, several(depth));
      case 2:
        return make(Op::kNot, {condition(depth - 1)});
      case 3:
        return make(Op::kKnown, {any(depth - 1)});
      case 4:
        return among(depth);
      case 5:
        return place_ == Place::kOutside ? of_type("flag", depth) : item_test(depth);
      default:
        return comparison(depth);
    }
  }

  std::vector<ExpressionPtr> several(int depth) {
    std::vector<ExpressionPtr> conditions;
    const int64_t count = 1 + random_.below(3);
    for (int64_t i = 0; i < count; ++i) conditions.push_back(condition(depth - 1));
    return conditions;
  }

  ExpressionPtr item_test(int depth) {
    if (in_test_) return comparison(depth);
    const Place outer = place_;
    in_test_ = true;
    place_ = Place::kItem;
    ExpressionPtr inner = condition(depth - 1);
    in_test_ = false;
    place_ = outer;
    return make(chance(0.5) ? Op::kAnyItem : Op::kAllItems, {std::move(inner)});
  }

  ExpressionPtr comparison(int depth) {
    static constexpr std::array kOps = {Op::kEqual,     Op::kNotEqual, Op::kLess,
                                        Op::kLessEqual, Op::kGreater,  Op::kGreaterEqual};
    const Op op = one_of(kOps);
    switch (random_.below(6)) {
      case 0:
        return make(op, {of_type("text", depth - 1), of_type("text", depth - 1)});
      case 1:
        return make(op, {of_type("when", depth - 1), of_type("when", depth - 1)});
      case 2:
        return make(op, {of_type("date", depth - 1), of_type("date", depth - 1)});
      case 3:
        return make(chance(0.5) ? Op::kEqual : Op::kNotEqual,
                    {condition(depth - 1), condition(depth - 1)});
      default:
        return make(op, {number(depth - 1), number(depth - 1)});
    }
  }

  ExpressionPtr among(int depth) {
    const bool texts = chance(0.5);
    std::vector<ExpressionPtr> arguments = {texts ? of_type("text", depth - 1) : number(depth - 1)};
    const int64_t count = 1 + random_.below(3);
    for (int64_t i = 0; i < count; ++i) {
      ExpressionPtr literal = texts ? text_literal() : number_literal();
      arguments.push_back(chance(0.1) ? unknown() : std::move(literal));
    }
    return make(Op::kIn, std::move(arguments));
  }

  ExpressionPtr text_literal() { return text(kTexts[pick(random_, kTexts.size())]); }

  ExpressionPtr number_literal() {
    switch (random_.below(4)) {
      case 0:
        return decimal({random_.below(2'001) - 1'000, static_cast<int>(random_.below(4))});
      case 1:
        return real(static_cast<double>(random_.below(41) - 20) / 4);
      default:
        return integer(random_.below(11) - 5);
    }
  }

  ExpressionPtr number(int depth) {
    if (depth <= 0) return number_leaf(0);
    if (chance(0.2)) return scalar("number", depth);
    static constexpr std::array kOps = {Op::kAdd, Op::kSubtract, Op::kMultiply, Op::kDivide};
    switch (random_.below(10)) {
      case 0:
      case 1:
        return make(one_of(kOps), {number(depth - 1), number(depth - 1)});
      case 2:
        return make(Op::kNegate, {number(depth - 1)});
      case 3:
        return make(Op::kDaysSince, {of_type(chance(0.5) ? "when" : "date", depth - 1)});
      case 4:
        return make(Op::kIfElse, {condition(depth - 1), number(depth - 1), number(depth - 1)});
      case 5: {
        const char* type = chance(0.5) ? "when" : "date";
        return make(Op::kSubtract, {of_type(type, depth - 1), of_type(type, depth - 1)});
      }
      default:
        return number_leaf(depth);
    }
  }

  ExpressionPtr number_leaf(int depth) {
    static constexpr std::array kNames = {"integer", "money", "rate"};
    static constexpr std::array kTimes = {Op::kMonthOf, Op::kWeekdayOf, Op::kHourOf};
    if (chance(0.3)) return number_literal();
    if (place_ == Place::kOutside && chance(0.7)) return number_aggregate(depth);
    if (place_ != Place::kOutside && chance(0.2)) return make(one_of(kTimes), {});
    return named(one_of(kNames));
  }

  // A column where there is one in this place, else an attribute.
  ExpressionPtr named(const std::string& name) {
    if (place_ == Place::kItem && chance(0.6)) return item_column("item_" + name);
    if (place_ != Place::kOutside && chance(0.8)) return evaluate::column(name);
    return attribute("her_" + name);
  }

  // An expression of a column's type: text, when, date or flag.
  ExpressionPtr of_type(const std::string& name, int depth) {
    if (chance(0.05)) return unknown();
    const bool computed = name == "text" || name == "date";
    if (depth > 0 && computed && chance(0.12)) return scalar(name.c_str(), depth);
    if (depth > 0 && chance(0.15)) {
      return make(Op::kIfElse,
                  {condition(depth - 1), of_type(name, depth - 1), of_type(name, depth - 1)});
    }
    if (depth > 0 && (name == "when" || name == "date") && chance(0.1)) {
      return make(chance(0.5) ? Op::kAdd : Op::kSubtract,
                  {of_type(name, depth - 1), integer(random_.below(100))});
    }
    if (place_ == Place::kOutside && chance(0.5)) return end_aggregate(name, depth);
    if (chance(0.25)) return literal(name);
    if (name == "text" && chance(0.5)) return named(chance(0.5) ? "other" : "apart");
    return named(name);
  }

  ExpressionPtr literal(const std::string& name) {
    const bool inside = place_ != Place::kOutside;
    if (name == "text") return text_literal();
    if (name == "flag") return boolean(chance(0.5));
    if (name == "when") {
      if (chance(0.4)) return as_of();
      return inside && chance(0.7) ? make(Op::kEventAt, {}) : instant(random_instant(random_));
    }
    if (chance(0.4)) return as_of_day();
    if (inside && chance(0.7)) return make(Op::kEventDay, {});
    return day(berlin().day_of(random_instant(random_)));
  }

  // Which event, which of them, and when.
  Aggregate frame(int depth, bool items) {
    Aggregate a;
    a.event = chance(0.1) ? "refund" : chance(0.7) ? "order" : "visit";
    if (items && a.event == "visit") a.event = "order";
    a.window = window(depth);
    if (chance(0.5)) {
      const Place outer = place_;
      place_ = items ? Place::kItem : Place::kEvent;
      a.where = condition(depth);
      place_ = outer;
    }
    return a;
  }

  AggregateValue value_of(const std::string& name, bool items) {
    return items ? item_value("item_" + name) : column_value(name);
  }

  AggregateValue computed_value(int depth, bool items) {
    const Place outer = place_;
    place_ = items ? Place::kItem : Place::kEvent;
    ExpressionPtr value = number(depth - 1);
    place_ = outer;
    return expression_value(std::move(value), items);
  }

  // Up to four steps; with many more trying everything takes the reference too long.
  ExpressionPtr random_sequence(int depth) {
    Sequence made;
    made.strict = chance(0.2);
    made.window = window(depth);
    const int64_t steps = 1 + random_.below(4);
    for (int64_t i = 0; i < steps; ++i) {
      Aggregate framed = frame(depth - 1, false);
      Sequence::Step step = random_step(random_, made, i + 1 == steps);
      if (framed.event != "order" || chance(0.5)) step.event = framed.event;
      step.where = framed.where;
      if (step.event != framed.event) step.where = nullptr;
      made.steps.push_back(std::move(step));
    }
    correlate(random_, made);
    return sequence(std::move(made));
  }

  ExpressionPtr number_aggregate(int depth) {
    if (chance(0.15)) return random_sequence(depth);
    using Kind = AggregateKind;
    static constexpr std::array kKinds = {Kind::kCount,       Kind::kSum,      Kind::kAvg,
                                          Kind::kMin,         Kind::kMax,      Kind::kMedian,
                                          Kind::kFirst,       Kind::kLast,     Kind::kDistinct,
                                          Kind::kNthDistinct, Kind::kMedianGap};
    static constexpr std::array kNumbers = {"integer", "money", "rate"};
    static constexpr std::array kAny = {"integer", "money", "text", "when", "date", "flag"};
    const bool items = chance(0.3);
    Aggregate a = frame(depth, items);
    if (chance(0.35)) {
      // Without a value of its items an event's condition sees none of them.
      make_number_of_events(random_, items, a);
      if (items && a.value.kind != AggregateValue::Kind::kItemColumn) a.where = nullptr;
      return aggregate(std::move(a));
    }
    a.kind = one_of(kKinds);
    a.value = value_of(one_of(kNumbers), items);
    if (chance(0.15)) a.value = computed_value(depth, items);
    if (a.kind == Kind::kCount && chance(0.5) && !items) a.value = {};
    if (a.kind == Kind::kDistinct || a.kind == Kind::kCount) {
      if (a.value.kind != AggregateValue::Kind::kNone) a.value = value_of(one_of(kAny), items);
      if (!items && chance(0.3)) a.value = chance(0.5) ? day_value() : at_value();
    }
    if (a.kind == Kind::kMedianGap && !items && chance(0.6)) {
      a.value = chance(0.7) ? day_value() : at_value();
    }
    if (a.kind == Kind::kNthDistinct) a.n = 1 + random_.below(4);
    return aggregate(std::move(a));
  }

  ExpressionPtr end_aggregate(const std::string& name, int depth) {
    using Kind = AggregateKind;
    static constexpr std::array kEnds = {Kind::kFirst, Kind::kLast};
    static constexpr std::array kPoints = {Kind::kFirst, Kind::kLast, Kind::kMin, Kind::kMax,
                                           Kind::kNthDistinct};
    const bool items = chance(0.2);
    Aggregate a = frame(depth, items);
    if (chance(0.35)) {
      make_value_of_events(random_, items, name, a);
      return aggregate(std::move(a));
    }
    const bool point = name == "when" || name == "date";
    a.kind = point ? one_of(kPoints) : one_of(kEnds);
    a.value = value_of(name, items);
    if (name == "text" && chance(0.15)) {
      const Place outer = place_;
      place_ = items ? Place::kItem : Place::kEvent;
      a.value = expression_value(of_type(name, depth - 1), items);
      place_ = outer;
    }
    if (point && !items && chance(0.6)) a.value = name == "when" ? at_value() : day_value();
    if (a.kind == Kind::kNthDistinct) a.n = 1 + random_.below(4);
    if (name == "date" && chance(0.25)) {
      a.kind = Kind::kLastReturn;
      a.n = 0;
      a.rhythm = {random_.below(40), 1 + random_.below(8), random_.below(30)};
    }
    return aggregate(std::move(a));
  }

  Window window(int depth) {
    if (depth <= 0 || !chance(0.15)) return random_window(random_);
    Window made;
    made.kind = Window::Kind::kAnchored;
    made.anchor = of_type(chance(0.6) ? "when" : "date", depth - 1);
    made.from = hours(random_.below(400) - 200);
    if (chance(0.5)) made.to = made.from + hours(1 + random_.below(800));
    made.own_zone = chance(0.3);
    return made;
  }

  Random& random_;
  Place place_ = Place::kOutside;
  bool in_test_ = false;
};

}  // namespace

History random_history(Random& random) {
  const bool huge = random.chance(0.1);
  const size_t customers = 1 + pick(random, 6);
  CustomerTable table{std::make_shared<Dictionary>(), {}, {}};
  for (size_t c = 0; c < customers; ++c) table.ids->intern("c" + std::to_string(c));
  table.attributes = columns(random, "her_", customers, huge);
  table.attributes.push_back(zones(random, customers));
  std::vector<EventBatch> batches;
  batches.push_back(events(random, "order", customers, true, huge));
  batches.push_back(events(random, "visit", customers, false, huge));
  // Most are known from some instant on; who is not, from her first event on.
  table.known_from.assign(customers, Instant{kMissing});
  std::vector<bool> has_events(customers, false);
  for (const EventBatch& batch : batches) {
    for (const CustomerNumber c : batch.customer) has_events[c] = true;
  }
  for (size_t c = 0; c < customers; ++c) {
    if (!has_events[c] || random.chance(0.5)) table.known_from[c] = random_instant(random);
  }
  return with_links(random, History::build(std::move(table), std::move(batches)).value());
}

ExpressionPtr random_tree(Random& random) {
  return looking_beyond(random, TreeMaker(random).any(static_cast<int>(random.below(5))));
}

ExpressionPtr altered(Random& random, const Expression& tree) {
  Expression copy = tree;
  if (copy.aggregate) {
    Aggregate& a = *copy.aggregate;
    switch (random.below(3)) {
      case 0:
        a.n += a.kind == AggregateKind::kNthDistinct ? 1 : 0;
        a.rhythm.twice_factor += a.kind == AggregateKind::kLastReturn ? 1 : 0;
        break;
      case 1:
        a.window = a.window == lifetime() ? rolling(days(40)) : lifetime();
        break;
      default:
        if (a.where) a.where = make(Op::kNot, {a.where});
        break;
    }
  } else if (!copy.arguments.empty()) {
    ExpressionPtr& argument = copy.arguments[pick(random, copy.arguments.size())];
    argument = altered(random, *argument);
  }
  return std::make_shared<Expression>(std::move(copy));
}

Instant random_instant(Random& random) {
  const Day from = to_day({2023, 12, 25});
  const Day day = from + static_cast<int>(random.below(110));
  const Instant start = berlin().start_of(day);
  switch (random.below(5)) {
    case 0:
      return start;
    case 1:
      return start - microseconds(1);
    case 2:
      return start + hours(random.below(24));
    case 3:
      return berlin().start_of(start_of_month(day));
    default:
      return start + microseconds(random.below(days(1).micros));
  }
}

}  // namespace regulars::evaluate
