#include "app/version.h"

namespace regulars::app {

const char* const kVersion = REGULARS_VERSION;

}  // namespace regulars::app
