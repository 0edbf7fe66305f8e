// A small shop made by hand, with every part of an AnalysisView filled in, for the tests of the
// reports. Its figures are those of a real gift shop; its twelve customers carry the nastiest ids.
#pragma once

#include <memory>

#include "report/analysis_view.h"

namespace regulars::report {

struct TestShop {
  History history;
  segments::CustomerFacts facts;
  AnalysisView view;  // points into the two above
};
std::unique_ptr<TestShop> make_test_shop();

// The same shop after a fortnight: nothing can be tested, nobody is late, no products.
std::unique_ptr<TestShop> make_young_shop();

}  // namespace regulars::report
