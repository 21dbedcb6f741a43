#!/usr/bin/env bash
# Checks the format, builds, tests; needs the .NET SDK 10, and installs on Debian where they are missing: npm (once, for the digits), a C compiler (a sample's test), Chromium (the tests of the pages).
#   ./build.sh            the same as ./build.sh test
#   ./build.sh format     are all files formatted?
#   ./build.sh build      Release, warnings are errors
#   ./build.sh test       build, format, digits, tests; ends with "N passed, N failed"
#   ./build.sh test-mpi   the tests of runs over several ranks, under Open MPI; ends with "N passed, N failed"
#   ./build.sh test-slurm comparisons on a Slurm of two nodes that it starts here and takes down again; installs Debian's Slurm where it is missing
#   ./build.sh docs       the site with guides and API, in .build/site; a warning is an error
#   ./build.sh api        writes the public API of the packages down, after a change to it
# Without bash: dotnet build Cawb.slnx -c Release; dotnet run --project src/Cawb.Cli -c Release -- data digits; dotnet test Cawb.slnx -c Release --filter Category!=Mpi
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

# A sample is compiled ahead of time, and a C compiler links it.
linker() {
  command -v clang >/dev/null || command -v gcc >/dev/null || install gcc libc6-dev
}

# The pages are tested in a real browser, with letters of a known font.
browser() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || missing+=(fonts-dejavu-core)
  [ "${#missing[@]}" = 0 ] || install "${missing[@]}"
}

slurm() {
  local missing=()
  command -v slurmctld >/dev/null || missing+=(slurmctld)
  command -v slurmd >/dev/null || missing+=(slurmd)
  command -v sbatch >/dev/null || missing+=(slurm-client)
  command -v munged >/dev/null || missing+=(munge)
  command -v pgrep >/dev/null || missing+=(procps)
  [ "${#missing[@]}" = 0 ] || install "${missing[@]}"
}

handwriting() {
  [ -f .build/mnist/t10k-labels-idx1-ubyte ] || command -v npm >/dev/null || install npm
}

build_command() {
  dotnet build src/Cawb.Cli -c Release -v quiet --nologo || fail "the build failed; the first error above is the cause."
}

# Fetches the handwriting and composes the pictures, unless both are there. npm is needed for the first only.
digits() {
  handwriting
  dotnet src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll data digits >&2 || fail "the digits could not be made; the line above says why."
}

format() {
  dotnet format whitespace . --folder --exclude '**/obj/' '**/bin/' --verify-no-changes || fail "some files are not formatted (listed above). Run: dotnet format whitespace Cawb.slnx"
}

build() {
  dotnet build Cawb.slnx -c Release -v quiet --nologo "$@" || fail "the build failed; the first error above is the cause."
}

# PublicAPI.Unshipped.txt of each package: what it offers beyond PublicAPI.Shipped.txt, and what it no longer offers. The analyzer that holds the files against the code says both.
api() {
  local project file before found
  for project in $(grep -l 'Package\.props' src/*/*.csproj); do
    file=$(dirname "$project")/PublicAPI.Unshipped.txt before=$(<"$file")
    echo '#nullable enable' >"$file"
    # Written first: a file that is younger than the assembly has the project compiled again.
    if ! found=$(dotnet build "$project" -c Release -v quiet --nologo -p:TreatWarningsAsErrors=false); then
      printf '%s\n' "$before" >"$file"; fail "$project cannot be built; run: dotnet build $project"
    fi
    # A project's name at the end: what is built before it may have something to say as well.
    { sed -n "s|.*RS0016: Symbol '\(.*\)' is not part of the declared public API.*/$project\]$|\1|p" <<<"$found"
      sed -n "s|.*RS0017: Symbol '\(.*\)' is part of the declared API, but is .*/$project\]$|*REMOVED*\1|p" <<<"$found"; } | LC_ALL=C sort -u >>"$file"
  done
}

docs() {
  local log=.build/docs/log
  rm -rf .build/api .build/docs .build/site; mkdir -p .build/docs
  build_command
  # Tables that the guides take in.
  dotnet src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll schedules >.build/docs/schedules.txt
  dotnet src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll convert --list >.build/docs/functions.txt
  sed -n '/^## Names from elsewhere/,$p' src/Cawb/README.md >.build/docs/names.md
  { dotnet tool restore && dotnet docfx metadata docs/docfx.json --warningsAsErrors && dotnet docfx build docs/docfx.json --warningsAsErrors; } >"$log" 2>&1 ||
    { grep -E 'warning|error' "$log" >&2 || tail -n 20 "$log" >&2; fail "the site could not be built; the lines above say why."; }
  say "The site is in .build/site; 'dotnet docfx serve .build/site' shows it."
}

# The tests of one project, which is a program: `dotnet test` would start three more processes around it. What it says comes whole at its end, since two go at once.
test_project() {
  local logs=$1 name=$2 status=0
  (cd "tests/$name/bin/Release/net10.0" && dotnet "$name.dll" -noColor -noLogo "${selection[@]}") </dev/null >"$logs/$name" 2>&1 || status=$?
  # A program that ended badly is a failure although it counts none.
  [ "$status" = 0 ] || grep -qE "^ *$name  Total:.* (Errors|Failed): [1-9]" "$logs/$name" ||
    printf '   %s  Total: 0, Errors: 1, Failed: 0, Skipped: 0, Not Run: 0, Exit code: %s\n' "$name" "$status" >>"$logs/$name"
  grep -vE '^ *(Discover|Start|Finish)(ing|ed): |^=== |^Ok, passed|^ *$' "$logs/$name" || true
}

# Two at once, those first that take longest; the small ones fill the gaps at the end.
test_all() {
  local logs project name names=(Cawb.Cli.Tests Cawb.Detection.Tests Cawb.Training.Tests Cawb.Web.Tests Samples.Tests Package.Tests Cawb.Tests) running=0 selection=(-trait- Category=Nightly -trait- Category=Mpi); logs=$(mktemp -d)
  for project in tests/*/*.Tests.csproj; do name=$(basename "$project" .csproj); [[ " ${names[*]} " = *" $name "* ]] || names+=("$name"); done
  for name in "${names[@]}"; do
    if [ "$running" = 2 ]; then wait -n; else running=$((running + 1)); fi
    test_project "$logs" "$name" &
  done
  wait
  tell_counts "$logs"
}

# What the tests of a folder of logs came to, and whether all of them passed.
tell_counts() {
  local logs=$1 passed failed
  # Of each project: total, errors outside of tests, failed, skipped, not run.
  read -r passed failed < <(sed -n 's/^ *[A-Za-z.]*  Total: //p' "$logs"/* | awk -F '[^0-9]+' '
    { passed += $1 - $3 - $4 - $5; failed += $2 + $3 } END { print passed + 0, failed + 0 }')
  rm -rf "$logs"
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

# Runs over several ranks. Nothing else needs Open MPI, so the rest of the tests goes without.
test_mpi() {
  local logs selection=(-trait Category=Mpi); logs=$(mktemp -d)
  command -v mpirun >/dev/null || install openmpi-bin libopenmpi3
  dotnet build tests/Cawb.Cli.Tests -c Release -v quiet --nologo || fail "the build failed; the first error above is the cause."
  test_project "$logs" Cawb.Cli.Tests
  tell_counts "$logs"
}

case "${1:-test}" in
  format) format ;;
  build) setup; build ;;
  docs) setup; docs ;;
  api) setup; api ;;
  test)
    setup; linker; browser
    # Looks at the sources alone, so it goes on beside the build.
    format & formatting=$!
    build; digits; wait "$formatting"
    test_all ;;
  test-mpi) setup; test_mpi ;;
  test-slurm)
    setup; slurm; handwriting; build_command
    tests/Slurm/run.sh ;;
  *) sed -n '2,11p' "$0" >&2; exit 2 ;;
esac
