#include "script_language.h"

#include <algorithm>
#include <map>

#include "definitions/population.h"
#include "language/json.h"
#include "language/parse.h"
#include "language/print.h"
#include "used_rows.h"

namespace regulars::evaluate {
namespace {

using Kind = Script::Worded::Kind;

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \n") + 1 - begin);
}

Error at_line(const Error& error, const std::string& text) {
  return Error(error.code(), error.to_string() + "\n  in: " + text);
}

Literal literal_of(const Column& column, size_t row) {
  Literal literal{column.type, 0, column.scale, 0, {}};
  if (column.type == ValueType::kText) {
    literal.text = column.dictionary->text(column.codes[row]);
  } else {
    literal.number = column.numbers[row];
  }
  return literal;
}

// The literal a parameter's text stands for.
Result<Literal> parameter_of(const std::string& text) {
  REGULARS_ASSIGN(const language::NodePtr node, language::parse(text));
  REGULARS_ASSIGN(const language::Compiled compiled,
                  language::compile(*node, text, language::Scope{}));
  if (compiled.expression->op != Op::kLiteral) {
    return Error(ErrorCode::kBadDefinition, "a parameter is a literal: " + text);
  }
  return compiled.expression->literal;
}

Result<definitions::Catalogue> catalogue_of(const Script& script) {
  definitions::Catalogue catalogue;
  for (const Script::Worded& worded : script.worded) {
    if (worded.kind == Kind::kSegment) {
      definitions::SegmentDefinition segment;
      segment.name = worded.name;
      segment.rule = worded.text;
      segment.place = worded.place;
      catalogue.segments.push_back(std::move(segment));
    } else if (worded.kind == Kind::kFeature) {
      catalogue.features.push_back({worded.name, "", worded.text, worded.place, {}});
    } else if (worded.kind == Kind::kParameter) {
      REGULARS_ASSIGN(Literal value, parameter_of(worded.text));
      catalogue.parameters.push_back({worded.name, std::move(value), "", worded.place});
    }
  }
  for (const Script::List& list : script.lists) {
    catalogue.lists.push_back({list.name, list.customers, {}});
  }
  return catalogue;
}

Result<language::Scope> scope_of(const Script& script) {
  language::Scope scope;
  const Script::AsOf everything{script.as_of.empty() ? Instant{} : script.as_of.back().at, {}};
  REGULARS_ASSIGN(const History history, history_of(script, everything));
  scope.schema = schema_of(history);
  scope.facts = script.facts;
  for (const Stream& stream : history.streams()) {
    if (stream.size() == 0) scope.empty_events.insert(stream.type);
  }
  for (const ReferenceData& table : script.tables) {
    for (size_t row = 0; row < table.size(); ++row) {
      auto& fields = scope.table_rows[table.name][std::string(table.keys->text(table.key[row]))];
      for (const Column& column : table.columns) {
        if (column.known(row)) fields[column.name] = literal_of(column, row);
      }
    }
  }
  return scope;
}

// Text, printed text, lines and JSON must say the same and compile to the same.
Result<void> goes_round(const std::string& text, const language::Node& tree,
                        const ExpressionPtr& expression, const language::Scope& scope) {
  const std::string printed = language::print(tree);
  REGULARS_ASSIGN(const language::NodePtr read, language::parse(printed));
  REGULARS_ASSIGN(const language::NodePtr lines, language::parse(language::print_lines(tree, 40)));
  REGULARS_ASSIGN(const language::NodePtr json, language::from_json(language::to_json(tree)));
  const bool same = language::equal(*read, tree) && language::equal(*lines, tree) &&
                    language::equal(*json, tree) && language::print(*json) == printed;
  if (!same) return Error(ErrorCode::kInternal, "does not go round: " + text);
  REGULARS_ASSIGN(const language::Compiled again, language::compile(*json, printed, scope));
  if (equal(*again.expression, *expression)) return {};
  return Error(ErrorCode::kInternal, "means something else when printed: " + text);
}

}  // namespace

Result<ScriptLanguage> ScriptLanguage::make(const Script& script) {
  ScriptLanguage result(script);
  REGULARS_TRY(result.link_definitions());
  REGULARS_TRY(result.complete());
  return result;
}

// Text-valued words of the project's own, compiled before its definitions.
Result<void> ScriptLanguage::add_segmentations(language::Scope& scope) {
  std::map<std::string, ExpressionPtr> trees;
  for (const Script::Worded& worded : script_->worded) {
    if (worded.kind != Kind::kSegmentation) continue;
    REGULARS_ASSIGN(const language::NodePtr tree, language::parse(worded.text));
    Result<language::Compiled> made = language::compile(*tree, worded.text, scope);
    if (!made) return at_line(made.error(), worded.text);
    trees[worded.name] = made->expression;
  }
  for (const auto& [name, tree] : trees) {
    scope.references[name] = language::ReferenceKind::kSegmentation;
  }
  scope.resolve = [trees](language::ReferenceKind, const std::string& name) {
    return Result<ExpressionPtr>(trees.at(name));
  };
  return {};
}

Result<void> ScriptLanguage::link_definitions() {
  REGULARS_ASSIGN(language::Scope scope, scope_of(*script_));
  REGULARS_TRY(add_segmentations(scope));
  REGULARS_ASSIGN(const definitions::Catalogue catalogue, catalogue_of(*script_));
  REGULARS_ASSIGN(definitions::Linked linked, definitions::link(catalogue, std::move(scope)));
  for (const definitions::Fault& fault : linked.faults()) {
    const bool foreseen =
        std::any_of(script_->said.begin(), script_->said.end(), [&](const Script::Said& said) {
          return said.kind == Script::Said::Kind::kFault && said.text == fault.name;
        });
    if (!foreseen) return at_line(fault.error, fault.name);
  }
  linked_ = std::move(linked);
  return {};
}

// The tree of a rule in the scope of all definitions.
Result<ExpressionPtr> ScriptLanguage::compiled(const std::string& text) {
  const Result<language::NodePtr> tree = language::parse(text);
  if (!tree) return at_line(tree.error(), text);
  const Result<language::Compiled> made = language::compile(**tree, text, linked_->scope());
  if (!made) return at_line(made.error(), text);
  const auto round = goes_round(text, **tree, made->expression, linked_->scope());
  if (!round) return round.error();
  note_used_rows(**tree, *made, linked_->scope(), used_);
  return made->expression;
}

Result<void> ScriptLanguage::complete() {
  std::map<std::string, ExpressionPtr> trees;
  for (const Script::Worded& worded : script_->worded) {
    if (worded.kind == Kind::kParameter || worded.kind == Kind::kSegmentation) continue;
    const definitions::LinkedDefinition* definition =
        worded.kind == Kind::kSegment   ? linked_->segment(worded.name)
        : worded.kind == Kind::kFeature ? linked_->feature(worded.name)
                                        : nullptr;
    const bool faulty =
        definition == nullptr && (worded.kind == Kind::kSegment || worded.kind == Kind::kFeature);
    if (faulty) continue;  // foreseen
    REGULARS_ASSIGN(ExpressionPtr tree, compiled(worded.text));
    if (definition != nullptr && !equal(*tree, *definition->compiled.expression)) {
      return Error(ErrorCode::kInternal, "linked and compiled alone differ: " + worded.text);
    }
    (worded.kind == Kind::kWord ? words_ : trees)[worded.name] = std::move(tree);
  }
  for (const Definition& definition : script_->definitions) {
    const auto found = trees.find(definition.name);
    if (definition.expression) {
      definitions_.push_back(definition);
    } else if (found != trees.end()) {
      definitions_.push_back({definition.name, found->second});
    } else {
      definitions_.push_back({definition.name, unknown()});
    }
  }
  return {};
}

Result<std::vector<Definition>> ScriptLanguage::bound(const Script::AsOf& as_of) const {
  std::vector<ExpressionPtr> trees;
  for (const Definition& definition : definitions_) trees.push_back(definition.expression);
  const definitions::SnapshotNeeds needs = definitions::needs_of(trees);
  std::vector<definitions::PopulationSnapshot> snapshots;
  std::vector<Instant> cut_offs = script_->snapshots;
  if (script_->recompute) cut_offs = {as_of.at};
  for (const Instant cut_off : cut_offs) {
    REGULARS_ASSIGN(const History history,
                    history_of(*script_, {cut_off, script_->recompute ? as_of.known_at
                                                                      : std::optional(cut_off)}));
    REGULARS_ASSIGN(
        definitions::PopulationSnapshot snapshot,
        definitions::take_snapshot(needs, history, script_->zone, cut_off, cut_off, words_, 1));
    snapshots.push_back(std::move(snapshot));
  }
  const auto* newest = definitions::snapshot_at(snapshots, as_of.at, {});
  std::vector<Definition> result = definitions_;
  for (Definition& definition : result) {
    definition.expression = definitions::bind(definition.expression, newest);
  }
  return result;
}

Result<std::vector<Asked>> ScriptLanguage::asked() const {
  std::vector<Asked> result;
  bool apart = !script_->merges.empty() || script_->recompute || !script_->snapshots.empty();
  for (const Script::AsOf& as_of : script_->as_of) apart = apart || as_of.known_at;
  for (const Script::AsOf& as_of : script_->as_of) {
    if (!apart && !result.empty()) {
      result.back().as_of.push_back(as_of.at);
      continue;
    }
    REGULARS_ASSIGN(History history, history_of(*script_, as_of));
    REGULARS_ASSIGN(std::vector<Definition> definitions, bound(as_of));
    result.push_back({std::move(history), std::move(definitions), {as_of.at}});
  }
  return result;
}

std::string ScriptLanguage::difference(const Script::Said& said) const {
  std::string message;
  if (said.kind == Script::Said::Kind::kFault) {
    for (const definitions::Fault& fault : linked_->faults()) {
      if (fault.name == said.text) message += fault.error.to_string();
    }
  } else {
    const Result<language::NodePtr> tree = language::parse(said.text);
    Result<language::Compiled> made =
        tree ? language::compile_rule(**tree, said.text, linked_->scope())
             : Result<language::Compiled>(tree.error());
    if (said.kind == Script::Said::Kind::kRefuse) {
      message = made ? "" : made.error().to_string();
    } else if (!made) {
      return "refused: " + made.error().to_string();
    } else if (said.kind == Script::Said::Kind::kWarn) {
      for (const language::Warning& warning : made->warnings) message += warning.message + "\n";
    } else {
      for (const std::string& without : made->without_data) message += without + "\n";
    }
  }
  if (message.empty()) return "nothing is said to: " + said.text;
  for (const std::string& words : said.words) {
    if (message.find(words) == std::string::npos) {
      return "'" + trimmed(message) + "' does not say '" + words + "'";
    }
  }
  return {};
}

std::vector<std::string> ScriptLanguage::differences() const {
  std::vector<std::string> result;
  for (const Script::Said& said : script_->said) {
    const std::string found = difference(said);
    if (!found.empty()) result.push_back("line " + std::to_string(said.line) + ": " + found);
  }
  return result;
}

Questions questions_of(const Script& script, const Asked& asked) {
  Questions questions;
  questions.history = &asked.history;
  questions.schema = schema_of(asked.history);
  questions.definitions = asked.definitions;
  questions.as_of = asked.as_of;
  questions.zone = &script.zone;
  return questions;
}

}  // namespace regulars::evaluate
