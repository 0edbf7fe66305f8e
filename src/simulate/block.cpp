#include "simulate/block.h"

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

MonthTruth& month_of(const World& world, Instant t, Truth& truth) {
  const CivilDate date = to_civil(world.clock.local(t).day);
  return truth.months[{date.year, date.month}];
}

void count_order_kind(LineClass c, Truth& truth) {
  if (c == LineClass::kNotSale) ++truth.orders_not_sale;
  if (c == LineClass::kUnattributed) ++truth.orders_unattributed;
  if (c == LineClass::kPlaceholder) ++truth.orders_placeholder;
}

// Counts the lines [first, last) of one order.
void count_order(const World& world, const Block& block, size_t first, size_t last, Truth& truth,
                 CustomerTruth& customer) {
  int64_t gross = 0;
  int64_t refunds = 0;
  for (size_t i = first; i < last; ++i) {
    const OrderLine& line = block.lines[i];
    const LineClass c = class_of(line);
    const RowTally tally{1, line.amount_cents()};
    const auto count = [&](RowTally& into) {
      into.rows += tally.rows;
      into.amount_cents += tally.amount_cents;
    };
    count(truth.rows[static_cast<size_t>(c)]);
    if (line.duplicate) count(truth.duplicates);
    if (line.late) count(truth.late);
    if (c == LineClass::kSale || c == LineClass::kCharge) {
      gross += tally.amount_cents;
      month_of(world, line.order_time, truth).gross_cents += tally.amount_cents;
    } else if (c == LineClass::kRefund) {
      refunds -= tally.amount_cents;
      month_of(world, line.order_time, truth).refunds_cents -= tally.amount_cents;
    }
  }
  truth.order_rows += static_cast<int64_t>(last - first);
  const LineClass kind = class_of(block.lines[first]);
  count_order_kind(kind, truth);
  if (kind != LineClass::kSale) return;
  ++truth.orders;
  ++month_of(world, block.lines[first].order_time, truth).orders;
  truth.gross_cents += gross;
  truth.refunds_cents += refunds;
  truth.orders_refunded += refunds > 0 ? 1 : 0;
  truth.orders_undone += refunds == gross ? 1 : 0;
  ++customer.orders;
  customer.undone_orders += refunds == gross ? 1 : 0;
  customer.gross_cents += gross;
  customer.refunds_cents += refunds;
}

void count_person(const World& world, size_t first_line, Person& person, Block& block) {
  Truth& truth = block.truth;
  bool seen = false;
  for (size_t first = first_line; first < block.lines.size();) {
    size_t last = first;
    while (last < block.lines.size() && block.lines[last].order == block.lines[first].order) ++last;
    count_order(world, block, first, last, truth, person.truth);
    seen = seen || block.lines[first].customer == person.truth.customer;
    first = last;
  }
  ++truth.customers;
  truth.customers_with_rows += seen ? 1 : 0;
  truth.customers_with_purchase += person.truth.orders > 0 ? 1 : 0;
  truth.customers_with_net_purchase += person.truth.orders > person.truth.undone_orders ? 1 : 0;
  truth.prospects += person.truth.prospect ? 1 : 0;
  truth.dropped_out += person.truth.drop_out != kNever ? 1 : 0;
  truth.trade += person.truth.trade ? 1 : 0;
  truth.members += person.row.member_since != kNever ? 1 : 0;
  truth.staff += person.truth.kind == Kind::kStaff ? 1 : 0;
  truth.test_accounts += person.truth.kind == Kind::kTest ? 1 : 0;
}

void count_contacts(Block& block) {
  block.truth.visits = std::ssize(block.visits);
  block.truth.invitations = std::ssize(block.surveys);
  for (const Survey& survey : block.surveys) {
    block.truth.answers += survey.answered_at != kNever ? 1 : 0;
  }
  block.truth.messages = std::ssize(block.messages);
  block.truth.consents = std::ssize(block.consents);
  block.truth.interests = std::ssize(block.interests);
  block.truth.answer_rows = std::ssize(block.answers);
  block.truth.message_events = std::ssize(block.mail);
  block.truth.points_rows = std::ssize(block.points);
  block.truth.tier_changes = std::ssize(block.tiers);
  block.truth.referrals = std::ssize(block.referrals);
  block.truth.reviews = std::ssize(block.reviews);
  block.truth.service_case_rows = std::ssize(block.cases);
}

}  // namespace

Block make_block(const World& world, uint32_t first_customer, uint32_t last_customer) {
  Block block;
  block.truth.campaigns.resize(world.catalogue.campaigns.size());
  for (uint32_t customer = first_customer; customer < last_customer; ++customer) {
    Person person = make_person(world, customer);
    std::vector<PlannedOrder> orders = plan_orders(world, person);
    const size_t first_message = block.messages.size();
    const size_t first_consent = block.consents.size();
    const size_t first_survey = block.surveys.size();
    contact(world, person, orders, block);
    const size_t first_line = block.lines.size();
    write_orders(world, person, orders, block);
    write_visits(world, person, orders, first_message, block);
    write_surveys(world, person, orders, block);
    write_mail(world, person, first_message, block);
    write_consents(world, person, first_consent, block);
    write_program(world, person, first_line, block);
    write_voice(world, person, first_line, first_survey, block);
    count_person(world, first_line, person, block);
    block.customers.push_back(person.row);
    const Interests& stated = person.interests;
    if (stated.categories != 0 || stated.wider != 0) block.interests.push_back(stated);
    block.truths.push_back(person.truth);
  }
  count_contacts(block);
  return block;
}

}  // namespace regulars::simulate
