#!/usr/bin/env bash
# The static checks that need no build: format, allowed includes, style, shell scripts. All run, then it fails or not.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
failed=()

check() {
  local name=$1
  shift
  "$@" || failed+=("$name")
}

check format tools/check_format.sh
check layers tools/check_layers.py
check layers-self-test tools/check_layers.py --self-test
check style tools/check_style.py
check style-self-test tools/check_style.py --self-test
if command -v shellcheck >/dev/null; then
  check shellcheck shellcheck tools/*.sh .ci/run
fi

if [ ${#failed[@]} -gt 0 ]; then
  echo "static checks failed: ${failed[*]}" >&2
  exit 1
fi
echo "static checks passed"
