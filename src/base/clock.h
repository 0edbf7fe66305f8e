// The only place that knows what time it is. Nothing below `app` reads a clock: time is always a
// parameter.
#pragma once

#include "base/time.h"

namespace regulars {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

const Clock& system_clock();

class FixedClock : public Clock {
 public:
  explicit FixedClock(Instant now) : now_(now) {}
  Instant now() const override { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

}  // namespace regulars
