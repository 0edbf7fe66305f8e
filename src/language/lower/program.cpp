// Consent, points and tiers, campaigns, and the scores of models.
#include <algorithm>

#include "evaluate/checker.h"
#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::AggregateKind;
using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;

bool has_events(const Lowering& at, const std::string& event) {
  return evaluate::find_event(at.scope.schema, event) != nullptr;
}

bool has_column(const Lowering& at, const std::string& event, const std::string& column) {
  const auto* known = evaluate::find_event(at.scope.schema, event);
  return known != nullptr && find_column(known->columns, column) != nullptr;
}

ExpressionPtr is(const char* column, const std::string& value) {
  return make(Op::kEqual, {evaluate::column(column), evaluate::text(value)});
}

// A consent row about everything: no value, or one of the words for it.
ExpressionPtr about_all(const char* column) {
  return make(Op::kOr, {make(Op::kNot, {make(Op::kKnown, {evaluate::column(column)})}),
                        make(Op::kIn, {evaluate::column(column), evaluate::text("all"),
                                       evaluate::text("any"), evaluate::text("everything")})});
}

// Rows that concern the channel and the purpose. A refusal that names none concerns all; a consent
// must name what it allows.
ExpressionPtr concerns(const std::string& channel, const std::string& purpose) {
  const ExpressionPtr named = make(Op::kAnd, {is("channel", channel), is("purpose", purpose)});
  const ExpressionPtr refusal =
      make(Op::kAnd, {make(Op::kNotEqual, {evaluate::column("state"), evaluate::text("granted")}),
                      make(Op::kOr, {is("channel", channel), about_all("channel")}),
                      make(Op::kOr, {is("purpose", purpose), about_all("purpose")})});
  return make(Op::kIsTrue, {make(Op::kOr, {named, refusal})});
}

// The state a row gives at t: its own, or 'expired' once its time is over.
ExpressionPtr state_now(const Lowering& at) {
  ExpressionPtr over = evaluate::boolean(false);
  if (has_column(at, "consent", "expires_at")) {
    over = make(Op::kIsTrue,
                {make(Op::kLessEqual, {evaluate::column("expires_at"), evaluate::as_of()})});
  }
  if (const std::optional<int> months = at.scope.facts.consent.expires_after_months) {
    ExpressionPtr aged =
        make(Op::kNot, {evaluate::in_window(make(Op::kEventAt, {}), evaluate::months(*months))});
    if (has_column(at, "consent", "expires_at")) {
      aged = make(Op::kAnd,
                  {make(Op::kNot, {make(Op::kKnown, {evaluate::column("expires_at")})}), aged});
    }
    over = make(Op::kOr, {over, aged});
  }
  const ExpressionPtr expired = make(Op::kAnd, {make(Op::kIsTrue, {is("state", "granted")}), over});
  return make(Op::kIfElse, {expired, evaluate::text("expired"), evaluate::column("state")});
}

struct Consent {
  ExpressionPtr state;      // of the latest row that concerns channel and purpose
  ExpressionPtr objected;   // two-valued
  ExpressionPtr by_source;  // consent taken for granted; null: none is
};

// Without rows some sources count as consenting.
ExpressionPtr default_consent(Lowering& at) {
  const ConsentPolicy& policy = at.scope.facts.consent;
  if (policy.default_from != ConsentPolicy::Default::kSource || policy.sources.empty()) return {};
  const std::optional<Typed> source = attribute_of(at, "source");
  if (!source) {
    at.without("consent by source: customers have no attribute 'source'");
    return {};
  }
  std::vector<ExpressionPtr> among{source->expression};
  for (const std::string& name : policy.sources) among.push_back(evaluate::text(name));
  return make(Op::kIsTrue, {make(Op::kIn, std::move(among))});
}

Result<Consent> consent_of(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const std::string channel, at.text_argument(*node.arguments[0]));
  REGULARS_ASSIGN(const std::string purpose, at.text_argument(*node.arguments[1]));
  note_event(at, "consent");
  for (const char* field : {"channel", "purpose", "state", "expires_at"}) {
    at.out.columns.insert(std::string("consent.") + field);
  }
  Consent consent{evaluate::unknown(), evaluate::boolean(false), default_consent(at)};
  if (!has_events(at, "consent")) return consent;
  consent.state = evaluate::aggregate(plain(AggregateKind::kLast, "consent",
                                            evaluate::expression_value(state_now(at), false),
                                            concerns(channel, purpose)));
  const ExpressionPtr objection =
      make(Op::kAnd,
           {make(Op::kIsTrue, {is("state", "objected")}),
            make(Op::kIsTrue, {make(Op::kOr, {is("purpose", purpose), about_all("purpose")})}),
            make(Op::kIsTrue, {make(Op::kOr, {is("channel", channel), about_all("channel")})})});
  consent.objected =
      make(Op::kGreaterEqual,
           {evaluate::aggregate(plain(AggregateKind::kCount, "consent", {}, objection)),
            evaluate::integer(1)});
  return consent;
}

Typed without_data(Lowering& at, const Node& node, evaluate::Type type, const std::string& needs) {
  at.without(node.text + ": needs " + needs);
  Typed result = nothing_of(type);
  result.called = node.text;
  return result;
}

}  // namespace

Result<Typed> lower_consents(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Consent consent, consent_of(at, node));
  ExpressionPtr granted =
      make(Op::kIsTrue, {make(Op::kEqual, {consent.state, evaluate::text("granted")})});
  if (!has_events(at, "consent")) granted = evaluate::boolean(false);
  if (consent.by_source) {
    const ExpressionPtr never = make(Op::kNot, {make(Op::kKnown, {consent.state})});
    granted = make(Op::kOr, {granted, make(Op::kAnd, {never, consent.by_source})});
  }
  return boolean_of(make(Op::kAnd, {make(Op::kNot, {consent.objected}), granted}));
}

Result<Typed> lower_consent_state(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Consent consent, consent_of(at, node));
  ExpressionPtr never = evaluate::text("never asked");
  if (consent.by_source) {
    never = make(Op::kIfElse, {consent.by_source, evaluate::text("granted"), never});
  }
  ExpressionPtr state = never;
  if (has_events(at, "consent")) {
    state = make(Op::kIfElse, {make(Op::kKnown, {consent.state}), consent.state, never});
    state = make(Op::kIfElse, {consent.objected, evaluate::text("objected"), state});
  }
  Typed result = text_of(std::move(state));
  result.classes = {"granted", "denied", "withdrawn", "objected", "expired", "never asked"};
  result.called = "consent_state";
  return result;
}

Result<Typed> lower_points_balance(Lowering& at, const Node& node) {
  note_event(at, "points_statement");
  if (!has_column(at, "points_statement", "balance")) {
    return without_data(at, node, {ValueType::kInteger}, "points statements with a balance");
  }
  at.out.columns.insert("points_statement.balance");
  Typed result = integer_of(evaluate::aggregate(
      plain(AggregateKind::kLast, "points_statement", evaluate::column_value("balance"),
            make(Op::kKnown, {evaluate::column("balance")}))));
  result.called = node.text;
  return result;
}

Result<Typed> lower_points_expiring(Lowering& at, const Node& node) {
  note_event(at, "points_statement");
  Typed result;
  const bool stated = has_column(at, "points_statement", "points") &&
                      has_column(at, "points_statement", "expires_at");
  if (stated) {
    at.out.columns.insert("points_statement.points");
    at.out.columns.insert("points_statement.expires_at");
    result = count_of(evaluate::aggregate(
        plain(AggregateKind::kCount, "points_statement", {},
              make(Op::kGreater, {evaluate::column("points"), evaluate::integer(0)}))));
  } else {
    result = without_data(at, node, {ValueType::kInteger},
                          "points statements with points and expires_at");
  }
  result.special = Typed::Special::kExpiring;
  return result;
}

Result<Typed> lower_tier(Lowering& at, const Node& node) {
  note_event(at, "tier_change");
  Typed result;
  if (has_column(at, "tier_change", "tier")) {
    REGULARS_ASSIGN(result, event_column(at, "tier_change", "tier", false, node));
    result.expression = evaluate::aggregate(plain(AggregateKind::kLast, "tier_change",
                                                  evaluate::column_value("tier"),
                                                  make(Op::kKnown, {evaluate::column("tier")})));
  } else {
    result = without_data(at, node, {ValueType::kText}, "tier changes, or an attribute 'tier'");
  }
  if (at.scope.classes) result.classes = at.scope.classes("tier");
  result.called = "tier";
  return result;
}

Result<Typed> lower_program_number(Lowering& at, const Node& node) {
  Typed result = without_data(at, node, {ValueType::kReal}, "the rules of a loyalty program");
  result.least = 0;
  if (node.text == "tier_progress") result.most = 1;
  return result;
}

Result<Typed> lower_contacted(Lowering& at, const Node& node) {
  note_event(at, "message_sent");
  REGULARS_ASSIGN(evaluate::Window window, window_of_call(at, node));
  ExpressionPtr where;
  if (!node.arguments.empty()) {
    REGULARS_ASSIGN(const std::string channel, at.text_argument(*node.arguments[0]));
    if (has_column(at, "message_sent", "channel")) where = is("channel", channel);
    at.out.columns.insert("message_sent.channel");
  }
  return count_of(evaluate::aggregate(
      plain(AggregateKind::kCount, "message_sent", {}, where, std::move(window))));
}

Result<Typed> lower_last_engaged(Lowering& at, const Node&) {
  note_event(at, "message_clicked");
  ExpressionPtr where;
  if (has_column(at, "message_clicked", "machine")) {
    where = make(Op::kNot, {make(Op::kIsTrue, {evaluate::column("machine")})});
    at.out.columns.insert("message_clicked.machine");
  }
  return instant_of(evaluate::aggregate(
      plain(AggregateKind::kLast, "message_clicked", evaluate::at_value(), where)));
}

// The newest score counts, also when it is that there is none.
std::optional<Typed> score_of(Lowering& at, const std::string& name) {
  const auto* scores = evaluate::find_event(at.scope.schema, kModelScores);
  const Column* column = scores == nullptr ? nullptr : find_column(scores->columns, name);
  if (column == nullptr) return std::nullopt;
  if (at.scope.empty_events.contains(kModelScores)) at.without(name + ": needs a run that scores");
  at.out.columns.insert(std::string(kModelScores) + "." + name);
  Typed result;
  result.called = name;
  result.type = {column->type, column->type == ValueType::kDecimal ? column->scale : 0};
  result.expression =
      evaluate::aggregate(plain(AggregateKind::kLast, kModelScores, evaluate::column_value(name)));
  return result;
}

Result<Typed> lower_score_word(Lowering& at, const Node& node) {
  std::optional<Typed> score = score_of(at, node.text);
  if (!score) score = without_data(at, node, {ValueType::kReal}, "a model of the project");
  score->least = 0;
  return *std::move(score);
}

Result<Typed> lower_share_word(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed result, lower_score_word(at, node));
  result.most = 1;
  return result;
}

Result<Typed> lower_day_word(Lowering& at, const Node& node) {
  if (std::optional<Typed> score = score_of(at, node.text)) return *std::move(score);
  return without_data(at, node, {ValueType::kDay}, "a model of the project");
}

}  // namespace regulars::language
