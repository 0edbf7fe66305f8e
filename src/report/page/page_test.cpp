#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "report/html.h"
#include "report/test_view.h"

namespace regulars::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The page without its script and style sheet: what a reader gets.
std::string body_of(const std::string& html) {
  const size_t begin = html.find("<body>");
  const size_t end = html.find("<script type=\"application/json\"");
  return html.substr(begin, end - begin);
}

std::string between(const std::string& html, const std::string& begin, const std::string& end) {
  const size_t from = html.find(begin) + begin.size();
  return html.substr(from, html.find(end, from) - from);
}

std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), expression), end; it != end; ++it) {
    found.push_back((*it)[1]);
  }
  return found;
}

TEST(Page, HasEverySectionInOrder) {
  const auto shop = make_test_shop();
  const std::string body = body_of(html_report(shop->view));
  size_t at = body.find("<main>");
  for (const char* title :
       {"In one minute", "Is this my data?", "What your data can answer", "Headline", "Who pays",
        "Life cycle", "RFM", "Where the two disagree", "Late by their own clock",
        "The second order", "Cohorts", "Rhythm", "Products", "Country, store, channel, customers",
        "What to do next", "Data quality", "Method"}) {
    const size_t found = body.find(std::string(">") + title + "</h2>", at);
    ASSERT_NE(found, std::string::npos) << title;
    at = found;
  }
}

TEST(Page, SaysItsFixedSentences) {
  const auto shop = make_test_shop();
  const std::string body = body_of(html_report(shop->view));
  for (const char* sentence :
       {"As of 9 Dec 2011, 23:59 UTC. Nothing after that was seen.",
        "If net per month differs from your books, stop here and tell us the column.",
        "Add <code class=\"option\">discount</code> to see price sensitivity.",
        "A class name is a description of silence, not a verdict.",
        "RFM ranks customers against each other: a fifth is always at the bottom.",
        "People who buy more are different people: moving someone up the ladder is not proven to "
        "change him.",
        "This list is too small to learn from: pool it over several months, or do it on faith and "
        "say so.",
        "give <code class=\"option\">--margin 40%</code>", "541,909",
        "8,911,407.904 before each line was rounded to 2 digits", "bought in the last 11 days",
        "not really new", "one order brings most of it", "too few for a test",
        "Norway, Gifts &amp; cards",
        "Personal data: this page shows 8 ids of customers who are late"}) {
    EXPECT_THAT(body, HasSubstr(sentence));
  }
}

TEST(Page, YoungShopSaysWhatIsMissing) {
  const auto shop = make_young_shop();
  const std::string body = body_of(html_report(shop->view));
  for (const char* sentence :
       {"Too short to test: only 14 days of data.",
        "No repeat buyer is silent for longer than usual.",
        "The file is too short to follow groups of customers over time.",
        "The file names no products.",
        "The file names no country, store or channel, and no facts about customers.",
        "No list is worth an action yet", "Nothing out of the ordinary was found in the file."}) {
    EXPECT_THAT(body, HasSubstr(sentence));
  }
}

TEST(Page, EscapesWhatStandsInTheFile) {
  const auto shop = make_test_shop();
  const std::string html = html_report(shop->view);
  const std::string body = body_of(html);
  EXPECT_THAT(body, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(body, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(body, HasSubstr("A&amp;B &quot;x&quot; 9"));
  EXPECT_THAT(body, Not(HasSubstr("<i>Eire")));
  EXPECT_THAT(body, HasSubstr("CAKE &lt;STAND&gt; &amp; &quot;JAR&quot;"));
  EXPECT_THAT(body, HasSubstr("name says stock; &lt;b&gt;codes&lt;/b&gt;"));
}

TEST(Page, ShowsNoContactData) {
  const auto shop = make_test_shop();
  shop->view.notices[0].text = "GUEST and shop@example.org stand for nobody";
  shop->view.intake.rejects[0].reason = "'bob@example.org' is not a number";
  std::string html = html_report(shop->view);
  EXPECT_THAT(html, Not(HasSubstr("@example.org")));
  EXPECT_THAT(html, HasSubstr("[an e-mail address]"));
  EXPECT_THAT(html, HasSubstr("no. 7"));
  EXPECT_THAT(html, Not(HasSubstr("536365")));  // the text of a rejected row
  shop->view.show_contacts = true;
  EXPECT_THAT(html_report(shop->view), HasSubstr("anna@example.org"));
}

TEST(Page, LoadsNothing) {
  const auto shop = make_test_shop();
  const std::string html = html_report(shop->view);
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  const std::regex loads(R"((src|href|action|srcset|poster|data)\s*=\s*["']?\s*(https?:)?//)");
  EXPECT_FALSE(std::regex_search(body_of(html), loads));
  const std::string style = between(html, "<style>", "</style>");
  EXPECT_THAT(style, Not(HasSubstr("@import")));
  EXPECT_THAT(style, Not(HasSubstr("url(")));
  for (const std::string& link : matches(body_of(html), "<a [^>]*href=\"([^\"]*)\"")) {
    EXPECT_TRUE(link.starts_with('#') || link.starts_with("lists/")) << link;
  }
  EXPECT_LT(html.size(), 1U << 20);
}

TEST(Page, ChartDataIsJsonAndEveryChartIsDrawn) {
  const auto shop = make_test_shop();
  const std::string html = html_report(shop->view);
  const std::string data = between(html, "id=\"chart-data\">", "</script>");
  EXPECT_THAT(data, Not(HasSubstr("<")));
  const nlohmann::json charts = nlohmann::json::parse(data);
  const std::vector<std::string> drawn = matches(html, "data-chart=\"([^\"]*)\"");
  EXPECT_EQ(drawn.size(), charts.size());
  EXPECT_GE(drawn.size(), 9U);
  const std::set<std::string> kinds = {"bars", "lines", "heat", "matrix", "sankey"};
  for (const std::string& key : drawn) {
    EXPECT_EQ(kinds.count(charts.at(key).at("kind").get<std::string>()), 1U) << key;
  }
}

TEST(Page, ChartsHaveWordsAndTables) {
  const auto shop = make_test_shop();
  const std::string body = body_of(html_report(shop->view));
  for (const std::string& figure : matches(body, "<figure>([\\s\\S]*?)</figure>")) {
    EXPECT_THAT(figure, HasSubstr("<figcaption"));
    EXPECT_THAT(figure, HasSubstr("role=\"img\" aria-labelledby=\"caption-"));
    EXPECT_THAT(figure, HasSubstr("<details"));
    EXPECT_THAT(figure, HasSubstr("<table"));
  }
}

TEST(Page, LinksLeadSomewhereAndNamesAreUnique) {
  const auto shop = make_test_shop();
  const std::string body = body_of(html_report(shop->view));
  const std::vector<std::string> ids = matches(body, " id=\"([^\"]*)\"");
  const std::set<std::string> unique(ids.begin(), ids.end());
  EXPECT_EQ(unique.size(), ids.size());
  for (const std::string& target : matches(body, "href=\"#([^\"]*)\"")) {
    EXPECT_EQ(unique.count(target), 1U) << target;
  }
}

TEST(Page, EveryElementIsClosed) {
  const auto shop = make_test_shop();
  const std::string body = body_of(html_report(shop->view));
  const std::set<std::string> empty = {"br", "line", "meta"};
  std::vector<std::string> open;
  const std::regex element(R"(<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>)");
  for (std::sregex_iterator it(body.begin(), body.end(), element), end; it != end; ++it) {
    const std::string name = (*it)[2];
    if (empty.count(name) > 0 || (*it)[3].length() > 0) continue;
    if ((*it)[1].length() == 0) {
      open.push_back(name);
      continue;
    }
    ASSERT_FALSE(open.empty()) << name;
    ASSERT_EQ(open.back(), name) << "near " << body.substr(static_cast<size_t>(it->position()), 80);
    open.pop_back();
  }
  EXPECT_THAT(open, ::testing::ElementsAre("body"));
}

}  // namespace
}  // namespace regulars::report
