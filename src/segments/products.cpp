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
  void add_given_back(const Dictionary& ids);
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

void Tallies::add_given_back(const Dictionary& ids) {
  const Stream* stream = history_.stream("refund");
  if (stream == nullptr) return;
  const Column* product = find_column(stream->item_columns, "product");
  const Column* amount = find_column(stream->item_columns, "amount");
  if (product == nullptr || amount == nullptr) return;
  const bool same_codes = product->dictionary.get() == &ids;
  for (size_t i = 0; i < product->codes.size(); ++i) {
    uint32_t code = product->codes[i];
    if (code == kNoCode || amount->numbers[i] == kMissing) continue;
    if (!same_codes) code = ids.find(product->dictionary->text(code));
    if (code != kNoCode) tallies_[code].given_back += amount->numbers[i];
  }
}

// Facts about products by id: a history that comes from a database has codes of its own.
class Facts {
 public:
  Facts(const Dictionary& ids, const std::vector<Column>& columns)
      : ids_(ids), names_(find_column(columns, "name")), charges_(find_column(columns, "charge")) {}

  std::string name(const std::string& id) const {
    const uint32_t row = ids_.find(id);
    const bool known = names_ != nullptr && row < names_->size() && names_->known(row);
    return known ? std::string(names_->dictionary->text(names_->codes[row])) : "";
  }
  bool charge(const std::string& id) const {
    const uint32_t row = ids_.find(id);
    return charges_ != nullptr && row < charges_->size() && charges_->numbers[row] == 1;
  }

 private:
  const Dictionary& ids_;
  const Column* names_;
  const Column* charges_;
};

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

Products products(const History& history, const Dictionary& fact_ids,
                  const std::vector<Column>& product_facts, const CustomerFacts& facts) {
  Products result;
  const Stream* stream = history.stream("purchase");
  if (stream == nullptr || find_column(stream->item_columns, "product") == nullptr) return result;
  const Dictionary& ids = *find_column(stream->item_columns, "product")->dictionary;
  Tallies tallies(history, ids.size());
  tallies.add_sold(facts);
  tallies.add_given_back(ids);

  const Facts known(fact_ids, product_facts);
  std::vector<ProductLine> lines;
  int64_t sold = 0;
  int64_t charged = 0;
  for (uint32_t p = 0; p < ids.size(); ++p) {
    const std::string id(ids.text(p));
    lines.push_back(line_of(tallies.all()[p], id, known.name(id), known.charge(id)));
    sold += tallies.all()[p].sold;
    charged += lines.back().charge ? tallies.all()[p].sold : 0;
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
