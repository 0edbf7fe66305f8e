#include <algorithm>

#include "base/parallel.h"
#include "evaluate/block.h"
#include "evaluate/kernels.h"
#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

// Answers while blocks write into them, each into its own customers.
struct Sheet {
  Answers answers;
  std::vector<std::vector<std::string_view>> texts;  // per column; filled for texts
};

void make_room(const Type& type, size_t customers, AnswerColumn& column,
               std::vector<std::string_view>& texts) {
  column.type = type.value;
  column.scale = type.scale;
  column.known.resize(customers);
  switch (form_of(type)) {
    case Form::kNumbers:
      column.numbers.resize(customers);
      break;
    case Form::kReals:
      column.reals.resize(customers);
      break;
    case Form::kTruths:
      column.flags.resize(customers);
      break;
    case Form::kTexts:
      column.codes.resize(customers);
      column.dictionary = std::make_shared<Dictionary>();
      texts.resize(customers);
      break;
  }
}

void write_numbers(const Vector& values, size_t first, size_t count, AnswerColumn& column) {
  int64_t* numbers = column.numbers.data() + first;
  uint8_t* known = column.known.data() + first;
  if (!values.is_constant()) {
    return kernels::split(values.numbers().first(count), numbers, known);
  }
  const bool is_known = values.known(0);
  std::fill_n(numbers, count, is_known ? values.number(0) : 0);
  std::fill_n(known, count, is_known ? 1 : 0);
}

void write_truths(const Vector& values, size_t first, size_t count, AnswerColumn& column) {
  uint8_t* flags = column.flags.data() + first;
  uint8_t* known = column.known.data() + first;
  if (!values.is_constant()) {
    return kernels::split(values.truths().first(count), flags, known);
  }
  std::fill_n(flags, count, values.truth(0) == kTrue ? 1 : 0);
  std::fill_n(known, count, values.truth(0) == kUnknownTruth ? 0 : 1);
}

void write_reals(const Vector& values, size_t first, size_t count, AnswerColumn& column) {
  for (size_t i = 0; i < count; ++i) {
    const bool known = values.known(i);
    column.reals[first + i] = known ? values.real(i) : 0;
    column.known[first + i] = known ? 1 : 0;
  }
}

void write(const std::vector<const Vector*>& answers, size_t first, size_t count, Sheet& sheet) {
  for (size_t a = 0; a < answers.size(); ++a) {
    const Vector& values = *answers[a];
    AnswerColumn& column = sheet.answers.columns[a];
    switch (values.form()) {
      case Form::kNumbers:
        write_numbers(values, first, count, column);
        break;
      case Form::kTruths:
        write_truths(values, first, count, column);
        break;
      case Form::kReals:
        write_reals(values, first, count, column);
        break;
      case Form::kTexts:
        for (size_t i = 0; i < count; ++i) sheet.texts[a][first + i] = values.text(i);
        break;
    }
  }
}

// Codes count in order of first appearance among the customers, however the work was split.
void code_texts(Sheet& sheet) {
  for (size_t a = 0; a < sheet.texts.size(); ++a) {
    AnswerColumn& column = sheet.answers.columns[a];
    for (size_t i = 0; i < sheet.texts[a].size(); ++i) {
      const std::string_view text = sheet.texts[a][i];
      const bool known = text.data() != nullptr;
      column.codes[i] = known ? column.dictionary->intern(text) : kNoCode;
      column.known[i] = known ? 1 : 0;
    }
  }
}

// Evaluates customers first .. first + count into the sheets, from row `row` on.
Result<void> run_block(const Binding& binding, size_t first, size_t count, size_t row,
                       std::vector<Sheet>& sheets) {
  Block block(binding, first, count);
  for (size_t moment = 0; moment < sheets.size(); ++moment) {
    REGULARS_ASSIGN(const auto answers, block.answers(moment));
    write(answers, row, count, sheets[moment]);
  }
  return {};
}

// Room for all answers, made by all threads: for many customers that is most of a quick run's
// memory.
std::vector<Sheet> empty_sheets(const Binding& binding, size_t customers, size_t threads) {
  const CompiledPlan& plan = binding.plan();
  const size_t columns = plan.roots.size();
  std::vector<Sheet> sheets(binding.moments());
  for (size_t m = 0; m < sheets.size(); ++m) {
    sheets[m].answers.as_of = binding.moment(m).now;
    sheets[m].answers.columns.resize(columns);
    sheets[m].texts.resize(columns);
  }
  parallel_for(sheets.size() * columns, threads, [&](size_t i) {
    Sheet& sheet = sheets[i / columns];
    const size_t c = i % columns;
    sheet.answers.columns[c].name = plan.names[c];
    make_room(plan.nodes[plan.roots[c]].type, customers, sheet.answers.columns[c], sheet.texts[c]);
  });
  return sheets;
}

std::vector<Answers> finished(std::vector<Sheet> sheets) {
  std::vector<Answers> answers;
  for (Sheet& sheet : sheets) {
    code_texts(sheet);
    answers.push_back(std::move(sheet.answers));
  }
  return answers;
}

}  // namespace

double AnswerColumn::real_or(size_t customer, double fallback) const {
  if (known[customer] == 0) return fallback;
  return type == ValueType::kReal ? reals[customer] : to_real(number_or(customer, 0), scale);
}

const AnswerColumn* Answers::find(const std::string& name) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const AnswerColumn& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

Plan::Plan(std::unique_ptr<CompiledPlan> compiled) : compiled_(std::move(compiled)) {}
Plan::~Plan() = default;
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;

size_t Plan::distinct_aggregates() const { return compiled_->slots.size(); }
size_t Plan::distinct_selections() const { return compiled_->selections.size(); }

Result<std::vector<Answers>> run_plan(const CompiledPlan& plan, const History& history,
                                      std::span<const Instant> as_of, const RunOptions& options,
                                      CustomerRange customers) {
  REGULARS_ASSIGN(const Binding binding, Binding::make(plan, history, as_of, options, customers));
  const size_t size = std::max<size_t>(1, options.block_customers);
  const size_t blocks = (customers.count + size - 1) / size;
  const size_t threads = blocks == 1 ? 1 : options.threads;
  std::vector<Sheet> sheets = empty_sheets(binding, customers.count, threads);
  std::vector<Result<void>> outcomes(blocks);
  parallel_for(blocks, threads, [&](size_t b) {
    const size_t row = b * size;
    const size_t count = std::min(size, customers.count - row);
    outcomes[b] = run_block(binding, customers.first + row, count, row, sheets);
  });
  for (Result<void>& outcome : outcomes) REGULARS_TRY(std::move(outcome));
  return finished(std::move(sheets));
}

Result<std::vector<Answers>> Plan::run(const History& history, std::span<const Instant> as_of,
                                       const RunOptions& options) const {
  return run_plan(*compiled_, history, as_of, options, {0, history.customers()});
}

Result<Answers> Plan::run_one(const History& history, CustomerNumber customer, Instant as_of,
                              const RunOptions& options) const {
  if (customer >= history.customers()) {
    return Error(ErrorCode::kNotFound, "there is no customer number " + std::to_string(customer));
  }
  REGULARS_ASSIGN(std::vector<Answers> answers,
                  run_plan(*compiled_, history, {&as_of, 1}, options, {customer, 1}));
  return std::move(answers.front());
}

}  // namespace regulars::evaluate
