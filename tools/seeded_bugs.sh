#!/usr/bin/env bash
# Proves that the tests of evaluation find mistakes: puts each bug of tests/seeded_bugs into a copy of the tree, builds
# what it touches, and demands that a test fails. Without a bug all must pass.
#
#   tools/seeded_bugs.sh [NAME...]   all bugs, or those named: a line each, with the first cases that caught it
#   tools/seeded_bugs.sh --check     only whether every patch still fits the tree: a second
set -euo pipefail
cd "$(dirname "$0")/.."
bugs=tests/seeded_bugs
jobs=${JOBS:-$(nproc)}
# The cheapest first: the next is only built and run when those before it find nothing.
tests=(evaluate_script_test evaluate_next_change_test random_rules_test evaluate_property_test)

if [ "${1:-}" = --check ]; then
  stale=()
  for patch in "$bugs"/*.patch; do
    git apply --check "$patch" 2>/dev/null || stale+=("$patch")
  done
  if [ ${#stale[@]} -gt 0 ]; then
    printf '%s: does not fit the code any more\n' "${stale[@]}" >&2
    echo "seeded_bugs: make the same mistake in the code as it is now, and keep it with git diff" >&2
    exit 1
  fi
  echo "seeded_bugs: $(find "$bugs" -name '*.patch' | wc -l) patches fit"
  exit 0
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | tar --create --null --files-from=- --file=- | tar --extract --directory="$copy"
[ ! -e .deps ] || ln -s "$(realpath .deps)" "$copy/.deps"
bugs=$(realpath "$bugs")
cd "$copy"
# Compilations of other copies count, too.
export CCACHE_BASEDIR=$copy CCACHE_NOHASHDIR=1
cmake -G Ninja -B build -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1 >configure.log || { cat configure.log; exit 1; }

# The cases that failed, in words; nothing when all passed.
failures() {
  local test=$1 pairs=20000
  [ "$test" = evaluate_script_test ] || pairs=8000
  cmake --build build --parallel "$jobs" --target "$test" >build.log 2>&1 || { cat build.log >&2; exit 1; }
  REGULARS_PAIRS=$pairs "build/tests/$(test_folder "$test")/$test" >run.log 2>&1 && return 0
  grep -c '^\[  FAILED  \] .* ms)$' run.log >count || true
  sed -n 's/^\[  FAILED  \] \([^ ,]*\).* (.*ms)$/\1/p' run.log | sed 's|.*/||' | head -n 3 | paste -sd ' '
}

test_folder() {
  if [ "$1" = random_rules_test ]; then echo rules; else echo evaluate; fi
}

for test in "${tests[@]}"; do
  found=$(failures "$test")
  [ -z "$found" ] || { echo "seeded_bugs: $test fails without a bug: $found" >&2; exit 1; }
done

missed=0
names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(cd "$bugs" && ls -- *.patch)
for name in "${names[@]%.patch}"; do
  git apply "$bugs/$name.patch"
  caught=
  for test in "${tests[@]}"; do
    found=$(failures "$test")
    [ -z "$found" ] || { caught="$test, $(cat count) cases: $found"; break; }
  done
  git apply --reverse "$bugs/$name.patch"
  echo "$name: ${caught:-NOT CAUGHT}"
  [ -n "$caught" ] || missed=$((missed + 1))
done
[ "$missed" = 0 ] || { echo "seeded_bugs: $missed of ${#names[@]} bugs found by no test" >&2; exit 1; }
echo "seeded_bugs: each of ${#names[@]} is caught"
