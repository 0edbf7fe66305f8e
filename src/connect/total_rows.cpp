#include "connect/total_rows.h"

#include <string>

#include "connect/number_format.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr std::string_view kLabels =
    ",total,totals,grand total,sum,subtotal,sub total,overall,total general,total amount,all,"
    "summe,gesamt,gesamtsumme,zwischensumme,insgesamt,endsumme,somme,total ttc,suma,totale,"
    "totale generale,totaal,eindtotaal,subtotaal,sous total,";

bool is_label(std::string_view cell) {
  if (cell.size() > 32) return false;
  std::string key;
  for (const std::string& word : words_of(cell)) key += (key.empty() ? "" : " ") + word;
  return !key.empty() && kLabels.find("," + key + ",") != std::string_view::npos;
}

}  // namespace

bool is_total_row(const RowBatch& batch, size_t row, const BatchColumns& columns) {
  size_t filled = 0;
  size_t numbers = 0;
  for (size_t c = 0; c < batch.cells.size(); ++c) {
    const std::string_view cell = batch.cells[c][row];
    if (says_nothing(cell)) continue;
    ++filled;
    const bool number = look_at_number(cell).is_number;
    if (number) ++numbers;
    if (filled <= 2 && !number && is_label(trimmed(cell))) return true;
  }
  const bool anything =
      columns.code(Role::kCustomer, row) != kNoCode || columns.code(Role::kOrder, row) != kNoCode ||
      columns.code(Role::kProduct, row) != kNoCode || columns.time().state(row) == CellState::kGood;
  return !anything && filled > 0 && numbers == filled;
}

}  // namespace regulars::connect
