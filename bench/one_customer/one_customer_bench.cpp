// What one customer costs: all segments of the starter project for her, when the next of them can
// change, and how each of them moved over the last 90 days. On a simulated shop; the answers are
// compared with the reference evaluator's before any time is shown.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "app/make_shop.h"
#include "app/project_shop.h"
#include "app/run_project.h"
#include "base/clock.h"
#include "base/files.h"
#include "evaluate/timeline.h"
#include "measure.h"
#include "segments/ask.h"

namespace {

using namespace regulars;

template <class T>
T must(Result<T> result) {
  if (result.ok()) return std::move(*result);
  std::fprintf(stderr, "bench: %s\n", result.error().to_string().c_str());
  std::exit(1);
}

std::unique_ptr<app::ProjectShop> starter_shop(const std::string& folder, uint32_t customers) {
  namespace fs = std::filesystem;
  fs::remove_all(folder);
  fs::copy(REGULARS_STARTER, folder, fs::copy_options::recursive);
  app::ShopOptions shop;
  shop.directory = folder + "/data";
  shop.preset = "fashion";
  shop.customers = customers;
  must(app::make_shop(shop, real_files()));
  app::RunQuestion run;
  run.directory = folder;
  must(app::run_project(run, real_files(), system_clock(), {}, {}));
  app::ProjectQuestion question;
  question.directory = folder;
  return must(app::open_project(question, real_files(), system_clock()));
}

// CPU microseconds of one piece of work after another.
class Times {
 public:
  template <class Work>
  void take(Work work) {
    micros_.push_back(1e6 * bench::cost_of(work).cpu);
  }
  std::string to_json(const std::string& size, const std::string& what, size_t definitions,
                      bool equal) {
    std::sort(micros_.begin(), micros_.end());
    const auto at = [&](size_t percent) { return micros_[(micros_.size() - 1) * percent / 100]; };
    return fmt::format(
        R"({{"bench":"one-customer-starter","size":"{}","what":"{}","definitions":{},"customers":{},)"
        R"("cpu_us_p50":{:.1f},"cpu_us_p99":{:.1f},"cpu_us_most":{:.1f},"equal":{}}})",
        size, what, definitions, micros_.size(), at(50), at(99), micros_.back(), equal);
  }

 private:
  std::vector<double> micros_;
};

class Measured {
 public:
  explicit Measured(app::ProjectShop& shop)
      : asking_(shop.asking()), history_(shop.history()), zone_(shop.zone()), t_(shop.as_of()) {
    std::vector<evaluate::ExpressionPtr> trees;
    for (const definitions::LinkedDefinition& one : shop.linked().segments()) {
      trees.push_back(one.compiled.expression);
    }
    trees_ = must(segments::bound_at(asking_, trees, t_));
    for (size_t i = 0; i < trees_.size(); ++i) {
      definitions_.push_back({"s" + std::to_string(i), trees_[i]});
    }
    options_.given = asking_.given;
  }

  bool run_one(const std::string& size) {
    const evaluate::Schema schema =
        asking_.schema.events.empty() ? evaluate::schema_of(history_) : asking_.schema;
    const evaluate::Plan plan = must(evaluate::Plan::compile(schema, definitions_, zone_));
    Times times;
    bool equal = true;
    for (CustomerNumber c = 0; c < history_.customers(); ++c) {
      evaluate::Answers answers;
      times.take([&] { answers = must(plan.run_one(history_, c, t_, options_)); });
      for (size_t i = 0; c % 20 == 0 && i < trees_.size(); ++i) {
        const auto value = must(evaluate::evaluate_reference(*trees_[i], question(c)));
        const bool is_true = value.known && value.number != 0;
        equal = equal && is_true == answers.columns[i].is_true(0);
      }
    }
    fmt::print("{}\n", times.to_json(size, "run_one", trees_.size(), equal));
    return equal;
  }

  bool next_change(const std::string& size) {
    Times times;
    bool equal = true;
    for (CustomerNumber c = 0; c < history_.customers(); ++c) {
      std::optional<Instant> next;
      times.take([&] { next = must(evaluate::next_change(trees_, question(c))); });
      evaluate::Question just_before = question(c);
      just_before.as_of = next ? *next - microseconds(1) : t_;
      for (size_t i = 0; c % 20 == 0 && i < trees_.size(); ++i) {
        equal = equal && must(evaluate::evaluate_reference(*trees_[i], question(c))) ==
                             must(evaluate::evaluate_reference(*trees_[i], just_before));
      }
    }
    fmt::print("{}\n", times.to_json(size, "next_change", trees_.size(), equal));
    return equal;
  }

  bool timeline(const std::string& size) {
    Times times;
    bool equal = true;
    for (CustomerNumber c = 0; c < history_.customers(); c += 5) {
      std::vector<std::vector<evaluate::ValueFrom>> lines;
      times.take([&] {
        for (const auto& tree : trees_) {
          lines.push_back(must(evaluate::timeline(tree, question(c), t_ - days(90), t_)));
        }
      });
      for (size_t i = 0; c % 100 == 0 && i < lines.size(); ++i) {
        equal = equal && follows(*trees_[i], c, lines[i]);
      }
    }
    fmt::print("{}\n", times.to_json(size, "timeline over 90 days", trees_.size(), equal));
    return equal;
  }

 private:
  evaluate::Question question(CustomerNumber c) const {
    return {&history_, c, t_, &zone_, asking_.given};
  }

  // Whether the reference says the same at every noon and midnight or so.
  bool follows(const evaluate::Expression& tree, CustomerNumber c,
               const std::vector<evaluate::ValueFrom>& line) const {
    evaluate::Question then = question(c);
    size_t i = 0;
    for (then.as_of = t_ - days(90); then.as_of <= t_; then.as_of = then.as_of + hours(12)) {
      while (i + 1 < line.size() && line[i + 1].at <= then.as_of) ++i;
      if (!(must(evaluate::evaluate_reference(tree, then)) == line[i].value)) return false;
    }
    return true;
  }

  segments::Asking asking_;
  const History& history_;
  const Zone& zone_;
  Instant t_;
  std::vector<evaluate::ExpressionPtr> trees_;
  std::vector<evaluate::Definition> definitions_;
  evaluate::RunOptions options_;
};

int run(bool full) {
  const std::string folder =
      (std::filesystem::temp_directory_path() / "regulars-bench-one-customer").string();
  const std::string size = full ? "full" : "small";
  bool equal = true;
  {
    const std::unique_ptr<app::ProjectShop> shop = starter_shop(folder, full ? 6'000 : 600);
    Measured measured(*shop);
    equal = measured.run_one(size) && equal;
    equal = measured.next_change(size) && equal;
    equal = measured.timeline(size) && equal;
  }
  std::filesystem::remove_all(folder);
  return equal ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string size = bench::size_argument(count, arguments);
  return size.empty() ? 2 : run(size == "full");
}
