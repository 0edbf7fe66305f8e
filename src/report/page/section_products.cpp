// 12 Products, 13 Country / store / channel.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/page/sections.h"
#include "report/words.h"

namespace regulars::report {
namespace {

std::string product_name(const std::string& id, const std::string& name) {
  if (name.empty() || name == id) return shortened(id, 60);
  return shortened(fmt::format("{} ({})", name, id), 60);
}

Markup products_table(const AnalysisView& view, const std::vector<segments::ProductLine>& lines,
                      std::string caption) {
  Table table;
  table.caption = std::move(caption);
  table.columns = {{"Product"},
                   {"Customers", true, "customers"},
                   {"Orders", true},
                   {"Net revenue", true, "net"}};
  const bool notes = std::ranges::any_of(lines, &segments::ProductLine::one_off);
  if (notes) table.columns.push_back({"Note"});
  for (const segments::ProductLine& line : lines) {
    table.rows.push_back({{cell(product_name(line.id, line.name)), cell(count(line.customers)),
                           cell(count(line.orders)), cell(whole_money(view, line.net))},
                          ""});
    if (notes) {
      table.rows.back().cells.push_back(
          cell(text(line.one_off ? "one order brings most of it" : ""), "warn"));
    }
  }
  return render(table);
}

Markup first_products(const AnalysisView& view) {
  const segments::Products& products = view.products;
  if (products.first.empty()) {
    return tag("p.note", "No product was in the first order of 30 customers or more.");
  }
  Table table;
  table.caption = fmt::format("Share who came again; dashed: all customers ({})",
                              percent(products.came_again_all.value));
  table.columns = {{"In the first order"},
                   {"Customers", true},
                   {"Came again", true, "came-again"},
                   {"+-", true, "interval"},
                   {"Of all"}};
  for (const segments::FirstProduct& first : products.first) {
    table.rows.push_back(
        {{cell(product_name(first.id, first.name)), cell(count(first.came_again.of)),
          cell(percent(first.came_again.value)), cell(half_width(first.came_again)),
          cell(interval_bar(first.came_again, products.came_again_all.value))},
         ""});
  }
  return render(table) + tag("p.note",
                             "Association, not cause: who chooses a product may be a different "
                             "kind of customer. With "
                             "many products some differ by chance.");
}

}  // namespace

Markup products_section(const AnalysisView& view, Charts&) {
  if (!view.has_products) {
    return tag("p", "The file names no products. Add `product` to see what customers buy.");
  }
  const segments::Products& products = view.products;
  Markup out;
  if (!products.charges.empty()) {
    std::string names;
    for (const segments::ProductLine& charge : products.charges) {
      names += (names.empty() ? "" : ", ") + (charge.name.empty() ? charge.id : charge.name);
    }
    out += tag("p",
               fmt::format("Charges, not products ({} of gross): {}. They are in revenue, but not "
                           "in these tables.",
                           percent_1(products.charge_share), shortened(names, 160)));
  }
  out += products_table(view, products.by_customers, "By the number of customers who bought it");
  out += products_table(view, products.by_net, "By net revenue");
  return out + tag("h3", "First product of those who came again") + first_products(view);
}

Markup places_section(const AnalysisView& view, Charts&) {
  if (view.places.empty()) {
    return tag("p", "The file names no country, store or channel, and no facts about customers.");
  }
  Markup out = tag("p",
                   "The same figures for each: customers by the country, store or channel of their "
                   "latest order, and by what is known of them. Groups under 30 customers are put "
                   "together as \"other\": of so few, a share says nothing.");
  for (const segments::Places& places : view.places) {
    Table table;
    table.columns = {{sentence_case(places.role)},
                     {"Customers", true, "customers"},
                     {"Orders", true, "purchase"},
                     {"Net revenue", true, "net"},
                     {"Average order", true, "average-order"},
                     {"Repeat share", true, "repeat"},
                     {"Net per customer", true}};
    for (const segments::Place& place : places.places) {
      table.rows.push_back(
          {{cell(shortened(place.value, 40)), cell(count(place.customers)),
            cell(count(place.orders)), cell(whole_money(view, place.net)),
            cell(money(view, std::llround(place.average_order))), cell(percent(place.repeat_share)),
            cell(money(view, place.net_per_customer))},
           ""});
    }
    out += tag("h3", sentence_case(places.role)) + render(table);
  }
  return out;
}

}  // namespace regulars::report
