#include "report/page/last_purchase.h"

namespace regulars::report {
namespace {

constexpr const char* kOrderFacts[] = {"store", "channel", "country"};
constexpr const char* kItemFact = "category";
constexpr size_t kFacts = 2;

std::string text_at(const Column& column, size_t row) {
  if (column.type != ValueType::kText || row >= column.codes.size() || !column.known(row))
    return "";
  return std::string(column.dictionary->text(column.codes[row]));
}

bool is_text(const Column* column) { return column != nullptr && column->type == ValueType::kText; }

}  // namespace

LastPurchase::LastPurchase(const AnalysisView& view)
    : purchases_(view.history->stream("purchase")), as_of_(view.as_of) {
  if (purchases_ == nullptr) return;
  for (const char* fact : kOrderFacts) {
    const bool room = facts_.size() + 1 < kFacts;
    if (room && is_text(find_column(purchases_->columns, fact))) facts_.emplace_back(fact);
  }
  if (is_text(find_column(purchases_->item_columns, kItemFact))) facts_.emplace_back(kItemFact);
}

std::vector<std::string> LastPurchase::of(CustomerNumber customer) const {
  std::vector<std::string> values(facts_.size());
  if (purchases_ == nullptr) return values;
  const size_t begin = purchases_->offset[customer];
  size_t end = purchases_->offset[customer + 1];
  while (end > begin && purchases_->at[end - 1] > as_of_) --end;
  if (end == begin) return values;
  const size_t row = end - 1;
  for (size_t i = 0; i < facts_.size(); ++i) {
    if (facts_[i] != kItemFact) {
      values[i] = text_at(*find_column(purchases_->columns, facts_[i]), row);
    } else if (purchases_->item_offset.size() > row + 1 &&
               purchases_->item_offset[row] < purchases_->item_offset[row + 1]) {
      values[i] =
          text_at(*find_column(purchases_->item_columns, kItemFact), purchases_->item_offset[row]);
    }
  }
  return values;
}

}  // namespace regulars::report
