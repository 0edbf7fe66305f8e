#!/usr/bin/env bash
# tools/run_tests.sh BUILD_FOLDER JOBS [ctest arguments]
# Runs the tests of a build folder in parallel. The last lines are ctest's own summary.
set -euo pipefail
build=$1
jobs=$2
shift 2
data=$("$(dirname "$0")/data_dir.sh")
if [ -n "$data" ]; then
  export REGULARS_DATA=$data
else
  echo "run_tests: no public data sets here (REGULARS_DATA); the tests that read them are skipped and say so"
fi
# ThreadSanitizer cannot see into DuckDB's library and would report its locks as races.
here=$(dirname "$(realpath "$0")")
export TSAN_OPTIONS="suppressions=$here/tsan.supp ${TSAN_OPTIONS:-}"
exec ctest --test-dir "$build" --parallel "$jobs" --output-on-failure --no-tests=error "$@"
