// Shops with a seed and the truth about them. The same (preset, seed, customers, from, to, and
// settings) give the same rows on any machine and with any number of threads.
//
//   Result<ShopSpec> spec = preset("coffee");
//   Result<Truth> truth = write_shop(*spec, real_files(), "demo-shop");
//
// Customers are simulated in blocks on all threads and handed on in order of their numbers, so
// memory does not grow with the number of customers; only order lines that are to be sorted by time
// are held (RowOrder in spec.h).
#pragma once

#include <span>
#include <string>

#include "base/files.h"
#include "base/result.h"
#include "simulate/catalogue.h"
#include "simulate/rows.h"
#include "simulate/spec.h"
#include "simulate/truth.h"

namespace regulars::simulate {

// Takes the rows, from one thread, in pieces; takes what it overrides. An error ends the
// simulation. Spans are valid during the call.
class Sink {
 public:
  virtual ~Sink() = default;
  // First, once: everything but customers. The catalogue outlives the simulation's last call.
  virtual Result<void> catalogue(const Catalogue&) { return {}; }
  virtual Result<void> orders(std::span<const OrderLine>) { return {}; }
  virtual Result<void> customers(std::span<const CustomerRow>) { return {}; }
  virtual Result<void> visits(std::span<const Visit>) { return {}; }
  virtual Result<void> surveys(std::span<const Survey>) { return {}; }
  virtual Result<void> messages(std::span<const Message>) { return {}; }
  virtual Result<void> consents(std::span<const Consent>) { return {}; }
  virtual Result<void> interests(std::span<const Interests>) { return {}; }
  virtual Result<void> answers(std::span<const Answer>) { return {}; }
  virtual Result<void> mail(std::span<const MailEvent>) { return {}; }
  virtual Result<void> points(std::span<const PointsRow>) { return {}; }
  virtual Result<void> tiers(std::span<const TierChange>) { return {}; }
  virtual Result<void> referrals(std::span<const Referral>) { return {}; }
  virtual Result<void> reviews(std::span<const Review>) { return {}; }
  virtual Result<void> cases(std::span<const ServiceCase>) { return {}; }
  virtual Result<void> customer_truths(std::span<const CustomerTruth>) { return {}; }
  // Last, once.
  virtual Result<void> finish(const Truth&) { return {}; }
};

// kBadDefinition for a spec that makes no sense, kNotFound for an unknown preset or zone, and
// whatever the sink returns.
Result<Truth> simulate(const ShopSpec& spec, Sink& sink);

// Writes the files of tables.h and truth/truth.json under the directory. kIo as Files reports it.
Result<Truth> write_shop(const ShopSpec& spec, Files& files, const std::string& directory);

}  // namespace regulars::simulate
