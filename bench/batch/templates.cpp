// Segments from templates, as many as are wanted: the shapes that shops write, with windows, types,
// categories and thresholds drawn from a seed.
#include "base/random.h"
#include "batch/questions.h"

namespace regulars::bench {
namespace {

class Templates {
 public:
  Templates(Questions& questions, uint64_t seed) : questions_(questions), random_(seed) {}

  Said draw(size_t number) {
    constexpr size_t kTemplates = 10;
    switch (number % kTemplates) {
      case 0:
        return rfm();
      case 1:
        return recency_band();
      case 2:
        return both(frequency(), frequency());
      case 3:
        return spend_tier();
      case 4:
        return both(variety(), frequency());
      case 5:
        return two_windows();
      case 6:
        return newcomer();
      case 7:
        return both(one_large(), frequency());
      case 8:
        return either(both(frequency(), negated(spend_tier())), recency_band());
      default:
        return both(fan(), negated(either(frequency(), fan())));
    }
  }

 private:
  int amount(int least, int most) {
    return least + static_cast<int>(random_.below(most - least + 1));
  }
  // Of 4 to 546 days.
  int window() { return amount(2, 273) * 2; }
  EventType random_type() { return static_cast<EventType>(random_.below(kEventTypes)); }

  Said rfm() {
    return both(both(questions_.compare({Fold::kCount, kPurchase, window()}, ">=", amount(1, 4)),
                     questions_.compare({Fold::kSum, kPurchase, window()},
                                        ">=", int64_t{amount(2, 30)} * 10'00)),
                negated(questions_.older_than({Fold::kLast, kPurchase}, amount(7, 120))));
  }

  Said recency_band() {
    const Feature last{Fold::kLast, random_type(), 0, 0, in_category(amount(0, kCategories - 1))};
    const int begin = amount(10, 120);
    return both(questions_.older_than(last, begin),
                negated(questions_.older_than(last, begin + amount(20, 200))));
  }

  Said frequency() {
    return questions_.compare({Fold::kCount, random_type(), window()}, ">=", amount(1, 8));
  }

  Said variety() {
    return questions_.compare({Fold::kDistinct, random_type(), window()}, ">=", amount(2, 6));
  }

  Said spend_tier() {
    const Feature spent{Fold::kSum, kPurchase, window(), 0,
                        random_.chance(0.5) ? EventTest{} : amount_at_least(amount(1, 5) * 10'00)};
    const int64_t least = int64_t{amount(1, 40)} * 10'00;
    return both(questions_.compare(spent, ">=", least),
                questions_.compare(spent, "<", least * amount(2, 5)));
  }

  Said two_windows() {
    const int days_long = window() / 2 + 3;
    const Fold fold = random_.chance(0.5) ? Fold::kSum : Fold::kCount;
    const EventType type = fold == Fold::kSum ? kPurchase : random_type();
    return questions_.compare(amount(1, 3), {fold, type, days_long}, "<", amount(1, 3),
                              {fold, type, 2 * days_long, days_long});
  }

  Said newcomer() {
    const EventType type = random_type();
    return both(negated(questions_.older_than({Fold::kFirst, type}, amount(30, 300))),
                questions_.compare({Fold::kCount, type, window()}, ">=", amount(1, 3)));
  }

  Said one_large() {
    const Fold fold = random_.chance(0.7) ? Fold::kMax : Fold::kMin;
    return questions_.compare({fold, random_.chance(0.5) ? kPurchase : kRefund, window()},
                              ">=", int64_t{amount(2, 45)} * 10'00);
  }

  Said fan() {
    const EventTest test =
        random_.chance(0.5) ? in_category(amount(0, kCategories - 1)) : in_store(amount(0, 9));
    return questions_.compare({Fold::kCount, random_type(), window(), 0, test}, ">=", amount(1, 3));
  }

  Questions& questions_;
  Random random_;
};

}  // namespace

Questions from_templates(size_t segments, uint64_t seed) {
  Questions questions(/*features_are_answers=*/false);
  Templates templates(questions, seed);
  for (size_t i = 0; i < segments; ++i) questions.segment(templates.draw(i));
  return questions;
}

}  // namespace regulars::bench
