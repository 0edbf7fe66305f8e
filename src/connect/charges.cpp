#include "connect/charges.h"

#include <algorithm>
#include <string>

#include "connect/text.h"

namespace regulars::connect {
namespace {

// Ids that are charges in themselves: codes that shops' systems reserve for them.
constexpr std::string_view kIds =
    ",post,dot,m,d,s,b,c2,cruk,pads,bank charges,amazonfee,amazon fee,adjust,adjust2,ship,shipping,"
    "shipment,freight,postage,carriage,handling,delivery,deposit,tip,tips,gratuity,fee,fees,"
    "discount,coupon,voucher,gift card,giftcard,gift,surcharge,rounding,round,adjustment,manual,"
    "misc,service charge,tax,samples,test,porto,versand,versandkosten,pfand,gutschein,rabatt,"
    "frais de port,livraison,envio,spedizione,verzendkosten,";

// Whole names, folded.
constexpr std::string_view kNames =
    ",postage,dotcom postage,next day carriage,carriage,manual,discount,bank charges,amazon fee,"
    "amazon fees,samples,cruk commission,adjust bad debt,adjustment by john,shipping,shipping cost,"
    "shipping costs,shipping charge,shipping charges,shipping fee,shipping and handling,"
    "standard shipping,express shipping,free shipping,delivery,delivery fee,delivery charge,"
    "standard delivery,express delivery,freight,handling,handling fee,packing,postage and packing,"
    "p p,p and p,tip,tips,gratuity,service charge,service fee,processing fee,transaction fee,"
    "booking fee,bag fee,carrier bag,plastic bag charge,deposit,bottle deposit,gift card,"
    "gift cards,gift voucher,gift certificate,e gift card,store credit,coupon,rounding,"
    "rounding adjustment,adjustment,price adjustment,fee,fees,late fee,restocking fee,surcharge,"
    "insurance,shipping insurance,donation,porto,versand,versandkosten,versandkostenpauschale,"
    "pfand,leergut,gutschein,geschenkgutschein,geschenkkarte,rabatt,trinkgeld,gebuehr,"
    "bearbeitungsgebuehr,frais de port,frais de livraison,livraison,consigne,carte cadeau,"
    "bon d achat,pourboire,remise,gastos de envio,envio,propina,tarjeta regalo,descuento,"
    "spese di spedizione,spedizione,mancia,buono regalo,sconto,verzendkosten,bezorgkosten,"
    "statiegeld,cadeaubon,cadeaukaart,fooi,korting,";

// Beginnings of names: gift vouchers have their value behind them.
constexpr std::string_view kStarts[] = {
    "gift card",    "gift voucher",   "gift certificate", "dotcomgiftshop gift voucher",
    "shipping ",    "delivery fee",   "bank charges",     "geschenkgutschein",
    "carte cadeau", "tarjeta regalo", "versandkosten",    "e gift card"};

std::string key_of(std::string_view text) {
  std::string key;
  for (const std::string& word : words_of(text)) key += (key.empty() ? "" : " ") + word;
  return key;
}

bool in_list(std::string_view list, const std::string& key) {
  return !key.empty() && list.find("," + key + ",") != std::string_view::npos;
}

}  // namespace

bool is_charge(std::string_view id, std::string_view name, bool short_ids) {
  if (id.starts_with("gift_0001_")) return true;
  const bool code = id.size() <= 24 && (id.size() > 2 || !short_ids);
  if (code && in_list(kIds, key_of(id))) return true;
  for (const std::string_view text : {name, id}) {
    if (text.empty() || text.size() > 60) continue;
    const std::string key = key_of(text);
    if (in_list(kNames, key)) return true;
    const bool starts = std::any_of(std::begin(kStarts), std::end(kStarts),
                                    [&](std::string_view start) { return key.starts_with(start); });
    if (starts) return true;
  }
  return false;
}

}  // namespace regulars::connect
