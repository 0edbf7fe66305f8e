// The rows of a simulated shop's files, as numbers; ids and names as written come from Catalogue.
#pragma once

#include <cstdint>

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
  uint16_t interests = 0;      // bit c: named category c; 0: not asked or none
  bool email_consent = false;  // as of the last day
};

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

enum class Question : uint8_t { kNps, kCsat };

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

struct Consent {
  uint32_t customer = 0;
  bool sms = false;  // else e-mail
  bool granted = false;
  Instant at;
  uint8_t source = 0;  // 0 sign-up, 1 own account page, 2 link in a message
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
  int32_t orders = 0;         // kept orders in the file
  int32_t undone_orders = 0;  // of these, given back whole
  int64_t gross_cents = 0;  // sales and charges, duplicates included, as a reader of the file sees
  int64_t refunds_cents = 0;  // positive
};

}  // namespace regulars::simulate
