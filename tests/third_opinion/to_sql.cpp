#include "to_sql.h"

#include <fmt/format.h>

#include <algorithm>

#include "sql/quote.h"
#include "translator.h"

namespace regulars::third_opinion {
namespace {

using evaluate::Schema;
using language::Node;
using Kind = Node::Kind;

// Where a part of a rule stands: outside any `where`, at an event (table e), at an item (i, of e).
struct Stand {
  const Schema::EventType* event = nullptr;
  bool item = false;
};

struct Target {
  const Schema::EventType* event = nullptr;
  bool items = false;
  std::string field;  // empty: the event or item itself
};

class Translator {
 public:
  Translator(const Schema& schema, Instant as_of) : schema_(schema), as_of_(as_of) {}

  Result<Sql> part(const Node& node, const Stand& stand) const {
    switch (node.kind) {
      case Kind::kInteger:
        return Sql{fmt::format("({})", node.number), ValueType::kInteger};
      case Kind::kDecimal:
        return Sql{fmt::format("({})", node.decimal.units), ValueType::kDecimal,
                   node.decimal.scale};
      case Kind::kText:
        return Sql{sql::quote_literal(node.text), ValueType::kText};
      case Kind::kBoolean:
        return Sql{node.number != 0 ? "TRUE" : "FALSE"};
      case Kind::kUnknown:
        return Sql{"NULL::BOOLEAN", ValueType::kBoolean, 0, true};
      case Kind::kName:
        return name(node.text, stand);
      case Kind::kNegate: {
        REGULARS_ASSIGN(Sql value, part(*node.arguments[0], stand));
        if (!value.number()) return not_translated("minus of something else");
        value.text = fmt::format("(-({}))", value.text);
        return value;
      }
      case Kind::kBinary:
        return binary(node, stand);
      case Kind::kCall:
        return call(node, stand);
      case Kind::kItems:
        return items(node, stand);
      case Kind::kIf:
        return choice(node, stand);
      case Kind::kWithin:
        return within(node, stand);
      default:
        return truth(node, stand);
    }
  }

 private:
  const Schema::EventType* event_of(const std::string& name) const {
    for (const Schema::EventType& event : schema_.events) {
      if (event.name == name) return &event;
    }
    return nullptr;
  }

  static Sql column(const Column& column, const char* table, const char* prefix) {
    return {fmt::format("{}.{}", table, sql::quote_identifier(prefix + column.name)), column.type,
            column.scale};
  }

  // A name that could mean two things is left to others.
  Result<Sql> name(const std::string& text, const Stand& stand) const {
    std::vector<Sql> found;
    const auto look = [&](const std::vector<Column>& columns, const std::string& wanted,
                          const char* table, const char* prefix) {
      for (const Column& one : columns) {
        if (one.name == wanted && !one.is_set) found.push_back(column(one, table, prefix));
      }
    };
    if (stand.event == nullptr) {
      look(schema_.attributes, text, "c", "a:");
    } else if (text == "at") {
      return Sql{"e.t", ValueType::kInstant};
    } else {
      look(stand.event->columns, text, "e", "f:");
      if (text.starts_with(stand.event->name + ".")) {
        look(stand.event->columns, text.substr(stand.event->name.size() + 1), "e", "f:");
      }
      const bool of_item = text.starts_with("item.");
      if (stand.item) {
        look(stand.event->item_columns, of_item ? text.substr(5) : text, "i", "g:");
      }
      look(schema_.attributes, text, "c", "a:");
    }
    if (found.size() != 1) return not_translated("the name " + text);
    return found[0];
  }

  Result<Sql> binary(const Node& node, const Stand& stand) const {
    REGULARS_ASSIGN(const Sql a, part(*node.arguments[0], stand));
    REGULARS_ASSIGN(const Sql b, part(*node.arguments[1], stand));
    const std::string& op = node.text;
    if (op == "+" || op == "-" || op == "*" || op == "/") return arithmetic(op, a, b);
    if (op == "contains" || op == "starts with" || op == "ends with") {
      if (a.type != ValueType::kText || b.type != ValueType::kText) return not_translated(op);
      const std::string found = fmt::format("{}({}, {})",
                                            op == "contains"      ? "contains"
                                            : op == "starts with" ? "starts_with"
                                                                  : "suffix",
                                            a.text, b.text);
      return Sql{node.negated ? "(NOT " + found + ")" : found};
    }
    if (op == "like" || op == "matches") return not_translated(op);
    return comparison(op, a, b);
  }

  Result<std::vector<Sql>> parts(const Node& node, const Stand& stand) const {
    std::vector<Sql> values;
    for (const language::NodePtr& argument : node.arguments) {
      REGULARS_ASSIGN(Sql value, part(*argument, stand));
      values.push_back(std::move(value));
    }
    return values;
  }

  Result<Sql> truth(const Node& node, const Stand& stand) const {
    REGULARS_ASSIGN(const std::vector<Sql> values, parts(node, stand));
    const std::string no = node.negated ? "NOT " : "";
    switch (node.kind) {
      case Kind::kBetween: {
        REGULARS_ASSIGN(const Sql low, comparison(">=", values[0], values[1]));
        REGULARS_ASSIGN(const Sql high, comparison("<=", values[0], values[2]));
        return Sql{fmt::format("({}({} AND {}))", no, low.text, high.text)};
      }
      case Kind::kIn: {
        std::string any;
        for (size_t i = 1; i < values.size(); ++i) {
          REGULARS_ASSIGN(const Sql one, comparison("=", values[0], values[i]));
          any += (any.empty() ? "" : " OR ") + one.text;
        }
        return Sql{fmt::format("({}({}))", no, any)};
      }
      case Kind::kIs: {
        const std::string state = node.text == "known" || node.text == "missing" ? "NULL"
                                  : node.text == "true"                          ? "TRUE"
                                                                                 : "FALSE";
        const bool turned = (node.text == "known") != node.negated;
        return Sql{fmt::format("(({}) IS {}{})", values[0].text, turned ? "NOT " : "", state)};
      }
      case Kind::kNot:
      case Kind::kAnd:
      case Kind::kOr:
      case Kind::kAtLeast:
        return logic(node, values);
      default:
        return not_translated("a part of that kind");
    }
  }

  static Result<Sql> logic(const Node& node, const std::vector<Sql>& values) {
    std::string text;
    std::string held = "0";
    std::string open = "0";  // true, or unknown and so perhaps true
    for (const Sql& value : values) {
      if (value.type != ValueType::kBoolean) return not_translated("logic of something else");
      const char* join = node.kind == Kind::kOr ? " OR " : " AND ";
      text += (text.empty() ? "" : join) + value.text;
      held += fmt::format(" + (CASE WHEN {} THEN 1 ELSE 0 END)", value.text);
      open += fmt::format(" + (CASE WHEN NOT {} THEN 0 ELSE 1 END)", value.text);
    }
    if (node.kind == Kind::kNot) return Sql{"(NOT " + text + ")"};
    if (node.kind != Kind::kAtLeast) return Sql{"(" + text + ")"};
    return Sql{fmt::format("(CASE WHEN {0} >= {2} THEN TRUE WHEN {1} < {2} THEN FALSE END)", held,
                           open, node.number)};
  }

  Result<Sql> choice(const Node& node, const Stand& stand) const {
    REGULARS_ASSIGN(const Sql condition, part(*node.arguments[0], stand));
    REGULARS_ASSIGN(const Sql yes, part(*node.arguments[1], stand));
    REGULARS_ASSIGN(const Sql no, part(*node.arguments[2], stand));
    REGULARS_ASSIGN(const std::vector<Sql> values, alike({yes, no}));
    return Sql{fmt::format("(CASE WHEN {} THEN {} ELSE {} END)", condition.text, values[0].text,
                           values[1].text),
               values[0].type, values[0].scale, values[0].unknown};
  }

  Result<Sql> within(const Node& node, const Stand& stand) const {
    REGULARS_ASSIGN(const Sql value, part(*node.arguments[0], stand));
    if (value.type != ValueType::kInstant) return not_translated("within of something else");
    REGULARS_ASSIGN(const SqlBounds bounds, bounds_of(*node.span, as_of_));
    const std::string after =
        bounds.after.empty() ? "TRUE" : fmt::format("({}) > {}", value.text, bounds.after);
    return Sql{fmt::format("({}({} AND ({}) <= {}))", node.negated ? "NOT " : "", after, value.text,
                           bounds.upto)};
  }

  // Three-valued, as `or` and `and` over the items.
  Result<Sql> items(const Node& node, const Stand& stand) const {
    if (stand.event == nullptr || stand.item || stand.event->item_columns.empty()) {
      return not_translated("items here");
    }
    REGULARS_ASSIGN(const Sql condition, part(*node.arguments[0], {stand.event, true}));
    const bool any = node.text == "any";
    return Sql{fmt::format(
        "(SELECT CASE WHEN count(*) FILTER (WHERE {3}{0}) > 0 THEN {1} WHEN count(*) FILTER (WHERE "
        "({0}) IS NULL) > 0 THEN NULL ELSE {2} END FROM {4} i WHERE i.r = e.r)",
        condition.text, any ? "TRUE" : "FALSE", any ? "FALSE" : "TRUE", any ? "" : "NOT ",
        sql::quote_identifier("i:" + stand.event->name))};
  }

  static bool aggregates(const std::string& name) {
    static const std::vector<std::string> kNames = {"count", "sum",    "avg",   "min",
                                                    "max",   "median", "first", "last"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
  }

  Result<Sql> call(const Node& node, const Stand& stand) const {
    if (node.among || node.at_least) return not_translated("a group or a smallest denominator");
    if (aggregates(node.text)) {
      if (stand.event != nullptr) return not_translated("an aggregate inside where");
      return aggregate(node);
    }
    if (node.where || node.span || node.distinct) return not_translated(node.text);
    REGULARS_ASSIGN(const std::vector<Sql> arguments, parts(node, stand));
    return scalar_call(node.text, arguments, as_of_);
  }

  Result<Target> target_of(const Node& node) const {
    if (node.kind != Kind::kName) return not_translated("an aggregate of an expression");
    const size_t point = node.text.find('.');
    const std::string head = node.text.substr(0, point);
    const bool items = head == "item";
    Target target{event_of(items ? "purchase" : head), items,
                  point == std::string::npos ? "" : node.text.substr(point + 1)};
    const bool odd = target.field == "net" || (items && target.field == "order");
    if (target.event == nullptr || odd) return not_translated("the target " + node.text);
    return target;
  }

  Result<Sql> read(const Target& target) const {
    if (target.field.empty() || target.field == "at") return Sql{"e.t", ValueType::kInstant};
    const auto& columns = target.items ? target.event->item_columns : target.event->columns;
    for (const Column& one : columns) {
      if (one.name != target.field || one.is_set) continue;
      return column(one, target.items ? "i" : "e", target.items ? "g:" : "f:");
    }
    return not_translated("the field " + target.field);
  }

  // FROM ... WHERE ... of what counts.
  Result<std::string> rows(const Node& node, const Target& target) const {
    std::string from = fmt::format("FROM {} e", sql::quote_identifier("e:" + target.event->name));
    if (target.items) {
      from +=
          fmt::format(" JOIN {} i ON i.r = e.r", sql::quote_identifier("i:" + target.event->name));
    }
    SqlBounds bounds{"", std::to_string(as_of_.micros)};
    if (node.span) {
      REGULARS_ASSIGN(bounds, bounds_of(*node.span, as_of_));
    }
    from += fmt::format(" WHERE e.c = c.c AND e.t <= {}", bounds.upto);
    if (!bounds.after.empty()) from += " AND e.t > " + bounds.after;
    const bool gross = node.text == "sum" && !target.items && target.field == "amount";
    const auto& columns = target.event->columns;
    const bool undone = std::any_of(columns.begin(), columns.end(), [](const Column& column) {
      return column.name == "undone_at";
    });
    if (target.event->name == "purchase" && undone && !gross) {
      from += fmt::format(" AND NOT coalesce(e.\"f:undone_at\" <= {}, FALSE)", as_of_.micros);
    }
    if (node.where) {
      REGULARS_ASSIGN(const Sql where, part(*node.where, {target.event, target.items}));
      from += " AND " + where.text;
    }
    return from;
  }

  Result<Sql> aggregate(const Node& node) const {
    if (node.arguments.size() != 1) return not_translated(node.text);
    REGULARS_ASSIGN(const Target target, target_of(*node.arguments[0]));
    REGULARS_ASSIGN(const std::string from, rows(node, target));
    const auto select = [&](const std::string& what, ValueType type, int scale = 0) {
      return Sql{fmt::format("(SELECT {} {})", what, from), type, scale};
    };
    if (node.text == "count" && target.field.empty() && !node.distinct) {
      return select("count(*)", ValueType::kInteger);
    }
    REGULARS_ASSIGN(const Sql x, read(target));
    if (node.text == "count") {
      return select(fmt::format("count({}{})", node.distinct ? "DISTINCT " : "", x.text),
                    ValueType::kInteger);
    }
    if (node.text == "first" || node.text == "last") {
      const char* order =
          node.text == "first" ? "e.t, e.id, e.r{0}" : "e.t DESC, e.id DESC, e.r DESC{0}";
      const std::string ties = target.items ? (node.text == "first" ? ", i.n" : ", i.n DESC") : "";
      return select(
          fmt::format("list({} ORDER BY {})[1]", x.text, fmt::format(fmt::runtime(order), ties)),
          x.type, x.scale);
    }
    if (node.text == "min" || node.text == "max") {
      if (x.type == ValueType::kText) return not_translated("an extreme of texts");
      return select(fmt::format("{}({})", node.text, x.text), x.type, x.scale);
    }
    if (!x.exact()) return not_translated(node.text + " of something else");
    if (node.text == "sum")
      return select(fmt::format("coalesce(sum({}), 0)", x.text), x.type, x.scale);
    const int64_t one = power_of_ten(x.scale);
    if (node.text == "avg") {
      return select(fmt::format("CAST(sum({0}) AS DOUBLE) / CAST(nullif(count({0}), 0) * {1} AS "
                                "DOUBLE)",
                                x.text, one),
                    ValueType::kReal);
    }
    return Sql{
        fmt::format("(SELECT CASE WHEN len(l) % 2 = 1 THEN CAST(l[len(l) // 2 + 1] AS DOUBLE) "
                    "/ {1} WHEN len(l) > 0 THEN CAST(l[len(l) // 2] + l[len(l) // 2 + 1] AS "
                    "DOUBLE) / {2} END FROM (SELECT list({0} ORDER BY {0}) FILTER (WHERE ({0}) "
                    "IS NOT NULL) AS l {3}))",
                    x.text, one, 2 * one, from),
        ValueType::kReal};
  }

  const Schema& schema_;
  Instant as_of_;
};

}  // namespace

Result<Query> to_sql(const Node& tree, const Schema& schema, Instant as_of) {
  REGULARS_ASSIGN(const Sql value, Translator(schema, as_of).part(tree, {}));
  std::string text = value.text;
  if (value.exact() || value.type == ValueType::kInstant || value.type == ValueType::kDay) {
    text = fmt::format("CAST({} AS BIGINT)", text);
  }
  return Query{"SELECT " + text + " AS value FROM customer c ORDER BY c.c", value.type,
               value.scale};
}

}  // namespace regulars::third_opinion
