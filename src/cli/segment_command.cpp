#include <memory>
#include <string>
#include <vector>

#include "app/frozen_words.h"
#include "app/segment_verbs.h"
#include "base/clock.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/project_options.h"

namespace regulars::cli {
namespace {

struct Arguments : ProjectArguments {
  std::vector<std::string> names;
  std::string name, rule, customer;
  app::CustomersQuestion customers;
  app::HistoryQuestion history;
  app::FreezeQuestion freeze;
  std::string purpose = "marketing";
  std::string channel;
};
using ArgumentsPtr = std::shared_ptr<Arguments>;
using Answer = std::function<Result<app::Listing>(app::ProjectShop&)>;

class Verbs {
 public:
  Verbs(CLI::App& group, Outcome& outcome) : group_(group), outcome_(outcome) {}

  void list() {
    CLI::App* verb = add("list", "every segment with its size");
    finish(verb, [](app::ProjectShop& shop) { return app::list_segments(shop); });
  }
  void show() {
    CLI::App* verb = add("show", "one segment: rule, reason, action, size");
    name(verb);
    finish(verb,
           [a = current_](app::ProjectShop& shop) { return app::show_segment(shop, a->name); });
  }
  void customers() {
    CLI::App* verb = add("customers", "the customers in a segment");
    verb->add_option("segment", current_->customers.segment, "its name, or a rule")
        ->required()
        ->type_name("SEGMENT");
    verb->add_option("--purpose", current_->customers.purpose,
                     "only those who consent to it, e.g. marketing")
        ->type_name("PURPOSE");
    verb->add_option("--channel", current_->customers.channel, "the channel it goes through")
        ->type_name("CHANNEL");
    verb->add_option("--columns", current_->customers.columns,
                     "features or formulas to show beside the id")
        ->type_name("EXPR");
    verb->add_option("--most", current_->customers.most, "at most so many")->type_name("N");
    finish(verb, [a = current_](app::ProjectShop& shop) {
      return app::segment_customers(shop, a->customers);
    });
  }
  void size() {
    CLI::App* verb = add("size", "how many customers, of some segments or of all");
    names(verb);
    finish(verb,
           [a = current_](app::ProjectShop& shop) { return app::segment_sizes(shop, a->names); });
  }
  void overlap() {
    CLI::App* verb = add("overlap", "which segments share customers");
    names(verb);
    finish(verb,
           [a = current_](app::ProjectShop& shop) { return app::segment_overlap(shop, a->names); });
  }
  void explain() {
    CLI::App* verb = add("explain", "why a customer is in a segment or not");
    verb->add_option("segment", current_->name, "its name, or a rule")
        ->required()
        ->type_name("SEGMENT");
    verb->add_option("customer", current_->customer, "the customer's id")
        ->required()
        ->type_name("CUSTOMER");
    verb->callback([a = current_, &outcome = outcome_] {
      outcome.exit_code = with_shop(*a, [&](app::ProjectShop& shop) {
        return app::explain_segment(shop, a->name, a->customer, format_of(*a), width());
      });
    });
  }
  void diff() {
    CLI::App* verb = add("diff", "who enters and who leaves when the rule is changed");
    name(verb);
    verb->add_option("rule", current_->rule, "the new rule, or @FILE")
        ->required()
        ->type_name("RULE");
    finish(verb, [a = current_](app::ProjectShop& shop) {
      return app::segment_diff(shop, a->name, a->rule, real_files());
    });
  }
  void history() {
    CLI::App* verb = add("history", "size, entered and left over a past period");
    verb->add_option("segment", current_->history.segment, "its name, or a rule")
        ->required()
        ->type_name("SEGMENT");
    verb->add_option("--from", current_->history.from, "first day")->type_name("DATE");
    verb->add_option("--to", current_->history.to, "last day")->type_name("DATE");
    verb->add_option("--step", current_->history.step, "day, week, month, quarter or year")
        ->capture_default_str();
    finish(verb, [a = current_](app::ProjectShop& shop) {
      return app::segment_history(shop, a->history);
    });
  }
  void freeze() {
    CLI::App* verb = add("freeze", "keep the cut points of a segmentation as they are");
    verb->add_option("segmentation", current_->freeze.word, "life_cycle, rfm_class or value_tier")
        ->required()
        ->type_name("WORD");
    CLI::Option* refresh =
        verb->add_flag("--refresh", current_->freeze.refresh, "measure anew although it is frozen");
    verb->add_flag("--release", current_->freeze.release, "let the cuts move again")
        ->excludes(refresh);
    verb->add_flag("--dry-run", current_->freeze.dry_run, "only say who would move");
    finish(verb, [a = current_](app::ProjectShop& shop) {
      return app::freeze_word(shop, a->freeze, real_files(), system_clock());
    });
  }
  void preview() {
    CLI::App* verb = add("preview", "whom an action would reach, by consent and channel");
    verb->add_option("segment", current_->name, "its name, or a rule")
        ->required()
        ->type_name("SEGMENT");
    verb->add_option("--purpose", current_->purpose, "what for")->capture_default_str();
    verb->add_option("--channel", current_->channel, "one channel (default: all)")
        ->type_name("CHANNEL");
    finish(verb, [a = current_](app::ProjectShop& shop) {
      return app::segment_preview(shop, a->name, a->purpose, a->channel);
    });
  }

 private:
  CLI::App* add(const std::string& verb, const std::string& what) {
    current_ = std::make_shared<Arguments>();
    CLI::App* command = group_.add_subcommand(verb, what);
    add_project_options(*command, *current_);
    add_format_options(*command, *current_);
    return command;
  }
  void name(CLI::App* verb) {
    verb->add_option("segment", current_->name, "its name")->required()->type_name("SEGMENT");
  }
  void names(CLI::App* verb) {
    verb->add_option("segments", current_->names, "names (default: all)")->type_name("SEGMENT");
  }
  void finish(CLI::App* verb, const Answer& answer) {
    verb->callback([a = current_, answer, &outcome = outcome_] {
      outcome.exit_code = list_with_shop(*a, answer);
    });
  }

  CLI::App& group_;
  Outcome& outcome_;
  ArgumentsPtr current_;
};

}  // namespace

void add_segment(CLI::App& app, Outcome& outcome) {
  CLI::App* group = app.add_subcommand("segment", "look at segments, explain and compare them");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  regulars segment list shop\n"
      "  regulars segment explain shop valuable_and_slipping C000042\n"
      "  regulars segment diff shop regulars_in_rhythm 'count(purchase) over last 1 year >= 8'\n"
      "  regulars segment customers shop second_order_due --purpose marketing --format csv");
  Verbs verbs(*group, outcome);
  verbs.list();
  verbs.show();
  verbs.customers();
  verbs.size();
  verbs.overlap();
  verbs.explain();
  verbs.diff();
  verbs.history();
  verbs.preview();
  verbs.freeze();
}

}  // namespace regulars::cli
