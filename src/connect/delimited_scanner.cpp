#include "connect/delimited_scanner.h"

#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace regulars::connect {
namespace {

constexpr size_t kBlock = 64;
constexpr char kQuote = '"';

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

DelimitedScanner::DelimitedScanner(Dialect dialect) : dialect_(dialect), cells_(64) {}

void DelimitedScanner::set_text(std::string_view text, bool complete, uint64_t line) {
  text_ = text;
  complete_ = complete;
  line_ = line;
  restart(0);
}

void DelimitedScanner::restart(size_t at) {
  at_ = at;
  block_ = at - kBlock;  // wraps around for 0; next_special() adds it again
  mask_ = 0;
}

// One bit per byte of the block: delimiters, line ends and quotes.
uint64_t DelimitedScanner::special_bytes(const char* block) const {
  uint64_t bits = 0;
#if defined(__SSE2__)
  const __m128i delimiter = _mm_set1_epi8(dialect_.delimiter);
  const __m128i line_end = _mm_set1_epi8(dialect_.line_end);
  const __m128i quote = _mm_set1_epi8(kQuote);
  for (size_t i = 0; i < kBlock; i += sizeof(__m128i)) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    const __m128i found = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, line_end)),
        _mm_cmpeq_epi8(bytes, quote));
    bits |= uint64_t{static_cast<uint16_t>(_mm_movemask_epi8(found))} << i;
  }
#else
  for (size_t i = 0; i < kBlock; ++i) {
    const char c = block[i];
    const bool found = c == dialect_.delimiter || c == dialect_.line_end || c == kQuote;
    bits |= uint64_t{found} << i;
  }
#endif
  return bits;
}

// The next special byte not yet visited; the text's size when there is none.
inline size_t DelimitedScanner::next_special() {
  while (mask_ == 0) {
    const size_t next = block_ + kBlock;
    if (next >= text_.size()) return text_.size();
    block_ = next;
    const size_t left = text_.size() - next;
    if (left >= kBlock) {
      mask_ = special_bytes(text_.data() + next);
    } else {
      char tail[kBlock] = {};
      std::memcpy(tail, text_.data() + next, left);
      mask_ = special_bytes(tail) & ((uint64_t{1} << left) - 1);
    }
  }
  const size_t position = block_ + static_cast<size_t>(std::countr_zero(mask_));
  mask_ &= mask_ - 1;
  return position;
}

inline bool DelimitedScanner::push(std::string_view cell) {
  if (count_ == cells_.size()) {
    if (count_ >= kMostCells) return false;
    cells_.resize(count_ * 2);
  }
  cells_[count_++] = cell;
  return true;
}

inline bool DelimitedScanner::push(size_t from, size_t to) {
  return push(std::string_view(text_.data() + from, to - from));
}

DelimitedScanner::Outcome DelimitedScanner::next(ScannedRecord& record) {
  if (at_ >= text_.size()) return complete_ ? Outcome::kEnd : Outcome::kMore;
  count_ = 0;
  lines_inside_ = 0;
  record.line = line_;
  record.first_quoted = false;
  const size_t start = at_;
  const Outcome outcome = dialect_.aligned ? scan_aligned(record) : scan_record(record);
  if (outcome == Outcome::kMore) restart(start);
  return outcome;
}

DelimitedScanner::Outcome DelimitedScanner::scan_record(ScannedRecord& record) {
  size_t cell_start = at_;
  bool last_is_quoted = false;
  while (true) {
    size_t special = next_special();
    bool quoted = false;
    if (special < text_.size() && text_[special] == kQuote) {
      // A quote is only text unless it begins the cell.
      if (special != cell_start && after_blanks(cell_start) != special) continue;
      const size_t before = count_;
      const Quoted cell = scan_quoted(special);
      if (cell.outcome == Outcome::kUnclosed) return unclosed(record, special);
      if (cell.outcome != Outcome::kRecord) return cell.outcome;
      record.first_quoted = record.first_quoted || before == 0;
      special = cell.after;
      quoted = true;
    }
    const bool at_end = special == text_.size();
    if (at_end && !complete_) return Outcome::kMore;
    if (!quoted && !push(cell_start, special)) return Outcome::kTooWide;
    last_is_quoted = quoted;
    if (at_end || text_[special] == dialect_.line_end) {
      finish(record, special, !last_is_quoted);
      return Outcome::kRecord;
    }
    cell_start = special + 1;
  }
}

// Closes the record whose last byte stands before `end` (its line end or the text's end).
void DelimitedScanner::finish(ScannedRecord& record, size_t end, bool trim_last) {
  size_t raw_end = end;
  if (dialect_.line_end == '\n' && raw_end > at_ && text_[raw_end - 1] == '\r') {
    --raw_end;
    if (trim_last && !cells_[count_ - 1].empty()) cells_[count_ - 1].remove_suffix(1);
  }
  record.cells = cells_.data();
  record.count = count_;
  record.raw = text_.substr(at_, raw_end - at_);
  at_ = end < text_.size() ? end + 1 : end;
  line_ += lines_inside_ + 1;
}

// The cell whose opening quote is at `open`; pushes it.
DelimitedScanner::Quoted DelimitedScanner::scan_quoted(size_t open) {
  const size_t content = open + 1;
  const size_t lines_before = lines_inside_;
  bool escapes = false;
  while (true) {
    const size_t at = next_special();
    const bool too_long = at - content > kMostQuotedBytes;
    if (at == text_.size()) {
      return {at, complete_ || too_long ? Outcome::kUnclosed : Outcome::kMore};
    }
    if (text_[at] == dialect_.line_end) {
      const size_t lines = ++lines_inside_ - lines_before;
      if (too_long || lines > kMostQuotedLines) return {at, Outcome::kUnclosed};
    }
    if (text_[at] != kQuote) continue;
    if (dialect_.backslash_escapes && is_escaped(at, content)) {
      escapes = true;
      continue;
    }
    if (at + 1 == text_.size() && !complete_) return {at, Outcome::kMore};
    if (at + 1 < text_.size() && text_[at + 1] == kQuote) {
      next_special();
      escapes = true;
      continue;
    }
    size_t after = after_blanks(at + 1);
    if (dialect_.line_end == '\n' && after < text_.size() && text_[after] == '\r') ++after;
    if (after == text_.size() && !complete_) return {at, Outcome::kMore};
    const bool closes = after == text_.size() || text_[after] == dialect_.delimiter ||
                        text_[after] == dialect_.line_end;
    if (closes) {
      const std::string_view cell = text_.substr(content, at - content);
      const bool changed =
          escapes || (dialect_.backslash_escapes && cell.find('\\') != std::string_view::npos);
      if (!push(changed ? unescape(cell) : cell)) return {at, Outcome::kTooWide};
      return {next_special(), Outcome::kRecord};
    }
    if (lines_inside_ > lines_before) return {at, Outcome::kUnclosed};
  }
}

bool DelimitedScanner::is_escaped(size_t quote, size_t content) const {
  size_t from = quote;
  while (from > content && text_[from - 1] == '\\') --from;
  return (quote - from) % 2 == 1;
}

// Blanks that are not the delimiter.
size_t DelimitedScanner::after_blanks(size_t at) const {
  while (at < text_.size() && is_blank(text_[at]) && text_[at] != dialect_.delimiter) ++at;
  return at;
}

std::string_view DelimitedScanner::unescape(std::string_view content) {
  std::string& out = unescaped_.emplace_back();
  out.reserve(content.size());
  for (size_t i = 0; i < content.size(); ++i) {
    const char next = i + 1 < content.size() ? content[i + 1] : '\0';
    const bool doubled = content[i] == kQuote && next == kQuote;
    const bool escaped =
        dialect_.backslash_escapes && content[i] == '\\' && (next == kQuote || next == '\\');
    if (doubled || escaped) ++i;
    out += content[i];
  }
  return out;
}

// The quote at `open` is never closed: the record is given up with the line of that quote, so that
// the rest of the text is not swallowed.
DelimitedScanner::Outcome DelimitedScanner::unclosed(ScannedRecord& record, size_t open) {
  uint64_t lines = 1;
  for (size_t i = at_; i < open; ++i) lines += text_[i] == dialect_.line_end ? 1 : 0;
  size_t end = text_.find(dialect_.line_end, open);
  if (end == std::string_view::npos) {
    if (!complete_) return Outcome::kMore;
    end = text_.size();
  }
  record.line = line_ + lines - 1;
  record.cells = cells_.data();
  record.count = count_;
  record.raw = text_.substr(at_, end - at_);
  if (record.raw.ends_with('\r')) record.raw.remove_suffix(1);
  line_ += lines;
  restart(end < text_.size() ? end + 1 : end);
  return Outcome::kUnclosed;
}

// Cells set apart by runs of blanks; a quoted cell may hold blanks.
DelimitedScanner::Outcome DelimitedScanner::scan_aligned(ScannedRecord& record) {
  size_t end = text_.find(dialect_.line_end, at_);
  if (end == std::string_view::npos) {
    if (!complete_) return Outcome::kMore;
    end = text_.size();
  }
  size_t stop = end;
  while (stop > at_ && (is_blank(text_[stop - 1]) || text_[stop - 1] == '\r')) --stop;
  size_t from = at_;
  while (true) {
    while (from < stop && is_blank(text_[from])) ++from;
    if (from >= stop) break;
    size_t to = from;
    const size_t close = text_[from] == kQuote ? text_.find(kQuote, from + 1) : stop;
    if (close + 1 == stop || (close < stop && is_blank(text_[close + 1]))) {
      record.first_quoted = record.first_quoted || count_ == 0;
      if (!push(from + 1, close)) return Outcome::kTooWide;
      from = close + 1;
      continue;
    }
    size_t blanks = 0;
    for (; to < stop && blanks < dialect_.least_blanks; ++to) {
      blanks = is_blank(text_[to]) ? blanks + 1 : 0;
    }
    if (!push(from, to - (blanks == dialect_.least_blanks ? blanks : 0))) return Outcome::kTooWide;
    from = to;
  }
  if (count_ == 0) push(at_, at_);
  finish(record, end, /*trim_last=*/false);
  return Outcome::kRecord;
}

}  // namespace regulars::connect
