// The rows of a simulated shop's files, as numbers; ids and names as written come from Catalogue.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/time.h"

namespace regulars::simulate {

constexpr Instant kNever{INT64_MAX};

// Customer numbers of order lines that stand for nobody.
constexpr uint32_t kNoCustomer = UINT32_MAX;        // the cell is empty
constexpr uint32_t kGuest = UINT32_MAX - 1;         // "GUEST"
constexpr uint32_t kTillCustomer = UINT32_MAX - 2;  // "0"

// The first two products of every catalogue.
constexpr uint16_t kShipping = 0;
constexpr uint16_t kFreeSample = 1;

constexpr uint8_t kNoStore = UINT8_MAX;
constexpr uint8_t kNoCategory = UINT8_MAX;

// Coupons of an order: a campaign's (its number), the shop's own voucher, or none.
constexpr uint16_t kNoCoupon = UINT16_MAX;
constexpr uint16_t kVoucher = UINT16_MAX - 1;

enum class Status : uint8_t { kCompleted, kRefunded, kCancelled, kFailed, kTest };

struct OrderLine {
  Instant order_time;
  Instant recorded_at;
  uint64_t order = 0;          // number of the order; of a refund, of the order it gives back
  int64_t discount_cents = 0;  // of the whole line; negative where a refund gives it back
  int32_t unit_price_cents = 0;
  int32_t quantity = 0;  // negative on refunds
  uint32_t customer = kNoCustomer;
  uint16_t product = 0;
  uint8_t store = kNoStore;
  uint8_t channel = 0;
  Status status = Status::kCompleted;
  bool duplicate = false;  // repeats another of the order; not written to the file
  bool late = false;       // recorded days later; not written to the file
  uint16_t coupon = kNoCoupon;

  int64_t amount_cents() const { return int64_t{quantity} * unit_price_cents - discount_cents; }
};

// What a line is to the books. Every line is exactly one, the first that fits.
enum class LineClass : uint8_t {
  kNotSale,       // status cancelled, failed or test
  kUnattributed,  // no customer
  kPlaceholder,   // GUEST or 0
  kRefund,        // negative quantity
  kFree,          // amount zero
  kCharge,        // shipping
  kSale,
};
constexpr size_t kLineClasses = 7;
LineClass class_of(const OrderLine& line);

enum class Gender : uint8_t { kUnknown, kWoman, kMan, kOther };

// What the shop holds an account to be, as far as it knows.
enum class Kind : uint8_t { kPerson, kTrade, kStaff, kTest, kPlaceholder };

// Themes that some products and some customers have beside their category.
enum class Topic : uint8_t { kKids, kBaby, kSport, kHealth, kTechnology };
constexpr size_t kTopics = 5;
using TopicSet = uint8_t;  // bit t: Topic t
constexpr TopicSet topic_bit(Topic topic) {
  return static_cast<TopicSet>(1u << static_cast<unsigned>(topic));
}

// Interests that are not categories, as stated: bits of Interests::wider.
enum class WiderInterest : uint8_t { kSustainability, kFitness, kNutrition, kTechnology, kFamily };

struct Position {
  int32_t latitude = INT32_MAX;  // ten-thousandths of a degree; INT32_MAX: not known
  int32_t longitude = INT32_MAX;
  bool known() const { return latitude != INT32_MAX; }
};

constexpr uint8_t kNoPlace = UINT8_MAX;

struct CustomerRow {
  uint32_t customer = 0;
  Instant joined;
  bool has_birth_date = false;
  Day birth_date;
  Gender gender = Gender::kUnknown;
  uint8_t household_size = 0;  // 0: not known
  uint8_t region = UINT8_MAX;  // of Catalogue::regions; UINT8_MAX: not known
  uint8_t home_store = 0;
  uint8_t sign_up_channel = 0;
  bool email_consent = false;  // as of the last day
  Kind kind = Kind::kPerson;
  uint8_t away = kNoPlace;  // of away_places(); kNoPlace: where the shop is
  Position home;
  uint32_t household = 0;           // lowest customer number of the household
  int8_t children = -1;             // -1: not known
  Instant member_since = kNever;    // kNever: no member
  int8_t profiling_objection = -1;  // -1: not asked
};

// What a customer said she is interested in, when she was asked.
struct Interests {
  uint32_t customer = 0;
  Instant at;
  uint16_t categories = 0;  // bit c: category c
  uint8_t wider = 0;        // bit i: WiderInterest i
};

// Countries and zones of customers who live elsewhere.
struct AwayPlace {
  std::string_view country;
  std::string_view zone;
};
std::span<const AwayPlace> away_places();

enum class VisitSource : uint8_t { kDirect, kSearch, kEmail, kSocial, kReferral };
enum class Device : uint8_t { kPhone, kDesktop, kTablet };

struct Visit {
  uint32_t customer = 0;
  Instant at;
  Device device = Device::kPhone;
  VisitSource source = VisitSource::kDirect;
  uint8_t category = 0;  // looked at longest
  uint8_t pages = 1;
  bool added_to_cart = false;
  bool ordered = false;
};

enum class Question : uint8_t { kNps, kCsat, kRewardPreference, kDataComfort };
enum class Preference : uint8_t { kDiscount, kExperience, kEarlyAccess, kCharity };

struct Survey {
  uint32_t customer = 0;
  Question question = Question::kNps;
  Instant sent_at;
  Instant answered_at = kNever;  // kNever: no answer
  int8_t score = -1;             // nps 0..10, csat 1..5
};

struct Message {
  uint32_t customer = 0;
  uint16_t campaign = 0;
  bool treated = false;  // false: control group, nothing was sent
  Instant assigned_at;
  Instant opened_at = kNever;
  Instant clicked_at = kNever;
  bool unsubscribed = false;
};

// An answer to a question: those to surveys, and to questions asked once in the account.
struct Answer {
  uint32_t customer = 0;
  Question question = Question::kNps;
  Instant at;
  int8_t score = -1;                          // -1: a choice, no score
  Preference choice = Preference::kDiscount;  // of kRewardPreference
};

enum class MailStep : uint8_t {
  kSent,
  kDelivered,
  kBounced,
  kOpened,
  kClicked,
  kUnsubscribed,
  kComplained
};

enum class Channel : uint8_t { kEmail, kSms, kPush, kPost };

// One thing that happened to one message. Campaigns first, then newsletters and texts
// (Catalogue::mailings).
struct MailEvent {
  uint32_t customer = 0;
  Instant at;
  uint16_t mailing = 0;
  MailStep step = MailStep::kSent;
  Channel channel = Channel::kEmail;
  bool machine = false;  // opened or clicked by a mail program, not by a person
};

enum class Purpose : uint8_t { kMarketing, kProfiling };
enum class ConsentState : uint8_t { kGranted, kDenied, kWithdrawn, kObjected };
enum class ConsentSource : uint8_t { kSignUp, kAccountPage, kMessageLink, kRenewal };

struct Consent {
  uint32_t customer = 0;
  Channel channel = Channel::kEmail;
  Purpose purpose = Purpose::kMarketing;
  ConsentState state = ConsentState::kGranted;
  ConsentSource source = ConsentSource::kSignUp;
  Instant at;
  Instant expires_at = kNever;
};

enum class PointsKind : uint8_t { kEarn, kBurn, kClawback, kExpire };

// A line of the member's points statement, in order of time.
struct PointsRow {
  uint32_t customer = 0;
  Instant at;
  PointsKind kind = PointsKind::kEarn;
  int32_t points = 0;  // negative where they leave
  int32_t balance = 0;
  Instant expires_at = kNever;  // of the whole balance, unless she earns before; kNever: it is zero
};

enum class Tier : uint8_t { kBronze, kSilver, kGold };

struct TierChange {
  uint32_t customer = 0;
  Instant at;
  Tier tier = Tier::kBronze;
};

struct Referral {
  uint32_t customer = 0;
  Instant at;
  bool converted = false;
};

struct Review {
  uint32_t customer = 0;
  Instant at;
  uint16_t product = 0;
  uint8_t rating = 0;  // 1..5
};

enum class CaseStatus : uint8_t { kOpen, kClosed };
enum class CaseTopic : uint8_t { kDelivery, kProduct, kBilling, kAccount };

struct ServiceCase {
  uint32_t customer = 0;
  uint16_t number = 0;  // of the customer's cases, from 1
  Instant at;
  CaseStatus status = CaseStatus::kOpen;
  CaseTopic topic = CaseTopic::kDelivery;
};

enum class Response : uint8_t { kUnmoved, kPersuadable, kSleepingDog };

struct CustomerTruth {
  uint32_t customer = 0;
  Instant joined;
  Instant drop_out = kNever;  // kNever: still a customer on the last day
  double orders_per_year = 0;
  double drop_outs_per_year = 0;
  double mean_order_cents = 0;
  double online_share = 0;
  double discount_affinity = 0;
  double satisfaction = 0;  // standard deviations
  uint8_t favourite_category = 0;
  double favourite_share = 0;  // of that category in her taste
  Response response = Response::kUnmoved;
  double response_chance = 0;
  bool trade = false;
  bool prospect = false;
  Kind kind = Kind::kPerson;
  bool eco_minded = false;     // takes the greener twin of a product
  bool early_adopter = false;  // takes new editions in their first month
  bool advocate = false;       // recommends the shop
  bool reserved = false;       // would rather not be profiled
  TopicSet topics = 0;         // takes the twin of that theme
  uint8_t children = 0;        // in truth; CustomerRow says what the shop knows
  double newsletters_per_year = 0;
  int32_t orders = 0;         // kept orders in the file
  int32_t undone_orders = 0;  // of these, given back whole
  int64_t gross_cents = 0;  // sales and charges, duplicates included, as a reader of the file sees
  int64_t refunds_cents = 0;  // positive
};

}  // namespace regulars::simulate
