// What a project declares about its data: the nouns that rules, readers and the store share. Filled
// from regulars.yaml by `project`, or from what a source turned out to hold.
//
// Thread-safety: values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/retail_calendar.h"
#include "base/time.h"
#include "data/column.h"
#include "data/source_spec.h"

namespace regulars {

// A column of an event type, of a reference table, or an attribute of customers.
struct FieldDeclaration {
  std::string name;
  ValueType type = ValueType::kText;
  int scale = 0;        // kDecimal
  bool is_set = false;  // kText: several texts, given as a;b;c or a JSON array

  bool operator==(const FieldDeclaration&) const = default;
};

// What a customer's attribute is and how long a value counts.
struct AttributeDeclaration {
  FieldDeclaration field;
  // Constant: holds at every instant (birth date, sign-up channel). Others hold from the date of
  // their source on and are unknown before: asking the past with today's value is a leak.
  bool constant = false;
  std::optional<int> expires_after_months;  // an interest ages; afterwards unknown
  enum class Provenance { kAsked, kObserved, kInferred } provenance = Provenance::kObserved;
};

// Name of the event stream that carries the attributes that are not constant: one event for each
// time a source stated some; unknown columns were not stated.
inline constexpr const char* kAttributeChanges = "attribute_change";

// Name of the event stream that carries the scores of models: one event for each time a customer
// was scored, with every score that counts from then on; an unknown column: she has none of it. So
// a score is a fact with a date like any other, and the past is asked with the score of its time.
inline constexpr const char* kModelScores = "model_score";

struct EventTypeDeclaration {
  std::string name;
  std::vector<FieldDeclaration> fields;
  std::vector<FieldDeclaration> item_fields;
};

// A score's column: a day when its name ends in `_date`, else a decimal of six digits.
FieldDeclaration score_field(const std::string& name);

// product, store, campaign, offer or any other table that events point at by a key column of the
// table's name: item.product -> product.eco.
struct ReferenceTable {
  std::string name;
  std::string key;  // column of the table that holds the id
  std::vector<FieldDeclaration> fields;
  // Rows with several validities: from this column's day on; empty: one row for an id.
  std::string valid_from;
};

// What is taken for consent when a source has no consent rows for a customer.
struct ConsentPolicy {
  enum class Default { kNone, kSource } default_from = Default::kNone;
  // kSource: customers of these sources count as consenting from their first record on.
  std::vector<std::string> sources;
  std::optional<int> expires_after_months;  // of consents that name no expiry
};

// A way to group customers: household, account. By the value of an attribute.
struct UnitDeclaration {
  std::string name;
  std::string attribute;
};

struct ProjectFacts {
  std::string name;
  std::string zone = "UTC";
  std::string currency;  // ISO 4217; empty: not given
  int amount_scale = 2;
  RetailCalendar retail;
  std::string activity = "purchase";  // the event type that counts as a sign of life
  std::string kind_of_shop;           // "grocery" ...; empty: general
  std::vector<EventTypeDeclaration> events;
  std::vector<AttributeDeclaration> attributes;
  std::vector<ReferenceTable> tables;
  std::vector<UnitDeclaration> units;
  ConsentPolicy consent;

  const EventTypeDeclaration* event(const std::string& name) const;
  const AttributeDeclaration* attribute(const std::string& name) const;
  const ReferenceTable* table(const std::string& name) const;
  const UnitDeclaration* unit(const std::string& name) const;
};

// The event types every project has, with the fields that rules may rely on: purchase (amount,
// lines, undone_at, channel, store ...; items product, quantity, amount), refund, free_order,
// visit, message_sent, message_delivered, message_opened, message_clicked, message_bounced,
// message_complained, message_unsubscribed (campaign, channel, variant, machine), survey (survey,
// question, answer, score), consent (channel, purpose, state: granted denied withdrawn objected,
// expires_at, source, version), points_statement (balance, kind, points, expires_at), tier_change
// (tier), review (rating, product), referral (converted), service_case (status, topic),
// reward_redeemed (reward, points), cart_add (product), assignment (campaign, offer, group).
const std::vector<EventTypeDeclaration>& well_known_events();

// What is said about order files instead of letting it be found out (see data/source_spec.h).
struct OrderReading {
  std::optional<AmountMeaning> amount_meaning;
  std::optional<int> amount_scale;
  std::string decimal_mark;  // "," or "."; empty: found out
  std::string currency;
  bool each_row_is_an_order = false;
  bool drop_duplicates = false;
  std::vector<std::string> excluded;     // customers left out on request
  std::vector<std::string> not_persons;  // ids that stand for nobody, added to those found
  std::vector<std::string> persons;      // ids that look so and are people after all
};

// Where data comes from.
struct SourceDeclaration {
  enum class Kind {
    kOrders,     // order lines, read as `analyze` reads them
    kCustomers,  // attributes of customers
    kEvents,     // rows that are events of a type (or of the type a column names)
    kReference,  // rows of a reference table
  };
  std::string name;
  Kind kind = Kind::kOrders;

  // Files, relative to the project: a path or a glob ("orders/*.csv"). New files are read when they
  // appear; changed ones are read again.
  std::vector<std::string> files;
  // Or PostgreSQL: the name of the environment variable that holds the connection string, and a
  // table or query; `since` names a column to read only what is new.
  std::string postgres;
  std::string query;
  std::string since;

  std::string event_type;                      // kEvents: fixed; or
  std::string type_column;                     // the column that names it
  std::map<std::string, std::string> types;    // value of type_column -> event type; others ignored
  std::string table;                           // kReference
  std::map<std::string, std::string> columns;  // role or field -> column of the source
  std::string time_zone;                       // of times that name no offset; empty: the project's
  std::string time_format;                     // "dmy", "mdy", "ymd" ...; empty: found out
  OrderReading orders;                         // kOrders
  std::string date;                            // kCustomers: the day the values are of; empty: the
                                               // file's modification day
  double most_rejects = 0.02;  // the run fails when a larger share of the rows is rejected
  int expect_every_days = 0;   // a feed silent for longer has stopped; 0: by its own rhythm
};

}  // namespace regulars
