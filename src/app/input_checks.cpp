#include "app/input_checks.h"

#include "base/decimal.h"

namespace regulars::app {

Result<void> check_sums(const History& history) {
  for (const Stream& stream : history.streams()) {
    for (const std::vector<Column>* columns : {&stream.columns, &stream.item_columns}) {
      const Column* amount = find_column(*columns, "amount");
      if (amount == nullptr) continue;
      Int128 sum = 0;
      for (const int64_t value : amount->numbers) {
        if (value != kMissing) sum += value < 0 ? -Int128{value} : Int128{value};
      }
      if (narrow(sum)) continue;
      return Error(ErrorCode::kOverflow,
                   "the amounts of '" + stream.type + "' add up to more than 64 bits hold",
                   "Analyse the years apart, or keep fewer digits (--amount-scale).");
    }
  }
  return {};
}

Result<void> check_database(const std::string& path, Files& files) {
  if (!files.exists(path)) return {};
  auto file = files.map(path);
  if (!file || file->bytes.empty()) return {};
  if (file->bytes.size() >= 12 && file->bytes.substr(8, 4) == "DUCK") return {};
  return Error(ErrorCode::kUsage, path + " is no database of events",
               "Name a file that does not exist yet, or one that --database made.");
}

}  // namespace regulars::app
