#include "connect/shapes.h"

#include <algorithm>
#include <array>

#include "connect/roles.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr std::array kShapes = {
    Shape{"Shopify orders export",
          "Name|Financial Status|Lineitem quantity|Lineitem name|Lineitem price|Total",
          "customer=Email|Phone|Billing Name;order=Name;time=Created at|Processed at|Paid at;"
          "amount=Total;quantity=Lineitem quantity;price=Lineitem price;"
          "product=Lineitem sku|Lineitem name;product_name=Lineitem name;brand=Vendor;"
          "discount=Discount Amount;refund=Refunded Amount;tax=Taxes;shipping=Shipping;"
          "currency=Currency;status=Financial Status;cancelled=Cancelled at;channel=Source;"
          "store=Location;country=Billing Country|Shipping Country;opt_in=Accepts Marketing;"
          "coupon=Discount Code",
          ""},
    Shape{
        "WooCommerce order export", "Order Number|Order Status|Order Date|Order Total Amount",
        "customer=Customer User ID|Customer ID|Customer User|Email (Billing)|Billing Email|"
        "Customer Username;customer_email=Email (Billing)|Billing Email|Email;order=Order Number;"
        "time=Order Date|Paid Date;amount=Order Total Amount;quantity=Quantity|Quantity (- Refund);"
        "price=Item Cost|Item Price;product=SKU|Product Id|Item Name|Product Name;"
        "product_name=Item Name|Product Name|Name;category=Category|Product Categories;"
        "discount=Cart Discount Amount|Discount Amount;refund=Order Refund Amount;"
        "tax=Order Total Tax Amount;shipping=Order Shipping Amount;"
        "currency=Order Currency|Currency;status=Order Status;"
        "country=Country Code (Billing)|Country Name (Billing)|Billing Country;"
        "coupon=Coupon Code|Coupons|Discount Code",
        ""},
    Shape{
        "WooCommerce order export",
        "order_id|order_number|order_total|billing_email|shipping_total",
        "customer=customer_id|customer_user|billing_email;"
        "customer_email=customer_email|billing_email;order=order_number|order_id;"
        "time=order_date|date|paid_date;amount=order_total;quantity=item_quantity;"
        "price=item_price;product=item_sku|item_product_id|item_name;product_name=item_name;"
        "discount=discount_total|cart_discount;refund=refunded_total|item_refunded;"
        "tax=tax_total;shipping=shipping_total;currency=order_currency;status=status|order_status;"
        "country=billing_country;coupon=coupons|coupon_items|coupon_code",
        ""},
    Shape{"WooCommerce order export",
          "order_id|order_number|order_total|order_date|status|shipping_total",
          "customer=customer_id|customer_user|customer_email;customer_email=customer_email;"
          "order=order_number|order_id;time=order_date|paid_date;amount=order_total;"
          "discount=discount_total|cart_discount;tax=tax_total;shipping=shipping_total;"
          "currency=order_currency;status=status;country=billing_country",
          ""},
    Shape{"Square items export",
          "Date|Time|Time Zone|Category|Item|Qty|Price Point Name|Net Sales|Transaction ID",
          "customer=Customer ID|Customer Reference ID|Customer Name;order=Transaction ID;time=Date;"
          "time_of_day=Time;amount=Net Sales;quantity=Qty;product=SKU|Item;product_name=Item;"
          "category=Category;discount=Discounts;tax=Tax;status=Event Type;store=Location;"
          "channel=Channel|Dining Option",
          ""},
    Shape{"Square transactions export",
          "Date|Time|Time Zone|Gross Sales|Net Sales|Total Collected|Transaction ID",
          "customer=Customer ID|Customer Reference ID|Customer Name;order=Transaction ID;time=Date;"
          "time_of_day=Time;amount=Net Sales;discount=Discounts;tax=Tax;status=Event Type;"
          "store=Location;channel=Source",
          ""},
    Shape{"Lightspeed Retail (X-Series) sales export",
          "Date|Receipt Number|Line Type|Customer Code|Total|Register",
          "customer=Customer Code|Customer Name;order=Receipt Number;time=Date;amount=Total;"
          "discount=Discount;tax=Sales Tax;status=Status;store=Register;event=Line Type",
          "Sale"},
    Shape{"Lightspeed Retail (R-Series) sale lines",
          "saleID|saleLineID|unitQuantity|unitPrice|customerID",
          "customer=customerID;order=saleID;time=completeTime|timeStamp|createTime;"
          "amount=calcTotal|displayableSubtotal;quantity=unitQuantity;price=unitPrice;"
          "product=itemID;product_name=Item.description|description;discount=calcLineDiscount;"
          "tax=calcTax1;cost=avgCost;store=shopID",
          ""},
    Shape{"Stripe payments export", "id|Amount|Amount Refunded|Currency|Status",
          "customer=Customer ID|Customer Email|Customer Description;customer_email=Customer Email;"
          "order=id;time=Created (UTC)|Created date (UTC)|Created|Created at;"
          "amount=Converted Amount|Amount;refund=Converted Amount Refunded|Amount Refunded;"
          "currency=Converted Currency|Currency;status=Status;"
          "country=Card Address Country|Card Issue Country",
          ""},
    Shape{"Klaviyo \"Placed Order\" export", "Person//Email|Timestamp|$value",
          "customer=Person//Email|Person//ID;order=$event_id;time=Timestamp;amount=$value", ""}};

std::string key_of(std::string_view name) {
  std::string key;
  for (const std::string& word : words_of(name)) key += word;
  return key;
}

std::string_view cut_at(std::string_view& rest, char mark) {
  const size_t at = rest.find(mark);
  const std::string_view part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return part;
}

// The name of the column meant by any of the choices, or empty.
std::string first_present(std::string_view choices, const std::vector<std::string>& names) {
  while (!choices.empty()) {
    const std::string wanted = key_of(cut_at(choices, '|'));
    const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
      return key_of(name) == wanted;
    });
    if (found != names.end()) return *found;
  }
  return {};
}

bool holds_all(std::string_view signature, const std::vector<std::string>& names) {
  while (!signature.empty()) {
    if (first_present(cut_at(signature, '|'), names).empty()) return false;
  }
  return true;
}

}  // namespace

const Shape* recognise_shape(const std::vector<std::string>& names) {
  for (const Shape& shape : kShapes) {
    if (holds_all(shape.signature, names)) return &shape;
  }
  return nullptr;
}

ColumnMapping shape_mapping(const Shape& shape, const std::vector<std::string>& names) {
  ColumnMapping mapping;
  for (std::string_view rest = shape.columns; !rest.empty();) {
    std::string_view choices = cut_at(rest, ';');
    const std::string_view role = cut_at(choices, '=');
    for (const RoleInfo& info : all_roles()) {
      if (info.name == role) mapping.*info.column = first_present(choices, names);
    }
  }
  if (mapping.customer_email == mapping.customer) mapping.customer_email.clear();
  return mapping;
}

const Shape* find_shape(std::string_view name) {
  const auto found = std::find_if(kShapes.begin(), kShapes.end(),
                                  [&](const Shape& shape) { return shape.name == name; });
  return found == kShapes.end() ? nullptr : &*found;
}

}  // namespace regulars::connect
