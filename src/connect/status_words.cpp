#include "connect/status_words.h"

#include <array>
#include <string>
#include <utility>

#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr std::string_view kSale =
    ",paid,complete,completed,closed,shipped,delivered,fulfilled,processing,succeeded,success,"
    "successful,settled,captured,approved,authorized,partially paid,partially refunded,"
    "partially shipped,sale,sold,order,purchase,invoice,payment,receipt,active,confirmed,done,ok,"
    "invoiced,ready,in process,on hold,open,sale line,"
    "bezahlt,abgeschlossen,versendet,versandt,geliefert,verkauf,rechnung,in bearbeitung,"
    "paye,payee,termine,terminee,expedie,expediee,livre,livree,vente,facture,en cours,"
    "pagado,completado,enviado,entregado,venta,factura,en proceso,"
    "pagato,completato,spedito,consegnato,vendita,fattura,in lavorazione,"
    "betaald,voltooid,verzonden,geleverd,verkoop,factuur,in behandeling,pago,concluido,";

constexpr std::string_view kNotSale =
    ",cancelled,canceled,cancel,cancellation,void,voided,failed,failure,fail,declined,rejected,"
    "pending,pending payment,awaiting payment,unpaid,draft,checkout draft,test,trash,trashed,"
    "abandoned,expired,incomplete,error,denied,blocked,fraud,suspected fraud,quote,quotation,"
    "estimate,proposal,deleted,uncaptured,requires payment method,unavailable,"
    "storniert,storno,abgebrochen,fehlgeschlagen,offen,ausstehend,entwurf,abgelehnt,angebot,"
    "unbezahlt,geloescht,"
    "annule,annulee,echoue,echouee,echec,en attente,brouillon,refuse,refusee,devis,impaye,"
    "cancelado,cancelada,anulado,anulada,fallido,fallida,pendiente,borrador,rechazado,presupuesto,"
    "annullato,annullata,fallito,fallita,in attesa,bozza,rifiutato,preventivo,"
    "geannuleerd,mislukt,in afwachting,concept,afgewezen,offerte,pendente,rascunho,falhou,";

constexpr std::string_view kRefund =
    ",refund,return,chargeback,credit,credit note,credit memo,creditnote,reversal,reversed,"
    "sale return,sales return,customer return,partial refund,exchange return,"
    "retoure,rueckgabe,ruecksendung,erstattung,gutschrift,rechnungskorrektur,stornorechnung,"
    "remboursement,retour,avoir,note de credit,"
    "reembolso,devolucion,abono,nota de credito,"
    "rimborso,reso,nota di credito,nota credito,"
    "terugbetaling,retourzending,creditnota,creditfactuur,devolucao,estorno,";

constexpr std::string_view kGivenBack =
    ",refunded,returned,fully refunded,charged back,lost dispute,"
    "erstattet,zurueckgegeben,retourniert,rembourse,remboursee,retourne,retournee,"
    "reembolsado,reembolsada,devuelto,devuelta,rimborsato,rimborsata,restituito,"
    "terugbetaald,geretourneerd,devolvido,";

constexpr std::string_view kPurchase =
    ",transaction,purchase,purchased,order,ordered,sale,sold,buy,bought,placed order,order placed,"
    "order completed,completed order,ordered product,checkout completed,order paid,"
    "payment,invoice,order created,product purchased,item purchased,pos sale,"
    "kauf,bestellung,verkauf,achat,commande,vente,compra,pedido,venta,acquisto,ordine,vendita,"
    "aankoop,bestelling,verkoop,";

bool in_list(std::string_view list, const std::string& key) {
  return list.find("," + key + ",") != std::string_view::npos;
}

// "partially_refunded", "Pending Payment", "wc-on-hold": folded, marks as spaces.
std::string key_of(std::string_view value) {
  std::string key;
  for (const std::string& word : words_of(value)) key += (key.empty() ? "" : " ") + word;
  if (key.starts_with("wc ")) key.erase(0, 3);
  return key;
}

}  // namespace

StatusMeaning status_of(std::string_view value) {
  if (value.size() > 40) return StatusMeaning::kUnknown;
  const std::string key = key_of(value);
  if (key.empty()) return StatusMeaning::kUnknown;
  constexpr std::array<std::pair<std::string_view, StatusMeaning>, 4> kLists = {{
      {kSale, StatusMeaning::kSale},
      {kNotSale, StatusMeaning::kNotSale},
      {kRefund, StatusMeaning::kRefund},
      {kGivenBack, StatusMeaning::kGivenBack},
  }};
  for (const auto& [list, meaning] : kLists) {
    if (in_list(list, key)) return meaning;
  }
  return StatusMeaning::kUnknown;
}

bool is_purchase_event(std::string_view value) {
  if (value.size() > 40) return false;
  const std::string key = key_of(value);
  return !key.empty() && in_list(kPurchase, key);
}

bool means_yes(std::string_view value) {
  return in_list(",yes,y,true,t,1,x,on,ja,j,wahr,oui,vrai,o,si,s,verdadero,vero,sim,",
                 folded(value));
}

bool means_no(std::string_view value) {
  return in_list(",no,n,false,f,0,off,nein,falsch,non,faux,falso,nee,onwaar,nao,", folded(value));
}

}  // namespace regulars::connect
