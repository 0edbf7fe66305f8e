#include "connect/event_fields.h"

#include <algorithm>
#include <set>

#include "connect/field_names.h"

namespace regulars::connect {
namespace {

constexpr const char* kIdField = "id";

bool is_role(const std::string& name) {
  constexpr const char* kRoles[] = {"customer", "customer_email", "time", "time_of_day", "id",
                                    "key",      "valid_from"};
  return std::any_of(std::begin(kRoles), std::end(kRoles),
                     [&](const char* role) { return name == role; });
}

class Planner {
 public:
  Planner(const SourceReading& reading, const std::string& type)
      : reading_(reading), type_(type), taken_(reading.taken()) {
    for (const auto& [name, column] : reading.declaration().columns) {
      const int place = reading.said(name);
      if (place >= 0) said_.insert(static_cast<size_t>(place));
    }
  }

  void add_declared(const std::vector<FieldDeclaration>& fields, bool is_custom) {
    for (const FieldDeclaration& field : fields) {
      const int place = reading_.said(field.name);
      if (place >= 0) add(field, static_cast<size_t>(place), true, is_custom);
    }
    for (const FieldDeclaration& field : fields) {
      if (has(field.name)) continue;
      // A column that the declaration names for one field is not another's by its name.
      std::vector<bool> taken = taken_;
      for (const size_t place : said_) taken[place] = true;
      const int place = find_field(reading_.names(), taken, type_, field.name);
      if (place < 0) continue;
      add(field, static_cast<size_t>(place), true, is_custom);
      add_namesakes(static_cast<size_t>(place));
    }
  }

  void add_said() {
    for (const auto& [name, column] : reading_.declaration().columns) {
      const int place = reading_.said(name);
      if (place < 0 || is_role(name) || has(name) || taken_[static_cast<size_t>(place)]) continue;
      add_guessed(name, static_cast<size_t>(place));
    }
  }

  void add_left_over() {
    for (size_t c = 0; c < taken_.size(); ++c) {
      const ColumnProfile& profile = reading_.profile().columns[c];
      if (taken_[c] || profile.filled() == 0 || identifies_people(profile)) continue;
      std::string name = name_of(c);
      if (name.empty()) name = "column" + std::to_string(c + 1);
      add_guessed(name, c);
    }
  }

  std::vector<FieldPlan> take() { return std::move(plans_); }

 private:
  FieldPlan* find(const std::string& name) {
    const auto found = std::find_if(plans_.begin(), plans_.end(),
                                    [&](const FieldPlan& plan) { return plan.field.name == name; });
    return found == plans_.end() ? nullptr : &*found;
  }
  bool has(const std::string& name) { return find(name) != nullptr; }

  void add(FieldDeclaration field, size_t column, bool declared, bool is_custom) {
    const ColumnProfile& profile = reading_.profile().columns[column];
    taken_[column] = true;
    plans_.push_back(
        {is_custom ? widened(std::move(field), profile) : std::move(field), {column}, declared});
  }

  // The columns of the same name as that of the plan made last ("offer id" and "offer_id").
  void add_namesakes(size_t column) {
    const std::string name = field_name_of(reading_.names()[column]);
    for (size_t other = column + 1; other < taken_.size(); ++other) {
      if (taken_[other] || said_.contains(other)) continue;
      if (field_name_of(reading_.names()[other]) != name) continue;
      taken_[other] = true;
      plans_.back().columns.push_back(other);
    }
  }

  // Columns of one name ("offer id" and "offer_id") are one field.
  void add_guessed(const std::string& name, size_t column) {
    const ColumnProfile& profile = reading_.profile().columns[column];
    FieldDeclaration field = guess_field(profile, name);
    if (reading_.facts().table(name) != nullptr) field = {.name = name, .type = ValueType::kText};
    FieldPlan* same = find(name);
    if (same == nullptr) return add(std::move(field), column, false, false);
    taken_[column] = true;
    same->columns.push_back(column);
    if (same->declared || same->field == field) return;
    same->field = {.name = name, .type = ValueType::kText};
  }

  // A column that points at a reference table bears the table's name.
  std::string name_of(size_t column) {
    const std::string name = field_name_of(reading_.names()[column]);
    for (const ReferenceTable& table : reading_.facts().tables) {
      const bool points = without_id_word(name) == table.name || field_name_of(table.key) == name;
      if (!points || table.name == type_) continue;
      const FieldPlan* same = find(table.name);
      if (same == nullptr || !same->declared) return table.name;
    }
    const FieldPlan* same = find(name);
    const bool twice = same != nullptr && same->declared;
    return name == kIdField || twice ? name + "_2" : name;
  }

  const SourceReading& reading_;
  const std::string& type_;
  std::vector<bool> taken_;
  std::set<size_t> said_;
  std::vector<FieldPlan> plans_;
};

}  // namespace

std::vector<FieldPlan> plan_fields(const SourceReading& reading, const std::string& type,
                                   const std::vector<FieldDeclaration>& declared, bool is_custom) {
  Planner planner(reading, type);
  planner.add_declared(declared, is_custom);
  planner.add_said();
  planner.add_left_over();
  return planner.take();
}

EventBuilder::EventBuilder(const std::string& type, const std::vector<FieldPlan>& plans, int id,
                           const SourceReading& reading, std::optional<TimeFormat> format) {
  batch_.type = type;
  if (id >= 0) {
    FieldDeclaration field{.name = kIdField, .type = ValueType::kText};
    slots_.push_back(
        {FieldReader(field, {static_cast<size_t>(id)}, reading.profile(), reading.zone(), format),
         true});
  }
  for (const FieldPlan& plan : plans) {
    slots_.push_back(
        {FieldReader(plan.field, plan.columns, reading.profile(), reading.zone(), format),
         plan.declared});
    const bool state = type == "consent" && plan.field.name == "state";
    if (state) slots_.back().reader.expect_consent_states();
  }
  for (Slot& slot : slots_) batch_.columns.push_back(slot.reader.empty_column());
}

std::optional<EventBuilder::Problem> EventBuilder::read(const RowBatch& batch, size_t row) {
  for (Slot& slot : slots_) {
    const std::optional<std::string> wrong = slot.reader.read(batch, row);
    if (wrong && slot.declared) return Problem{slot.reader.column(), *wrong};
  }
  return std::nullopt;
}

bool EventBuilder::says_something() const {
  return std::any_of(slots_.begin(), slots_.end(),
                     [](const Slot& slot) { return slot.reader.says_something(); });
}

void EventBuilder::append(uint32_t customer, Instant at) {
  batch_.customer.push_back(customer);
  batch_.at.push_back(at);
  batch_.id.push_back(batch_.id.size());
  for (size_t i = 0; i < slots_.size(); ++i) {
    slots_[i].reader.append(batch_.columns[i]);
    slots_[i].any = slots_[i].any || slots_[i].reader.says_something();
  }
}

EventBatch EventBuilder::take() {
  std::vector<Column> kept;
  for (size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].declared || slots_[i].any) kept.push_back(std::move(batch_.columns[i]));
  }
  batch_.columns = std::move(kept);
  return std::move(batch_);
}

}  // namespace regulars::connect
