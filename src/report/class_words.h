// What a class means and what to do about it, in words (practice D3).
#pragma once

#include <string_view>

namespace regulars::report {

struct RfmWords {
  std::string_view name;
  std::string_view who;
  std::string_view step;  // suggested next step, with its reason
  std::string_view do_not;
  std::string_view measure;
};
const RfmWords* rfm_words(std::string_view class_name);  // nullptr for a class of one's own

struct LifeCycleWords {
  std::string_view name;
  std::string_view says;
  std::string_view step;
  std::string_view caveat;
};
const LifeCycleWords* life_cycle_words(std::string_view class_name);

}  // namespace regulars::report
