#!/usr/bin/env bash
# tools/tidy.sh [all] [--since COMMIT] [--budget SECONDS]
# clang-tidy 19 with .clang-tidy over the library and program sources of src/ (not the tests), in parallel. Without
# `all` only over files that differ from COMMIT (default HEAD) and the files of src/ that include them. With a
# budget the changed files come first, no file is begun after it, and the number left out is said.
set -euo pipefail
cd "$(dirname "$0")/.."

scope=changed
since=HEAD
budget=0
while [ $# -gt 0 ]; do
  case "$1" in
    all) scope=all ;;
    --since) since=$2; shift ;;
    --budget) budget=$2; shift ;;
    *) echo "tidy: unknown argument $1" >&2; exit 2 ;;
  esac
  shift
done
command -v clang-tidy-19 >/dev/null || { echo "tidy: no clang-tidy-19; run tools/setup.sh --checks" >&2; exit 1; }

build="build-clang-asan"
cmake --preset clang-asan >/dev/null
jobs=${JOBS:-$(nproc)}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# Sources that git knows or will know, of which CMake compiles a part.
git ls-files --cached --others --exclude-standard 'src/*.cpp' | grep -v '_test\.cpp$' | sort >"$results/all"
{
  git diff --name-only --diff-filter=d "$since" -- src
  git ls-files --others --exclude-standard src
} | sort -u >"$results/touched"
{
  grep '\.cpp$' "$results/touched" || true
  sed -n 's|^src/\(.*\.h\)$|#include "\1"|p' "$results/touched" >"$results/includes"
  [ ! -s "$results/includes" ] || xargs -r grep -lFf "$results/includes" <"$results/all" || true
} | sort -u | comm -12 - "$results/all" >"$results/changed"

{
  cat "$results/changed"
  [ "$scope" != all ] || comm -23 "$results/all" "$results/changed"
} >"$results/todo"
total=$(wc -l <"$results/todo")
if [ "$total" = 0 ]; then echo "tidy: nothing changed since $since"; exit 0; fi

deadline=$((budget > 0 ? $(date +%s) + budget : 0))
export build deadline results
one_file() {
  local mark=$results/${1//\//_}
  if [ "$deadline" -gt 0 ] && [ "$(date +%s)" -ge "$deadline" ]; then touch "$mark.left"; return 0; fi
  clang-tidy-19 -p "$build" --quiet "$1" >"$mark.out" 2>/dev/null || { touch "$mark.bad"; cat "$mark.out"; }
}
export -f one_file
xargs -P "$jobs" -I{} bash -c 'one_file {}' <"$results/todo"

left=$(find "$results" -name '*.left' | wc -l)
bad=$(find "$results" -name '*.bad' | wc -l)
echo "tidy: $((total - left)) of $total files looked at, $bad with findings"
[ "$left" = 0 ] || echo "tidy: $left files left out, the budget of $budget s was used up"
[ "$bad" = 0 ]
