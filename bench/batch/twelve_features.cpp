// The set of b2: what a shop's first twenty segments look like.
#include "batch/questions.h"

namespace regulars::bench {

Questions twelve_features() {
  const Feature purchases_30{Fold::kCount, kPurchase, 30};
  const Feature purchases_90{Fold::kCount, kPurchase, 90};
  const Feature purchases_365{Fold::kCount, kPurchase, 365};
  const Feature spent_90{Fold::kSum, kPurchase, 90};
  const Feature spent_180{Fold::kSum, kPurchase, 180};
  const Feature spent_before{Fold::kSum, kPurchase, 360, 180};
  const Feature largest_365{Fold::kMax, kPurchase, 365};
  const Feature last_purchase{Fold::kLast, kPurchase};
  const Feature visits_7{Fold::kCount, kVisit, 7};
  const Feature visits_90{Fold::kCount, kVisit, 90};
  const Feature clicks_c3_60{Fold::kCount, kClick, 60, 0, in_category(3)};
  const Feature refunds_180{Fold::kCount, kRefund, 180};

  Questions q(/*features_are_answers=*/false);
  q.segment(q.compare(purchases_30, ">=", 1));
  q.segment(q.compare(purchases_90, ">=", 3));
  q.segment(q.compare(purchases_365, ">=", 6));
  q.segment(q.compare(purchases_365, "=", 0));
  q.segment(q.compare(purchases_365, "<=", 2));
  q.segment(q.compare(spent_90, ">=", 100'00));
  q.segment(q.compare(spent_180, ">=", 500'00));
  q.segment(q.compare(2, spent_180, "<", 1, spent_before));
  q.segment(q.compare(1, spent_180, ">", 2, spent_before));
  q.segment(q.compare(largest_365, ">=", 400'00));
  q.segment(q.compare(2, largest_365, ">=", 1, spent_180));
  q.segment(q.older_than(last_purchase, 60));
  q.segment(q.older_than(last_purchase, 180));
  q.segment(both(q.compare(visits_90, ">=", 5), q.compare(purchases_90, "=", 0)));
  q.segment(q.compare(visits_7, ">=", 2));
  q.segment(q.compare(clicks_c3_60, ">=", 2));
  q.segment(q.compare(3, refunds_180, ">", 1, purchases_365));
  q.segment(both(q.compare(refunds_180, "=", 0), q.compare(purchases_365, ">=", 1)));
  q.segment(both(q.compare(spent_before, ">=", 200'00), q.compare(spent_180, "=", 0)));
  q.segment(both(both(q.compare(purchases_90, ">=", 3), q.compare(spent_90, ">=", 150'00)),
                 either(q.compare(visits_7, ">=", 1), negated(q.older_than(last_purchase, 14)))));
  return q;
}

}  // namespace regulars::bench
