#include "models/clv/pareto_nbd.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "models/clv/pareto_test_shop.h"

namespace regulars::models {
namespace {

const CountModel& model() {
  static const std::unique_ptr<CountModel> pareto = make_pareto_nbd();
  return *pareto;
}

using Four = std::vector<double>;
const Four kCdnow = {0.55327704685318, 10.577683463302, 0.60623998912779, 11.668735288854};
const double kRate = std::log(1.15) / 52;
constexpr double kForever = std::numeric_limits<double>::infinity();

double log_likelihood(const Four& p, const BuyingCell& cell) {
  return model().log_likelihood(p, cell, Order::kValue).value;
}

void expect_relative(double got, double expected, double tolerance, const char* what) {
  EXPECT_NEAR(got, expected, tolerance * std::abs(expected)) << what;
}

struct Known {
  Four p;
  BuyingCell cell;
  // Value, gradient, and upper triangle of the Hessian by the logarithms of r, alpha, s, beta.
  double derivatives[15];
};
// The formula with 2F1 at 60 digits in mpmath, differentiated by differences with steps of 1e-15.
const Known kKnown[] = {
    {{0.553, 10.578, 0.606, 11.669},
     {2.0, 30.43, 38.86},
     {-9.5542832451504057, 0.51080749697309579, -1.0807501185481632e-3, -0.7493876386179635,
      0.43065389462737589, -0.61550899656607579, 0.43247117902902742, 6.9604208926464146e-3,
      -1.8267577996936256e-3, -0.43307197534443841, -7.3504989806866139e-3, 1.9308990819256214e-3,
      -0.75215134127711622, 0.43137322793878465, -0.12510601636188625}},
    {{0.553, 10.578, 0.606, 11.669},
     {0.0, 0.0, 39.0},
     {-0.52150741887657742, -0.47304269439165112, 0.27890155984539286, 0.21662511094052243,
      -0.15080501585629314, -0.37504479453106357, 0.23416359343532984, 0.21484839006871709,
      -0.15489944595518521, -0.078777579790587958, -0.092728606454666149, 0.071443946626083822,
      0.062380679864724679, -0.049005415936146052, 7.6228844404544678e-3}},
    {{0.553, 10.578, 0.606, 11.669},
     {26.0, 30.857142857142858, 31.0},
     {-39.131626976116598, 1.9989938903117916, -6.2024639157904348, -0.78357343340972671,
      0.43968986455213778, 0.73771259052035115, 0.41230883902823396, 2.0528733769752736e-6,
      -5.6268053246488105e-7, -5.0367766288673933, -2.5106890251726559e-5, 6.8816533007338208e-6,
      -0.78357357109351842, 0.43968990228511877, -0.12066814774958169}},
    {{1.4, 48.6, 0.56, 46.9},
     {5.0, 60.0, 104.0},
     {-21.209179798597055, 1.1139417785078743, -0.87715371537027649, -0.15486886872508028,
      0.19106944421453069, -0.53194193381489946, 0.84714019220410866, 0.093150835223011033,
      -0.038087267075502349, -1.3599043129801831, -0.1555977495982996, 0.063818759481388148,
      -0.27962180874766436, 0.24097599069542948, -0.18151701277396712}},
    {{1.4, 48.6, 0.56, 46.9}, {0.0, 0.0, 0.0}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
    {{0.05, 0.5, 0.01, 300.0},
     {3.0, 100.0, 365.0},
     {-20.219758689639672, 0.7446094597923089, 0.04548510623388283, 0.041789837485312138,
      -0.028048942271269795, -0.25813859400981526, 0.049908635477238467, 2.2153861743546264e-3,
      -1.5437229100504978e-3, -4.5046794679434108e-3, -3.2699419096830073e-4, 2.2989765723898351e-4,
      0.039708813058827905, -0.026627899928583644, 8.6971462002599374e-3}},
    {{20.0, 0.05, 0.02, 5000.0},
     {0.0, 0.0, 365.0},
     {-18.369388016230969, -1.0526309493189223, 0.99999943333435889, 0.99999998888890246,
      -0.99999943333435889, 0.055400892505450363, 6.2962726261005883e-7, 1.2345647551622172e-8,
      -6.2962726261005883e-7, -5.6666461556410568e-7, -1.1111083965233854e-8, 5.6666461556410568e-7,
      -1.1111097400176532e-8, 1.1111083965233854e-8, -5.6666461556410568e-7}},
    {{20.0, 0.05, 0.02, 5000.0},
     {30.0, 300.0, 365.0},
     {-249.34261847715542, -158.24995537811939, 19.992763287382643, 0.2934692408920825,
      -0.276499494083472, -168.06144924894121, 19.996123435313564, 0.7307815301408055,
      -0.68874089147998917, -7.2352893202595926e-3, -2.7391056132660161e-4, 2.5815636231361819e-4,
      0.20664585954651913, -0.19468660534135022, 0.16742911898550294}},
    {{5.0, 2000.0, 0.001, 0.1},
     {3.0, 100.0, 365.0},
     {-18.802488748575909, 1.7104011973438987, -1.7666548456402753, -5.8432023839941562e-3,
      9.9828167752617682e-4, -0.49381771238521674, 0.77022998291156791, 9.3497489454354208e-4,
      -6.4548112920315003e-7, -1.0422257851785176, -1.3251961967630658e-3, 9.1765627146670359e-7,
      -5.8452658624413438e-3, 9.9828304182504097e-4, -1.716277996732251e-6}},
    {{0.5143, 2.8845, 0.2856, 14.1087},
     {221.0, 103.42857, 103.57143},
     {-61.58464856172922, 1.8949207962737185, -5.4877910091089319, -0.60540457339951085,
      0.25131087600649297, 0.65195537763183594, 0.50036466677540979, 1.4637627089956205e-7,
      -1.7563650947813492e-8, -5.8394599799808561, -1.7090538966939368e-6, 2.0506894466242109e-7,
      -0.60540458953217722, 0.25131087794214592, -0.030172374253779351}},
    {{0.8, 20.0, 3.5, 20.0},
     {4.0, 10.0, 50.0},
     {-13.481308669373662, 1.519309390627522, -2.0542491812917152, -0.84560912277469095,
      0.82473871560950496, 0.20539666777421144, 0.29391167402152642, 0.043092353621627407,
      -0.028828317006071691, -1.0391614907544253, -0.13601309515611172, 0.092321476032063704,
      -1.6475905746341753, 1.2891503989899778, -0.97767093532428674}},
    {{2.0, 5.0, 0.7, 400.0},
     {1000.0, 364.0, 365.0},
     {-3.5233539828925422, 4.3648275004994446, -11.540662290078081, -0.44915958584224425,
      0.33151233439849995, 1.7890853180072706, 1.9729722131730412, 1.7891824665690648e-5,
      -9.3648468375590517e-6, -13.357675215742915, -1.2126166888567264e-4, 6.3470162800916272e-5,
      -0.44917586209349668, 0.3315208531429977, -0.17452255115822402}},
};

void expect_known(const Derivatives& got, const Known& known) {
  const double* next = known.derivatives;
  EXPECT_NEAR(got.value, *next, 1e-12 * std::max(1.0, std::abs(*next)));
  ++next;
  double largest = 1e-3;
  for (size_t i = 0; i < 4; ++i) largest = std::max(largest, std::abs(next[i]));
  for (size_t i = 0; i < 4; ++i, ++next)
    EXPECT_NEAR(got.gradient[i], *next, 1e-11 * largest) << "gradient " << i;
  for (size_t i = 0; i < 4; ++i)
    for (size_t j = i; j < 4; ++j, ++next) {
      EXPECT_NEAR(got.at(i, j), *next, 1e-11 * largest) << "Hessian " << i << ' ' << j;
      EXPECT_EQ(got.at(j, i), got.at(i, j));
    }
}

TEST(ParetoNbd, DerivativesAgreeWithHighPrecision) {
  for (const Known& known : kKnown) {
    SCOPED_TRACE(testing::Message() << known.p[0] << ' ' << known.p[1] << " at x = " << known.cell.x
                                    << ", T = " << known.cell.T);
    expect_known(model().log_likelihood(known.p, known.cell, Order::kHessian), known);
  }
}

TEST(ParetoNbd, LeavesOutWhatIsNotAskedFor) {
  const Known& known = kKnown[0];
  const Derivatives value = model().log_likelihood(known.p, known.cell, Order::kValue);
  EXPECT_EQ(value.gradient[0], 0);
  const Derivatives gradient = model().log_likelihood(known.p, known.cell, Order::kGradient);
  EXPECT_NE(gradient.gradient[0], 0);
  EXPECT_EQ(gradient.at(0, 0), 0);
}

TEST(ParetoNbd, ATableIsTheSumOfItsCustomers) {
  const CellTable table = CellTable::of(simulated_shop({0.55, 10.6, 0.6, 11.7}, 400, 1)).value();
  for (const Four& p : {kCdnow, Four{0.3, 4, 2, 30}, Four{3, 40, 0.4, 9}, Four{0.5, 0.2, 0.5, 900},
                        Four{0.5, 900, 80, 0.2}}) {
    Derivatives sum;
    for (size_t i = 0; i < table.size(); ++i) {
      Derivatives one = model().log_likelihood(p, table.cells()[i], Order::kHessian);
      one *= static_cast<double>(table.counts()[i]);
      sum += one;
    }
    const Derivatives whole = model().log_likelihood(p, table, Order::kHessian);
    expect_relative(whole.value, sum.value, 1e-12, "value");
    for (size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(whole.gradient[i], sum.gradient[i], 1e-9 * std::abs(sum.value));
      for (size_t j = 0; j < 4; ++j)
        EXPECT_NEAR(whole.at(i, j), sum.at(i, j), 1e-9 * std::abs(sum.value));
    }
    const Derivatives value = model().log_likelihood(p, table, Order::kValue);
    expect_relative(value.value, sum.value, 1e-12, "value alone");
  }
}

TEST(ParetoNbd, EachCustomerOfCdnowAsWithHighPrecision) {
  struct Customer {
    BuyingCell cell;
    double log, alive, in_39, in_52, discounted;
  };
  const Customer customers[] = {{{26, 216.0 / 7, 31},
                                 -39.13076035390701,
                                 .9978734047149962,
                                 20.11482087898686,
                                 25.45518350352342,
                                 86.25762364244063},
                                {{2, 213.0 / 7, 272.0 / 7},
                                 -9.55417355546506,
                                 .8691342636125744,
                                 1.455201701602475,
                                 1.850890592466202,
                                 6.500351834270938},
                                {{0, 0, 39},
                                 -.5216635020866266,
                                 .2942763090478706,
                                 .1065040802288684,
                                 .1354751670609673,
                                 .4760786373741869},
                                {{132, 200, 200},
                                 -196.3584078819924,
                                 1,
                                 23.29932876093248,
                                 30.57213439650812,
                                 146.8365950607351},
                                {{200, 38, 40},
                                 76.30541372655069,
                                 .0920729910465344,
                                 11.87451825628107,
                                 15.11322429066162,
                                 53.3333183003435},
                                {{500, 60, 61},
                                 471.3855963060774,
                                 .4213352209359273,
                                 100.2283346323804,
                                 128.7678571350507,
                                 489.6532466721222}};
  for (const Customer& c : customers) {
    EXPECT_NEAR(log_likelihood(kCdnow, c.cell), c.log, 1e-12 * std::max(1.0, std::abs(c.log)));
    expect_relative(model().p_alive(kCdnow, c.cell), c.alive, 1e-12, "alive");
    expect_relative(model().conditional_expected(kCdnow, c.cell, 39), c.in_39, 1e-12, "39");
    expect_relative(model().conditional_expected(kCdnow, c.cell, 52), c.in_52, 1e-12, "52");
    expect_relative(model().discounted_expected(kCdnow, c.cell, kRate, kForever), c.discounted,
                    1e-12, "discounted");
  }
  const BuyingCell long_gone{2000, 150, 156};
  EXPECT_NEAR(log_likelihood(kCdnow, long_gone), 3033.891514485546, 1e-9);
  expect_relative(model().p_alive(kCdnow, long_gone), 4.364223370149959e-29, 1e-11, "alive");
  expect_relative(model().conditional_expected(kCdnow, long_gone, 39), 1.915606475966632e-26, 1e-11,
                  "39");
  EXPECT_NEAR(log_likelihood(kCdnow, {1000, 364, 365}), -23.970813048578, 1e-10);
  EXPECT_NEAR(log_likelihood(kCdnow, {5000, 364, 365}), 7944.7824078784, 1e-8);
  EXPECT_NEAR(log_likelihood(kCdnow, {10000, 364, 365}), 22832.554697384, 1e-8);
}

// Where other programs give values that are not numbers.
TEST(ParetoNbd, WhereOthersBreak) {
  const Four p = {0.5143, 2.8845, 0.2856, 14.1087};
  struct Case {
    BuyingCell cell;
    double alive, log;
  };
  for (const Case& c : {Case{{221, 103.42857, 103.57143}, .9995960523179381, -61.58464856172921},
                        Case{{254, 97.14286, 97.28571}, .9995582261230107, -19.62329221751177},
                        Case{{161, 94.71429, 98}, .7494877522581054, -87.42925486330853},
                        Case{{204, 98.57143, 99.42857}, .9942550796378959, -65.19834218926038}}) {
    expect_relative(model().p_alive(p, c.cell), c.alive, 1e-12, "alive");
    expect_relative(log_likelihood(p, c.cell), c.log, 1e-12, "log likelihood");
  }
  struct Hostile {
    Four p;
    double none, some, many;
  };
  for (const Hostile& h :
       {Hostile{{.05, .5, .01, 300}, -.32921570814121, -20.21975868964, -108.85926365395},
        Hostile{{20, .05, .02, 5000}, -18.369388016231, -167.64949840004, -249.34261847716},
        Hostile{{.5, .001, .5, 1000}, -6.2487667129096, -22.637174990263, -110.23377009004},
        Hostile{{5, 2000, .001, .1}, -.8291208810218, -18.802488748576, -148.49924570382}}) {
    expect_relative(log_likelihood(h.p, {0, 0, 365}), h.none, 1e-12, "x = 0");
    expect_relative(log_likelihood(h.p, {3, 100, 365}), h.some, 1e-12, "x = 3");
    expect_relative(log_likelihood(h.p, {30, 300, 365}), h.many, 1e-12, "x = 30");
  }
}

TEST(ParetoNbd, PublishedFigures) {
  // Of two packages; where they printed their parameters rounded, four digits agree.
  const Four manual = {0.55, 10.56, 0.61, 11.64};
  EXPECT_NEAR(model().expected(manual, 1), 0.05077821, 1e-8);
  EXPECT_NEAR(model().expected(manual, 2), 0.09916088, 1e-8);
  EXPECT_NEAR(model().expected(manual, 9), 0.38909211, 1e-8);
  const Four other = {0.553, 10.578, 0.606, 11.669};
  EXPECT_NEAR(model().conditional_expected(other, {26, 30.86, 31}, 52), 25.46, 0.01);
  EXPECT_NEAR(model().conditional_expected(other, {132, 200, 200}, 10), 6.2060517889632418, 1e-3);
  EXPECT_NEAR(model().conditional_expected(other, {133, 200, 200}, 10), 6.2528722475748113, 1e-3);
  const Four walk = {.5534, 10.5802, .6061, 11.6562};
  EXPECT_NEAR(model().p_alive(walk, {26, 30.86, 31}), .9979177665519067, 1e-12);
  EXPECT_NEAR(model().p_alive(walk, {26, 216.0 / 7, 31}), .997874, 1e-6);
  EXPECT_NEAR(model().p_alive(walk, {0, 0, 39}), .2941633, 1e-4);
  EXPECT_NEAR(model().expected(walk, 52), 1.473434, 5e-4);
  EXPECT_NEAR(model().conditional_expected(walk, {26, 216.0 / 7, 31}, 52), 25.45647, 5e-3);
  // The more often she bought, the less her silence is patience.
  const BuyingCell paradox[] = {{10, 20, 39}, {15, 20, 39}, {20, 20, 39}, {25, 20, 39}};
  const double falling[] = {.7062289, .1442396, .02250658, .00309267};
  for (size_t i = 0; i < 4; ++i)
    expect_relative(model().conditional_expected(walk, paradox[i], 52), falling[i], 5e-4, "falls");
}

TEST(ParetoNbd, CountsAgreeWithHighPrecision) {
  const Four p = {0.553, 10.578, 0.606, 11.669};
  EXPECT_NEAR(model().p_count_new(p, 0, 39), 0.59362503160238387, 1e-14);
  EXPECT_NEAR(model().p_count_new(p, 1, 39), 0.16556294727717548, 1e-14);
  expect_relative(model().p_count_new(p, 10, 39), 0.0041934393320804204, 1e-12, "10");
  expect_relative(model().p_count_new(p, 60, 39), 1.0058481735905754e-8, 1e-8, "60");
  EXPECT_NEAR(model().p_count_new(p, 200, 30), 7.5302030649893265e-29, 1e-20);
  expect_relative(model().p_count_new(p, 3, 0.001), 3.0861901615419959e-13, 1e-6, "3");
  EXPECT_NEAR(model().p_next_by(p, {}, 39), 0.40637496839761613, 1e-14);
  expect_relative(model().discounted_expected(p, {}, kRate, kForever), 3.9640705518789427, 1e-13,
                  "forever");
  expect_relative(model().discounted_expected(p, {}, kRate, 52), 1.3903937366956817, 1e-13,
                  "a year");
}

TEST(ParetoNbd, ProbabilitiesAndMomentsAgreeWithEachOther) {
  const Four shops[] = {kCdnow, {2, 5, 0.4, 300}, {0.3, 5, 3, 20}, {25, 60, 1, 15}};
  const BuyingCell cells[] = {{}, {0, 0, 20}, {7, 18, 20}, {7, 3, 20}};
  for (const Four& p : shops)
    for (const BuyingCell& cell : cells)
      for (const double t : {0.1, 12.0, 80.0}) {
        const std::vector<double> counts = model().p_counts(p, cell, 3000, t);
        double mean = 0;
        for (size_t n = 0; n < counts.size(); ++n) mean += static_cast<double>(n) * counts[n];
        EXPECT_NEAR(std::accumulate(counts.begin(), counts.end(), 0.0), 1, 1e-11);
        expect_relative(mean, model().conditional_expected(p, cell, t), 1e-10, "mean");
        EXPECT_NEAR(1 - counts[0], model().p_next_by(p, cell, t), 1e-12);
        expect_relative(model().discounted_expected(p, cell, 0, t),
                        model().conditional_expected(p, cell, t), 1e-14, "no discount");
        expect_relative(model().discounted_expected(p, cell, 1e-9, t),
                        model().conditional_expected(p, cell, t), 1e-6, "little discount");
      }
}

// Someone alive now had not left before: P(alive at T + after) by the law of total probability.
TEST(ParetoNbd, IsLessSurelyAliveLater) {
  const BuyingCell cell{3, 20, 25};
  double last = 1;
  for (const double later : {0.0, 1.0, 10.0, 100.0, 1e6}) {
    const double alive = model().p_alive(kCdnow, cell, later);
    EXPECT_LT(alive, last);
    last = alive;
  }
  // Silence tells more against her than time alone.
  EXPECT_LT(model().p_alive(kCdnow, {3, 20, 35}), model().p_alive(kCdnow, {3, 20, 25}, 10));
}

TEST(ParetoNbd, EverythingIsFiniteAtHostilePoints) {
  const double sizes[] = {std::exp(-25), 1e-3, 0.6, 40, std::exp(25)};
  const BuyingCell cells[] = {{0, 0, 0},       {0, 0, 1e-9},     {0, 0, 365},
                              {0, 0, 1e7},     {1, 1e-9, 1e-9},  {3, 100, 365},
                              {200, 365, 365}, {10000, 1, 1000}, {1e6, 364, 365}};
  for (const double r : sizes)
    for (const double alpha : sizes)
      for (const double s : sizes)
        for (const double beta : sizes)
          for (const BuyingCell& cell : cells) {
            const Four p = {r, alpha, s, beta};
            const Derivatives d = model().log_likelihood(p, cell, Order::kHessian);
            bool finite = std::isfinite(d.value);
            for (const double g : d.gradient) finite = finite && std::isfinite(g);
            for (const double h : d.hessian) finite = finite && std::isfinite(h);
            const double alive = model().p_alive(p, cell);
            finite = finite && alive >= 0 && alive <= 1;
            finite = finite && std::isfinite(model().conditional_expected(p, cell, 52));
            finite = finite && std::isfinite(model().discounted_expected(p, cell, 0.01, kForever));
            ASSERT_TRUE(finite) << r << ' ' << alpha << ' ' << s << ' ' << beta << " x = " << cell.x
                                << " T = " << cell.T;
          }
}

TEST(ParetoNbd, CountsAreProbabilitiesAtHostilePoints) {
  const double sizes[] = {std::exp(-25), 0.6, std::exp(25)};
  for (const double r : sizes)
    for (const double alpha : sizes)
      for (const double s : sizes)
        for (const double beta : sizes)
          for (const BuyingCell& cell : {BuyingCell{}, BuyingCell{3, 100, 365}}) {
            double sum = 0;
            for (const double each : model().p_counts(Four{r, alpha, s, beta}, cell, 20, 52)) {
              ASSERT_GE(each, 0);
              sum += each;
            }
            ASSERT_LT(sum, 1 + 1e-9) << r << ' ' << alpha << ' ' << s << ' ' << beta;
          }
}

TEST(ParetoNbd, IsInTheCatalogue) {
  EXPECT_EQ(count_model("pareto-nbd").value()->info().title, "Pareto/NBD");
}

}  // namespace
}  // namespace regulars::models
