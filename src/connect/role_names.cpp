#include "connect/role_names.h"

#include <array>

namespace regulars::connect {
namespace {

constexpr NameGroup kCustomer[] = {
    {1.0,
     "customer id,customer no,customer nr,customer number,customer code,customer key,customer ref,"
     "customer reference,customer unique id,cust id,cust no,cust,client id,client no,client number,"
     "client code,member id,member no,member number,membership id,membership number,user id,"
     "household id,household key,buyer id,shopper id,loyalty id,loyalty number,loyalty card,"
     "loyalty card number,account id,account no,account number,patron id,"
     "kundennummer,kunden nr,kundennr,kunden id,kundenid,debitor,debitorennummer,debitorennr,"
     "debitor nr,mitgliedsnummer,mitglied nr,kundenkarte,kundenkonto,"
     "id client,numero client,no client,n client,num client,code client,identifiant client,"
     "id cliente,codigo cliente,numero cliente,num cliente,cod cliente,codice cliente,n cliente,"
     "klantnummer,klant id,klantnr,klant nr,klantcode"},
    {0.9,
     "customer,client,member,person,household,buyer,shopper,user,kunde,kunden,cliente,klant,"
     "person id,contact id,subscriber id,visitor id,profile id,party id,consumer id,guest id"},
    {0.7, "card no,card number,card id,contact,account,consumer,guest,subscriber,visitor,patron"},
    {0.55,
     "customer name,client name,buyer name,member name,kundenname,nom client,nom du client,"
     "nombre cliente,nombre del cliente,nome cliente,klantnaam,billing name,full name"},
    {0.35, "phone,telephone,mobile,phone number,telefon,id"}};

constexpr NameGroup kEmail[] = {
    {1.0,
     "email,e mail,email address,e mail address,customer email,client email,mail,user email,"
     "buyer email,person email,emailadresse,e mail adresse,adresse email,adresse mail,courriel,"
     "correo,correo electronico,posta elettronica,emailadres"},
    {0.9, "contact email,billing email,email billing,account email,member email"}};

constexpr NameGroup kTime[] = {
    {1.0,
     "invoice date,order date,purchase date,transaction date,transaction time,"
     "transaction timestamp,sale date,sales date,date of purchase,date of sale,order time,"
     "order datetime,order timestamp,order date time,purchase time,purchase timestamp,"
     "order purchase timestamp,order placed at,ordered at,purchased at,order created at,"
     "order created,invoice datetime,receipt date,ticket date,"
     "bestelldatum,bestellt am,auftragsdatum,kaufdatum,rechnungsdatum,belegdatum,bondatum,"
     "date commande,date de commande,date de la commande,date facture,date achat,date d achat,"
     "date vente,fecha pedido,fecha de pedido,fecha factura,fecha compra,fecha de compra,"
     "fecha venta,data ordine,data fattura,data acquisto,data vendita,data pedido,data compra,"
     "besteldatum,orderdatum,factuurdatum,aankoopdatum,verkoopdatum"},
    {0.95,
     "timestamp,ts,time stamp,unix time,epoch,datetime,date "
     "time,date,datum,fecha,data,zeitpunkt,event time,event date,"
     "event timestamp,occurred at,trans date,txn date,zeitstempel,buchungsdatum,posting date"},
    {0.85,
     "created at,created,created utc,created date,created date utc,creation date,date created,"
     "visit date,booking date,day,erstellt am,erstellt,cree le,date creation,creado,creato il"},
    {0.7,
     "paid at,paid date,date paid,payment date,processed at,completed at,date completed,"
     "complete time,order completed at,zahlungsdatum,time,date paiement,fecha pago"},
    {0.35,
     "shipped at,ship date,shipping date,delivery date,delivered at,fulfilled at,"
     "lieferdatum,versanddatum,due date,date livraison,fecha envio"}};

constexpr NameGroup kTimeOfDay[] = {
    {1.0,
     "time,time of day,uhrzeit,heure,hora,ora,tijd,zeit,trans time,transaction time,order time,"
     "sale time,purchase time,invoice time,tijdstip,bestellzeit,receipt time,clock"}};

constexpr NameGroup kOrder[] = {
    {1.0,
     "order id,order no,order nr,order number,order name,order ref,order reference,order code,"
     "order key,order #,invoice no,invoice nr,invoice id,invoice number,invoice,invoice #,"
     "transaction id,transaction no,transaction number,trans id,txn id,basket id,receipt id,"
     "receipt no,receipt nr,receipt number,receipt,sale id,sales id,sales order,"
     "sales order number,document no,document number,doc no,bill no,bill number,bill id,"
     "purchase id,checkout id,ticket id,ticket no,ticket number,"
     "bestellnummer,bestell nr,bestellnr,bestell id,bestellung,auftragsnummer,auftragsnr,"
     "auftrag nr,auftrag,rechnungsnummer,rechnungsnr,rechnung nr,rechnung,belegnummer,belegnr,"
     "beleg nr,beleg,bonnummer,bonnr,bon nr,vorgangsnummer,vorgang,"
     "numero commande,numero de commande,n commande,no commande,num commande,id commande,commande,"
     "numero facture,n facture,facture,ticket,numero ticket,"
     "pedido,numero pedido,num pedido,id pedido,n pedido,numero de pedido,factura,numero factura,"
     "ordine,numero ordine,n ordine,id ordine,fattura,numero fattura,scontrino,"
     "ordernummer,bestelnummer,bestelling,bestel nr,factuurnummer,factuur"},
    {0.9,
     "order,transaction,basket,purchase,checkout,shopping cart id,cart id,orderid,payment id,"
     "charge id,event id,$event id"},
    {0.3, "id,number,no,reference"}};

constexpr NameGroup kProduct[] = {
    {1.0,
     "product id,product no,product nr,product number,product code,product key,product sku,"
     "stock code,stock id,sku,item id,item no,item nr,item number,item code,item sku,item #,"
     "article id,article no,article number,article code,lineitem sku,material,material number,"
     "artikelnummer,artikel nr,artikelnr,artikel id,produktnummer,produkt id,produktnr,"
     "id produit,code produit,ref produit,reference produit,code article,ref article,"
     "id producto,codigo producto,cod producto,codigo articulo,referencia,"
     "id prodotto,codice prodotto,codice articolo,cod articolo,"
     "productnummer,artikelcode,productcode"},
    {0.95, "ean,upc,gtin,asin,isbn,plu,barcode,ean code,upc code,variant id,variant sku"},
    {0.85, "product,item,article,artikel,produkt,produit,producto,prodotto,articolo,articulo"}};

constexpr NameGroup kProductName[] = {
    {1.0,
     "product name,product title,product description,item name,item description,item title,"
     "article name,article description,lineitem name,artikelbezeichnung,artikelname,"
     "produktname,produktbezeichnung,artikelbeschreibung,nom produit,libelle produit,"
     "designation produit,nombre producto,nombre del producto,descripcion producto,nome prodotto,"
     "descrizione prodotto,descrizione "
     "articolo,productnaam,artikelomschrijving,productomschrijving"},
    {0.9,
     "description,bezeichnung,beschreibung,designation,libelle,descripcion,descrizione,"
     "omschrijving,item,product,article,artikel"},
    {0.6, "title,details,memo"}};

constexpr NameGroup kCategory[] = {
    {1.0,
     "category,product category,item category,category name,product category name,department,"
     "product type,product group,item group,kategorie,warengruppe,produktkategorie,"
     "produktgruppe,categorie,categorie produit,famille,rayon,categoria,categoria producto,"
     "familia,categoria prodotto,reparto,productcategorie,productgroep,afdeling"},
    {0.8, "department"},
    {0.7, "genre,dept,group,subcategory,sub category,product line,class"}};

constexpr NameGroup kBrand[] = {
    {1.0,
     "brand,brand name,product brand,vendor,manufacturer,marke,hersteller,marque,fabricant,"
     "marca,fabricante,merk,fabrikant,label,supplier"}};

constexpr NameGroup kQuantity[] = {
    {1.0,
     "quantity,qty,order quantity,order qty,quantity sold,qty sold,units sold,units,unit quantity,"
     "item quantity,lineitem quantity,product quantity,quantity ordered,qty ordered,no of units,"
     "number of units,number of items,pieces,pcs,menge,anzahl,stueck,stk,stueckzahl,quantite,qte,"
     "nombre,cantidad,cant,unidades,quantita,qta,pezzi,aantal,hoeveelheid,quantidade,qtd"},
    {0.75, "number of,count,items,item count,no of items,unit count,cds"}};

constexpr NameGroup kPrice[] = {
    {1.0,
     "unit price,item price,price per unit,price each,lineitem price,product price,selling price,"
     "sell price,unit selling price,retail price,einzelpreis,stueckpreis,verkaufspreis,vk preis,"
     "prix unitaire,pu,prix unit,prix de vente,precio unitario,precio unidad,precio venta,"
     "prezzo unitario,prezzo vendita,stukprijs,eenheidsprijs,verkoopprijs,preco unitario"},
    {0.9, "price,sale price,preis,prix,precio,prezzo,prijs,preco,net price,unit amount"},
    {0.6, "list price,item cost,rate,price point,regular price"}};

constexpr NameGroup kAmount[] = {
    {1.0,
     "amount,line total,line amount,order total,order value,order amount,order total amount,"
     "total amount,total price,total sales,sales,revenue,sales amount,sales value,net sales,"
     "net amount,turnover,total,total value,transaction amount,transaction value,purchase amount,"
     "purchase value,amount paid,total paid,payment amount,payment value,invoice amount,"
     "invoice total,grand total,order revenue,net revenue,total revenue,item total,item revenue,"
     "extended price,dollar value,dollar amount,basket value,total spent,amount spent,spend,"
     "price total,line value,sale amount,sales revenue,total net,total gross,"
     "umsatz,betrag,gesamtbetrag,rechnungsbetrag,bestellwert,gesamtpreis,gesamtsumme,gesamt,summe,"
     "nettobetrag,bruttobetrag,nettoumsatz,bruttoumsatz,warenwert,positionsbetrag,zeilenbetrag,"
     "montant,montant total,montant ttc,montant ht,total ttc,total ht,chiffre d affaires,ca,"
     "ca ttc,ca ht,prix total,importe,importe total,monto,monto total,valor,valor total,"
     "precio total,ventas,importo,importo totale,totale,prezzo totale,ricavo,fatturato,"
     "bedrag,totaalbedrag,totaal,omzet,totaalprijs,orderbedrag,valor pago,$value"},
    {0.9,
     "value,gross sales,gross amount,total collected,money,monetary,paid,spent,gross,"
     "converted amount,extended amount,net,gmv,wert,brutto,netto,sum"},
    {0.6, "subtotal,sub total,order subtotal,zwischensumme,sous total,subtotaal,subtotale,charge"}};

constexpr NameGroup kDiscount[] = {
    {1.0,
     "discount,discount amount,discounts,total discount,discount value,discount total,disc,"
     "line discount,order discount,retail disc,coupon disc,item discount,lineitem discount,"
     "rabatt,nachlass,rabattbetrag,remise,reduction,montant remise,descuento,sconto,korting,"
     "rebate,coupon amount,discount given,cart discount,markdown,desconto"}};

constexpr NameGroup kRefund[] = {
    {1.0,
     "refund amount,refunded amount,amount refunded,order refund amount,refund,refunded,"
     "total refunded,refund total,refunds,returned amount,amount returned,partial refunds,"
     "converted amount refunded,erstattung,erstattet,erstattungsbetrag,rueckerstattung,"
     "montant rembourse,rembourse,remboursement,reembolso,importe reembolsado,rimborso,"
     "importo rimborsato,terugbetaald,terugbetaling"}};

constexpr NameGroup kRefundOf[] = {
    {1.0,
     "refund of,refunded order,refunded order id,refund order id,original order,"
     "original order id,original order no,original order number,original invoice,"
     "original invoice no,original transaction,original transaction id,original receipt,"
     "return of,returned order,parent order,parent order id,related order,related order id,"
     "credited invoice,credit for,reference order,ursprungsbestellung,ursprungsrechnung,"
     "bezugsbeleg,commande d origine,pedido original,ordine originale,oorspronkelijke order"}};

constexpr NameGroup kCost[] = {
    {1.0,
     "cost,unit cost,cogs,cost price,cost of goods,cost of goods sold,total cost,line cost,"
     "einstandspreis,einkaufspreis,wareneinsatz,ek preis,ek,cout,cout unitaire,prix achat,"
     "prix d achat,prix de revient,coste,coste unitario,costo,costo unitario,kostprijs,"
     "inkoopprijs,purchase price"}};

constexpr NameGroup kTax[] = {
    {1.0,
     "tax,taxes,vat,tax amount,total tax,sales tax,vat amount,tax total,order tax,mwst,ust,"
     "steuer,mehrwertsteuer,umsatzsteuer,tva,montant tva,iva,btw,gst,imposta,impuestos"}};

constexpr NameGroup kShipping[] = {
    {1.0,
     "shipping,shipping cost,shipping amount,shipping total,shipping price,shipping fee,"
     "freight,freight value,delivery fee,delivery cost,order shipping amount,versand,"
     "versandkosten,frachtkosten,porto,frais de port,frais livraison,frais de livraison,"
     "gastos de envio,gastos envio,envio,spese di spedizione,spedizione,verzendkosten"}};

constexpr NameGroup kCurrency[] = {
    {1.0,
     "currency,currency code,order currency,transaction currency,iso currency,waehrung,"
     "waehrungscode,devise,monnaie,moneda,divisa,valuta,munt,moeda"},
    {0.9, "converted currency,presentment currency"}};

constexpr NameGroup kStatus[] = {
    {1.0,
     "status,order status,financial status,payment status,transaction status,order state,"
     "bestellstatus,auftragsstatus,zahlungsstatus,statut,statut commande,etat,etat commande,"
     "estado,estado pedido,stato,stato ordine,orderstatus,invoice status,sale status"},
    {0.75,
     "transaction type,sale type,type,order type,row type,record type,line type,doc type,"
     "document type,state,event type,belegart,type de transaction,tipo,tipo transaccion,"
     "transaktionstyp,kind"}};

constexpr NameGroup kCancelled[] = {
    {1.0,
     "cancelled at,canceled at,cancelled,canceled,cancellation date,is cancelled,is canceled,"
     "cancel date,cancelled on,date cancelled,voided,is void,void,storniert,storniert am,"
     "storno,annule,annulee,annule le,cancelado,anulado,annullato,geannuleerd"}};

constexpr NameGroup kChannel[] = {
    {1.0,
     "channel,sales channel,order channel,channel name,order source,sale channel,vertriebskanal,"
     "verkaufskanal,kanal,canal,canal de vente,canal de venta,canale,canale di vendita,"
     "verkoopkanaal,kanaal,purchase channel"},
    {0.7, "source,platform,source name,marketplace,medium,device type,utm source"},
    {0.5, "device,sales person,payment method"}};

constexpr NameGroup kStore[] = {
    {1.0,
     "store,store id,store no,store nr,store number,store name,store code,shop,shop id,"
     "shop name,branch,branch id,branch code,branch name,outlet,outlet id,outlet name,"
     "filiale,filialnummer,filial nr,filial id,markt,magasin,code magasin,id magasin,tienda,"
     "id tienda,sucursal,negozio,punto vendita,winkel,vestiging,filiaal,winkelnummer,loja"},
    {0.7, "location,location id,location name,pos location"},
    {0.45, "register,terminal,site,pos,kasse,caisse,caja,cassa,kassa,warehouse"}};

constexpr NameGroup kCountry[] = {
    {1.0,
     "country,country code,billing country,customer country,country name,land,laendercode,"
     "pays,code pays,pais,paese,nazione,country code billing,country billing"},
    {0.8, "shipping country,ship country,delivery country,country code shipping,region,market"}};

constexpr NameGroup kOptIn[] = {
    {1.0,
     "accepts marketing,opt in,optin,marketing consent,newsletter,email consent,"
     "gdpr consent,consent,subscribed,email opt in,marketing opt in,accepts email marketing,"
     "accepts sms marketing,buyer accepts marketing,marketing permission,werbeeinwilligung,"
     "einwilligung,consentement,consentimiento,consenso,toestemming,newsletter opt in"}};

constexpr NameGroup kCoupon[] = {
    {1.0,
     "coupon,coupons,coupon code,coupon codes,coupon id,coupon upc,discount code,discount codes,"
     "promo code,promotion code,promo,promocode,voucher,voucher code,voucher id,coupon used,"
     "gutschein,gutscheincode,gutscheinnummer,rabattcode,aktionscode,code promo,code coupon,"
     "bon de reduction,code reduction,cupon,codigo de cupon,codigo promocional,codice sconto,"
     "codice coupon,buono,kortingscode,actiecode,cupom"}};

constexpr NameGroup kEvent[] = {
    {1.0,
     "event,event name,event type,activity,activity type,event kind,metric,metric name,"
     "ereignis,ereignistyp,evenement,type evenement,evento,tipo evento,gebeurtenis"},
    {0.7, "action,interaction,behavior,behaviour"}};

constexpr std::string_view kNotMoney =
    " discount disc tax taxes vat shipping freight refund refunded refunds tip tips fee fees cost "
    "margin profit quantity qty balance count items orders points cashback coupon weight code name "
    "type currency method status id no number date rate percent pct share bin mwst iva tva rabatt "
    "versand remise descuento sconto korting customer lifetime ltv score ratio percentage per ";

constexpr std::array kNames = {
    RoleNames{kCustomer,
              " name first last type group segment city country state zip note address email mail "
              "phone age gender feature since created lifetime total count status date time since "
              "region tier level class currency comment comments notes agent ip language tags rank "
              "spend orders value score lat lng item product affinity position on became "},
    RoleNames{kEmail, " consent opt marketing optin subscribed accepts status sent "},
    RoleNames{kTime,
              " birth birthday dob updated update modified ship shipped shipping deliver delivery "
              "delivered due expiry expires expiration signup joined join registered registration "
              "became first member start end valid estimated approved geburtsdatum zone cancelled "
              "canceled code fulfilled type id number count per first last spent "},
    RoleNames{kTimeOfDay, " zone type date created "},
    RoleNames{kOrder,
              " date time timestamp status state total value amount line item type count quantity "
              "qty channel currency priority discount source price name note notes created paid "
              "method tax shipping customer sum number of size comment description datum day "
              "items subtotal refund country url "},
    RoleNames{kProduct,
              " name description title price cost quantity qty count total category type group "
              "brand line discount status fulfillment requires taxable compare discount tax weight "
              "url image length width height amount value subtotal refund date "},
    RoleNames{kProductName, " customer client category brand type user length order price cost "},
    RoleNames{kCategory, " customer client id order payment age price "},
    RoleNames{kBrand, " card credit id no number email phone payment "},
    RoleNames{kQuantity,
              " price cost amount value refund refunded returned stock orders days "
              "visits total discount points "},
    RoleNames{kPrice, " compare total list cost currency tax discount shipping subtotal old "},
    RoleNames{kAmount, kNotMoney},
    RoleNames{kDiscount, " code name type percent pct id coupon rate reason "},
    RoleNames{kRefund, " id date status reason type of order currency quantity qty "},
    RoleNames{kRefundOf, " amount date total status value "},
    RoleNames{kCost, " shipping center centre delivery customer method code "},
    RoleNames{kTax, " rate code name id class number percent shipping label "},
    RoleNames{kShipping,
              " name street address address1 address2 city zip province country phone method date "
              "state company postcode first last tax carrier status id time zone provider code "},
    RoleNames{kCurrency, " rate symbol amount total exchange "},
    RoleNames{kStatus,
              " fulfillment fulfilment shipping delivery marital customer email member "
              "dispute date loyalty card employment check avs cvc billing id product "
              "province shipment item tier offer payment coupon "},
    RoleNames{kCancelled, " reason by amount quantity qty order "},
    RoleNames{kChannel, " id type code count customer card payment data "},
    RoleNames{kStore, " type size city address region country zip credit visits opened "},
    RoleNames{kCountry, " birth origin shipping issue card of phone code prefix bank "},
    RoleNames{kOptIn, " date time source ip "},
    RoleNames{
        kCoupon,
        " amount value total disc discount percent pct rate count quantity qty date time type "
        "status price money saving savings match description campaign sum "},
    RoleNames{kEvent, " date time id timestamp count value "}};
static_assert(kNames.size() == kRoleCount);

}  // namespace

const RoleNames& names_of(Role role) { return kNames[static_cast<size_t>(role)]; }

}  // namespace regulars::connect
