// Which conditions and values of events the live evaluator asks itself.
#include <algorithm>

#include "evaluate/checker.h"
#include "evaluate/live_program.h"
#include "evaluate/number.h"
#include "evaluate/vector_ops.h"

namespace regulars::evaluate {
namespace {

using Kind = RowNode::Kind;

struct Made {
  uint32_t node = 0;
  bool clocked = false;
  bool linked = false;
};

// Makes row nodes of a tree; nothing where a part of it is not covered.
class RowCompiler {
 public:
  RowCompiler(LiveProgram& program, const LiveType& type) : program_(program) {
    if (type.type != LiveLayout::kNoType) heads_ = &program.layout.schema().events[type.type];
  }

  std::optional<Made> tree(const Expression& e, bool items) {
    clocked_ = linked_ = false;
    const auto root = node(e, items);
    if (!root) return {};
    return Made{*root, clocked_, linked_};
  }

  const RowNode& at(uint32_t node) const { return program_.row_nodes[node]; }

 private:
  std::optional<uint32_t> add(RowNode made) {
    program_.row_nodes.push_back(std::move(made));
    return static_cast<uint32_t>(program_.row_nodes.size() - 1);
  }

  static RowNode leaf(Kind kind, Type type) {
    RowNode made;
    made.kind = kind;
    made.type = type;
    return made;
  }

  std::optional<uint32_t> node(const Expression& e, bool items) {
    if (heads_ == nullptr) return {};
    switch (e.op) {
      case Op::kLiteral:
        return literal(e);
      case Op::kColumn:
        return column(heads_->columns, e.name, false);
      case Op::kItemColumn:
        return items ? column(heads_->item_columns, e.name, true) : std::nullopt;
      case Op::kAttribute:
        return attribute(e.name);
      case Op::kEventAt:
        return add(leaf(Kind::kAt, {ValueType::kInstant, 0, false}));
      case Op::kEventDay:
        days_ = true;
        return add(leaf(Kind::kDay, {ValueType::kDay, 0, false}));
      case Op::kAsOf:
        clocked_ = true;
        return add(leaf(Kind::kNow, {ValueType::kInstant, 0, false}));
      case Op::kAsOfDay:
        clocked_ = true;
        return add(leaf(Kind::kToday, {ValueType::kDay, 0, false}));
      case Op::kMonthOf:
      case Op::kWeekdayOf:
      case Op::kHourOf:
        return clock_part(e);
      case Op::kLinkedSum:
        return linked_sum(e);
      case Op::kAnyItem:
      case Op::kAllItems:
        if (items || heads_->item_columns.empty()) return {};
        parents_ = true;
        return of_arguments(e, e.op == Op::kAnyItem ? Kind::kAnyItem : Kind::kAllItems, true);
      default:
        return operation(e, items);
    }
  }

  std::optional<uint32_t> literal(const Expression& e) {
    const Type type = evaluate::type_of(e.literal);
    if (type.untyped) return {};
    const Form form = form_of(type);
    if (form != Form::kNumbers && form != Form::kTruths) return {};
    RowNode made = leaf(form == Form::kTruths ? Kind::kTruth : Kind::kLiteral, type);
    made.number = e.literal.number;
    return add(std::move(made));
  }

  std::optional<uint32_t> column(const std::vector<Column>& heads, const std::string& name,
                                 bool of_item) {
    const Column* head = find_column(heads, name);
    if (head == nullptr || head->type == ValueType::kText) return {};
    const Type type = evaluate::type_of(*head);
    RowNode made = leaf(form_of(type) == Form::kTruths ? Kind::kTruthColumn : Kind::kColumn, type);
    made.of_item = of_item;
    made.column = static_cast<uint32_t>(head - heads.data());
    return add(std::move(made));
  }

  std::optional<uint32_t> attribute(const std::string& name) {
    const auto& heads = program_.layout.schema().attributes;
    const Column* head = find_column(heads, name);
    if (head == nullptr || head->type == ValueType::kText) return {};
    const Type type = evaluate::type_of(*head);
    RowNode made =
        leaf(form_of(type) == Form::kTruths ? Kind::kTruthAttribute : Kind::kAttribute, type);
    made.column = static_cast<uint32_t>(head - heads.data());
    return add(std::move(made));
  }

  std::optional<uint32_t> clock_part(const Expression& e) {
    if (!e.arguments.empty() || e.own_zone) return {};
    RowNode made = leaf(Kind::kClockPart, {ValueType::kInteger, 0, false});
    made.op = e.op;
    return add(std::move(made));
  }

  std::optional<uint32_t> linked_sum(const Expression& e) {
    const size_t type = program_.layout.type_of(e.literal.text);
    if (type == LiveLayout::kNoType) return {};
    const auto& heads = program_.layout.schema().events[type].columns;
    const Column* head = find_column(heads, e.name);
    if (head == nullptr || !is_exact(evaluate::type_of(*head))) return {};
    linked_ = true;
    RowNode made = leaf(Kind::kLinkedSum, evaluate::type_of(*head));
    made.column = static_cast<uint32_t>(head - heads.data());
    made.linked_type = type;
    return add(std::move(made));
  }

  std::optional<uint32_t> of_arguments(const Expression& e, Kind kind, bool items) {
    RowNode made = leaf(kind, {ValueType::kBoolean, 0, false});
    made.op = e.op;
    for (const ExpressionPtr& argument : e.arguments) {
      const auto one = node(*argument, items);
      if (!one) return {};
      made.arguments.push_back(*one);
    }
    return add(std::move(made));
  }

  bool is_truth(uint32_t node) const { return form_of(at(node).type) == Form::kTruths; }

  bool all_truths(const std::vector<uint32_t>& nodes) const {
    return std::all_of(nodes.begin(), nodes.end(), [&](uint32_t node) { return is_truth(node); });
  }

  bool no_truths(const std::vector<uint32_t>& nodes) const {
    return std::none_of(nodes.begin(), nodes.end(), [&](uint32_t node) { return is_truth(node); });
  }

  std::optional<uint32_t> operation(const Expression& e, bool items) {
    switch (e.op) {
      case Op::kAnd:
      case Op::kOr:
      case Op::kNot:
      case Op::kIsTrue: {
        const Kind kind = e.op == Op::kAnd   ? Kind::kAnd
                          : e.op == Op::kOr  ? Kind::kOr
                          : e.op == Op::kNot ? Kind::kNot
                                             : Kind::kIsTrue;
        const auto made = of_arguments(e, kind, items);
        if (!made || !all_truths(at(*made).arguments)) return {};
        return made;
      }
      case Op::kKnown:
        return known(e, items);
      case Op::kIn:
        return among(e, items);
      case Op::kDaysSince:
        return days_since(e, items);
      default:
        break;
    }
    if (is_comparison(e.op)) return comparison(e, items);
    if (is_arithmetic(e.op) && e.op != Op::kDivide) return arithmetic(e, items);
    return {};
  }

  std::optional<uint32_t> known(const Expression& e, bool items) {
    const Expression& of = *e.arguments[0];
    if (const auto text = text_column(of, items)) {
      RowNode made = leaf(Kind::kKnownText, {ValueType::kBoolean, 0, false});
      made.of_item = of.op == Op::kItemColumn;
      made.column = *text;
      return add(std::move(made));
    }
    const auto made = of_arguments(e, Kind::kKnownNumber, items);
    if (made && is_truth(at(*made).arguments[0])) {
      program_.row_nodes[*made].kind = Kind::kKnownTruth;
    }
    return made;
  }

  // The place of a text column that the node is.
  std::optional<uint32_t> text_column(const Expression& e, bool items) const {
    if (e.op != Op::kColumn && (e.op != Op::kItemColumn || !items)) return {};
    const auto& heads = e.op == Op::kColumn ? heads_->columns : heads_->item_columns;
    const Column* head = find_column(heads, e.name);
    if (head == nullptr || head->type != ValueType::kText || head->is_set) return {};
    return static_cast<uint32_t>(head - heads.data());
  }

  // A text column or attribute against known literals: any of them.
  std::optional<uint32_t> text_is(const Expression& of, std::span<const ExpressionPtr> literals,
                                  bool items) {
    RowNode made = leaf(Kind::kTextIs, {ValueType::kBoolean, 0, false});
    const Dictionary* dictionary = nullptr;
    if (const auto text = text_column(of, items)) {
      made.of_item = of.op == Op::kItemColumn;
      made.column = *text;
      const auto& heads = made.of_item ? heads_->item_columns : heads_->columns;
      dictionary = heads[*text].dictionary.get();
    } else if (of.op == Op::kAttribute) {
      const auto& heads = program_.layout.schema().attributes;
      const Column* head = find_column(heads, of.name);
      if (head == nullptr || head->type != ValueType::kText || head->is_set) return {};
      made.kind = Kind::kAttributeIs;
      made.column = static_cast<uint32_t>(head - heads.data());
      dictionary = head->dictionary.get();
    }
    if (dictionary == nullptr) return {};
    for (const ExpressionPtr& literal : literals) {
      if (literal->op != Op::kLiteral || literal->literal.type != ValueType::kText) return {};
      made.texts.push_back(static_cast<uint32_t>(program_.texts.size()));
      program_.texts.push_back({dictionary, literal->literal.text});
    }
    return add(std::move(made));
  }

  std::optional<uint32_t> negated(std::optional<uint32_t> node) {
    if (!node) return {};
    RowNode made = leaf(Kind::kNot, {ValueType::kBoolean, 0, false});
    made.arguments = {*node};
    return add(std::move(made));
  }

  std::optional<uint32_t> among(const Expression& e, bool items) {
    const auto rest = std::span(e.arguments).subspan(1);
    if (const auto text = text_is(*e.arguments[0], rest, items)) return text;
    const auto value = node(*e.arguments[0], items);
    if (!value || is_truth(*value) || rest.empty()) return {};
    RowNode any = leaf(Kind::kOr, {ValueType::kBoolean, 0, false});
    for (const ExpressionPtr& one : rest) {
      const auto other = node(*one, items);
      if (!other || is_truth(*other)) return {};
      any.arguments.push_back(*compared(Op::kEqual, *value, *other));
    }
    return add(std::move(any));
  }

  std::optional<uint32_t> compared(Op op, uint32_t a, uint32_t b) {
    RowNode made = leaf(Kind::kCompare, {ValueType::kBoolean, 0, false});
    made.op = op;
    made.arguments = {a, b};
    const RowNode& right = at(b);
    if (right.kind == Kind::kLiteral && right.type.scale <= at(a).type.scale) {
      const Int128 units = rescaled_up(right.number, right.type.scale, at(a).type.scale);
      made.with_literal = right.number != kMissing && is_storable(units);
      if (made.with_literal) made.number = static_cast<int64_t>(units);
    }
    return add(std::move(made));
  }

  std::optional<uint32_t> comparison(const Expression& e, bool items) {
    const auto literal = std::span(e.arguments).subspan(1);
    if (e.op == Op::kEqual || e.op == Op::kNotEqual) {
      const auto text = text_is(*e.arguments[0], literal, items);
      if (text) return e.op == Op::kEqual ? text : negated(text);
    }
    const auto a = node(*e.arguments[0], items);
    const auto b = node(*e.arguments[1], items);
    if (!a || !b || is_truth(*a) || is_truth(*b)) return {};
    return compared(e.op, *a, *b);
  }

  std::optional<uint32_t> arithmetic(const Expression& e, bool items) {
    const auto made = of_arguments(e, Kind::kArithmetic, items);
    if (!made || !no_truths(at(*made).arguments)) return {};
    std::vector<Type> types;
    for (const uint32_t argument : at(*made).arguments) types.push_back(at(argument).type);
    const Result<Type> type = operation_type(e.op, types);
    if (!type || form_of(*type) != Form::kNumbers) return {};
    program_.row_nodes[*made].type = *type;
    return made;
  }

  std::optional<uint32_t> days_since(const Expression& e, bool items) {
    const auto made = of_arguments(e, Kind::kDaysSince, items);
    if (!made || is_truth(at(*made).arguments[0])) return {};
    clocked_ = true;
    program_.row_nodes[*made].type = {ValueType::kInteger, 0, false};
    return made;
  }

 public:
  // What the rows' conditions need to know of all events of the type.
  void note_needs(LiveType& type) const {
    type.days = type.days || days_;
    type.parents = type.parents || parents_;
  }

 private:
  LiveProgram& program_;
  const Schema::EventType* heads_ = nullptr;
  bool clocked_ = false;
  bool linked_ = false;
  bool days_ = false;
  bool parents_ = false;
};

void cover_selection(LiveProgram& program, uint32_t index) {
  const Selection& planned = program.plan->selections[index];
  LiveType& type = program.types[planned.event];
  LiveSelection& made = program.selections[index];
  if (type.type == LiveLayout::kNoType) return;
  if (planned.items && program.layout.schema().events[type.type].item_columns.empty()) return;
  made.covered = made.all = planned.where == nullptr;
  if (!made.all) {
    RowCompiler compiler(program, type);
    const auto root = compiler.tree(*planned.where, planned.items);
    if (!root) return;
    made.covered = true;
    made.clocked = root->clocked;
    made.linked = root->linked;
    made.root = root->node;
    compiler.note_needs(type);
  }
  type.parents = type.parents || planned.items;
  if (made.clocked) return;
  made.place = static_cast<uint32_t>(type.selections.size());
  type.selections.push_back(index);
}

// What a series reads, where the live evaluator can.
bool read_series(LiveProgram& program, const Series& planned, LiveType& type, LiveSeries& made) {
  const Schema::EventType& heads = program.layout.schema().events[type.type];
  const auto column = [&](const std::vector<Column>& all, LiveSeries::Kind kind) {
    const Column* head = find_column(all, planned.value.column);
    if (head == nullptr) return false;
    made.kind = kind;
    made.column = static_cast<uint32_t>(head - all.data());
    return true;
  };
  switch (planned.value.kind) {
    case AggregateValue::Kind::kNone:
      return true;
    case AggregateValue::Kind::kColumn:
      return column(heads.columns, LiveSeries::Kind::kColumn);
    case AggregateValue::Kind::kItemColumn:
      return column(heads.item_columns, LiveSeries::Kind::kItemColumn);
    case AggregateValue::Kind::kAt:
      made.kind = LiveSeries::Kind::kAt;
      return true;
    case AggregateValue::Kind::kDay:
      made.kind = LiveSeries::Kind::kDay;
      type.days = true;
      return !planned.own_zone;
    default:
      break;
  }
  RowCompiler compiler(program, type);
  const bool items = program.plan->selections[planned.selection].items;
  const auto root = compiler.tree(*planned.value.expression, items);
  if (!root || form_of(program.row_nodes[root->node].type) != Form::kNumbers) return false;
  if (!(program.row_nodes[root->node].type == planned.type)) return false;
  made.kind = LiveSeries::Kind::kExpression;
  made.root = root->node;
  made.clocked = root->clocked;
  made.linked = root->linked;
  compiler.note_needs(type);
  return true;
}

void cover_series(LiveProgram& program, uint32_t index) {
  const Series& planned = program.plan->series[index];
  const LiveSelection& selection = program.selections[planned.selection];
  if (!selection.covered) return;
  LiveType& type = program.types[program.plan->selections[planned.selection].event];
  LiveSeries& made = program.series[index];
  made.covered = read_series(program, planned, type, made);
  if (!made.covered) return;
  made.clocked = made.clocked || selection.clocked;
  made.linked = made.linked || selection.linked;
  if (made.clocked) return;
  made.place = static_cast<uint32_t>(type.series.size());
  type.series.push_back(index);
}

}  // namespace

void cover_rows(LiveProgram& program) {
  program.selections.resize(program.plan->selections.size());
  program.series.resize(program.plan->series.size());
  for (uint32_t i = 0; i < program.selections.size(); ++i) cover_selection(program, i);
  for (uint32_t i = 0; i < program.series.size(); ++i) cover_series(program, i);
  for (const Slot& slot : program.plan->slots) {
    LiveSeries& series = program.series[slot.series];
    const bool numbers = form_of(program.plan->series[slot.series].type) == Form::kNumbers;
    const bool texts = form_of(program.plan->series[slot.series].type) == Form::kTexts;
    switch (slot.kind) {
      case AggregateKind::kSum:
      case AggregateKind::kAvg:
        series.sums = numbers;
        break;
      case AggregateKind::kMin:
        series.least = numbers;
        break;
      case AggregateKind::kMax:
        series.greatest = numbers;
        break;
      case AggregateKind::kDistinct:
        series.places = numbers || texts;
        break;
      default:
        break;
    }
  }
}

}  // namespace regulars::evaluate
