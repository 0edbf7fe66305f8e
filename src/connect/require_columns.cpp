#include "connect/require_columns.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "connect/first_rows.h"
#include "connect/text.h"

namespace regulars::connect {

Result<void> require_columns(const SourceProfile& source, const ColumnMapping& mapping,
                             const std::string& file) {
  std::vector<std::string> missing;
  std::vector<std::string> options;
  std::string found;
  const auto check = [&](bool present, const char* what, const char* option,
                         const std::string& column) {
    if (present) {
      found += (found.empty() ? "" : ", ") + std::string(what) + " " + column;
    } else {
      missing.emplace_back(what);
      options.push_back(std::string(option) + " COLUMN");
    }
  };
  const bool products = !mapping.quantity.empty() && !mapping.price.empty();
  check(!mapping.customer.empty(), "customer", "--customer", mapping.customer);
  check(!mapping.time.empty(), "time", "--time", mapping.time);
  check(!mapping.amount.empty() || products, "amount", "--amount",
        mapping.amount.empty() ? mapping.quantity + " x " + mapping.price : mapping.amount);
  if (missing.empty()) return {};
  std::string message = fmt::format("no column can be the {}", enumerate(missing));
  if (!found.empty()) message += fmt::format("; found: {}", found);
  message += "\n  The columns and the first rows:\n" + first_rows(source);
  std::string hint = "Say which column it is: ";
  for (size_t i = 0; i < options.size(); ++i) hint += (i > 0 ? " " : "") + options[i];
  if (source.find("first_name") >= 0 && mapping.customer.empty()) {
    hint += ". Names alone are not used: two people can share one";
  }
  return Error(ErrorCode::kBadDefinition, std::move(message), hint + ".").at({file, 0, 0, {}});
}

}  // namespace regulars::connect
