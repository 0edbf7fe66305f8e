#include "connect/roles.h"

#include <gtest/gtest.h>

#include "connect/shapes.h"
#include "connect/status_words.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

// The role a name fits best, or "-".
std::string best(const std::string& name) {
  double most = 0.3;
  std::string role = "-";
  for (const RoleInfo& info : all_roles()) {
    const double score = name_score(info.role, words_of(name));
    if (score > most) most = score, role = std::string(info.name);
  }
  return role;
}

TEST(Roles, NamesInSixLanguages) {
  const std::pair<const char*, const char*> kNames[] = {{"CustomerID", "customer"},
                                                        {"Kundennummer", "customer"},
                                                        {"id_client", "customer"},
                                                        {"C\xC3\xB3"
                                                         "digo cliente",
                                                         "customer"},
                                                        {"Codice Cliente", "customer"},
                                                        {"klantnummer", "customer"},
                                                        {"household_id", "customer"},
                                                        {"InvoiceNo", "order"},
                                                        {"Bestellnummer", "order"},
                                                        {"Num\xC3\xA9ro commande", "order"},
                                                        {"pedido", "order"},
                                                        {"N. ordine", "order"},
                                                        {"ordernummer", "order"},
                                                        {"InvoiceDate", "time"},
                                                        {"Bestelldatum", "time"},
                                                        {"Date de commande", "time"},
                                                        {"Fecha de compra", "time"},
                                                        {"Data ordine", "time"},
                                                        {"besteldatum", "time"},
                                                        {"Menge", "quantity"},
                                                        {"Quantit\xC3\xA9", "quantity"},
                                                        {"cantidad", "quantity"},
                                                        {"aantal", "quantity"},
                                                        {"UnitPrice", "price"},
                                                        {"Einzelpreis", "price"},
                                                        {"Prix unitaire", "price"},
                                                        {"precio_unitario", "price"},
                                                        {"stukprijs", "price"},
                                                        {"Umsatz", "amount"},
                                                        {"Montant TTC", "amount"},
                                                        {"importe", "amount"},
                                                        {"Importo totale", "amount"},
                                                        {"Bedrag", "amount"},
                                                        {"sales_value", "amount"},
                                                        {"StockCode", "product"},
                                                        {"Artikelnummer", "product"},
                                                        {"Warengruppe", "category"},
                                                        {"W\xC3\xA4hrung", "currency"},
                                                        {"E-Mail", "customer_email"},
                                                        {"Lineitem name", "product_name"},
                                                        {"Refunded Amount", "refund"},
                                                        {"Accepts Marketing", "opt_in"}};
  for (const auto& [name, role] : kNames) EXPECT_EQ(best(name), role) << name;
}

TEST(Roles, NamesThatMeanSomethingElse) {
  EXPECT_EQ(name_score(Role::kAmount, words_of("discount_total")), 0);
  EXPECT_EQ(name_score(Role::kAmount, words_of("tax_amount")), 0);
  EXPECT_EQ(name_score(Role::kCustomer, words_of("customer_city")), 0);
  EXPECT_EQ(name_score(Role::kCustomer, words_of("user_feature_0")), 0);
  EXPECT_EQ(name_score(Role::kOrder, words_of("order_status")), 0);
  EXPECT_EQ(name_score(Role::kTime, words_of("birth_date")), 0);
  EXPECT_GT(name_score(Role::kTime, words_of("order_date")),
            name_score(Role::kTime, words_of("shipped_at")));
  EXPECT_TRUE(name_forbids(Role::kAmount, "propensity_score"));
}

TEST(StatusWords, SortStatuses) {
  EXPECT_EQ(status_of("Completed"), StatusMeaning::kSale);
  EXPECT_EQ(status_of("partially_refunded"), StatusMeaning::kSale);
  EXPECT_EQ(status_of("wc-on-hold"), StatusMeaning::kSale);
  EXPECT_EQ(status_of("Cancelled"), StatusMeaning::kNotSale);
  EXPECT_EQ(status_of("Pending payment"), StatusMeaning::kNotSale);
  EXPECT_EQ(status_of("storniert"), StatusMeaning::kNotSale);
  EXPECT_EQ(status_of("Annul\xC3\xA9"
                      "e"),
            StatusMeaning::kNotSale);
  EXPECT_EQ(status_of("Refund"), StatusMeaning::kRefund);
  EXPECT_EQ(status_of("Gutschrift"), StatusMeaning::kRefund);
  EXPECT_EQ(status_of("refunded"), StatusMeaning::kGivenBack);
  EXPECT_EQ(status_of("blue"), StatusMeaning::kUnknown);
  EXPECT_TRUE(is_purchase_event("Placed Order"));
  EXPECT_FALSE(is_purchase_event("offer received"));
}

std::vector<std::string> names(std::string_view header) {
  std::vector<std::string> all;
  while (!header.empty()) {
    const size_t comma = header.find(',');
    all.emplace_back(header.substr(0, comma));
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
  }
  return all;
}

std::string shape_of(std::string_view header) {
  const Shape* shape = recognise_shape(names(header));
  return shape == nullptr ? "-" : std::string(shape->name);
}

TEST(Shapes, KnownExports) {
  EXPECT_EQ(shape_of("Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,"
                     "Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
                     "Lineitem sku,Refunded Amount,Cancelled at"),
            "Shopify orders export");
  EXPECT_EQ(shape_of("Order Number,Order Status,Order Date,Email (Billing),Order Total Amount,SKU,"
                     "Item Name,Quantity,Item Cost"),
            "WooCommerce order export");
  EXPECT_EQ(shape_of("Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Gross Sales,"
                     "Discounts,Net Sales,Tax,Transaction ID,Event Type,Location,Customer ID"),
            "Square items export");
  EXPECT_EQ(shape_of("Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Tax,Tip,Total Collected,"
                     "Transaction ID,Event Type,Customer ID"),
            "Square transactions export");
  EXPECT_EQ(shape_of("id,Description,Created (UTC),Amount,Amount Refunded,Currency,Status,"
                     "Customer ID,Customer Email"),
            "Stripe payments export");
  EXPECT_EQ(shape_of("Person//Email,Timestamp,$value,$event_id"),
            "Klaviyo \"Placed Order\" export");
  EXPECT_EQ(shape_of("customer,date,amount"), "-");
}

TEST(Shapes, TakeTheFirstColumnThatExists) {
  const auto header = names(
      "id,Created date (UTC),Amount,Amount Refunded,Currency,Status,"
      "Customer Email,Converted Amount,Converted Currency");
  const ColumnMapping mapping = shape_mapping(*recognise_shape(header), header);
  EXPECT_EQ(mapping.time, "Created date (UTC)");
  EXPECT_EQ(mapping.amount, "Converted Amount");
  EXPECT_EQ(mapping.currency, "Converted Currency");
  EXPECT_EQ(mapping.customer, "Customer Email");
  EXPECT_EQ(mapping.customer_email, "") << "one column has one role";
}

}  // namespace
}  // namespace regulars::connect
