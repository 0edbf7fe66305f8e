#include "connect/convert.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "connect/batch_columns.h"
#include "connect/currencies.h"
#include "connect/line_amounts.h"
#include "connect/line_extras.h"
#include "connect/placeholders.h"
#include "connect/row_kind.h"
#include "connect/row_meaning.h"
#include "connect/text.h"
#include "connect/total_rows.h"

namespace regulars::connect {
namespace {

constexpr Instant kNever{std::numeric_limits<int64_t>::max()};
constexpr size_t kLongestRaw = 2'000;

// What an order's first line says, for exports that leave it out on the following lines.
struct Carried {
  uint32_t order = kNoCode;
  uint32_t customer = kNoCode;
  RowKind kind;
};

}  // namespace

class Converter::Impl {
 public:
  Impl(const SourceProfile& source, const SourceSpec& spec, const std::vector<std::string>& persons,
       const Zone& zone, std::span<const uint8_t> is_repeat, size_t threads);

  void add(const RowBatch& batch, const RowReader& rows);
  Result<Converted> finish();

 private:
  void add_row(const RowBatch& batch, const RowReader& rows, size_t row);
  bool check_time(const RowBatch& batch, const RowReader& rows, size_t row);
  bool check_currency(const RowBatch& batch, const RowReader& rows, size_t row);
  bool check_sign(const RowBatch& batch, const RowReader& rows, size_t row);
  uint32_t customer_of(size_t row);
  uint32_t customer_code(uint32_t text_code, const TextCells& texts, std::vector<uint32_t>& known);
  bool stands_for_nobody(std::string_view id) const;
  void note_placeholder(std::string_view id);
  void see(uint32_t customer, Instant at);
  void push(size_t row, uint32_t customer, const RowKind& kind, const LineAmount& amount);
  void push_product(size_t row);
  void note_hour(Instant at);
  void reject(const RowBatch& batch, const RowReader& rows, size_t row, int column,
              std::string reason);
  void name_refunded_orders();

  const SourceProfile& source_;
  const SourceSpec& spec_;
  const std::vector<std::string>& persons_;
  const Zone& zone_;
  const bool utc_;
  const bool carries_;  // lines after the first leave out what holds for the order
  std::span<const uint8_t> is_repeat_;
  BatchColumns columns_;
  LineAmounts amounts_;
  RowKinds kinds_;
  LineExtras extras_;
  Converted out_;
  std::vector<uint32_t> customer_of_text_;   // by code of the customer column: kUnsettled at first
  std::vector<uint32_t> customer_of_email_;  // by code of the e-mail column
  PlaceholderRule placeholder_rule_;
  std::vector<uint8_t> excluded_;          // by customer code
  std::vector<uint8_t> currency_differs_;  // by code of the currency column
  int signed_column_ = -1;                 // with signs of several currencies beside its amounts
  Int128 magnitude_ = 0;                   // of all amounts together
  uint32_t last_seen_ = kNoCode;
  Instant last_seen_at_;
  Carried carried_;
  size_t row_number_ = 0;
};

namespace {

constexpr uint32_t kUnsettled = kNoCode - 1;

bool named(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

Converter::Impl::Impl(const SourceProfile& source, const SourceSpec& spec,
                      const std::vector<std::string>& persons, const Zone& zone,
                      std::span<const uint8_t> is_repeat, size_t threads)
    : source_(source),
      spec_(spec),
      persons_(persons),
      zone_(zone),
      utc_(zone.name() == "UTC"),
      carries_(spec.amount_meaning == AmountMeaning::kOrderTotalFirstLine),
      is_repeat_(is_repeat),
      columns_(source, spec, zone, threads),
      amounts_(columns_, spec),
      kinds_(columns_, spec),
      extras_(columns_, spec) {
  out_.lines.amount_scale = spec.amount_scale;
  out_.lines.quantity_scale = amounts_.quantity_scale();
  for (const Role role : {Role::kAmount, Role::kPrice}) {
    if (signed_column_ < 0 && columns_.has(role) && !spec.currency.empty() &&
        columns_.profile(role).currencies.size() > 1) {
      signed_column_ = columns_.place(role);
    }
  }
  if (columns_.has(Role::kCustomer)) {
    placeholder_rule_ = placeholder_rule(columns_.profile(Role::kCustomer));
  }
}

void Converter::Impl::add(const RowBatch& batch, const RowReader& rows) {
  columns_.read(batch);
  for (size_t row = 0; row < batch.rows; ++row) {
    ++out_.rows.read;
    if (!is_repeat_.empty() && is_repeat_[row_number_] != 0) {
      ++out_.rows.duplicates;
    } else {
      add_row(batch, rows, row);
    }
    ++row_number_;
  }
}

void Converter::Impl::add_row(const RowBatch& batch, const RowReader& rows, size_t row) {
  const uint32_t order = columns_.code(Role::kOrder, row);
  const bool continues = carries_ && order != kNoCode && order == carried_.order;
  const RowKind own = kinds_.of(row);
  if (own.other_event) {
    ++out_.rows.other_events;
    const uint32_t customer = customer_of(row);
    if (customer != kNoCode && columns_.time().state(row) == CellState::kGood) {
      see(customer, columns_.time().at(row));
    }
    return;
  }
  if (!check_time(batch, rows, row) || !check_currency(batch, rows, row)) return;
  uint32_t customer = customer_of(row);
  if (continues && customer == kNoCode) customer = carried_.customer;
  const RowKind kind = continues && own.says_nothing ? carried_.kind : own;
  if (carries_ && !continues) carried_ = {order, customer, kind};
  LineAmount amount;
  if (const char* problem = amounts_.read(row, kind, amount); problem != nullptr) {
    reject(batch, rows, row, columns_.place(amount.bad_role),
           amounts_.reason(problem, batch, row, amount.bad_role));
    return;
  }
  if (customer == kNoCode && is_total_row(batch, row, columns_)) {
    ++out_.total_rows;
    reject(batch, rows, row, -1, "a total row, not an order");
    return;
  }
  push(row, customer, kind, amount);
}

bool Converter::Impl::check_time(const RowBatch& batch, const RowReader& rows, size_t row) {
  const CellState state = columns_.time().state(row);
  if (state == CellState::kGood) return true;
  if (is_total_row(batch, row, columns_)) {
    ++out_.total_rows;
    reject(batch, rows, row, -1, "a total row, not an order");
    return false;
  }
  const int place = columns_.place(Role::kTime);
  const std::string_view cell = batch.cells[static_cast<size_t>(place)][row];
  reject(batch, rows, row, place,
         state == CellState::kEmpty ? std::string("no date")
                                    : fmt::format("'{}' is not a date", shortened(cell, 60)));
  return false;
}

// Amounts with the sign of another currency beside them.
bool Converter::Impl::check_sign(const RowBatch& batch, const RowReader& rows, size_t row) {
  const std::string_view cell = batch.cells[static_cast<size_t>(signed_column_)][row];
  const std::string_view mark = look_at_number(cell).currency;
  if (mark.empty() || may_be(mark, spec_.currency)) return true;
  ++out_.other_currency;
  reject(batch, rows, row, signed_column_,
         fmt::format("in {}; only {} is analysed", usual_currency(mark), spec_.currency));
  return false;
}

bool Converter::Impl::check_currency(const RowBatch& batch, const RowReader& rows, size_t row) {
  if (signed_column_ >= 0 && !check_sign(batch, rows, row)) return false;
  const uint32_t code = columns_.code(Role::kCurrency, row);
  if (code == kNoCode || spec_.currency.empty()) return true;
  const Dictionary& known = *columns_.text(Role::kCurrency).dictionary();
  for (auto c = static_cast<uint32_t>(currency_differs_.size()); c < known.size(); ++c) {
    currency_differs_.push_back(currency_code(known.text(c)) != spec_.currency ? 1 : 0);
  }
  if (currency_differs_[code] == 0) return true;
  ++out_.other_currency;
  reject(batch, rows, row, columns_.place(Role::kCurrency),
         fmt::format("in {}; only {} is analysed", known.text(code), spec_.currency));
  return false;
}

uint32_t Converter::Impl::customer_code(uint32_t text_code, const TextCells& texts,
                                        std::vector<uint32_t>& known) {
  if (text_code >= known.size()) known.resize(texts.dictionary()->size(), kUnsettled);
  uint32_t& customer = known[text_code];
  if (customer != kUnsettled) return customer;
  const std::string_view text = texts.dictionary()->text(text_code);
  customer = stands_for_nobody(text) ? kNoCode : out_.lines.customers->intern(text);
  if (customer != kNoCode && customer >= excluded_.size()) {
    excluded_.push_back(named(spec_.excluded, text) ? 1 : 0);
  }
  return customer;
}

bool Converter::Impl::stands_for_nobody(std::string_view id) const {
  if (named(persons_, id)) return false;
  if (named(spec_.not_persons, id)) return true;
  return is_placeholder(id, placeholder_rule_);
}

void Converter::Impl::note_placeholder(std::string_view id) {
  for (ValueCount& known : out_.placeholders) {
    if (known.value != id) continue;
    ++known.rows;
    return;
  }
  out_.placeholders.push_back({std::string(id), 1});
}

uint32_t Converter::Impl::customer_of(size_t row) {
  uint32_t customer = kNoCode;
  const uint32_t own = columns_.code(Role::kCustomer, row);
  if (own != kNoCode) {
    customer = customer_code(own, columns_.text(Role::kCustomer), customer_of_text_);
  }
  if (customer != kNoCode) return customer;
  // A guest's number is 0, but the address is hers.
  const uint32_t email = columns_.code(Role::kCustomerEmail, row);
  if (email != kNoCode) {
    customer = customer_code(email, columns_.text(Role::kCustomerEmail), customer_of_email_);
  }
  if (customer == kNoCode && own != kNoCode) {
    note_placeholder(columns_.text(Role::kCustomer).dictionary()->text(own));
  }
  return customer;
}

void Converter::Impl::see(uint32_t customer, Instant at) {
  if (customer == last_seen_ && at == last_seen_at_) return;
  last_seen_ = customer;
  last_seen_at_ = at;
  std::vector<Instant>& seen = out_.lines.seen_from;
  if (customer >= seen.size()) seen.resize(out_.lines.customers->size(), kNever);
  seen[customer] = std::min(seen[customer], at);
}

void Converter::Impl::note_hour(Instant at) {
  const int64_t micros = utc_ ? ((at.micros % 86'400'000'000) + 86'400'000'000) % 86'400'000'000
                              : zone_.micros_of_day(at);
  ++out_.hours[static_cast<size_t>(micros / 3'600'000'000)];
}

void Converter::Impl::push_product(size_t row) {
  const uint32_t product = columns_.code(Role::kProduct, row);
  out_.lines.product.push_back(product);
  if (product == kNoCode) return;
  std::vector<uint32_t>& names = out_.product_name;
  if (product >= names.size()) {
    names.resize(columns_.text(Role::kProduct).dictionary()->size(), kNoCode);
  }
  if (names[product] == kNoCode) names[product] = columns_.code(Role::kProductName, row);
  extras_.note_product(product, row);
}

void Converter::Impl::push(size_t row, uint32_t customer, const RowKind& kind,
                           const LineAmount& amount) {
  OrderLines& lines = out_.lines;
  const Instant at = columns_.time().at(row);
  if (customer != kNoCode) {
    see(customer, at);
    if (!spec_.excluded.empty()) lines.excluded.push_back(excluded_[customer]);
    // A total on every line of its order would be summed several times.
    const bool sums = spec_.amount_meaning != AmountMeaning::kOrderTotalRepeated;
    if (sums && kind.kind == LineKind::kSale && amount.exact > 0) {
      out_.rounding.exact_sum += amount.exact;
      out_.rounding.rounded_sum += amount.units;
      if (amount.rounded) ++out_.rounding.lines_rounded;
    }
  } else if (!spec_.excluded.empty()) {
    lines.excluded.push_back(0);
  }
  lines.customer.push_back(customer);
  if (columns_.has(Role::kOrder)) lines.order.push_back(columns_.code(Role::kOrder, row));
  if (columns_.has(Role::kRefundOf)) {
    lines.refund_of.push_back(columns_.code(Role::kRefundOf, row));
  }
  lines.at.push_back(at);
  note_hour(at);
  lines.amount.push_back(amount.units);
  if (amount.units != kMissing)
    magnitude_ += amount.units < 0 ? -Int128{amount.units} : amount.units;
  lines.rounded_to_zero.push_back(amount.rounded && amount.units == 0 ? 1 : 0);
  if (amounts_.has_returned()) lines.returned.push_back(amount.returned);
  if (amounts_.has_item_amount()) lines.item_amount.push_back(amount.item);
  if (columns_.has(Role::kQuantity)) lines.quantity.push_back(amount.quantity);
  lines.kind.push_back(kind.kind);
  if (columns_.has(Role::kProduct)) push_product(row);
  if (columns_.has(Role::kStore)) out_.store.push_back(columns_.code(Role::kStore, row));
  extras_.push(row);
}

void Converter::Impl::reject(const RowBatch& batch, const RowReader& rows, size_t row, int column,
                             std::string reason) {
  ++out_.rows.rejected;
  if (out_.rejects.size() >= kMostRejects) {
    ++out_.rejects_not_listed;
    return;
  }
  Reject reject;
  reject.file = rows.info().path;
  reject.line = row < batch.line.size() ? batch.line[row] : 0;
  if (column >= 0) {
    reject.column = static_cast<uint32_t>(column) + 1;
    reject.field = source_.columns[static_cast<size_t>(column)].name;
  }
  reject.reason = std::move(reason);
  reject.raw = shortened(rows.raw(row), kLongestRaw);
  out_.rejects.push_back(std::move(reject));
}

// Orders that refunds name, as codes of the orders themselves.
void Converter::Impl::name_refunded_orders() {
  if (!columns_.has(Role::kRefundOf)) return;
  const Dictionary& names = *columns_.text(Role::kRefundOf).dictionary();
  std::vector<uint32_t> order(names.size());
  for (uint32_t c = 0; c < names.size(); ++c) order[c] = out_.lines.orders->find(names.text(c));
  for (uint32_t& code : out_.lines.refund_of) {
    if (code != kNoCode) code = order[code];
  }
}

Result<Converted> Converter::Impl::finish() {
  if (!narrow(magnitude_)) {
    return Error(ErrorCode::kOverflow, "the amounts add up to more than 64 bits hold",
                 "Is the column of amounts the right one (--amount), and in the right unit?");
  }
  OrderLines& lines = out_.lines;
  lines.seen_from.resize(lines.customers->size(), kNever);
  if (columns_.has(Role::kOrder)) lines.orders = columns_.text(Role::kOrder).dictionary();
  if (columns_.has(Role::kProduct)) lines.products = columns_.text(Role::kProduct).dictionary();
  out_.product_name.resize(lines.products->size(), kNoCode);
  if (columns_.has(Role::kProductName)) {
    out_.product_names = columns_.text(Role::kProductName).dictionary();
  }
  if (columns_.has(Role::kStore)) out_.stores = columns_.text(Role::kStore).dictionary();
  name_refunded_orders();
  extras_.finish(lines);
  out_.rounding.exact_scale = amounts_.exact_scale();
  return std::move(out_);
}

Converter::Converter(const SourceProfile& source, const SourceSpec& spec,
                     const std::vector<std::string>& persons, const Zone& zone,
                     std::span<const uint8_t> is_repeat, size_t threads)
    : impl_(std::make_unique<Impl>(source, spec, persons, zone, is_repeat, threads)) {}

Converter::~Converter() = default;

void Converter::add(const RowBatch& batch, const RowReader& rows) { impl_->add(batch, rows); }

Result<Converted> Converter::finish() { return impl_->finish(); }

}  // namespace regulars::connect
