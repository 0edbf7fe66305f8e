#include "app/frozen_words.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/near_names.h"
#include "evaluate/expression_json.h"
#include "segments/words.h"

namespace regulars::app {
namespace {

using Json = nlohmann::ordered_json;

std::string path_in(const std::string& directory) { return directory + "/frozen.json"; }

Result<void> save_frozen(const std::string& directory, const FrozenWords& words, Files& files) {
  Json json = Json::object();
  for (const auto& [name, word] : words) {
    json[name] = {{"cut_off", word.cut_off},
                  {"frozen_at", word.frozen_at},
                  {"tree", Json::parse(evaluate::to_json(*word.tree))}};
  }
  return files.write(path_in(directory), json.dump(1) + "\n");
}

Result<void> check_word(const std::string& word) {
  const auto& classes = segments::segmentation_classes();
  if (classes.contains(word)) return {};
  std::vector<std::string> known;
  std::string all;
  for (const auto& [name, list] : classes) {
    known.push_back(name);
    all += (all.empty() ? "" : ", ") + name;
  }
  const auto near = near_names(word, known);
  return Error(ErrorCode::kNotFound, "there is no segmentation '" + word + "'",
               near.empty() ? "There are " + all + "." : "Did you mean " + near.front() + "?");
}

Result<void> check_state(const FreezeQuestion& question, const FrozenWords& words) {
  const auto found = words.find(question.word);
  if (question.release && found == words.end()) {
    return Error(ErrorCode::kUsage, "'" + question.word + "' is not frozen");
  }
  if (!question.release && !question.refresh && !question.dry_run && found != words.end()) {
    return Error(
        ErrorCode::kUsage,
        "'" + question.word + "' is frozen already, with the cuts of " + found->second.cut_off,
        "--refresh measures anew, --dry-run says who would move, --release lets it move.");
  }
  return {};
}

std::string class_at(const evaluate::AnswerColumn& column, CustomerNumber c) {
  if (column.known[c] == 0) return "none";
  return std::string(column.dictionary->text(column.codes[c]));
}

// Who is in which class with one tree and with the other.
Result<Listing> moves(ProjectShop& shop, const std::string& word,
                      const evaluate::ExpressionPtr& before, const evaluate::ExpressionPtr& after) {
  REGULARS_ASSIGN(
      const segments::Asked asked,
      segments::ask(shop.asking(), {{"before", before}, {"after", after}}, shop.as_of()));
  Listing listing;
  listing.rows_key = "moves";
  listing.columns = {{"customer_id", "customer"}, {"from", "from"}, {"to", "to"}};
  int64_t same = 0;
  for (CustomerNumber c = 0; c < shop.history().customers(); ++c) {
    if (!segments::known_at(shop.history(), c, shop.as_of())) continue;
    const std::string from = class_at(asked.answers.columns[0], c);
    const std::string to = class_at(asked.answers.columns[1], c);
    if (from == to) {
      ++same;
    } else {
      listing.rows.push_back(
          {Cell::of(std::string(shop.history().customer_id(c))), Cell::of(from), Cell::of(to)});
    }
  }
  listing.facts = {{"word", "Segmentation", Cell::of(word)},
                   {"as_of", "As of", Cell::moment(shop.as_of(), shop.zone())},
                   {"moving", "Customers who move", Cell::of(int64_t(listing.rows.size()))},
                   {"staying", "Customers who stay", Cell::of(same)}};
  listing.if_empty = "Nobody moves.";
  return listing;
}

}  // namespace

Result<FrozenWords> load_frozen(const std::string& directory, Files& files) {
  FrozenWords words;
  const std::string path = path_in(directory);
  if (!files.exists(path)) return words;
  REGULARS_ASSIGN(const std::string text, files.read(path));
  const Json json = Json::parse(text, nullptr, false);
  const Error fault = Error(ErrorCode::kBadData, "frozen cut points cannot be read",
                            "Take the file from a backup, or delete it and freeze anew with "
                            "`regulars segment freeze`.")
                          .at({.file = path, .field = {}});
  if (!json.is_object()) return fault;
  for (const auto& [name, one] : json.items()) {
    if (!one.is_object() || !one.contains("tree") || !one.contains("cut_off")) return fault;
    const auto tree = evaluate::expression_from_json(one["tree"].dump());
    if (!tree) return fault;
    words[name] = {one.value("cut_off", ""), one.value("frozen_at", ""), *tree};
  }
  return words;
}

Result<Listing> freeze_word(ProjectShop& shop, const FreezeQuestion& question, Files& files,
                            const Clock& clock) {
  REGULARS_TRY(check_word(question.word));
  const std::string& directory = shop.project().directory;
  REGULARS_ASSIGN(FrozenWords words, load_frozen(directory, files));
  REGULARS_TRY(check_state(question, words));
  segments::Asking fresh = shop.asking();
  fresh.words.frozen.clear();
  fresh.population = segments::PopulationChoice::kRecompute;
  const evaluate::ExpressionPtr word = segments::segmentation_word(question.word);
  REGULARS_ASSIGN(const auto now, segments::bound_at(fresh, {word}, shop.as_of()));
  REGULARS_ASSIGN(const auto before, segments::bound_at(shop.asking(), {word}, shop.as_of()));
  REGULARS_ASSIGN(Listing listing, moves(shop, question.word, before.front(), now.front()));
  if (question.dry_run) {
    listing.notes = {"Nothing was changed (--dry-run)."};
    return listing;
  }
  if (question.release) {
    words.erase(question.word);
    listing.notes = {"The cuts of " + question.word + " move again with every run."};
  } else {
    words[question.word] = {to_iso(shop.as_of()), to_iso(clock.now()), now.front()};
    listing.notes = {"The cuts of " + question.word +
                     " are frozen in frozen.json; `regulars "
                     "segment freeze` with --refresh measures them anew."};
  }
  REGULARS_TRY(save_frozen(directory, words, files));
  return listing;
}

}  // namespace regulars::app
