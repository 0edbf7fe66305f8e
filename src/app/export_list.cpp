#include "app/export_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "app/ask_project.h"
#include "base/random.h"
#include "store/results.h"

namespace regulars::app {
namespace {

using project::ExportDeclaration;

constexpr const char* kKey = "customer_id";

const definitions::SegmentDefinition* defined(const ProjectShop& shop, const std::string& name) {
  for (const auto& one : shop.project().catalogue.segments) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

// Of a list of several segments: everybody in any of them. Its control group is drawn by the
// list's name, because nobody could be in the control groups of all of them at once.
Result<NamedRule> rule_of(ProjectShop& shop, const ExportDeclaration& list) {
  if (list.segments.size() == 1) return named_rule(shop, list.segments.front());
  std::string text;
  for (const std::string& name : list.segments) {
    REGULARS_ASSIGN(const auto* linked, shop.segment(name));
    text += (text.empty() ? "" : " or ") + ("in_segment('" + linked->name + "')");
  }
  REGULARS_ASSIGN(NamedRule rule, named_rule(shop, text));
  rule.name = list.name;
  return rule;
}

int control_percent_of(const ProjectShop& shop, const ExportDeclaration& list) {
  int percent = 0;
  for (const std::string& name : list.segments) {
    const auto* segment = defined(shop, name);
    if (segment != nullptr) percent = std::max(percent, segment->action.control_percent);
  }
  return percent;
}

std::string channel_of(const ProjectShop& shop, const ExportDeclaration& list) {
  if (!list.channel.empty() || list.segments.size() == 1) return list.channel;
  for (const std::string& name : list.segments) {
    const auto* segment = defined(shop, name);
    if (segment != nullptr && !segment->action.channel.empty()) return segment->action.channel;
  }
  return "";
}

std::string control_path(const ExportJob& job, const std::string& target) {
  if (job.list.format == ListFormat::kPostgres) {
    return job.folder + "/exports/" + job.list.name + ".control.csv";
  }
  const std::filesystem::path path(target);
  return (path.parent_path() / (path.stem().string() + ".control.csv")).string();
}

uint64_t hash_of(const std::vector<Cell>& row) {
  uint64_t hash = 0;
  for (size_t k = 1; k < row.size(); ++k) {
    const uint64_t kind = row[k].kind == Cell::Kind::kEmpty ? 0 : 1;
    hash = mix(hash * 31 + stable_hash(plain_text(row[k]), kind));
  }
  return hash;
}

class Export {
 public:
  Export(ProjectShop& shop, sql::Connection& connection, const ExportJob& job,
         const ExportTools& tools)
      : shop_(shop), connection_(connection), job_(job), list_(job.list), tools_(tools) {}

  Result<ExportResult> write() {
    REGULARS_TRY(find_target());
    REGULARS_TRY(find_audience());
    REGULARS_TRY(make_rows());
    REGULARS_TRY(compare());
    if (list_.format == ListFormat::kPostgres) {
      REGULARS_TRY(to_postgres());
    } else {
      REGULARS_TRY(to_file());
    }
    REGULARS_TRY(write_control());
    REGULARS_TRY(
        store::record_exported(connection_, list_.name, exported_, tools_.now, tools_.run));
    return std::move(result_);
  }

 private:
  Result<void> find_target() {
    result_.name = list_.name;
    result_.delta = list_.delta;
    result_.for_contact = !list_.purpose.empty();
    if (list_.format == ListFormat::kPostgres) {
      const auto secret = tools_.environment(list_.postgres);
      if (!secret) {
        return Error(ErrorCode::kUsage,
                     "export '" + list_.name + "' writes to PostgreSQL, but the environment " +
                         "variable " + list_.postgres + " is not set",
                     "Set it to the connection string, e.g. host=... dbname=... user=...");
      }
      connection_string_ = *secret;
      result_.target = "table " + list_.table + " of $" + list_.postgres;
      return {};
    }
    const bool absolute = std::filesystem::path(list_.file).is_absolute();
    result_.target = absolute || job_.folder.empty() ? list_.file : job_.folder + "/" + list_.file;
    return {};
  }

  Result<void> find_audience() {
    REGULARS_ASSIGN(const NamedRule rule, rule_of(shop_, list_));
    const AudienceQuestion question{.purpose = list_.purpose,
                                    .channel = channel_of(shop_, list_),
                                    .control_percent = control_percent_of(shop_, list_),
                                    .leave_out_lists = result_.for_contact};
    REGULARS_ASSIGN(audience_, audience_of(shop_, rule, question));
    customers_ = audience_.reached;
    if (!result_.for_contact) {
      customers_.insert(customers_.end(), audience_.control.begin(), audience_.control.end());
    }
    std::sort(customers_.begin(), customers_.end(), [&](CustomerNumber a, CustomerNumber b) {
      return shop_.history().customer_id(a) < shop_.history().customer_id(b);
    });
    result_.in_segment = static_cast<int64_t>(audience_.in_segment.size());
    result_.consented = audience_.consented();
    result_.not_on_lists = result_.consented - audience_.suppressed();
    result_.not_control = static_cast<int64_t>(audience_.reached.size());
    if (result_.not_control + static_cast<int64_t>(audience_.control.size()) !=
        result_.not_on_lists) {
      return Error(ErrorCode::kInternal,
                   "export '" + list_.name + "' does not add up: " + audience_.account(),
                   "This is a fault of regulars. Please report it.");
    }
    if (!result_.for_contact) {
      result_.notes.push_back(list_.name +
                              ": no purpose is named, so consent was not asked: not for contacting "
                              "people.");
    } else if (!audience_.has_consent_data && result_.consented < result_.in_segment) {
      result_.notes.push_back(list_.name +
                              ": the project has no consent data: add a source of it, or write "
                              "consent: {default: source, sources: [NAME]}.");
    }
    return {};
  }

  bool has_group() const { return !result_.for_contact && control_percent_of(shop_, list_) > 0; }

  Result<void> make_rows() {
    std::vector<evaluate::Definition> asked_for;
    for (const std::string& formula : list_.columns) {
      REGULARS_ASSIGN(const language::Compiled compiled, shop_.compile(formula));
      asked_for.push_back({formula, compiled.expression});
    }
    REGULARS_ASSIGN(const segments::Asked asked,
                    segments::ask(shop_.asking(), asked_for, shop_.as_of()));
    table_.name = list_.name;
    table_.columns = {{kKey}};
    for (const evaluate::AnswerColumn& column : asked.answers.columns) {
      table_.columns.push_back({column.name, column.type, column.scale});
    }
    if (has_group()) table_.columns.push_back({"group"});
    for (const CustomerNumber c : customers_) {
      std::vector<Cell> row = {Cell::of(std::string(shop_.history().customer_id(c)))};
      for (const evaluate::AnswerColumn& column : asked.answers.columns) {
        row.push_back(cell_of(column, c));
      }
      if (has_group()) row.push_back(Cell::of(is_control(c) ? "control" : "contact"));
      table_.rows.push_back(std::move(row));
    }
    return {};
  }

  bool is_control(CustomerNumber c) const {
    return std::binary_search(audience_.control.begin(), audience_.control.end(), c);
  }

  // What is new, what is other than before, and who is gone.
  Result<void> compare() {
    REGULARS_ASSIGN(const std::vector<uint32_t> numbers,
                    store::stored_numbers(connection_, shop_.history()));
    REGULARS_ASSIGN(const std::vector<store::ExportedRow> last,
                    store::last_exported(connection_, list_.name));
    std::map<uint32_t, uint64_t> before;
    for (const store::ExportedRow& row : last) before[row.customer] = row.content_hash;
    for (size_t i = 0; i < customers_.size(); ++i) {
      const uint32_t number = numbers[customers_[i]];
      const uint64_t hash = hash_of(table_.rows[i]);
      exported_.push_back({number, hash});
      const auto found = before.find(number);
      if (found == before.end()) {
        ++result_.added;
        changes_.emplace_back("added");
      } else {
        const bool same = found->second == hash;
        ++(same ? result_.unchanged : result_.changed);
        changes_.emplace_back(same ? "" : "changed");
        before.erase(found);
      }
    }
    std::sort(exported_.begin(), exported_.end());
    for (CustomerNumber c = 0; c < numbers.size(); ++c) {
      if (before.contains(numbers[c])) removed_.emplace_back(shop_.history().customer_id(c));
    }
    std::sort(removed_.begin(), removed_.end());
    result_.removed = static_cast<int64_t>(removed_.size());
    result_.written = result_.delta ? result_.added + result_.changed + result_.removed
                                    : static_cast<int64_t>(table_.rows.size());
    return {};
  }

  // The rows that changed, with a column that says how; of those who are gone the id alone.
  ListTable delta_table() const {
    ListTable delta{table_.name, table_.columns, {}};
    delta.columns.insert(delta.columns.begin() + 1, {"change"});
    for (size_t i = 0; i < table_.rows.size(); ++i) {
      if (changes_[i].empty()) continue;
      std::vector<Cell> row = table_.rows[i];
      row.insert(row.begin() + 1, Cell::of(changes_[i]));
      delta.rows.push_back(std::move(row));
    }
    for (const std::string& id : removed_) {
      std::vector<Cell> row(delta.columns.size());
      row[0] = Cell::of(id);
      row[1] = Cell::of("removed");
      delta.rows.push_back(std::move(row));
    }
    return delta;
  }

  Result<void> to_file() {
    REGULARS_ASSIGN(const std::string bytes,
                    list_bytes(list_.delta ? delta_table() : table_, list_.format, tools_.now));
    return tools_.files.write(result_.target, bytes);
  }

  Result<void> to_postgres() {
    const connect::PostgresTable target{connection_string_, list_.table, postgres_columns(table_)};
    if (!list_.delta) {
      REGULARS_ASSIGN(const auto written, connect::write_postgres(target, postgres_rows(table_)));
      static_cast<void>(written);
      return {};
    }
    ListTable changed{table_.name, table_.columns, {}};
    for (size_t i = 0; i < table_.rows.size(); ++i) {
      if (!changes_[i].empty()) changed.rows.push_back(table_.rows[i]);
    }
    std::vector<connect::PostgresRow> removed;
    for (const std::string& id : removed_) removed.push_back({id});
    REGULARS_ASSIGN(const auto written,
                    connect::write_postgres_changes(target, postgres_rows(changed), removed));
    static_cast<void>(written);
    return {};
  }

  // Beside the list and not in it. One of an earlier export must not be taken for this one's.
  Result<void> write_control() {
    const std::string path = control_path(job_, result_.target);
    if (!result_.for_contact || audience_.control.empty()) {
      return tools_.files.exists(path) ? tools_.files.remove(path) : Result<void>();
    }
    ListTable control{table_.name, {{kKey}}, {}};
    std::vector<std::string> ids;
    for (const CustomerNumber c : audience_.control) {
      ids.emplace_back(shop_.history().customer_id(c));
    }
    std::sort(ids.begin(), ids.end());
    for (std::string& id : ids) control.rows.push_back({Cell::of(std::move(id))});
    REGULARS_ASSIGN(const std::string bytes, list_bytes(control, ListFormat::kCsv, tools_.now));
    result_.control = path;
    return tools_.files.write(path, bytes);
  }

  ProjectShop& shop_;
  sql::Connection& connection_;
  const ExportJob& job_;
  const ExportDeclaration& list_;
  const ExportTools& tools_;
  ExportResult result_;
  Audience audience_;
  std::string connection_string_;
  std::vector<CustomerNumber> customers_;  // of the list, by id
  ListTable table_;                        // one row each
  std::vector<std::string> changes_;       // one each; empty: as before
  std::vector<std::string> removed_;       // ids
  std::vector<store::ExportedRow> exported_;
};

}  // namespace

store::Counts ExportResult::counts() const {
  return {{"in_segment", in_segment},   {"consented", consented}, {"not_on_lists", not_on_lists},
          {"not_control", not_control}, {"written", written},     {"added", added},
          {"changed", changed},         {"removed", removed},     {"unchanged", unchanged}};
}

std::string ExportResult::account() const {
  std::string text = fmt::format(
      "in segment {}, consented {}, not on lists {}, not control {}, written {}",
      with_thousands(in_segment), for_contact ? with_thousands(consented) : "not asked",
      with_thousands(not_on_lists), with_thousands(not_control), with_thousands(written));
  if (delta) {
    text += fmt::format(" ({} added, {} changed, {} removed)", with_thousands(added),
                        with_thousands(changed), with_thousands(removed));
  }
  return text;
}

Result<ExportResult> export_list(ProjectShop& shop, sql::Connection& connection,
                                 const ExportJob& job, const ExportTools& tools) {
  return Export(shop, connection, job, tools).write();
}

}  // namespace regulars::app
