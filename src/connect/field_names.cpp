#include "connect/field_names.h"

#include <algorithm>

#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr size_t kLongestName = 60;

// Other usual names of the fields of the event types every project has; as field_name_of gives
// them. `type` empty: in any type.
struct Usual {
  std::string_view type;
  std::string_view field;
  std::string_view names;  // between commas
};

constexpr Usual kUsual[] = {
    {"", "campaign", ",newsletter,mailing,campaign_code,kampagne,campagne,flow,journey,"},
    {"", "channel", ",medium,via,kanal,canal,contact_channel,"},
    {"", "variant", ",version,ab_variant,ab_group,test_group,arm,subject_variant,"},
    {"", "machine",
     ",is_machine,machine_open,machine_opened,is_machine_open,bot,is_bot,is_proxy,proxy,"
     "prefetched,is_prefetch,apple_mpp,mpp,automated,"},
    {"", "expires_at",
     ",expires,expiry,expiry_date,expiration,expiration_date,expires_on,expire_date,valid_until,"
     "valid_to,ablauf,gueltig_bis,date_expiration,"},
    {"", "product", ",sku,item,article,upc,artikel,"},
    {"", "store", ",shop,branch,location,filiale,"},
    {"", "category", ",product_category,department,kategorie,"},
    {"", "coupon", ",coupon_code,voucher,discount_code,coupon_upc,"},
    {"survey", "survey", ",form,questionnaire,survey_title,umfrage,encuesta,enquete,poll,"},
    {"survey", "question", ",item,question_text,frage,prompt,question_key,"},
    {"survey", "answer", ",response,reply,comment,antwort,answer_text,verbatim,response_text,"},
    {"survey", "score", ",rating,nps,nps_score,stars,points,value,csat,note,score_value,"},
    {"consent", "state",
     ",status,consent,consent_state,consent_status,decision,action,granted,opt_in,opted_in,"
     "subscribed,permission,"},
    {"consent", "purpose", ",topic,list,scope,consent_type,consent_purpose,zweck,"},
    {"consent", "source", ",origin,collected_by,form,"},
    {"consent", "version", ",text_version,policy_version,document_version,"},
    {"points_statement", "balance",
     ",points_balance,current_balance,balance_after,new_balance,total_points,saldo,"},
    {"points_statement", "points",
     ",change,delta,points_change,points_delta,points_earned,earned,amount,punkte,"},
    {"points_statement", "kind", ",type,transaction_type,reason,movement,entry_type,"},
    {"reward_redeemed", "reward", ",coupon,voucher,offer,coupon_upc,voucher_code,prize,"},
    {"reward_redeemed", "points", ",points_spent,cost,points_cost,"},
    {"review", "rating", ",stars,score,grade,"},
    {"review", "text", ",comment,body,review_text,"},
    {"tier_change", "tier", ",level,status,new_tier,tier_name,"},
    {"service_case", "case", ",ticket,case_number,ticket_number,"},
    {"service_case", "topic", ",subject,reason,category,"},
    {"service_case", "status", ",state,"},
    {"visit", "pages", ",page_views,pageviews,views,"},
    {"visit", "device", ",platform,device_type,"},
    {"assignment", "group", ",arm,variant,treatment,test_group,segment_group,"},
    {"refund", "refund_of", ",order,order_number,original_order,refunded_order,"},
    {"refund", "amount", ",refund,refund_amount,refunded,value,"},
    {"refund", "reason", ",refund_reason,return_reason,"},
};

constexpr std::string_view kIdWords[] = {"_id",   "_key", "_code",   "_no", "_nr",
                                         "_name", "_sku", "_number", "_upc"};

std::string joined(const std::vector<std::string>& words) {
  std::string name;
  for (const std::string& word : words) {
    std::string plain;
    for (const char c : word) {
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
    }
    if (plain.empty()) continue;
    if (!name.empty()) name += '_';
    name += plain;
  }
  return name;
}

bool is_usual(const std::string& name, const std::string& type, const std::string& field) {
  const std::string wanted = "," + name + ",";
  return std::any_of(std::begin(kUsual), std::end(kUsual), [&](const Usual& usual) {
    return usual.field == field && (usual.type.empty() || usual.type == type) &&
           usual.names.find(wanted) != std::string_view::npos;
  });
}

}  // namespace

std::string field_name_of(std::string_view column) {
  const size_t point = column.rfind('.');
  std::string name;
  if (point != std::string_view::npos) name = joined(words_of(column.substr(point + 1)));
  if (name.empty()) name = joined(words_of(column));
  if (!name.empty() && name[0] >= '0' && name[0] <= '9') name.insert(0, "c_");
  if (name.size() > kLongestName) name.resize(kLongestName);
  return name;
}

std::string without_id_word(const std::string& field_name) {
  for (const std::string_view word : kIdWords) {
    if (field_name.size() > word.size() && field_name.ends_with(word)) {
      return field_name.substr(0, field_name.size() - word.size());
    }
  }
  return field_name;
}

double field_score(std::string_view column, const std::string& event_type,
                   const std::string& field) {
  if (column == field) return 1;
  const std::string name = field_name_of(column);
  if (name.empty()) return 0;
  if (name == field) return 0.95;
  if (name == event_type + "_" + field) return 0.9;
  if (name == field + "_id" || name == field + "_key") return 0.8;
  if (is_usual(name, event_type, field)) return 0.7;
  const std::string stem = without_id_word(name);
  if (stem == field) return 0.6;
  return stem != name && is_usual(stem, event_type, field) ? 0.5 : 0;
}

int find_field(const std::vector<std::string>& columns, const std::vector<bool>& taken,
               const std::string& event_type, const std::string& field) {
  int best = -1;
  double best_score = 0;
  for (size_t c = 0; c < columns.size(); ++c) {
    if (taken[c]) continue;
    const double score = field_score(columns[c], event_type, field);
    if (score > best_score) best_score = score, best = static_cast<int>(c);
  }
  return best;
}

}  // namespace regulars::connect
