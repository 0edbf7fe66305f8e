// What a careful analyst would want to be warned of after a file was read: found in the columns and
// in the converted rows.
#pragma once

#include <string>

#include "connect/convert.h"
#include "connect/source_profile.h"
#include "data/intake.h"

namespace regulars::connect {

// Adds notices to `intake`, whose other fields must be complete.
void add_intake_notices(const SourceProfile& source, const Converted& converted, Intake& intake);

// Names the charges of intake.spec, instead of what was said of them before.
void note_charges(Intake& intake);

Notice suspect_notice(const std::string& customer_id, const std::string& reason);

// True when purchases by hour of day look as if the clock were another zone's: the quietest six
// hours, holding under a tenth of the rows, lie between 08:00 and 20:00.
bool hours_look_shifted(const std::array<int64_t, 24>& hours);

}  // namespace regulars::connect
