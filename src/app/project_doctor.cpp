#include "app/project_doctor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/project_shop.h"
#include "app/read_sources.h"
#include "segments/rule_diff.h"
#include "store/files_seen.h"
#include "store/results.h"
#include "store/run_steps.h"
#include "store/source_activity.h"

namespace regulars::app {
namespace {

using Level = DoctorFinding::Level;
using definitions::LinkedDefinition;

constexpr double kAlike = 0.8;  // of all customers in either, in both
constexpr size_t kFewestDays = 5;

class Doctor {
 public:
  Doctor(ProjectShop& shop, Files& files, const Clock& clock)
      : shop_(shop), files_(files), clock_(clock) {}

  Result<ProjectDiagnosis> examine() {
    REGULARS_TRY(sources());
    faults();
    REGULARS_TRY(segments());
    without_data();
    unused_segments();
    unused_data();
    reviews();
    REGULARS_TRY(changed_definitions());
    std::stable_sort(found_.findings.begin(), found_.findings.end(),
                     [](const auto& a, const auto& b) { return a.level < b.level; });
    return std::move(found_);
  }

 private:
  void say(Level level, std::string code, std::string about, std::string text) {
    found_.findings.push_back({level, std::move(code), std::move(about), std::move(text)});
  }

  Result<int64_t> files_not_read(sql::Connection& connection, const SourceDeclaration& source) {
    if (!source.postgres.empty()) return int64_t{0};
    const auto paths = project::files_of(source, shop_.project().directory, files_);
    if (!paths) {
      say(Level::kFault, "missing_file", "source " + source.name, paths.error().message());
      return int64_t{0};
    }
    std::vector<store::FileStamp> stamps;
    for (const std::string& path : *paths) {
      REGULARS_ASSIGN(const uint64_t bytes, files_.size(path));
      REGULARS_ASSIGN(const Instant modified, files_.modified_at(path));
      stamps.push_back({path_in_project(shop_.project().directory, path), bytes, modified, 0});
    }
    REGULARS_ASSIGN(const auto verdicts, store::compare_files(connection, source.name, stamps));
    return static_cast<int64_t>(
        std::count_if(verdicts.begin(), verdicts.end(), [](store::FileVerdict verdict) {
          return verdict == store::FileVerdict::kNew || verdict == store::FileVerdict::kChanged;
        }));
  }

  // Rows of each step that read something, over all runs.
  static Result<std::map<std::string, int64_t>> rows_read(sql::Connection& connection) {
    constexpr size_t kAll = 1'000'000;
    REGULARS_ASSIGN(const auto runs, store::recorded_runs(connection, kAll));
    std::map<std::string, int64_t> rows;
    for (const store::RunRecord& run : runs) {
      for (const store::StepRecord& step : run.steps) {
        const auto count = step.counts.find("rows");
        if (count != step.counts.end()) rows[step.name] += count->second;
      }
    }
    return rows;
  }

  Result<void> sources() {
    REGULARS_ASSIGN(sql::Connection connection, shop_.store().connect());
    REGULARS_ASSIGN(const auto activity, store::source_activity(connection));
    REGULARS_ASSIGN(const auto read, rows_read(connection));
    const Day newest = shop_.zone().day_of(shop_.as_of());
    for (const SourceDeclaration& source : shop_.project().sources) {
      ProjectDiagnosis::Source one;
      one.name = source.name;
      const auto rows = read.find("read " + source.name);
      if (rows != read.end()) one.rows = rows->second;
      REGULARS_ASSIGN(one.files_not_read, files_not_read(connection, source));
      if (one.files_not_read > 0) {
        say(Level::kWarn, "not_read", "source " + source.name,
            fmt::format("{} new or changed files are not read yet: regulars run",
                        one.files_not_read));
      }
      const auto stored = activity.find(source.name);
      if (stored != activity.end()) {
        one.rejected = stored->second.rejected;
        check_feed(source, stored->second.days, newest, one);
      }
      if (one.rejected > 0) {
        say(Level::kInfo, "rejected", "source " + source.name,
            fmt::format("{} of {} rows could not be read", with_thousands(one.rejected),
                        with_thousands(one.rows)));
      }
      found_.sources.push_back(std::move(one));
    }
    return {};
  }

  void check_feed(const SourceDeclaration& source, const std::vector<Day>& days, Day newest,
                  ProjectDiagnosis::Source& one) {
    if (days.empty()) return;
    one.first = to_iso(days.front());
    one.last = to_iso(days.back());
    const std::string stopped = stopped_feed(days, newest, source.expect_every_days);
    if (!stopped.empty()) {
      say(Level::kFault, "stopped_feed", "source " + source.name, stopped);
    }
  }

  void faults() {
    for (const definitions::Fault& fault : shop_.linked().faults()) {
      say(Level::kFault, "definition", fault.name, fault.error.to_string());
    }
  }

  Result<void> segments() {
    std::vector<evaluate::Definition> rules;
    for (const LinkedDefinition& one : shop_.linked().segments()) {
      rules.push_back({one.name, one.compiled.expression});
    }
    REGULARS_ASSIGN(const segments::Overlap overlap,
                    segments::overlap(shop_.asking(), rules, shop_.as_of()));
    for (size_t i = 0; i < rules.size(); ++i) {
      const LinkedDefinition& one = shop_.linked().segments()[i];
      if (overlap.sizes[i] == 0) {
        say(Level::kWarn, "nobody", "segment " + one.name, "nobody is in it");
      }
      for (size_t k = i + 1; k < rules.size(); ++k) {
        if (overlap.jaccard(i, k) < kAlike) continue;
        say(Level::kWarn, "alike", "segment " + one.name,
            fmt::format("nearly the same customers as {} ({:.0f} % of either are in both)",
                        rules[k].name, 100 * overlap.jaccard(i, k)));
      }
    }
    return {};
  }

  std::string needs_of(const std::string& name) const {
    std::string text;
    for (const auto& one : shop_.project().catalogue.segments) {
      if (one.name != name) continue;
      for (const std::string& need : one.needs) text += (text.empty() ? "" : ", ") + need;
    }
    return text.empty() ? text : "; it needs " + text;
  }

  void without_data() {
    for (const auto* all : {&shop_.linked().segments(), &shop_.linked().features()}) {
      const bool are_segments = all == &shop_.linked().segments();
      for (const LinkedDefinition& one : *all) {
        std::string missing;
        for (const std::string& part : one.compiled.without_data) {
          missing += (missing.empty() ? "" : "; ") + part;
        }
        if (missing.empty()) continue;
        say(Level::kWarn, "no_data", (are_segments ? "segment " : "feature ") + one.name,
            "no data yet: " + missing + needs_of(one.name));
      }
    }
  }

  void unused_segments() {
    std::set<std::string> used;
    for (const auto* all : {&shop_.linked().segments(), &shop_.linked().features()}) {
      for (const LinkedDefinition& one : *all) {
        used.insert(one.compiled.references.begin(), one.compiled.references.end());
      }
    }
    for (const auto& list : shop_.project().exports) {
      used.insert(list.segments.begin(), list.segments.end());
    }
    std::string unused;
    for (const auto& one : shop_.project().catalogue.segments) {
      if (one.exclusion || used.contains(one.name)) continue;
      unused += (unused.empty() ? "" : ", ") + one.name;
    }
    if (unused.empty()) return;
    say(Level::kInfo, "unused_segments", "segments",
        "no export and no other definition uses: " + unused);
  }

  void unused_data() {
    std::set<std::string> attributes, events;
    for (const auto* all : {&shop_.linked().segments(), &shop_.linked().features()}) {
      for (const LinkedDefinition& one : *all) {
        attributes.insert(one.compiled.attributes.begin(), one.compiled.attributes.end());
        events.insert(one.compiled.events.begin(), one.compiled.events.end());
      }
    }
    std::string unused;
    for (const AttributeDeclaration& one : shop_.project().facts.attributes) {
      if (attributes.contains(one.field.name)) continue;
      unused += (unused.empty() ? "" : ", ") + one.field.name;
    }
    if (!unused.empty())
      say(Level::kInfo, "unused_attributes", "attributes", "no rule asks: " + unused);
    unused.clear();
    for (const Stream& stream : shop_.history().streams()) {
      const bool ours = stream.type == kAttributeChanges || stream.type == kModelScores ||
                        stream.type == "consent";
      if (ours || stream.size() == 0 || events.contains(stream.type)) continue;
      unused += (unused.empty() ? "" : ", ") + stream.type;
    }
    if (!unused.empty()) say(Level::kInfo, "unused_events", "events", "no rule asks: " + unused);
  }

  // Nothing better says when a segment was last looked at than its file.
  void reviews() {
    const Day today = shop_.zone().day_of(clock_.now());
    for (const auto& one : shop_.project().catalogue.segments) {
      if (one.exclusion || one.action.review_after_days <= 0 || one.place.file.empty()) continue;
      const auto changed = files_.modified_at(shop_.project().directory + "/" + one.place.file);
      if (!changed) continue;
      const int days = today - shop_.zone().day_of(*changed);
      if (days <= one.action.review_after_days) continue;
      say(Level::kWarn, "review", "segment " + one.name,
          fmt::format("its review was due {} days ago (its file is {} days old)",
                      days - one.action.review_after_days, days));
    }
  }

  Result<void> changed_definitions() {
    REGULARS_ASSIGN(sql::Connection connection, shop_.store().connect());
    for (const LinkedDefinition& one : shop_.linked().segments()) {
      REGULARS_ASSIGN(const auto versions, store::segment_versions(connection, one.name));
      if (versions.empty()) {
        say(Level::kInfo, "new_definition", "segment " + one.name, "new since the last run");
      } else if (versions.back().version != fmt::format("{:016x}", one.version)) {
        say(Level::kInfo, "changed_definition", "segment " + one.name,
            "it means something else than at the last run");
      }
    }
    return {};
  }

  ProjectShop& shop_;
  Files& files_;
  const Clock& clock_;
  ProjectDiagnosis found_;
};

const char* word_of(Level level) {
  switch (level) {
    case Level::kFault:
      return "FAULT";
    case Level::kWarn:
      return "look";
    case Level::kInfo:
      break;
  }
  return "note";
}

}  // namespace

std::string stopped_feed(const std::vector<Day>& days, Day newest, int expect_every_days) {
  if (days.empty()) return "";
  const int silent = newest - days.back();
  if (expect_every_days > 0) {
    if (silent <= expect_every_days) return "";
    return fmt::format("silent for {} days, since {}; it is expected every {}", silent,
                       to_iso(days.back()), expect_every_days);
  }
  if (days.size() < kFewestDays) return "";
  std::vector<int> gaps;
  for (size_t i = 1; i < days.size(); ++i) gaps.push_back(days[i] - days[i - 1]);
  std::sort(gaps.begin(), gaps.end());
  const auto place = static_cast<size_t>(std::ceil(0.95 * static_cast<double>(gaps.size())));
  const int usual = gaps[place - 1];
  if (silent <= std::max(3 * usual, 2)) return "";
  return fmt::format("silent for {} days, since {}; 95 % of its pauses were at most {} days",
                     silent, to_iso(days.back()), usual);
}

bool ProjectDiagnosis::at_fault() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const DoctorFinding& one) { return one.level == Level::kFault; });
}

Result<ProjectDiagnosis> diagnose_project(const std::string& directory, Files& files,
                                          const Clock& clock) {
  ProjectQuestion question;
  question.directory = directory;
  REGULARS_ASSIGN(const auto shop, open_project(question, files, clock));
  return Doctor(*shop, files, clock).examine();
}

Listing doctor_listing(const ProjectDiagnosis& diagnosis) {
  Listing listing;
  for (const ProjectDiagnosis::Source& one : diagnosis.sources) {
    std::string text = fmt::format("{} rows read, {} rejected", with_thousands(one.rows),
                                   with_thousands(one.rejected));
    if (!one.first.empty()) text += ", events from " + one.first + " to " + one.last;
    listing.facts.push_back(
        {"source_" + one.name, "Source " + one.name, Cell::of(std::move(text))});
  }
  listing.facts.push_back({"at_fault", "", Cell::of(diagnosis.at_fault())});
  listing.rows_key = "findings";
  listing.wrap_last = true;
  listing.columns = {{"level", "level"}, {"code", ""}, {"about", "about"}, {"text", "finding"}};
  std::map<Level, int64_t> count;
  for (const DoctorFinding& one : diagnosis.findings) {
    ++count[one.level];
    listing.rows.push_back({Cell::of(word_of(one.level)), Cell::of(one.code), Cell::of(one.about),
                            Cell::of(one.text)});
  }
  listing.if_empty = "Nothing is wrong.";
  listing.notes.push_back(fmt::format("{} at fault, {} to look at, {} to know",
                                      count[Level::kFault], count[Level::kWarn],
                                      count[Level::kInfo]));
  return listing;
}

}  // namespace regulars::app
