#include "random_shop.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/decimal.h"
#include "base/time.h"

namespace regulars::rules {
namespace {

// A column and what may stand in it: words between blanks; "LOW..HIGH"; "instant", "day".
struct Field {
  std::string_view column;
  std::string_view values;
};
struct EventType {
  std::string_view type;
  std::vector<Field> fields;
  std::vector<Field> items;
  int most = 3;  // events of a customer
};

constexpr std::string_view kChannels = "email email web app sms store";
constexpr std::string_view kCampaigns = "spring spring summer";
constexpr std::string_view kProducts = "espresso espresso cup tea";
constexpr std::string_view kCategories = "coffee coffee kitchen tea";

std::vector<EventType> message_types() {
  std::vector<EventType> types;
  for (const std::string_view type :
       {"message_sent", "message_delivered", "message_opened", "message_clicked", "message_bounced",
        "message_complained", "message_unsubscribed"}) {
    types.push_back({type,
                     {{"campaign:text", kCampaigns},
                      {"channel:text", kChannels},
                      {"variant:text", "a b"},
                      {"machine:boolean", "true false false"}},
                     {},
                     2});
  }
  return types;
}

std::vector<EventType> order_types() {
  return {
      {"purchase",
       {{"amount:decimal2", "0.00..250.00"},
        {"lines:integer", "1..4"},
        {"undone_at:instant", "? ? ? ? instant"},
        {"order:text", "o1 o2 o3 o4 o5 o6 o7 o8"},
        {"channel:text", "web web store app"},
        {"store:text", "Leeds Leeds London Paris"},
        {"country:text", "GB DE FR"},
        {"discount:decimal2", "0.00 0.00 5.00"},
        {"shipping:decimal2", "0.00..6.00"},
        {"tax:decimal2", "0.00..9.00"},
        {"coupon:text", "ten ? five"},
        {"coupon_used:boolean", "true false"},
        {"opt_in:boolean", "true false"}},
       {{"product:text", kProducts},
        {"product_name:text", "Espresso Cup"},
        {"category:text", kCategories},
        {"brand:text", "illy fox"},
        {"quantity:decimal0", "1..3"},
        {"price:decimal2", "1.00..120.00"},
        {"amount:decimal2", "0.00..120.00"},
        {"discount:decimal2", "0.00 0.00 1.50"},
        {"cost:decimal2", "0.00..40.00"},
        {"order:text", "o1 o2"}},
       7},
      {"refund",
       {{"amount:decimal2", "1.00..60.00"},
        {"applies_at:instant", "? ? instant"},
        {"linked:boolean", "true false"},
        {"reason:text", "late broken"},
        {"refund_of:text", "o1 o2 o3 o4 o5 o6 ?"}},
       {},
       3},
      {"free_order", {}, {}, 2},
  };
}

std::vector<EventType> customer_types() {
  return {
      {"visit",
       {{"channel:text", "web web app"},
        {"device:text", "phone desk"},
        {"source:text", "ads mail"},
        {"category:text", kCategories},
        {"pages:integer", "1..9"},
        {"store:text", "Leeds London"}},
       {},
       4},
      {"cart_add",
       {{"product:text", kProducts},
        {"category:text", kCategories},
        {"quantity:integer", "1..3"},
        {"channel:text", "web app"}},
       {}},
      {"survey",
       {{"survey:text", "spring nps"},
        {"question:text", "nps"},
        {"answer:text", "late fine"},
        {"score:decimal1", "0..10"}},
       {}},
      {"consent",
       {{"channel:text", "email email ? sms"},
        {"purpose:text", "marketing marketing ?"},
        {"state:text", "granted granted granted denied withdrawn objected"},
        {"expires_at:instant", "? ? instant"},
        {"source:text", "till web"},
        {"version:text", "1 2"}},
       {}},
      {"review",
       {{"rating:decimal1", "1..5"}, {"product:text", kProducts}, {"text:text", "good bad"}},
       {}},
      {"referral", {{"converted:boolean", "true false"}, {"code:text", "x1 x2"}}, {}},
      {"service_case",
       {{"status:text", "open closed"}, {"topic:text", "delivery"}, {"case:text", "c1 c2"}},
       {}},
  };
}

std::vector<EventType> program_types() {
  return {
      {"points_statement",
       {{"balance:integer", "0..200"},
        {"kind:text", "earned spent"},
        {"points:integer", "-40..80"},
        {"expires_at:instant", "instant instant ?"}},
       {}},
      {"tier_change", {{"tier:text", "gold gold silver bronze"}}, {}},
      {"reward_redeemed", {{"reward:text", "cup mug"}, {"points:integer", "10..60"}}, {}},
      {"assignment",
       {{"campaign:text", kCampaigns}, {"offer:text", "ten"}, {"group:text", "control treated"}},
       {}},
  };
}

const std::vector<EventType>& all_types() {
  static const std::vector<EventType> types = [] {
    std::vector<EventType> all = order_types();
    for (const auto& part : {message_types(), customer_types(), program_types()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return types;
}

// Constant, one row per customer; the scores of models stand here, too.
const std::vector<Field>& attributes() {
  static const std::vector<Field> fields = {
      {"birth_date:day", "1990-07-05 2000-02-29 1985-06-30 1999-12-31 2001-05-15"},
      {"sign_up_date:day", "day"},
      {"household:text", "h1 h1 h2 ?"},
      {"email:text", "a@example.com b@example.org ?"},
      {"zone:text", "America/New_York Pacific/Auckland UTC nowhere ?"},
      {"home_latitude:decimal4", "53.8100 51.5000 48.8500 51.5072"},
      {"home_longitude:decimal4", "-1.5500 -0.1200 2.3500 -0.1276"},
      {"clv_12m:decimal2", "0.00..300.00"},
      {"clv_total:decimal2", "0.00..900.00"},
      {"expected_revenue_12m:decimal2", "0.00..300.00"},
      {"expected_orders_12m:decimal2", "0.00..6.00"},
      {"p_alive:decimal4", "0.0000..1.0000"},
      {"churn_probability:decimal4", "0.0000..1.0000"},
      {"next_order_date:day", "day"},
      {"uplift:decimal4", "-0.1000..0.1000"},
      {"tier_progress:decimal4", "0.0000..1.0000"},
      {"to_next_tier:integer", "0..200"}};
  return fields;
}

const std::vector<Field>& changing() {
  static const std::vector<Field> fields = {{"country:text", "GB GB DE FR"},
                                            {"city:text", "Leeds London M\u00fcnchen"},
                                            {"app_version:text", "2.9 2.10 3.0"},
                                            {"children:integer", "0..3"},
                                            {"interests:set", "coffee coffee;tea tea;vegan vegan"}};
  return fields;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

class Shop {
 public:
  explicit Shop(Random& random) : random_(random) {}

  std::vector<std::string> lines() {
    add(fmt::format("# description: random"));
    zone_ = Zone::find(std::string(pick(words_of(kZones)))).value();
    add("zone " + zone_.name());
    middle_ = zone_.start_of(to_day({2025, 6, 30})) + hours(random_.below(24 * 40) - 24 * 20);
    for (int64_t count = 3 + random_.below(3); customers_ < count; ++customers_) {
    }
    attribute_rows();
    change_rows();
    for (const EventType& type : all_types()) event_rows(type);
    if (chance(0.5)) add("refunds linked");
    tables();
    definitions();
    as_ofs();
    return std::move(lines_);
  }

 private:
  static constexpr std::string_view kZones =
      "UTC Europe/Berlin America/New_York Pacific/Auckland Asia/Kolkata";
  static constexpr std::array kNames = {"anna", "bert", "cara", "dora", "emil"};

  bool chance(double p) { return random_.chance(p); }
  void add(std::string line) { lines_.push_back(std::move(line)); }
  template <class T>
  T pick(const std::vector<T>& all) {
    return all[static_cast<size_t>(random_.below(static_cast<int64_t>(all.size())))];
  }

  // Mostly on or around what windows and calendars end at.
  Instant instant() {
    static constexpr std::array kBack = {0,  1,  2,   7,   14,  28,  30,  31, 60,
                                         90, 91, 120, 180, 270, 360, 365, 400};
    if (!seen_.empty() && chance(0.15)) return pick(seen_);
    const auto back = kBack[static_cast<size_t>(random_.below(kBack.size()))];
    Instant at = middle_ - days(back);
    const int64_t form = random_.below(8);
    if (form < 2) at = zone_.start_of(zone_.day_of(at));
    if (form == 2) at = zone_.add_months(middle_, -static_cast<int>(random_.below(14)));
    if (form > 4) at = at + minutes(random_.below(24 * 60 * 30) - 12 * 60 * 30);
    if (form < 4) at = at + microseconds(random_.below(3) - 1);
    if (at > middle_ && chance(0.7)) at = middle_ - (at - middle_);
    seen_.push_back(at);
    return at;
  }

  std::string value(const Field& field) {
    if (chance(0.08)) return "?";
    const std::string_view word = pick(words_of(field.values));
    if (word == "instant") return to_iso(instant() + days(chance(0.4) ? random_.below(60) : 0));
    if (word == "day") return to_iso(zone_.day_of(instant()) + static_cast<int>(random_.below(40)));
    const size_t dots = word.find("..");
    return dots == std::string_view::npos ? std::string(word)
                                          : between(word.substr(0, dots), word.substr(dots + 2));
  }

  // Often one of few, so that equal values come.
  std::string between(std::string_view low, std::string_view high) {
    const Decimal least = Decimal::parse(low).value();
    const Decimal most = Decimal::parse(high).value();
    const int64_t steps = most.units - least.units;
    const int64_t step = chance(0.5) ? std::max<int64_t>(steps / 5, 1) : 1;
    return Decimal{least.units + random_.below(steps / step + 1) * step, least.scale}.to_string();
  }

  std::string header(std::string line, const std::vector<Field>& fields) {
    for (const Field& field : fields) line += fmt::format(" {}", field.column);
    return line;
  }
  std::string row(std::string line, const std::vector<Field>& fields) {
    for (const Field& field : fields) line += " " + value(field);
    return line;
  }
  std::string customer(int64_t c) { return kNames[static_cast<size_t>(c)]; }

  void attribute_rows() {
    add(header("attributes", attributes()));
    for (int64_t c = 0; c < customers_; ++c) add(row("  " + customer(c), attributes()));
  }

  void change_rows() {
    add(header("changes", changing()));
    for (int64_t i = random_.below(3 * customers_); i >= 0; --i) {
      add(row("  " + customer(random_.below(customers_)) + " " + to_iso(instant()), changing()));
    }
    if (chance(0.3)) add("expires interests 24");
  }

  void event_rows(const EventType& type) {
    std::string first = header(fmt::format("events {}", type.type), type.fields);
    if (!type.items.empty()) first = header(first + " /", type.items);
    add(first);
    if (chance(0.1)) return;
    std::vector<int64_t> ids;
    for (int64_t i = random_.below(type.most * customers_ + 1); i > 0; --i) ids.push_back(i);
    for (const int64_t id : ids) {
      std::string line =
          fmt::format("  {} {} #{}", customer(random_.below(customers_)), to_iso(instant()), id);
      line = row(std::move(line), type.fields);
      if (!type.items.empty()) {
        for (int64_t i = random_.below(4); i > 0; --i) line = row(line + " /", type.items);
      }
      add(std::move(line));
    }
  }

  void tables() {
    for (const char* line :
         {"table product eco:boolean launch_date:day", "  espresso true 2025-01-01",
          "  cup false 2025-05-20", "  tea ? 2024-06-01",
          "table store region:text latitude:decimal4 longitude:decimal4",
          "  Leeds north 53.7997 -1.5492", "  London south 51.5072 -0.1276"}) {
      add(line);
    }
    add("unit household household");
    if (chance(0.3)) add("consent_policy expires " + std::to_string(1 + random_.below(12)));
    if (chance(0.2)) add("consent_policy source till");
    if (chance(0.3)) {
      static constexpr std::array kPatterns = {"445", "454", "544", "13x4"};
      add(fmt::format("retail {} {} {} {}", kPatterns[static_cast<size_t>(random_.below(4))],
                      chance(0.5) ? "last" : "nearest", 1 + random_.below(12),
                      1 + random_.below(7)));
    }
  }

  void definitions() {
    for (const char* line :
         {"list staff = dora anna", "parameter high_value = 0.8",
          "segment regulars = count(purchase) over last 120 days >= 2",
          "segment away = stopped(purchase, 60 days)",
          "feature orders_90d = count(purchase) over last 90 days",
          "segmentation loyalty_level = if count(purchase) >= 3 then 'frequent' else 'rare'",
          "word life_cycle = if count(purchase) = 0 then 'prospect' else if stopped(purchase, 90 "
          "days) then 'lapsed' else if count(purchase) over last 60 days >= 1 then 'active' else "
          "'slipping'",
          "word rfm_class = if count(purchase) over last 1 year >= 3 then 'At risk' else if "
          "count(purchase) >= 1 then 'Cannot lose' else 'Hibernating'",
          "word value_tier = if sum(purchase.amount) > 200.00 then 'A' else if "
          "sum(purchase.amount) "
          "> 100.00 then 'B' else 'C'"}) {
      add(line);
    }
    const int64_t population = random_.below(3);
    if (population == 0) add("population recompute");
    if (population == 1) add("population at " + to_iso(middle_ - days(random_.below(40))));
  }

  void as_ofs() {
    add("as_of " + to_iso(middle_));
    if (chance(0.7)) add("as_of " + to_iso(chance(0.5) ? instant() : middle_ + days(30)));
  }

  Random& random_;
  Zone zone_ = Zone::utc();
  Instant middle_;
  int64_t customers_ = 0;
  std::vector<Instant> seen_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> random_shop(Random& random) { return Shop(random).lines(); }

std::string random_word(Random& random) {
  const auto& types = all_types();
  for (;;) {
    const EventType& type =
        types[static_cast<size_t>(random.below(static_cast<int64_t>(types.size())))];
    const std::vector<Field>& fields =
        !type.items.empty() && random.chance(0.5) ? type.items : type.fields;
    if (fields.empty()) continue;
    const Field& field =
        fields[static_cast<size_t>(random.below(static_cast<int64_t>(fields.size())))];
    if (!field.column.ends_with(":text")) continue;
    const auto words = words_of(field.values);
    const auto word = words[static_cast<size_t>(random.below(static_cast<int64_t>(words.size())))];
    if (word != "?") return std::string(word);
  }
}

}  // namespace regulars::rules
