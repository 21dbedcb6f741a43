#!/usr/bin/env bash
# The pages of cawb serve in Debian's Chromium on this machine: from a key press to a curve, first paints, fifty open pages on ten live runs, and what an open page costs a training.
#   bench/serve.sh [--save] [--short]     --short leaves the training out; --save also writes bench/results/serve.md
# Fails where a figure is not what it has to be. './build.sh test' installs the browser.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
save='' data=(data/digits)
for word; do
  case "$word" in
    --save) save=yes ;;
    --short) data=() ;;
    *) sed -n '2,4p' "$0" >&2; exit 2 ;;
  esac
done
cd "$root"
[ -f data/digits/digits.json ] || [ "${#data[@]}" = 0 ] || ./cawb data digits >&2
dotnet build src/Cawb.Cli -c Release -v quiet --nologo >&2
dotnet build bench/ServeSpeed -c Release -v quiet --nologo >&2
load=$(cut -d' ' -f1-3 /proc/loadavg)

report() {
  echo "# The pages of cawb serve"
  echo
  echo "Made by \`bench/serve.sh\`. $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), .NET $(dotnet --version)," \
    "$(chromium --version 2>/dev/null | cut -d' ' -f1-2), $(uname -sr | cut -d- -f1), load average before: $load. Browser, server and training share the cores."
  echo
  dotnet bench/ServeSpeed/bin/Release/net10.0/ServeSpeed.dll src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll "${data[@]}"
}

if [ -n "$save" ]; then report | tee bench/results/serve.md; else report; fi
