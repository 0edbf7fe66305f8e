#include "connect/delimited_dialect.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <vector>

namespace regulars::connect {
namespace {

constexpr std::array<char, 4> kDelimiters = {',', '\t', ';', '|'};
constexpr size_t kMostRecords = 500;

// How well a dialect cuts the sample into records of one width.
struct Fit {
  size_t width = 1;    // cells of the most frequent number above 1
  double share = 0;    // of the records that have this many
  double several = 0;  // share of the records that have more than one cell
};

Fit fit_of(std::string_view sample, const Dialect& dialect) {
  DelimitedScanner scanner(dialect);
  scanner.set_text(sample, /*complete=*/true, 1);
  std::map<size_t, size_t> records_by_width;
  size_t records = 0;
  ScannedRecord record;
  while (records < kMostRecords) {
    const DelimitedScanner::Outcome outcome = scanner.next(record);
    if (outcome != DelimitedScanner::Outcome::kRecord &&
        outcome != DelimitedScanner::Outcome::kUnclosed) {
      break;
    }
    if (record.raw.empty()) continue;
    ++records;
    ++records_by_width[outcome == DelimitedScanner::Outcome::kRecord ? record.count : 0];
  }
  Fit fit;
  size_t several = 0;
  size_t most = 0;
  for (const auto& [width, count] : records_by_width) {
    if (width < 2) continue;
    several += count;
    if (count < most) continue;
    most = count;
    fit.width = width;
  }
  if (records == 0) return fit;
  fit.share = static_cast<double>(most) / static_cast<double>(records);
  fit.several = static_cast<double>(several) / static_cast<double>(records);
  return fit;
}

// "sep=;" alone on the first line.
std::optional<char> declared_delimiter(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with('"') && line.ends_with('"') && line.size() > 2) {
    line = line.substr(1, line.size() - 2);
  }
  if (line.size() != 5 || (line.substr(0, 4) != "sep=" && line.substr(0, 4) != "SEP=")) return {};
  return line[4];
}

bool better(const Fit& a, const Fit& b) {
  constexpr double kClose = 0.02;
  if (a.share > b.share + kClose) return true;
  if (b.share > a.share + kClose) return false;
  return a.width > b.width;
}

// A backslash before a quote that neither a delimiter nor the end of a line follows.
bool shows_backslash_escapes(std::string_view sample, const Dialect& dialect) {
  for (size_t at = sample.find("\\\""); at != std::string_view::npos && at + 2 < sample.size();
       at = sample.find("\\\"", at + 2)) {
    const char next = sample[at + 2];
    const bool closes = next == dialect.delimiter || next == '\n' || next == '\r' || next == '"';
    if (!closes) return true;
  }
  return false;
}

// Decides whether the dialect escapes quotes with backslashes: whatever cuts the sample better.
Fit fit_with_escapes(std::string_view sample, Dialect& dialect) {
  const Fit plain = fit_of(sample, dialect);
  if (sample.find("\\\"") == std::string_view::npos) return plain;
  dialect.backslash_escapes = true;
  const Fit escaped = fit_of(sample, dialect);
  const bool level = escaped.share == plain.share;
  if (escaped.share > plain.share || (level && shows_backslash_escapes(sample, dialect))) {
    return escaped;
  }
  dialect.backslash_escapes = false;
  return plain;
}

void choose_delimiter(std::string_view sample, Dialect& dialect) {
  constexpr double kClear = 0.8;
  Dialect best = dialect;
  Fit best_fit;
  Dialect fallback = dialect;
  double most_several = 0;
  for (const char delimiter : kDelimiters) {
    Dialect candidate = dialect;
    candidate.delimiter = delimiter;
    const Fit fit = fit_with_escapes(sample, candidate);
    if (better(fit, best_fit)) {
      best = candidate;
      best_fit = fit;
    }
    if (fit.several > most_several) {
      fallback = candidate;
      most_several = fit.several;
    }
  }
  if (best_fit.share < kClear) {
    for (const size_t blanks : {1u, 2u}) {
      Dialect candidate = dialect;
      candidate.delimiter = ' ';
      candidate.aligned = true;
      candidate.least_blanks = blanks;
      const Fit fit = fit_of(sample, candidate);
      if (fit.share < 0.95 || fit.share < best_fit.share) continue;
      dialect = candidate;
      return;
    }
  }
  dialect = best_fit.share >= 0.5 ? best : fallback;
}

}  // namespace

FoundDialect find_dialect(std::string_view sample, char delimiter) {
  FoundDialect found;
  if (sample.find('\n') == std::string_view::npos) {
    if (sample.find('\r') != std::string_view::npos) found.dialect.line_end = '\r';
  }
  const size_t line_end = sample.find(found.dialect.line_end);
  const std::optional<char> declared = declared_delimiter(sample.substr(0, line_end));
  if (declared && line_end != std::string_view::npos) {
    found.skipped_bytes = line_end + 1;
    found.skipped_lines = 1;
    sample.remove_prefix(found.skipped_bytes);
    if (delimiter == '\0') delimiter = *declared;
  }
  if (delimiter == '\0') {
    choose_delimiter(sample, found.dialect);
  } else {
    found.dialect.delimiter = delimiter;
    found.dialect.aligned = delimiter == ' ';
    fit_with_escapes(sample, found.dialect);
  }
  return found;
}

}  // namespace regulars::connect
