// What a live system does: it knows the events so far, and sleeps until the next event or until
// next_change wakes it.
#pragma once

#include "every_way.h"

namespace regulars::evaluate {

// The first answer of the reference that is not what a replay of the history holds at that instant,
// and where; empty when there is none. The replay sees no event before its time, asks again only
// after an event of hers (or of anybody, where units are asked) and at the instants that
// next_change names, and keeps its answer in between. Trees whose changes cannot be told are left
// out.
std::optional<std::string> disagreement_by_replay(const Questions& questions);

}  // namespace regulars::evaluate
