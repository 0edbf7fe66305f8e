#include "connect/reference_table.h"

#include <algorithm>
#include <cmath>

#include "base/decimal.h"
#include "connect/column_fit.h"
#include "connect/placeholders.h"
#include "connect/status_words.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

bool all_flags(const ColumnProfile& column) {
  if (column.values.empty() || column.values.size() > 4) return false;
  return std::all_of(column.values.begin(), column.values.end(), [](const ValueCount& value) {
    return means_yes(value.value) || means_no(value.value);
  });
}

// Reads cells of one planned column into a fact.
class FactReader {
 public:
  FactReader(const FactPlan& plan, const SourceProfile& table)
      : plan_(plan),
        profile_(table.columns[plan.column]),
        format_(decide_number_format(profile_.number_marks).format),
        time_(decide_time_format(table, plan.column, false).format, Zone::utc()) {
    fact_ = {plan.name, plan.type, plan.scale, {}, {}, nullptr};
    if (plan.type == ValueType::kText) {
      fact_.dictionary = std::make_shared<Dictionary>();
    }
  }

  void grow(size_t codes) {
    if (plan_.type == ValueType::kText) {
      fact_.codes.resize(codes, kNoCode);
    } else {
      fact_.numbers.resize(codes, kMissing);
    }
  }

  void read(std::string_view cell, uint32_t code) {
    if (says_nothing(cell)) return;
    if (code >= fact_.size()) grow(code + 1);
    if (plan_.type == ValueType::kText) {
      fact_.codes[code] = fact_.dictionary->intern(trimmed(cell));
    } else {
      fact_.numbers[code] = number_of(trimmed(cell));
    }
  }

  Column take() { return std::move(fact_); }

 private:
  int64_t number_of(std::string_view cell) {
    if (plan_.type == ValueType::kBoolean) {
      return means_yes(cell) ? 1 : means_no(cell) ? 0 : kMissing;
    }
    if (plan_.type == ValueType::kDay) {
      Instant at;
      if (!time_.read(cell, {}, at)) return kMissing;
      return Zone::utc().day_of(at).number;
    }
    Number number;
    int64_t units = 0;
    if (!read_number(cell, format_, number)) return kMissing;
    return to_scale(number, plan_.scale, units) ? units : kMissing;
  }

  const FactPlan& plan_;
  const ColumnProfile& profile_;
  NumberFormat format_;
  TimeReader time_;
  Column fact_;
};

double found_share(const SourceProfile& table, size_t column, const Dictionary& codes) {
  const TextCells texts(tidying_of(table.columns[column]));
  std::string scratch;
  int64_t filled = 0;
  int64_t found = 0;
  for (size_t row = 0; row < table.sample.rows(); ++row) {
    const std::string_view cell = table.sample.cell(column, row);
    if (says_nothing(cell)) continue;
    ++filled;
    if (codes.find(texts.tidy(cell, scratch)) != kNoCode) ++found;
  }
  return filled == 0 ? 0 : static_cast<double>(found) / static_cast<double>(filled);
}

}  // namespace

FactPlan plan_fact(const ColumnProfile& column, size_t place) {
  FactPlan plan{place, column.name, ValueType::kText, 0};
  if (column.filled() == 0) return plan;
  if (column.share(column.time.civil) >= 0.9) {
    plan.type = ValueType::kDay;
  } else if (all_flags(column)) {
    plan.type = ValueType::kBoolean;
  } else if (column.share(column.numbers) >= 0.95 && column.leading_zeros == 0) {
    plan.type = column.fractions > 0 ? ValueType::kDecimal : ValueType::kInteger;
    if (column.fractions > 0) plan.scale = std::min(column.decimals, kMaxScale);
  }
  return plan;
}

bool is_contact(const ColumnProfile& column) {
  if (column.share(column.emails) >= 0.2) return true;
  constexpr std::string_view kWords =
      " name firstname lastname surname forename first last phone telephone mobile fax address "
      "street email mail vorname nachname strasse telefon prenom nom adresse nombre apellido "
      "direccion telefono cognome indirizzo voornaam achternaam adres iban ssn ";
  for (const std::string& word : words_of(column.name)) {
    if (kWords.find(" " + word + " ") != std::string_view::npos) return true;
  }
  const auto filled = static_cast<double>(column.filled());
  const bool text = column.share(column.numbers) < 0.5 && column.share(column.time.civil) < 0.5;
  return text && column.distinct > 200 && column.distinct > 0.5 * filled;
}

KeyColumn find_key(const SourceProfile& table, const Dictionary& codes, Role role,
                   const std::string& named_in_orders) {
  KeyColumn best;
  double best_score = 0;
  for (size_t c = 0; c < table.columns.size(); ++c) {
    const ColumnProfile& column = table.columns[c];
    const double share = found_share(table, c, codes);
    // A small number matches many a number by chance: different keys weigh more than any match.
    const double spread =
        column.filled() == 0 ? 0 : column.distinct / static_cast<double>(column.filled());
    double name = name_score(role, words_of(column.name));
    if (column.name == named_in_orders) name = 1.5;
    const double score = share * (0.2 + name) * (0.2 + spread);
    if (share > 0 && score > best_score) {
      best_score = score;
      best = {static_cast<int>(c), share};
    }
  }
  return best;
}

Result<ReferenceTable> read_reference(RowReader& rows, const SourceProfile& table, size_t key,
                                      Dictionary& codes, bool add_unknown,
                                      const std::vector<FactPlan>& plans) {
  ReferenceTable result;
  const size_t known = codes.size();
  std::vector<FactReader> readers;
  readers.reserve(plans.size());
  for (const FactPlan& plan : plans) readers.emplace_back(plan, table);
  std::vector<uint8_t> seen(known, 0);
  const TextCells texts(tidying_of(table.columns[key]));
  const PlaceholderRule rule = placeholder_rule(table.columns[key]);
  std::string scratch;
  REGULARS_TRY(rows.rewind());
  RowBatch batch;
  while (true) {
    REGULARS_ASSIGN(const bool more, rows.next(batch));
    if (!more) break;
    result.rows += static_cast<int64_t>(batch.rows);
    for (size_t row = 0; row < batch.rows; ++row) {
      const std::string_view id = texts.tidy(batch.cells[key][row], scratch);
      uint32_t code = codes.find(id);
      if (code == kNoCode) {
        ++result.unknown_rows;
        if (!add_unknown || says_nothing(id) || is_placeholder(id, rule)) continue;
        code = codes.intern(id);
        seen.push_back(0);
      }
      if (seen[code] != 0) {
        ++result.repeated_rows;
      } else {
        seen[code] = 1;
        if (code < known) ++result.codes_found;
        for (size_t f = 0; f < plans.size(); ++f) {
          readers[f].read(batch.cells[plans[f].column][row], code);
        }
      }
    }
  }
  for (FactReader& reader : readers) {
    reader.grow(codes.size());
    result.facts.push_back(reader.take());
  }
  return result;
}

}  // namespace regulars::connect
