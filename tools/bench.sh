#!/usr/bin/env bash
# tools/bench.sh BUILD_FOLDER small|full [NAME]
# Runs the benchmark programs of a build folder, or the one named, one after another: a line of JSON per figure.
set -euo pipefail
programs=$1/bench-programs
size=$2
name=${3:-}

case "$size" in small | full) ;; *) echo "bench: SIZE is $size; it must be small or full" >&2; exit 2 ;; esac
available=$(find "$programs" -maxdepth 1 -type f -executable -printf '%f\n' 2>/dev/null | sort)
[ -n "$available" ] || { echo "bench: no benchmark programs in $programs; run make bench" >&2; exit 1; }
if [ -n "$name" ] && [ ! -x "$programs/$name" ]; then
  echo "bench: there is no benchmark $name; there are: $(echo "$available" | paste -sd' ')" >&2
  exit 2
fi
data=$("$(dirname "$0")/data_dir.sh")
[ -z "$data" ] || export REGULARS_DATA=$data
for program in ${name:-$available}; do
  "$programs/$program" --size "$size"
done
