#include <algorithm>
#include <cmath>
#include <numeric>

#include "segments/shop_facts.h"

namespace regulars::segments {
namespace {

constexpr size_t kShown = 20;
constexpr size_t kFirstShown = 12;
constexpr int64_t kFewestFirst = 30;

// Running figures of one product. Rows come customer by customer and order by order, so a change
// of customer or order is seen by remembering the last one.
struct Tally {
  int64_t sold = 0, given_back = 0;
  int64_t customers = 0, orders = 0;
  int64_t this_order = 0, largest_order = 0;
  int64_t first_of = 0, first_came_again = 0;
  uint32_t last_customer = kNoCode;
  uint32_t last_order = kNoCode;
};

class Tallies {
 public:
  Tallies(const History& history, size_t products) : history_(history), tallies_(products) {}

  void add_sold(const CustomerFacts& facts);
  void add_given_back();
  const std::vector<Tally>& all() const { return tallies_; }

 private:
  void add_item(uint32_t product, uint32_t customer, uint32_t order, int64_t amount);

  const History& history_;
  std::vector<Tally> tallies_;
};

void Tallies::add_item(uint32_t product, uint32_t customer, uint32_t order, int64_t amount) {
  Tally& tally = tallies_[product];
  tally.customers += tally.last_customer == customer ? 0 : 1;
  if (tally.last_order != order) {
    ++tally.orders;
    tally.this_order = 0;
  }
  tally.last_customer = customer;
  tally.last_order = order;
  if (amount == kMissing) return;
  tally.sold += amount;
  tally.this_order += amount;
  tally.largest_order = std::max(tally.largest_order, tally.this_order);
}

void Tallies::add_sold(const CustomerFacts& facts) {
  const Stream* stream = history_.stream("purchase");
  const Column* product = find_column(stream->item_columns, "product");
  const Column* amount = find_column(stream->item_columns, "amount");
  for (uint32_t c = 0; c < history_.customers(); ++c) {
    for (uint32_t row = stream->offset[c]; row < stream->offset[c + 1]; ++row) {
      const bool first = row == stream->offset[c];
      for (uint32_t i = stream->item_offset[row]; i < stream->item_offset[row + 1]; ++i) {
        const uint32_t code = product->codes[i];
        if (code == kNoCode) continue;
        const bool repeated_line = tallies_[code].last_order == row;
        add_item(code, c, row, amount->numbers[i]);
        if (!first || repeated_line) continue;
        ++tallies_[code].first_of;
        tallies_[code].first_came_again += facts.purchase_days[c] >= 2 ? 1 : 0;
      }
    }
  }
}

void Tallies::add_given_back() {
  const Stream* stream = history_.stream("refund");
  if (stream == nullptr) return;
  const Column* product = find_column(stream->item_columns, "product");
  const Column* amount = find_column(stream->item_columns, "amount");
  if (product == nullptr || amount == nullptr) return;
  for (size_t i = 0; i < product->codes.size(); ++i) {
    if (product->codes[i] != kNoCode && amount->numbers[i] != kMissing) {
      tallies_[product->codes[i]].given_back += amount->numbers[i];
    }
  }
}

ProductLine line_of(const Tally& tally, std::string id, std::string name, bool charge) {
  ProductLine line{std::move(id),
                   std::move(name),
                   tally.customers,
                   tally.orders,
                   tally.sold - tally.given_back,
                   charge,
                   false};
  line.one_off = tally.sold > 0 && tally.largest_order * 2 > tally.sold;
  return line;
}

template <class Value>
std::vector<ProductLine> top(std::vector<ProductLine> lines, const Value& value, size_t count) {
  std::stable_sort(lines.begin(), lines.end(), [&](const ProductLine& a, const ProductLine& b) {
    return value(a) != value(b) ? value(a) > value(b) : a.id < b.id;
  });
  if (lines.size() > count) lines.resize(count);
  return lines;
}

std::vector<FirstProduct> first_products(const std::vector<Tally>& tallies,
                                         const std::vector<ProductLine>& lines, double overall) {
  std::vector<FirstProduct> first;
  for (size_t p = 0; p < tallies.size(); ++p) {
    if (lines[p].charge || tallies[p].first_of < kFewestFirst) continue;
    first.push_back(
        {lines[p].id, lines[p].name, wilson(tallies[p].first_came_again, tallies[p].first_of)});
  }
  std::stable_sort(first.begin(), first.end(), [&](const FirstProduct& a, const FirstProduct& b) {
    return std::abs(a.came_again.value - overall) > std::abs(b.came_again.value - overall);
  });
  if (first.size() > kFirstShown) first.resize(kFirstShown);
  return first;
}

}  // namespace

Products products(const History& history, const Dictionary& product_ids,
                  const std::vector<Column>& product_facts, const CustomerFacts& facts) {
  Products result;
  const Stream* stream = history.stream("purchase");
  if (stream == nullptr || find_column(stream->item_columns, "product") == nullptr) return result;
  Tallies tallies(history, product_ids.size());
  tallies.add_sold(facts);
  tallies.add_given_back();

  const Column* names = find_column(product_facts, "name");
  const Column* charges = find_column(product_facts, "charge");
  std::vector<ProductLine> lines;
  int64_t sold = 0;
  int64_t charged = 0;
  for (uint32_t p = 0; p < product_ids.size(); ++p) {
    const bool named = names != nullptr && p < names->size() && names->known(p);
    const bool charge = charges != nullptr && p < charges->size() && charges->numbers[p] == 1;
    lines.push_back(line_of(tallies.all()[p], std::string(product_ids.text(p)),
                            named ? std::string(names->dictionary->text(names->codes[p])) : "",
                            charge));
    sold += tallies.all()[p].sold;
    charged += charge ? tallies.all()[p].sold : 0;
  }
  result.charge_share = sold > 0 ? static_cast<double>(charged) / static_cast<double>(sold) : 0;

  int64_t customers = 0;
  int64_t came_again = 0;
  for (size_t c = 0; c < facts.size(); ++c) {
    customers += facts.is_customer(c) ? 1 : 0;
    came_again += facts.purchase_days[c] >= 2 ? 1 : 0;
  }
  result.came_again_all = wilson(came_again, customers);
  result.first = first_products(tallies.all(), lines, result.came_again_all.value);

  std::vector<ProductLine> goods;
  for (const ProductLine& line : lines) {
    if (line.orders > 0) (line.charge ? result.charges : goods).push_back(line);
  }
  const auto by_net = [](const ProductLine& line) { return line.net; };
  result.by_net = top(goods, by_net, kShown);
  result.by_customers =
      top(std::move(goods), [](const ProductLine& line) { return line.customers; }, kShown);
  result.charges = top(std::move(result.charges), by_net, kShown);
  return result;
}

}  // namespace regulars::segments
