#include "connect/event_shapes.h"

#include <algorithm>
#include <set>

#include "connect/field_names.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

struct Words {
  const char* type;
  std::string_view words;
};

constexpr Words kEventWords[] = {
    {"message_sent", ",sent,send,sends,dispatched,processed,dispatch,gesendet,versendet,"},
    {"message_delivered", ",delivered,delivery,deliver,inbox,zugestellt,"},
    {"message_opened", ",opened,open,opens,read,open unique,first open,geoeffnet,"},
    {"message_clicked", ",clicked,click,clicks,link clicked,link click,url clicked,geklickt,"},
    {"message_bounced",
     ",bounced,bounce,hard bounce,soft bounce,hard bounced,soft bounced,hardbounce,softbounce,"
     "dropped,undelivered,bounces,"},
    {"message_complained",
     ",complained,complaint,spam,spam report,spam reported,spamreport,marked as spam,abuse,"
     "spam complaint,"},
    {"message_unsubscribed",
     ",unsubscribed,unsubscribe,unsub,opt out,opted out,optout,list unsubscribe,abgemeldet,"},
    {"visit", ",visit,visited,session,session start,page view,pageview,web visit,store visit,"},
    {"cart_add", ",cart add,add to cart,added to cart,added to basket,add to basket,"},
    {"review", ",review,reviewed,product review,submitted review,"},
    {"reward_redeemed", ",reward redeemed,redeemed,redemption,coupon redeemed,"},
    {"survey", ",survey,survey answered,survey completed,survey response,"},
};

std::string key_of(std::string_view text) {
  std::string key;
  for (const std::string& word : words_of(text)) key += (key.empty() ? "" : " ") + word;
  return key;
}

std::string without_message_word(const std::string& key) {
  for (const std::string_view word :
       {"email ", "e mail ", "message ", "mail ", "sms ", "push ", "newsletter "}) {
    if (key.starts_with(word)) return key.substr(word.size());
  }
  return key;
}

// "opened_at", "OpenTime", "click date" -> the message's event of that time.
std::string happening_of(std::string_view column) {
  std::string key = key_of(column);
  bool of_time = false;
  for (const std::string_view end : {" at", " time", " date", " on", " ts", " timestamp"}) {
    if (!key.ends_with(end)) continue;
    key.resize(key.size() - end.size());
    of_time = true;
    break;
  }
  if (!of_time) return {};
  key = without_message_word(key);
  if (key.starts_with("first ")) key.erase(0, 6);
  for (const Words& words : kEventWords) {
    if (std::string_view(words.type).starts_with("message_") &&
        words.words.find("," + key + ",") != std::string_view::npos) {
      return words.type;
    }
  }
  return {};
}

std::vector<EventPlan::Happening> find_happenings(const SourceReading& reading) {
  std::vector<EventPlan::Happening> happenings;
  for (size_t c = 0; c < reading.names().size(); ++c) {
    const std::string type = happening_of(reading.names()[c]);
    const bool again = std::any_of(happenings.begin(), happenings.end(),
                                   [&](const auto& known) { return known.type == type; });
    if (!type.empty() && !again) happenings.push_back({c, type});
  }
  const bool sent = std::any_of(happenings.begin(), happenings.end(),
                                [](const auto& known) { return known.type == "message_sent"; });
  if (!sent || happenings.size() < 2) happenings.clear();
  return happenings;
}

// The types of a column's values, and the rows that have one.
struct TypedValues {
  std::map<std::string, std::string, std::less<>> types;
  int64_t rows = 0;
};

TypedValues types_of(const ColumnProfile& column, const ProjectFacts& facts) {
  TypedValues typed;
  for (const ValueCount& value : column.values) {
    const std::string type = event_type_of(value.value, facts);
    if (type.empty()) continue;
    typed.types.emplace(value.value, type);
    typed.rows += value.rows;
  }
  return typed;
}

bool find_type_column(const SourceReading& reading, EventPlan& plan) {
  int64_t most = 0;
  for (size_t c = 0; c < reading.profile().columns.size(); ++c) {
    const ColumnProfile& column = reading.profile().columns[c];
    TypedValues typed = types_of(column, reading.facts());
    if (typed.rows * 2 <= column.filled() || typed.rows <= most) continue;
    most = typed.rows;
    plan.type_column = static_cast<int>(c);
    plan.types = std::move(typed.types);
  }
  if (most > 0) plan.shape = "log with a row per event";
  return most > 0;
}

bool has_fields(const SourceReading& reading, const std::string& type,
                std::initializer_list<const char*> fields) {
  return std::all_of(fields.begin(), fields.end(), [&](const char* field) {
    if (reading.said(field) >= 0) return true;
    return find_field(reading.names(), reading.taken(), type, field) >= 0;
  });
}

// By the columns alone, when nothing is declared.
bool find_by_fields(const SourceReading& reading, EventPlan& plan) {
  if (has_fields(reading, "consent", {"purpose", "state"}) ||
      has_fields(reading, "consent", {"channel", "state", "expires_at"})) {
    plan.fixed = "consent";
    plan.shape = "consents";
  } else if (has_fields(reading, "survey", {"question", "answer"}) ||
             has_fields(reading, "survey", {"survey", "score"})) {
    plan.fixed = "survey";
    plan.shape = "survey answers";
  } else if (has_fields(reading, "points_statement", {"balance"})) {
    plan.fixed = "points_statement";
    plan.shape = "points statements";
  }
  return !plan.fixed.empty();
}

Error unknown_events(const SourceReading& reading) {
  return reading.missing("the type of event",
                         "Say event_type: NAME, or type_column: COLUMN and types: its values.");
}

}  // namespace

std::string event_type_of(std::string_view word, const ProjectFacts& facts) {
  std::string name = field_name_of(word);
  if (!name.empty() && facts.event(name) != nullptr) return name;
  const std::string key = without_message_word(key_of(word));
  if (key.empty()) return {};
  for (const Words& words : kEventWords) {
    if (words.words.find("," + key + ",") != std::string_view::npos) return words.type;
  }
  return {};
}

std::vector<std::string> EventPlan::event_types() const {
  std::set<std::string> all;
  if (!fixed.empty()) all.insert(fixed);
  for (const auto& [value, type] : types) all.insert(type);
  for (const Happening& happening : happenings) all.insert(happening.type);
  return {all.begin(), all.end()};
}

Result<EventPlan> plan_events(const SourceReading& reading) {
  EventPlan plan;
  const SourceDeclaration& declaration = reading.declaration();
  if (!declaration.type_column.empty()) {
    plan.type_column = reading.find(declaration.type_column);
    if (!declaration.types.empty()) {
      plan.types.insert(declaration.types.begin(), declaration.types.end());
    } else {
      const auto place = static_cast<size_t>(plan.type_column);
      plan.types = types_of(reading.profile().columns[place], reading.facts()).types;
      if (plan.types.empty()) return unknown_events(reading);
    }
    return plan;
  }
  const std::string& declared = declaration.event_type;
  const bool messages =
      declared.empty() || declared == "message" || declared.starts_with("message_");
  if (messages) plan.happenings = find_happenings(reading);
  if (!plan.happenings.empty()) {
    plan.shape = "log with a row per message";
    return plan;
  }
  if (!declared.empty()) {
    plan.fixed = declared;
    return plan;
  }
  if (find_type_column(reading, plan) || find_by_fields(reading, plan)) return plan;
  return unknown_events(reading);
}

}  // namespace regulars::connect
