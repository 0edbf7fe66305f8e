#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <regex>
#include <string>

#include "report/page/assets.h"

// Contrast of both palettes by WCAG 2.1: text 4.5, graphics 3.
namespace regulars::report {
namespace {

using Palette = std::map<std::string, std::string>;

// Variables of the light scheme, then of the dark one.
Palette palette(bool dark) {
  const std::string style(style_sheet());
  const size_t split = style.find("prefers-color-scheme:dark") != std::string::npos
                           ? style.find("prefers-color-scheme:dark")
                           : style.find("prefers-color-scheme: dark");
  EXPECT_NE(split, std::string::npos);
  const std::string part =
      dark ? style.substr(split, style.find("}}", split) - split) : style.substr(0, split);
  Palette colours;
  const std::regex variable("--([a-z0-9-]+):\\s*#([0-9a-fA-F]{3,6})\\b");
  for (std::sregex_iterator it(part.begin(), part.end(), variable), end; it != end; ++it) {
    std::string hex = (*it)[2];
    if (hex.size() == 3) hex = {hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]};
    colours[(*it)[1]] = hex;
  }
  return colours;
}

double luminance(const std::string& hex) {
  const double weights[] = {0.2126, 0.7152, 0.0722};
  double sum = 0;
  for (size_t i = 0; i < 3; ++i) {
    const double c = std::stoi(hex.substr(2 * i, 2), nullptr, 16) / 255.0;
    sum += weights[i] * (c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double contrast(const std::string& a, const std::string& b) {
  const double x = luminance(a);
  const double y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

class Style : public ::testing::TestWithParam<bool> {};

TEST_P(Style, TextCanBeRead) {
  const Palette colours = palette(GetParam());
  for (const char* ground : {"ground", "panel"}) {
    for (const char* ink : {"ink", "ink-soft", "accent", "warn"}) {
      EXPECT_GE(contrast(colours.at(ink), colours.at(ground)), 4.5) << ink << " on " << ground;
    }
  }
  for (int step = 0; step <= 6; ++step) {
    const std::string n = std::to_string(step);
    EXPECT_GE(contrast(colours.at("on-step-" + n), colours.at("step-" + n)), 4.5) << "step " << n;
  }
}

TEST_P(Style, GraphicsCanBeSeen) {
  const Palette colours = palette(GetParam());
  for (const char* mark : {"accent", "quiet", "warn", "step-edge"}) {
    EXPECT_GE(contrast(colours.at(mark), colours.at("ground")), 3) << mark;
  }
}

INSTANTIATE_TEST_SUITE_P(BothSchemes, Style, ::testing::Bool());

}  // namespace
}  // namespace regulars::report
