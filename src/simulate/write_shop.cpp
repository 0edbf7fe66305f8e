#include <memory>
#include <optional>

#include "base/parallel.h"
#include "simulate/row_writer.h"
#include "simulate/simulate.h"
#include "simulate/tables.h"

namespace regulars::simulate {
namespace {

constexpr size_t kRowsPerPiece = 8192;

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
    REGULARS_TRY(put<Campaign>(TableId::kCampaigns, catalogue.campaigns));
    return put<Mailing>(TableId::kCampaigns, catalogue.mailings);
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
  Result<void> interests(std::span<const Interests> rows) override {
    return put(TableId::kInterests, rows);
  }
  Result<void> answers(std::span<const Answer> rows) override {
    return put(TableId::kAnswers, rows);
  }
  Result<void> mail(std::span<const MailEvent> rows) override {
    return put(TableId::kMailEvents, rows);
  }
  Result<void> points(std::span<const PointsRow> rows) override {
    return put(TableId::kPoints, rows);
  }
  Result<void> tiers(std::span<const TierChange> rows) override {
    return put(TableId::kTiers, rows);
  }
  Result<void> referrals(std::span<const Referral> rows) override {
    return put(TableId::kReferrals, rows);
  }
  Result<void> reviews(std::span<const Review> rows) override {
    return put(TableId::kReviews, rows);
  }
  Result<void> cases(std::span<const ServiceCase> rows) override {
    return put(TableId::kCases, rows);
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
