#include <memory>
#include <optional>

#include "base/csv.h"
#include "base/parallel.h"
#include "simulate/csv_row.h"
#include "simulate/simulate.h"
#include "simulate/tables.h"

namespace regulars::simulate {
namespace {

constexpr size_t kRowsPerPiece = 8192;

constexpr std::string_view kStatusNames[] = {"completed", "refunded", "cancelled", "failed",
                                             "test"};
constexpr std::string_view kGenderNames[] = {"", "female", "male", "other"};
constexpr std::string_view kSourceNames[] = {"direct", "search", "email", "social", "referral"};
constexpr std::string_view kDeviceNames[] = {"phone", "desktop", "tablet"};
constexpr std::string_view kQuestionNames[] = {"nps", "csat"};
constexpr std::string_view kConsentSources[] = {"sign-up", "account page", "message link"};
constexpr std::string_view kResponseNames[] = {"unmoved", "persuadable", "sleeping dog"};

template <size_t N, class E>
std::string_view name_of(const std::string_view (&names)[N], E value) {
  return names[static_cast<size_t>(value)];
}

// Rows of each kind as cells, in the order of tables().
class RowWriter {
 public:
  RowWriter(const Catalogue& catalogue, bool credit_notes, std::string_view currency)
      : catalogue_(catalogue), credit_notes_(credit_notes), currency_(currency) {
    for (const Product& product : catalogue.products) {
      std::string cells = product.id + ",";
      append_csv_field(cells, product.name);
      append_csv_field(cells += ",", product.category);
      product_cells_.push_back(std::move(cells));
    }
  }

  void write(const OrderLine& line, CsvRow& row) const {
    const bool refund = line.status == Status::kRefunded;
    std::string order = std::to_string(line.order);
    row.plain(refund && credit_notes_ ? "C" + order : order);
    row.time(line.order_time).time(line.recorded_at).plain(catalogue_.customer_id(line.customer));
    row.plain(product_cells_[line.product]).integer(line.quantity).money(line.unit_price_cents);
    row.money(line.discount_cents).money(line.amount_cents()).plain(currency_);
    row.plain(line.store == kNoStore ? std::string_view() : catalogue_.stores[line.store].id);
    row.text(catalogue_.channels[line.channel]).plain(name_of(kStatusNames, line.status));
    row.plain(refund ? std::string_view(order) : std::string_view());
  }

  void write(const CustomerRow& customer, CsvRow& row) const {
    row.plain(id(customer.customer)).time(customer.joined);
    row.text(catalogue_.channels[customer.sign_up_channel]);
    row.plain(catalogue_.stores[customer.home_store].id);
    const bool has_region = customer.region != UINT8_MAX;
    row.text(has_region ? std::string_view(catalogue_.regions[customer.region]) : "");
    customer.has_birth_date ? row.date(customer.birth_date) : row.empty();
    row.plain(name_of(kGenderNames, customer.gender));
    customer.household_size > 0 ? row.integer(customer.household_size) : row.empty();
    std::string interests;
    for (size_t c = 0; c < catalogue_.categories.size(); ++c) {
      if ((customer.interests >> c & 1) == 0) continue;
      interests += (interests.empty() ? "" : "|") + catalogue_.categories[c].name;
    }
    row.text(interests).boolean(customer.email_consent);
  }

  void write(const Product& product, CsvRow& row) const {
    row.plain(product.id).text(product.name).text(product.category).money(product.price_cents);
    row.money(product.cost_cents).date(product.launched).boolean(product.eco);
  }

  void write(const Store& store, CsvRow& row) const {
    row.plain(store.id).text(store.name).text(catalogue_.regions[store.region]).date(store.opened);
  }

  void write(const Visit& visit, CsvRow& row) const {
    row.plain(id(visit.customer)).time(visit.at).plain(name_of(kDeviceNames, visit.device));
    row.plain(name_of(kSourceNames, visit.source)).text(catalogue_.categories[visit.category].name);
    row.integer(visit.pages).boolean(visit.added_to_cart).boolean(visit.ordered);
  }

  void write(const Survey& survey, CsvRow& row) const {
    row.plain(id(survey.customer)).plain(name_of(kQuestionNames, survey.question));
    row.time(survey.sent_at).time(survey.answered_at);
    survey.answered_at == kNever ? row.empty() : row.integer(survey.score);
  }

  void write(const Campaign& campaign, CsvRow& row) const {
    row.plain(campaign.id).text(campaign.name).plain("email").time(campaign.sent_at);
    row.time(campaign.window_end).integer(campaign.offer_percent).real(campaign.control_share);
    row.money(campaign.cost_cents);
  }

  void write(const Message& message, CsvRow& row) const {
    row.plain(catalogue_.campaigns[message.campaign].id).plain(id(message.customer));
    row.plain(message.treated ? "treatment" : "control");
    row.time(message.treated ? message.assigned_at : kNever);
    row.time(message.opened_at).time(message.clicked_at).boolean(message.unsubscribed);
  }

  void write(const Consent& consent, CsvRow& row) const {
    row.plain(id(consent.customer)).plain("marketing").plain(consent.sms ? "sms" : "email");
    row.boolean(consent.granted).time(consent.at).plain(name_of(kConsentSources, consent.source));
  }

  void write(const CustomerTruth& truth, CsvRow& row) const {
    row.plain(id(truth.customer)).time(truth.joined).time(truth.drop_out);
    row.real(truth.orders_per_year).real(truth.drop_outs_per_year);
    row.money(static_cast<int64_t>(truth.mean_order_cents)).real(truth.online_share);
    row.real(truth.discount_affinity).real(truth.satisfaction);
    row.text(catalogue_.categories[truth.favourite_category].name).real(truth.favourite_share);
    row.plain(name_of(kResponseNames, truth.response)).real(truth.response_chance);
    row.boolean(truth.trade).boolean(truth.prospect).integer(truth.orders);
    row.integer(truth.undone_orders).money(truth.gross_cents).money(truth.refunds_cents);
    row.money(truth.gross_cents - truth.refunds_cents);
  }

 private:
  std::string id(uint32_t customer) const { return catalogue_.customer_id(customer); }

  const Catalogue& catalogue_;
  bool credit_notes_;
  std::string_view currency_;
  std::vector<std::string> product_cells_;  // id, name and category together
};

class CsvSink : public Sink {
 public:
  CsvSink(const ShopSpec& spec, const Zone& zone, Files& files, std::string directory)
      : spec_(spec),
        files_(files),
        directory_(std::move(directory)),
        clock_(zone, spec.from - 800, spec.to + 60),
        days_(spec.from - 800, spec.to + 60) {}

  Result<void> catalogue(const Catalogue& catalogue) override {
    catalogue_ = &catalogue;
    rows_.emplace(catalogue, spec_.quirks.credit_notes, spec_.currency);
    for (const TableSchema& schema : tables()) {
      REGULARS_ASSIGN(auto writer, files_.open_write(directory_ + "/" + std::string(schema.file)));
      std::string header;
      for (const ColumnSchema& column : schema.columns) {
        header += (header.empty() ? "" : ",") + std::string(column.name);
      }
      REGULARS_TRY(writer->append(header + "\n"));
      writers_.push_back(std::move(writer));
    }
    REGULARS_TRY(put<Product>(TableId::kProducts, catalogue.products));
    REGULARS_TRY(put<Store>(TableId::kStores, catalogue.stores));
    return put<Campaign>(TableId::kCampaigns, catalogue.campaigns);
  }

  Result<void> orders(std::span<const OrderLine> rows) override {
    return put(TableId::kOrders, rows);
  }
  Result<void> customers(std::span<const CustomerRow> rows) override {
    return put(TableId::kCustomers, rows);
  }
  Result<void> visits(std::span<const Visit> rows) override { return put(TableId::kVisits, rows); }
  Result<void> surveys(std::span<const Survey> rows) override {
    return put(TableId::kSurveys, rows);
  }
  Result<void> messages(std::span<const Message> rows) override {
    return put(TableId::kMessages, rows);
  }
  Result<void> consents(std::span<const Consent> rows) override {
    return put(TableId::kConsents, rows);
  }
  Result<void> customer_truths(std::span<const CustomerTruth> rows) override {
    return put(TableId::kCustomerTruths, rows);
  }

  Result<void> finish(const Truth& truth) override {
    for (const auto& writer : writers_) REGULARS_TRY(writer->close());
    return files_.write(directory_ + "/truth/truth.json", to_json(truth, *catalogue_));
  }

 private:
  // Formats pieces on all threads, appends them in order.
  template <class Row>
  Result<void> put(TableId table, std::span<const Row> rows) {
    std::vector<std::string> texts((rows.size() + kRowsPerPiece - 1) / kRowsPerPiece);
    parallel_for(texts.size(), spec_.threads, [&](size_t i) {
      CsvRow cells(clock_, days_, texts[i]);
      for (const Row& row : rows.subspan(
               i * kRowsPerPiece, std::min(kRowsPerPiece, rows.size() - i * kRowsPerPiece))) {
        rows_->write(row, cells);
        cells.end();
      }
    });
    for (const std::string& text : texts) {
      REGULARS_TRY(writers_[static_cast<size_t>(table)]->append(text));
    }
    return {};
  }

  const ShopSpec& spec_;
  Files& files_;
  std::string directory_;
  WallClock clock_;
  DayTexts days_;
  const Catalogue* catalogue_ = nullptr;
  std::optional<RowWriter> rows_;
  std::vector<std::unique_ptr<FileWriter>> writers_;
};

}  // namespace

Result<Truth> write_shop(const ShopSpec& spec, Files& files, const std::string& directory) {
  REGULARS_TRY(check(spec));
  REGULARS_ASSIGN(const Zone zone, Zone::find(spec.zone));
  CsvSink sink(spec, zone, files, directory);
  return simulate(spec, sink);
}

}  // namespace regulars::simulate
