#include "models/fit/derivatives.h"

namespace regulars::models {

Derivatives& Derivatives::operator+=(const Derivatives& other) {
  value += other.value;
  for (size_t i = 0; i < gradient.size(); ++i) gradient[i] += other.gradient[i];
  for (size_t i = 0; i < hessian.size(); ++i) hessian[i] += other.hessian[i];
  return *this;
}

Derivatives& Derivatives::operator*=(double factor) {
  value *= factor;
  for (double& g : gradient) g *= factor;
  for (double& h : hessian) h *= factor;
  return *this;
}

}  // namespace regulars::models
