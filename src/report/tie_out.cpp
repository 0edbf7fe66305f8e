#include "report/tie_out.h"

#include "report/words.h"

namespace regulars::report {

std::vector<RowPart> row_parts(const AnalysisView& view) {
  const RowCounts& rows = view.intake.rows;
  return {
      {"used", "sales", "Lines of purchases that carry a customer.", rows.used},
      {"refunds", refund_word(view), "Lines that give money back and carry a customer.",
       rows.refunds},
      {"zero", "free", "Lines with an amount of zero: an event, but no purchase.", rows.zero},
      {"unattributed", "without customer",
       "No customer, or a placeholder that stands for nobody. In the shop's revenue, not in what "
       "follows.",
       rows.unattributed},
      {"rejected", "rejected", "Could not be read. Each is listed in rejects.csv with its reason.",
       rows.rejected},
      {"duplicates", "duplicates dropped",
       "Repeat another row in every column; dropped on request.", rows.duplicates},
      {"not_sales", "no sale", "Cancelled, failed, pending, draft or test by their status.",
       rows.not_sales},
      {"excluded", "excluded", "Customers left out on request.", rows.excluded},
      {"other_events", "other events", "Rows that are no orders, such as offers and views.",
       rows.other_events},
  };
}

}  // namespace regulars::report
