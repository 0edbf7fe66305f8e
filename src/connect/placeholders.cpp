#include "connect/placeholders.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr int64_t kLeastOrders = 200;
constexpr int64_t kTimesTheNext = 20;
constexpr int64_t kMicrosPerMinute = 60'000'000;
constexpr Instant kNever{std::numeric_limits<int64_t>::max()};

constexpr std::string_view kWords =
    ",0,00,000,0000,00000,000000,-1,guest,guest user,guest customer,guest checkout,walkin,walk in,"
    "walk in customer,walkin customer,walk ins,unknown,unknown customer,unbekannt,anonymous,anon,"
    "anonym,anonyme,anonimo,anoniem,nobody,no customer,no name,noname,not available,not set,"
    "notset,undefined,missing,cash,cash customer,cash sale,cash sales,counter sale,counter,retail,"
    "retail customer,default,default customer,dummy,test,test customer,testkunde,gast,laufkunde,"
    "laufkundschaft,barverkauf,barkunde,sammelkunde,diverse,client comptoir,client divers,comptoir,"
    "invite,passage,client de passage,invitado,cliente generico,contado,mostrador,ospite,"
    "cliente generico,banco,gastklant,passant,contante verkoop,non member,nonmember,no card,x,xx,"
    "xxx,none,null,n a,na,nan,";

bool all_nines(std::string_view id) {
  return id.size() >= 4 && id.find_first_not_of('9') == std::string_view::npos;
}

// Orders per customer: different order codes, or different instants where there are none.
std::vector<int64_t> orders_per_customer(const OrderLines& lines) {
  std::vector<int64_t> orders(lines.customers->size(), 0);
  std::vector<uint8_t> seen(lines.orders->size(), 0);
  std::vector<Instant> last(lines.customers->size(), kNever);
  for (size_t i = 0; i < lines.size(); ++i) {
    const uint32_t customer = lines.customer[i];
    if (customer == kNoCode) continue;
    const uint32_t order = lines.order.empty() ? kNoCode : lines.order[i];
    if (order != kNoCode) {
      if (seen[order] != 0) continue;
      seen[order] = 1;
    } else if (lines.at[i] == last[customer]) {
      continue;
    }
    last[customer] = lines.at[i];
    ++orders[customer];
  }
  return orders;
}

// Minutes in which the customer bought in more than one store.
int64_t double_minutes(const OrderLines& lines, const std::vector<uint32_t>& stores,
                       uint32_t customer) {
  std::vector<std::pair<int64_t, uint32_t>> visits;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines.customer[i] != customer || stores[i] == kNoCode) continue;
    visits.emplace_back(lines.at[i].micros / kMicrosPerMinute, stores[i]);
  }
  std::sort(visits.begin(), visits.end());
  int64_t found = 0;
  int64_t last = std::numeric_limits<int64_t>::min();
  for (size_t i = 1; i < visits.size(); ++i) {
    const bool same = visits[i].first == visits[i - 1].first;
    if (!same || visits[i].second == visits[i - 1].second || visits[i].first == last) continue;
    last = visits[i].first;
    ++found;
  }
  return found;
}

bool times_of_day(const OrderLines& lines) {
  return std::any_of(lines.at.begin(), lines.at.end(),
                     [](Instant at) { return at.micros % 3'600'000'000 != 0; });
}

void add_by_share(const OrderLines& lines, const std::vector<int64_t>& orders,
                  const std::vector<uint32_t>& by_orders, std::vector<Suspect>& suspects) {
  int64_t all = 0;
  for (const int64_t n : orders) all += n;
  if (all < kLeastOrders || by_orders.size() < 2) return;
  const uint32_t first = by_orders[0];
  const int64_t most = orders[first];
  const int64_t next = std::max<int64_t>(1, orders[by_orders[1]]);
  if (most * 100 <= all || most < kTimesTheNext * next || lines.customers->size() < 20) return;
  suspects.push_back(
      {first, most,
       fmt::format("{:.0f} % of all orders, {} times the next",
                   100.0 * static_cast<double>(most) / static_cast<double>(all), most / next)});
}

}  // namespace

PlaceholderRule placeholder_rule(const ColumnProfile& c) {
  PlaceholderRule rule;
  if (c.numbers != c.filled() || c.fractions > 0 || c.distinct < 3) return rule;
  rule.zero_is_a_person = c.smallest == 0 && c.distinct == c.largest + 1;
  rule.nines_are_a_person = c.distinct > 0.3 * (c.largest - c.smallest);
  return rule;
}

bool is_placeholder(std::string_view id, PlaceholderRule rule) {
  if (id.size() > 24 || (id == "0" && rule.zero_is_a_person)) return false;
  if (all_nines(id)) return !rule.nines_are_a_person;
  if (id == "-1" || id == "?") return true;
  // Most ids leave here: no word of the list has such a digit.
  if (std::any_of(id.begin(), id.end(), [](char c) { return c >= '1' && c <= '9'; })) return false;
  std::string key;
  for (const std::string& word : words_of(id)) key += (key.empty() ? "" : " ") + word;
  return !key.empty() && kWords.find("," + key + ",") != std::string_view::npos;
}

std::vector<Suspect> find_suspects(const OrderLines& lines, const std::vector<uint32_t>& stores) {
  std::vector<Suspect> suspects;
  const std::vector<int64_t> orders = orders_per_customer(lines);
  std::vector<uint32_t> by_orders(orders.size());
  for (uint32_t c = 0; c < by_orders.size(); ++c) by_orders[c] = c;
  const size_t top = std::min<size_t>(20, by_orders.size());
  std::partial_sort(by_orders.begin(), by_orders.begin() + static_cast<int64_t>(top),
                    by_orders.end(), [&](uint32_t a, uint32_t b) {
                      return orders[a] != orders[b] ? orders[a] > orders[b] : a < b;
                    });
  add_by_share(lines, orders, by_orders, suspects);
  if (stores.empty() || !times_of_day(lines)) return suspects;
  for (size_t i = 0; i < top; ++i) {
    const uint32_t customer = by_orders[i];
    if (orders[customer] < 10) break;
    if (!suspects.empty() && suspects[0].customer == customer) continue;
    const int64_t minutes = double_minutes(lines, stores, customer);
    if (minutes < 3) continue;
    suspects.push_back({customer, orders[customer],
                        fmt::format("in several stores in the same minute, {} times", minutes)});
  }
  return suspects;
}

void drop_customers(OrderLines& lines, const std::vector<uint32_t>& codes) {
  std::vector<uint8_t> dropped(lines.customers->size(), 0);
  for (const uint32_t code : codes) dropped[code] = 1;
  auto kept = std::make_shared<Dictionary>();
  std::vector<uint32_t> new_code(lines.customers->size(), kNoCode);
  std::vector<Instant> seen_from;
  for (uint32_t c = 0; c < lines.customers->size(); ++c) {
    if (dropped[c] != 0 || lines.seen_from[c] == kNever) continue;
    new_code[c] = kept->intern(lines.customers->text(c));
    seen_from.push_back(lines.seen_from[c]);
  }
  if (kept->size() == lines.customers->size()) return;
  for (uint32_t& customer : lines.customer) {
    if (customer != kNoCode) customer = new_code[customer];
  }
  lines.customers = std::move(kept);
  lines.seen_from = std::move(seen_from);
}

}  // namespace regulars::connect
