#!/usr/bin/env bash
# Installs what building and testing needs, and nothing that is there already:
#   Debian packages        tools/debian-packages.txt (with --checks also debian-packages-checks.txt)
#   DuckDB's C API         tools/duckdb-packages.txt  -> .deps/duckdb/{include/duckdb.h,lib/libduckdb.so}
#   chart library, bundler package.json               -> .deps/node_modules
#   with --bench: peers    tools/bench-packages.txt   -> .deps/bench/node_modules (700 MB; goes on without them)
#                          tools/bench-python.txt     -> .deps/bench-python (400 MB; goes on without it)
# Nothing is downloaded after this. Safe to run again: a second run takes well under a second.
set -euo pipefail
cd "$(dirname "$0")/.."

deps=.deps
with_checks=no
with_bench=no
for option in "$@"; do
  case "$option" in
    --checks) with_checks=yes ;;
    --bench) with_bench=yes ;;
    *) echo "setup: unknown option $option (known: --checks, --bench)" >&2; exit 2 ;;
  esac
done

say() { echo "setup: $*"; }
fail() {
  echo "setup: $1" >&2
  shift
  for line in "$@"; do echo "       $line" >&2; done
  exit 1
}

# The names in a package list, without comments.
names_in() { sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@"; }

# Networks fail for a moment more often than for good.
three_times() {
  local try
  for try in 1 2 3; do
    "$@" && return 0
    [ "$try" = 3 ] || { say "try $try of 3 failed, trying again"; sleep $((try * 3)); }
  done
  return 1
}

is_installed() {
  local package=$1
  # Node's own installers bring npm without a Debian package of that name.
  case "$package" in nodejs) command -v node >/dev/null && return 0 ;; npm) command -v npm >/dev/null && return 0 ;; esac
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ]
}

missing_packages() {
  local package
  for package in $(names_in "$@"); do
    is_installed "$package" || echo "$package"
  done
}

install_debian_packages() {
  local lists=(tools/debian-packages.txt)
  [ "$with_checks" = no ] || lists+=(tools/debian-packages-checks.txt)

  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "this is not a Debian system; the build needs what Debian 12 calls:"
    names_in "${lists[@]}" | tr '\n' ' ' | fold -s -w 92 | sed 's/^/         /'
    echo
    local tool absent=()
    for tool in g++ cmake ninja python3 node npm; do
      command -v "$tool" >/dev/null || absent+=("$tool")
    done
    [ ${#absent[@]} = 0 ] || fail "not found: ${absent[*]}" "Install them with your package manager and run this again."
    say "the compilers and tools are there; going on (cmake names a library that is missing)"
    return 0
  fi

  local missing
  mapfile -t missing < <(missing_packages "${lists[@]}")
  [ ${#missing[@]} = 0 ] && return 0

  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "${#missing[@]} Debian packages are missing and there is no sudo." \
      "Run as root: apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  local log=$deps/apt.log
  three_times "${as_root[@]}" apt-get update -qq >"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    fail "apt-get update failed (whole output: $log)." \
      "Is the network there? Do the sources in /etc/apt name a Debian mirror you can reach?"
  }
  three_times "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends "${missing[@]}" >"$log" 2>&1 || {
    tail -n 15 "$log" >&2
    fail "apt-get install failed (whole output: $log)." \
      "The lists are made for Debian 12; on another release a package may have another name."
  }
}

# download PACKAGE VERSION INTEGRITY DIRECTORY: leaves DIRECTORY/package.tgz, whose digest was checked.
download() {
  local package=$1 version=$2 integrity=$3 directory=$4 file digest
  say "downloading $package $version"
  file=$(cd "$directory" && npm pack --loglevel=error --ignore-scripts "$package@$version" 2>npm.log | tail -n 1) || file=
  if [ -z "$file" ] || [ ! -s "$directory/$file" ]; then
    head -n 4 "$directory/npm.log" >&2
    return 1
  fi
  digest=sha512-$(sha512sum "$directory/$file" | cut -d' ' -f1 | hex_to_base64)
  [ "$digest" = "$integrity" ] || fail "$package $version is not the file that was pinned." \
    "expected $integrity" "got      $digest" \
    "Do not use it. If the registry is yours, see what it serves; if the pin is to change, see docs/decisions/0001."
  mv "$directory/$file" "$directory/package.tgz"
}

hex_to_base64() { python3 -c 'import base64, sys; print(base64.b64encode(bytes.fromhex(sys.stdin.read().strip())).decode())'; }

# One row of tools/duckdb-packages.txt: the one for USE and MACHINE.
duckdb_row() { awk -v use="$1" -v machine="$2" '$1 == use && $2 == machine { print $3, $4, $5 }' tools/duckdb-packages.txt; }

install_duckdb() {
  local target=$deps/duckdb wanted
  wanted=$({ cat tools/duckdb-packages.txt; uname -m; } | sha256sum | cut -d' ' -f1)
  if [ -f "$target/include/duckdb.h" ] && [ -f "$target/lib/libduckdb.so" ] &&
     [ "$(cat "$target/stamp" 2>/dev/null)" = "$wanted" ]; then
    return 0
  fi

  local package version integrity
  work=$(mktemp -d "$deps/duckdb-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  read -r package version integrity <<<"$(duckdb_row library "$(uname -m)")"
  [ -n "$package" ] || fail "no DuckDB package is listed for machine $(uname -m)." \
    "Put libduckdb.so and duckdb.h into $target/lib and $target/include, or add a row to tools/duckdb-packages.txt."
  three_times download "$package" "$version" "$integrity" "$work" || fail "could not get $package $version." \
    "Is the network there? npm takes its registry from your npm configuration (npm config get registry)."
  mkdir -p "$work/lib" "$work/include" "$work/license"
  tar -xzf "$work/package.tgz" -C "$work/lib" --strip-components=1 package/libduckdb.so
  tar -xzf "$work/package.tgz" -C "$work/license" --strip-components=1 package/LICENSE

  read -r package version integrity <<<"$(duckdb_row header any)"
  three_times download "$package" "$version" "$integrity" "$work" || fail "could not get $package $version." \
    "Is the network there? npm takes its registry from your npm configuration (npm config get registry)."
  tar -xzf "$work/package.tgz" -C "$work/include" --strip-components=5 package/src/duckdb/src/include/duckdb.h

  # The last step puts it in place as a whole.
  rm -rf "$work/package.tgz" "$work/npm.log" "$target"
  echo "$wanted" >"$work/stamp"
  chmod 755 "$work"
  mv "$work" "$target"
}

install_npm_packages() {
  local wanted
  wanted=$(cat package.json package-lock.json | sha256sum | cut -d' ' -f1)
  if [ -d "$deps/node_modules" ] && [ "$(cat "$deps/node_modules.stamp" 2>/dev/null)" = "$wanted" ]; then
    return 0
  fi
  say "installing npm packages: $(sed -n 's/^    "\(.*\)": "\([0-9][^"]*\)".*/\1 \2/p' package.json | paste -sd, | sed 's/,/, /g')"
  cp package.json package-lock.json .npmrc "$deps/"
  npm_ci() { (cd "$deps" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1); }
  three_times npm_ci || {
    tail -n 10 "$deps/npm.log" >&2
    fail "npm ci failed (whole output: $deps/npm.log)." \
      "Is the network there? npm takes its registry from your npm configuration (npm config get registry)."
  }
  echo "$wanted" >"$deps/node_modules.stamp"
}

# Nothing in them is run when they are installed.
download_bench_peers() {
  local machine package version integrity
  while read -r machine package version integrity; do
    [ "$machine" = "$(uname -m)" ] || continue
    download "$package" "$version" "$integrity" "$1" || return 1
    mkdir -p "$1/node_modules/$package"
    tar -xzf "$1/package.tgz" -C "$1/node_modules/$package" --strip-components=1
    rm "$1/package.tgz"
  done < <(grep -v '^#' tools/bench-packages.txt)
}

# A benchmark leaves out the figures beside a peer that is not there.
install_bench_peers() {
  local target=$deps/bench wanted folder
  wanted=$({ cat tools/bench-packages.txt; uname -m; } | sha256sum | cut -d' ' -f1)
  [ "$(cat "$target/stamp" 2>/dev/null)" = "$wanted" ] && return 0
  folder=$(mktemp -d "$deps/bench-XXXXXX")
  if three_times download_bench_peers "$folder"; then
    echo "$wanted" >"$folder/stamp"
    chmod 755 "$folder"
    rm -rf "$target"
    mv "$folder" "$target"
  else
    rm -rf "$folder"
    say "ClickHouse and Polars could not be downloaded: the benchmarks will have no figures beside them"
  fi
}

make_bench_python() { python3 -m venv "$1" && "$1/bin/pip" install --quiet --disable-pip-version-check -r tools/bench-python.txt; }

install_bench_python() {
  local target=$deps/bench-python wanted
  wanted=$({ cat tools/bench-python.txt; python3 --version; } | sha256sum | cut -d' ' -f1)
  [ "$(cat "$target/stamp" 2>/dev/null)" = "$wanted" ] && return 0
  rm -rf "$target"
  if make_bench_python "$target"; then
    echo "$wanted" >"$target/stamp"
  else
    rm -rf "$target"
    say "lifetimes could not be installed from PyPI: THE BENCHMARK clv-fit WILL HAVE NO FIGURES BESIDE IT"
  fi
}

mkdir -p "$deps"
install_debian_packages
install_duckdb
install_npm_packages
[ "$with_bench" = no ] || { install_bench_peers; install_bench_python; }
say "everything is there"
