#include "simulate/simulate.h"

#include <algorithm>
#include <optional>

#include "base/parallel.h"
#include "simulate/block.h"

namespace regulars::simulate {
namespace {

constexpr size_t kBlocksPerThread = 4;

// Order lines on their way to the sink: given numbers that are the shop's, and sorted by time where
// they fit into memory.
class LineRoute {
 public:
  LineRoute(const ShopSpec& spec, Sink& sink)
      : sink_(sink),
        hold_(spec.row_order != RowOrder::kCustomer),
        most_held_(spec.row_order == RowOrder::kTime ? SIZE_MAX : kMostHeldLines) {}

  Result<void> take(std::vector<OrderLine> lines, uint64_t orders) {
    for (OrderLine& line : lines) line.order += next_order_;
    next_order_ += orders;
    if (!hold_) return pass(lines);
    held_lines_ += lines.size();
    held_.push_back(std::move(lines));
    if (held_lines_ <= most_held_) return {};
    hold_ = false;
    for (std::vector<OrderLine>& block : held_) REGULARS_TRY(pass(block));
    held_.clear();
    return {};
  }

  // Hands over what was held. True when the rows came in the order of time.
  Result<bool> finish() {
    if (!hold_) return false;
    std::vector<uint64_t> numbers(next_order_, 0);
    uint64_t next_number = kFirstNumber;
    std::vector<OrderLine> piece;
    for (const Key& key : sorted_keys()) {
      OrderLine line = held_[key.block][key.line];
      uint64_t& number = numbers[line.order];
      if (number == 0) number = next_number++;
      line.order = number;
      piece.push_back(line);
      if (piece.size() < kPiece) continue;
      REGULARS_TRY(sink_.orders(piece));
      piece.clear();
    }
    REGULARS_TRY(sink_.orders(piece));
    return true;
  }

 private:
  static constexpr uint64_t kFirstNumber = 100'001;
  static constexpr size_t kPiece = size_t{1} << 17;

  struct Key {
    int64_t time;
    uint64_t order;
    uint32_t block;
    uint32_t line;
    auto operator<=>(const Key&) const = default;
  };

  std::vector<Key> sorted_keys() const {
    std::vector<Key> keys;
    keys.reserve(held_lines_);
    for (uint32_t b = 0; b < held_.size(); ++b) {
      for (uint32_t i = 0; i < held_[b].size(); ++i) {
        keys.push_back({held_[b][i].order_time.micros, held_[b][i].order, b, i});
      }
    }
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  Result<void> pass(std::vector<OrderLine>& lines) {
    for (OrderLine& line : lines) line.order += kFirstNumber;
    return sink_.orders(lines);
  }

  Sink& sink_;
  bool hold_;
  size_t most_held_;
  size_t held_lines_ = 0;
  uint64_t next_order_ = 0;
  std::vector<std::vector<OrderLine>> held_;
};

Result<void> hand_over(Block& block, LineRoute& route, Sink& sink, Truth& truth) {
  merge(truth, block.truth);
  REGULARS_TRY(route.take(std::move(block.lines), block.orders));
  REGULARS_TRY(sink.customers(block.customers));
  REGULARS_TRY(sink.visits(block.visits));
  REGULARS_TRY(sink.surveys(block.surveys));
  REGULARS_TRY(sink.messages(block.messages));
  REGULARS_TRY(sink.consents(block.consents));
  REGULARS_TRY(sink.interests(block.interests));
  REGULARS_TRY(sink.answers(block.answers));
  REGULARS_TRY(sink.mail(block.mail));
  REGULARS_TRY(sink.points(block.points));
  REGULARS_TRY(sink.tiers(block.tiers));
  REGULARS_TRY(sink.referrals(block.referrals));
  REGULARS_TRY(sink.reviews(block.reviews));
  REGULARS_TRY(sink.cases(block.cases));
  return sink.customer_truths(block.truths);
}

}  // namespace

Result<Truth> simulate(const ShopSpec& spec, Sink& sink) {
  REGULARS_TRY(check(spec));
  REGULARS_ASSIGN(const Zone zone, Zone::find(spec.zone));
  const World world(spec, zone);
  REGULARS_TRY(sink.catalogue(world.catalogue));
  Truth truth;
  truth.spec = spec;
  truth.campaigns.resize(world.catalogue.campaigns.size());
  LineRoute route(spec, sink);
  const size_t threads = spec.threads == 0 ? hardware_threads() : spec.threads;
  const size_t blocks = (spec.customers + kBlockCustomers - 1) / kBlockCustomers;
  const size_t per_round = threads * kBlocksPerThread;
  for (size_t round = 0; round < blocks; round += per_round) {
    std::vector<Block> made(std::min(per_round, blocks - round));
    parallel_for(made.size(), threads, [&](size_t i) {
      const auto first = static_cast<uint32_t>((round + i) * kBlockCustomers);
      made[i] = make_block(world, first, std::min(spec.customers, first + kBlockCustomers));
    });
    for (Block& block : made) REGULARS_TRY(hand_over(block, route, sink, truth));
  }
  REGULARS_ASSIGN(truth.sorted_by_time, route.finish());
  REGULARS_TRY(sink.finish(truth));
  return truth;
}

}  // namespace regulars::simulate
