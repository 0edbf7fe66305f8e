// What rules mean, asked of the four customers of the example shop at the end of June 2025:
// a buys monthly, b once, c's only purchase was undone, d never bought.
#include <gtest/gtest.h>

#include "example_shop.h"
#include "language/compile.h"
#include "language/parse.h"

namespace regulars::language {
namespace {

Result<Compiled> compiled(std::string_view rule) {
  const Result<NodePtr> tree = parse(rule);
  if (!tree) return tree.error();
  return compile(**tree, rule, example_shop().scope);
}

std::string value_of(const evaluate::AnswerColumn& column, size_t customer) {
  if (column.known[customer] == 0) return "?";
  switch (column.type) {
    case ValueType::kBoolean:
      return column.flags[customer] != 0 ? "yes" : "no";
    case ValueType::kText:
      return std::string(column.dictionary->text(column.codes[customer]));
    case ValueType::kReal: {
      std::string text = std::to_string(column.reals[customer]);
      return text.substr(0, text.find('.') + 3);
    }
    case ValueType::kDecimal:
      return Decimal{column.numbers[customer], column.scale}.to_string();
    case ValueType::kDay:
      return to_iso(Day{static_cast<int32_t>(column.numbers[customer])});
    case ValueType::kInstant:
      return to_iso(Instant{column.numbers[customer]});
    default:
      return std::to_string(column.numbers[customer]);
  }
}

// The answers for a, b, c and d.
std::string answers(std::string_view rule) {
  const ExampleShop& shop = example_shop();
  const Result<Compiled> tree = compiled(rule);
  if (!tree) return tree.error().to_string();
  const auto plan =
      evaluate::Plan::compile(shop.scope.schema, {{"x", tree->expression}}, Zone::utc());
  if (!plan) return plan.error().to_string();
  const auto found = plan->run(shop.history, std::vector<Instant>{shop.as_of}, {});
  if (!found) return found.error().to_string();
  std::string all;
  for (size_t c = 0; c < 4; ++c) {
    all += (c > 0 ? " " : "") + value_of(found->front().columns[0], c);
  }
  return all;
}

TEST(Meaning, PurchasesAreThoseThatStand) {
  EXPECT_EQ(answers("count(purchase)"), "5 1 0 0");
  EXPECT_EQ(answers("count(purchase) at '2025-06-15'"), "4 1 1 0");
  EXPECT_EQ(answers("sum(purchase.amount)"), "185.00 25.00 40.00 0.00");
  // Less the linked refund of c, and the one of a that points at nothing.
  EXPECT_EQ(answers("sum(purchase.net)"), "180.00 25.00 40.00 0.00");
  EXPECT_EQ(answers("sum(purchase.net where channel = 'web')"), "160.00 0.00 40.00 0.00");
  EXPECT_EQ(answers("last(purchase.channel)"), "web store ? ?");
}

TEST(Meaning, Items) {
  EXPECT_EQ(answers("count(item)"), "9 1 0 0");
  EXPECT_EQ(answers("count(item where category = 'coffee')"), "4 0 0 0");
  EXPECT_EQ(answers("sum(item.amount where category = 'coffee')"), "60.00 0.00 0.00 0.00");
  EXPECT_EQ(answers("count(distinct item.category)"), "2 1 0 0");
  EXPECT_EQ(answers("share(item.amount where product.eco)"), "0.32 0.00 ? ?");
  EXPECT_EQ(answers("count(purchase where any item (category = 'coffee' and quantity = 1))"),
            "0 0 0 0");
  EXPECT_EQ(answers("count(purchase where all item (category = 'kitchen'))"), "1 1 0 0");
  EXPECT_EQ(answers("max(product.days_since_launch)"), "171 151 ? ?");
  EXPECT_EQ(answers("favourite(item.category, item.amount)"), "kitchen kitchen ? ?");
}

TEST(Meaning, OrdersOfItemsArePurchases) {
  EXPECT_EQ(answers("count(distinct item.order)"), answers("count(purchase)"));
  EXPECT_EQ(answers("count(distinct item.order where category = 'coffee' and quantity >= 2)"),
            answers("count(purchase where any item (category = 'coffee' and quantity >= 2))"));
  EXPECT_EQ(answers("count(distinct item.order where category = 'coffee') over last 30 days"),
            answers("count(purchase where any item (category = 'coffee')) over last 30 days"));
}

TEST(Meaning, ValuesOfAnIfAreOfOneKind) {
  EXPECT_EQ(answers("if count(purchase) >= 2 then days_since(last(purchase)) else unknown"),
            "9 ? ? ?");
  EXPECT_EQ(answers("if count(purchase) = 1 then 400 else days_since(last(purchase))"),
            "9 400 ? ?");
  EXPECT_FALSE(compiled("if country = 'GB' then days_since(last(purchase)) else count(purchase)"));
}

TEST(Meaning, SpansTakeTheirEdges) {
  EXPECT_EQ(answers("count(purchase) over from '2025-06-01' to '2025-06-21'"), "1 1 0 0");
  EXPECT_EQ(answers("count(purchase) over from '2025-06-02' to '2025-06-20'"), "0 0 0 0");
  EXPECT_EQ(answers("count(purchase) over this month"), "1 1 0 0");
  EXPECT_EQ(answers("count(purchase) over past 3 months"), "3 0 0 0");
  EXPECT_EQ(answers("count(purchase) over last month"), "1 0 0 0");
  EXPECT_EQ(answers("count(purchase) over 90 to 30 days ago"), "2 0 0 0");
  EXPECT_EQ(answers("count(purchase) over last 4 months"), "4 1 0 0");
}

TEST(Meaning, DatesAndDays) {
  EXPECT_EQ(answers("last(purchase) <= '2025-06-21'"), "yes yes ? ?");
  EXPECT_EQ(answers("last(purchase) < '2025-06-21'"), "no yes ? ?");
  EXPECT_EQ(answers("last(purchase) = '2025-06-01'"), "no yes ? ?");
  EXPECT_EQ(answers("days_since(last(purchase))"), "9 29 ? ?");
  EXPECT_EQ(answers("now - last(purchase) > 20 days"), "no yes ? ?");
  EXPECT_EQ(answers("day(last(purchase))"), "2025-06-21 2025-06-01 ? ?");
  EXPECT_EQ(answers("age(birth_date)"), "34 25 ? ?");
  EXPECT_EQ(answers("birthday within next 5 days"), "yes no ? ?");
  EXPECT_EQ(answers("birthday within next 4 days"), "no no ? ?");
}

TEST(Meaning, Attributes) {
  EXPECT_EQ(answers("country"), "GB DE ? FR");
  EXPECT_EQ(answers("country at '2025-05-31'"), "GB GB ? ?");
  EXPECT_EQ(answers("not country = 'GB'"), "no yes ? yes");
  EXPECT_EQ(answers("(country = 'GB') is true"), "yes no no no");
  EXPECT_EQ(answers("interests has any ('tea', 'vegan')"), "yes yes ? ?");
  EXPECT_EQ(answers("size(interests)"), "2 1 ? ?");
  EXPECT_EQ(answers("fold(city)"), "leeds munchen ? ?");
  EXPECT_EQ(answers("version_compare(app_version, '2.9')"), "0 ? ? 1");
  EXPECT_EQ(answers("distance(home, store('Leeds')) <= 2 km"), "yes no ? ?");
  EXPECT_EQ(answers("customer in staff"), "no no no yes");
}

TEST(Meaning, ConsentEndsAndObjectionWins) {
  EXPECT_EQ(answers("consents(email, marketing)"), "yes no no no");
  EXPECT_EQ(answers("consents(email, marketing) at '2025-06-14'"), "yes yes no no");
  EXPECT_EQ(answers("consents(email, marketing) at '2025-01-31'"), "yes yes yes no");
  EXPECT_EQ(answers("consent_state(email, marketing)"), "granted expired objected never asked");
  EXPECT_EQ(answers("consents(email, research)"), "no no no no");
}

TEST(Meaning, Households) {
  EXPECT_EQ(answers("household.size"), "2 2 1 1");
  EXPECT_EQ(answers("household.count(purchase)"), "6 6 0 0");
  EXPECT_EQ(answers("any member of household (count(visit) >= 1)"), "yes yes no yes");
}

TEST(Meaning, Rhythm) {
  EXPECT_EQ(answers("typical_gap(purchase)"), "35.00 ? ? ?");
  EXPECT_EQ(answers("streak(purchase, month)"), "4 1 0 0");
  EXPECT_EQ(answers("regular(purchase, 3, 4 months)"), "yes no no no");
  EXPECT_EQ(answers("stopped(purchase, 20 days)"), "no yes no no");
  EXPECT_EQ(answers("returned(purchase, 60 days) over last 120 days"), "yes no no no");
  EXPECT_EQ(answers("spaced_count(purchase, 40 days)"), "3 1 0 0");
  EXPECT_EQ(answers("trend(count(purchase) over last 90 days)"), "up up level level");
}

TEST(Meaning, Program) {
  EXPECT_EQ(answers("points_balance"), "120 ? ? ?");
  EXPECT_EQ(answers("points_expiring within 14 days"), "yes no no no");
  EXPECT_EQ(answers("points_expiring within 5 days"), "no no no no");
  // A statement with a balance supersedes those before it: its expiry is for all her points.
  EXPECT_EQ(answers("(points_expiring within 14 days) at '2025-06-28'"), "yes no no no");
  EXPECT_EQ(answers("(points_expiring within 14 days) at '2025-06-20'"), "yes no no no");
  EXPECT_EQ(answers("points_expiring within 3 days"), "no no no no") << "superseded on 22 June";
  EXPECT_EQ(answers("tier"), "gold silver ? ?");
  EXPECT_EQ(answers("held(country) >= 90 days"), "yes no ? no");
  EXPECT_EQ(answers("clv_12m > 10"), "? ? ? ?");
  EXPECT_EQ(answers("contacted(email) over last 20 days"), "1 1 0 0");
}

TEST(Meaning, OverTime) {
  EXPECT_EQ(answers("was_in_segment('regulars') over last 90 days"), "yes no no no");
  EXPECT_EQ(answers("entered('regulars') within last 90 days"), "yes no no no");
  EXPECT_EQ(answers("entered('regulars') within last 30 days"), "no no no no");
  EXPECT_EQ(answers("in_segment('regulars') at '2025-04-01'"), "no no no no");
  EXPECT_EQ(answers("held(in_segment('regulars')) >= 70 days"), "yes ? ? ?");
  EXPECT_EQ(answers("held(in_segment('regulars')) >= 80 days"), "no ? ? ?");
}

TEST(Meaning, Anchors) {
  EXPECT_EQ(answers("count(visit) over since last(purchase)"), "1 0 ? ?");
  EXPECT_EQ(answers("count(visit) over last session gap 1 hour"), "1 0 0 1");
  EXPECT_EQ(answers("count(purchase) over 40 days after first(purchase)"), "0 0 ? ?");
  // A day as the anchor counts from its beginning.
  EXPECT_EQ(answers("count(purchase) over since day(last(purchase))"), "1 1 ? ?");
}

TEST(Sequences, CompareTheirSteps) {
  const Compiled found =
      compiled(
          "sequence(cart_add as a then purchase as b where b.item.product = a.product and "
          "b.channel = 'web' within 7 days) over last 1 year")
          .value();
  ASSERT_EQ(found.expression->op, evaluate::Op::kSequence);
  const evaluate::Sequence& sequence = *found.expression->sequence;
  ASSERT_EQ(sequence.steps.size(), 2u);
  const evaluate::Sequence::Correlation same{"product", true, 0, "product", false};
  EXPECT_EQ(sequence.steps[1].equal, std::vector{same});
  EXPECT_EQ(sequence.steps[1].within, days(7));
  EXPECT_NE(sequence.steps[1].where, nullptr);
  EXPECT_EQ(sequence.steps[0].where, nullptr);
  EXPECT_FALSE(sequence.strict);
  EXPECT_EQ(sequence.window, evaluate::months(12));
  EXPECT_TRUE(compiled("sequence(visit then next purchase then next visit)")
                  .value()
                  .expression->sequence->strict);
}

TEST(Labels, MayLookAhead) {
  Scope scope = example_shop().scope;
  scope.in_label = true;
  const NodePtr tree = parse("count(purchase) over next 90 days").value();
  const Compiled found = compile(*tree, "count(purchase) over next 90 days", scope).value();
  EXPECT_EQ(found.expression->aggregate->window.kind, evaluate::Window::Kind::kAhead);
  EXPECT_FALSE(compiled("count(purchase) over next 90 days").ok());
}

TEST(Positions, AreNamedByTheirText) {
  const Compiled found =
      compiled("percentile(sum( purchase.net )   within country) >= 0.5").value();
  const evaluate::Expression& position = *found.expression->arguments[0];
  EXPECT_EQ(position.op, evaluate::Op::kPosition);
  EXPECT_EQ(position.name, "sum(purchase.net) within country");
  EXPECT_EQ(position.literal.text, "percentile");
  EXPECT_EQ(position.population, nullptr);
  EXPECT_EQ(position.arguments.size(), 2u);
}

TEST(Needs, AreNamed) {
  const Compiled found =
      compiled(
          "count(purchase where channel = 'web' and store.region = 'north') >= 1 and "
          "sum(item.amount where product.eco) > high_value and in_segment('away') and "
          "country = 'GB' and clv_12m > 1")
          .value();
  EXPECT_EQ(found.events, (std::set<std::string>{"purchase"}));
  EXPECT_EQ(found.columns, (std::set<std::string>{"item.amount", "item.product.eco",
                                                  "purchase.channel", "purchase.store.region"}));
  EXPECT_EQ(found.product_attributes, (std::set<std::string>{"eco"}));
  EXPECT_EQ(found.parameters, (std::set<std::string>{"high_value"}));
  EXPECT_EQ(found.references, (std::set<std::string>{"away"}));
  EXPECT_EQ(found.attributes, (std::set<std::string>{"country"}));
  ASSERT_EQ(found.without_data.size(), 1u);
  EXPECT_EQ(found.without_data[0], "clv_12m: needs a model of the project");
}

TEST(Needs, WordsWithoutDataCompile) {
  const Scope empty;
  for (const char* rule :
       {"count(message_clicked where not machine) >= 1", "points_expiring within 14 days",
        "consents(email, marketing)", "tier = 'gold'", "percentile(clv_12m) >= 0.8",
        "birthday within next 14 days", "sum(purchase.net) > 0", "last_engaged within last 9 days",
        "not control_of('spring')", "next_order_date within next 7 days"}) {
    const NodePtr tree = parse(rule).value();
    const Result<Compiled> found = compile_rule(*tree, rule, empty);
    ASSERT_TRUE(found.ok()) << found.error().to_string();
    EXPECT_FALSE(found->without_data.empty()) << rule;
    const auto plan =
        evaluate::Plan::compile(empty.schema, {{"x", found->expression}}, Zone::utc());
    EXPECT_TRUE(plan.ok()) << rule << ": " << (plan.ok() ? "" : plan.error().to_string());
  }
}

}  // namespace
}  // namespace regulars::language
