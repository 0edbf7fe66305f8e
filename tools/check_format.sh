#!/usr/bin/env bash
# Checks that every C++ file has the house's format (.clang-format, clang-format 19). With --fix it rewrites them.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v clang-format-19 >/dev/null || { echo "check_format: no clang-format-19; run tools/setup.sh --checks" >&2; exit 1; }

mapfile -d '' files < <(git ls-files -z '*.h' '*.cpp' | while IFS= read -r -d '' file; do
  [ ! -f "$file" ] || printf '%s\0' "$file"
done)
if [ "${1:-}" = --fix ]; then
  clang-format-19 -i "${files[@]}"
  exit 0
fi
# clang-format's own exit code would hide what it says from a pipe under pipefail: take the words first.
said=$(clang-format-19 --dry-run --Werror "${files[@]}" 2>&1 || true)
places=$(sed -n 's/^\([^:]*:[0-9]*\):.*error:.*/\1: not in the format/p' <<<"$said" | sort -u -t: -k1,1)
if [ -n "$places" ]; then
  echo "$places"
  echo "check_format: run make format" >&2
  exit 1
fi
echo "check_format: ${#files[@]} files in the format"
