#!/usr/bin/env bash
# Prints the folder with the public data sets that some tests read, or nothing when there is none.
# The environment variable REGULARS_DATA names it; without it, this default beside the clone is tried.
# No other file may name the default (tools/check_style.py sees to it).
set -euo pipefail
default="$(dirname "$0")/../../shared/data"
folder=${REGULARS_DATA:-$default}
if [ -d "$folder" ]; then
  cd "$folder" && pwd
elif [ -n "${REGULARS_DATA:-}" ]; then
  echo "data_dir: REGULARS_DATA names $folder, which is not a folder" >&2
  exit 1
fi
