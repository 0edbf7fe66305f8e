// The rows of a run of neighbouring customers, made together and handed on in one piece. Order
// numbers count from 0 within the block.
#pragma once

#include <vector>

#include "simulate/person.h"
#include "simulate/truth.h"

namespace regulars::simulate {

constexpr uint32_t kBlockCustomers = 512;

struct Block {
  std::vector<OrderLine> lines;
  std::vector<CustomerRow> customers;
  std::vector<Visit> visits;
  std::vector<Survey> surveys;
  std::vector<Message> messages;
  std::vector<Consent> consents;
  std::vector<Interests> interests;
  std::vector<Answer> answers;
  std::vector<MailEvent> mail;
  std::vector<PointsRow> points;
  std::vector<TierChange> tiers;
  std::vector<Referral> referrals;
  std::vector<Review> reviews;
  std::vector<ServiceCase> cases;
  std::vector<CustomerTruth> truths;
  uint64_t orders = 0;  // numbers given
  Truth truth;          // counts of this block alone
};

Block make_block(const World& world, uint32_t first_customer, uint32_t last_customer);

}  // namespace regulars::simulate
