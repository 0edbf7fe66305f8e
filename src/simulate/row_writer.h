// Rows of each kind as cells, in the order of tables().
//
// Thread-safety: immutable; shared by the threads that write pieces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulate/catalogue.h"
#include "simulate/csv_row.h"
#include "simulate/rows.h"

namespace regulars::simulate {

class RowWriter {
 public:
  RowWriter(const Catalogue& catalogue, bool credit_notes, std::string_view currency);

  void write(const OrderLine& line, CsvRow& row) const;
  void write(const CustomerRow& customer, CsvRow& row) const;
  void write(const Product& product, CsvRow& row) const;
  void write(const Store& store, CsvRow& row) const;
  void write(const Visit& visit, CsvRow& row) const;
  void write(const Survey& survey, CsvRow& row) const;
  void write(const Campaign& campaign, CsvRow& row) const;
  void write(const Mailing& mailing, CsvRow& row) const;
  void write(const Message& message, CsvRow& row) const;
  void write(const Consent& consent, CsvRow& row) const;
  void write(const Interests& stated, CsvRow& row) const;
  void write(const Answer& answer, CsvRow& row) const;
  void write(const MailEvent& event, CsvRow& row) const;
  void write(const PointsRow& points, CsvRow& row) const;
  void write(const TierChange& change, CsvRow& row) const;
  void write(const Referral& referral, CsvRow& row) const;
  void write(const Review& review, CsvRow& row) const;
  void write(const ServiceCase& one, CsvRow& row) const;
  void write(const CustomerTruth& truth, CsvRow& row) const;

 private:
  std::string id(uint32_t customer) const { return catalogue_.customer_id(customer); }

  const Catalogue& catalogue_;
  bool credit_notes_;
  std::string_view currency_;
  std::string_view country_;
  std::vector<std::string> product_cells_;  // id, name and category together
};

}  // namespace regulars::simulate
