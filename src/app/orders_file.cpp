#include "app/orders_file.h"

#include <fmt/format.h>

#include "app/as_of.h"
#include "app/purchases_of.h"
#include "app/read_shop.h"
#include "data/link_history.h"

namespace regulars::app {

Result<OrdersFile> read_orders_file(const ModelFileQuestion& question, Files& files,
                                    const Progress& progress) {
  OrdersFile result;
  REGULARS_ASSIGN(ShopRead shop, read_shop(question.reading, files, progress));
  result.zone = std::move(shop.zone);
  REGULARS_ASSIGN(History history, History::build(std::move(shop.assembled.customers),
                                                  std::move(shop.assembled.events)));
  result.history = link_refunds(std::move(history));
  REGULARS_ASSIGN(const DataRange range,
                  data_range(result.history, result.zone, question.calibration_end));
  result.until = range.as_of;
  ModelPurchases found = purchases_of(result.history, result.until);
  if (found.undone > 0) {
    result.notes.push_back(
        fmt::format("{} purchases were given back whole and do not count", found.undone));
  }
  result.purchases = std::move(found.purchases);
  return result;
}

}  // namespace regulars::app
