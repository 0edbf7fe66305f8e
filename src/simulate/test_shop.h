// For tests: a sink that keeps everything, and a reader of our CSV files that shares no code with
// the writer.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "simulate/simulate.h"

namespace regulars::simulate {

struct KeepAll : Sink {
  Catalogue shop;
  std::vector<OrderLine> lines;
  std::vector<CustomerRow> persons;
  std::vector<Survey> survey_rows;
  std::vector<Message> message_rows;
  std::vector<CustomerTruth> truths;

  Result<void> catalogue(const Catalogue& c) override {
    shop = c;
    return {};
  }
  Result<void> orders(std::span<const OrderLine> rows) override { return keep(rows, lines); }
  Result<void> customers(std::span<const CustomerRow> rows) override { return keep(rows, persons); }
  Result<void> surveys(std::span<const Survey> rows) override { return keep(rows, survey_rows); }
  Result<void> messages(std::span<const Message> rows) override { return keep(rows, message_rows); }
  Result<void> customer_truths(std::span<const CustomerTruth> rows) override {
    return keep(rows, truths);
  }

 private:
  template <class Row>
  static Result<void> keep(std::span<const Row> rows, std::vector<Row>& into) {
    into.insert(into.end(), rows.begin(), rows.end());
    return {};
  }
};

inline ShopSpec small_shop(const std::string& name, uint32_t customers) {
  Result<ShopSpec> spec = preset(name);
  EXPECT_TRUE(spec.ok());
  spec->customers = customers;
  return *spec;
}

using CsvRecord = std::map<std::string, std::string>;

inline std::vector<std::string> split_csv_line(const std::string& line) {
  std::vector<std::string> cells(1);
  bool inside = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && inside && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += line[++i];
    } else if (line[i] == '"') {
      inside = !inside;
    } else if (line[i] == ',' && !inside) {
      cells.emplace_back();
    } else {
      cells.back() += line[i];
    }
  }
  return cells;
}

inline std::vector<CsvRecord> read_csv(Files& files, const std::string& path) {
  const Result<std::string> text = files.read(path);
  EXPECT_TRUE(text.ok()) << path;
  std::vector<CsvRecord> records;
  std::vector<std::string> header;
  for (size_t at = 0; text.ok() && at < text->size();) {
    const size_t end = text->find('\n', at);
    std::vector<std::string> cells = split_csv_line(text->substr(at, end - at));
    at = end + 1;
    if (header.empty()) {
      header = cells;
      continue;
    }
    EXPECT_EQ(cells.size(), header.size()) << path;
    CsvRecord record;
    for (size_t c = 0; c < std::min(cells.size(), header.size()); ++c) record[header[c]] = cells[c];
    records.push_back(std::move(record));
  }
  return records;
}

// "-12.34" is -1234.
inline int64_t cents(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    if (c != '.') digits += c;
  }
  return std::stoll(digits);
}

}  // namespace regulars::simulate
