// Private to evaluate: parts of a plan that are plans of their own, because they run over other
// customers than those of the block: kOfUnit.
#pragma once

#include "evaluate/beyond.h"
#include "evaluate/compiled.h"
#include "evaluate/vector.h"

namespace regulars::evaluate {

struct CustomerRange {
  CustomerNumber first = 0;
  size_t count = 0;
};

// All definitions of a plan for a range of customers; row 0 of the answers is the first's.
Result<std::vector<Answers>> run_plan(const CompiledPlan& plan, const History& history,
                                      std::span<const Instant> as_of, const RunOptions& options,
                                      CustomerRange customers);

// Answers per unit, and which unit each customer of the range belongs to.
struct UnitAnswers {
  CustomerNumber first = 0;
  std::vector<uint32_t> unit_of;
  std::vector<AnswerColumn> columns;  // [moment]

  Vector vector(const Type& type, size_t moment, size_t first_customer, size_t count) const;
};

// Of a kOfUnit stage for a range of customers, as of each of the instants. For a single customer
// only her unit's members are looked at.
Result<UnitAnswers> unit_answers(const Stage& stage, const History& history,
                                 const Column& attribute, std::span<const Instant> as_of,
                                 const RunOptions& options, CustomerRange customers);

// Customers with the same known value of the attribute as this one, she among them; she alone when
// hers is unknown. Ascending.
std::vector<CustomerNumber> unit_members(const Column& attribute, CustomerNumber customer);

}  // namespace regulars::evaluate
