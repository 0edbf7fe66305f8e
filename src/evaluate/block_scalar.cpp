// The scalar operations over the customers of a block.
#include <numeric>

#include "evaluate/block.h"
#include "evaluate/customer_zone.h"
#include "evaluate/parts.h"
#include "evaluate/vector_scalar.h"

namespace regulars::evaluate {

Result<Vector> Block::scalar(const Node& node) {
  const Expression& e = *node.expression;
  Vector ids;
  if (e.op == Op::kCustomerId || e.op == Op::kBucket) {
    std::vector<uint32_t> codes(customers_);
    std::iota(codes.begin(), codes.end(), static_cast<uint32_t>(first_customer_));
    ids = Vector::own({ValueType::kText, 0, false}, std::move(codes), binding_.customer_ids());
  }
  if (e.op == Op::kCustomerId) return ids;
  Arguments arguments;
  if (e.op == Op::kBucket) arguments.push_back(&ids);
  for (const uint32_t argument : node.arguments) arguments.push_back(&nodes_[argument]);
  ScalarPlace place{&moment(node.shift), &plan_.zone, {}, &binding_.texts()};
  if (asks_own_zone(e)) {
    place.zones = zones_of(binding_.zone_attribute(), first_customer_, customers_, plan_.zone);
  }
  return apply_scalar(e, arguments, customers_, place);
}

}  // namespace regulars::evaluate
