#!/usr/bin/env bash
# Draws the pictures of the pages of cawb serve into docs/screenshots, from two runs and a comparison that it trains on digits (minutes, once; kept in .build/screenshots).
#   docs/screenshots.sh [RUNS]     another folder, with the runs cosine and warm-boots and the comparison demo
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=$(realpath -m "${1:-$root/.build/screenshots/runs}")
cd "$root"
if [ ! -d "$runs" ]; then
  [ -f data/digits/digits.json ] || ./cawb data digits >&2
  train=(./cawb train --data data/digits --hyp hyp/digits.json --image-size 96 --epochs 12)
  "${train[@]}" --schedule cosine --warmup-epochs 1 --out "$runs/cosine" >&2
  "${train[@]}" --steps 4 8 --step-scale 0.7 --epoch-scale 4 --warmup-epochs 1 --out "$runs/warm-boots" >&2
  ./cawb compare plans/demo.json --out "$runs/demo" >&2
fi
dotnet build src/Cawb.Cli -c Release -v quiet --nologo >&2
dotnet build bench/Screenshots -c Release -v quiet --nologo >&2

# Pages show where the folder is: a short path, and nobody else's.
place=$(mktemp -d -t cawb-XXX); ln -s "$runs" "$place/runs"
exec 3< <(exec dotnet src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll serve --runs "$place/runs" --port 0)
server=$!
trap 'kill "$server"; rm -rf "$place"' EXIT
read -r address <&3
mkdir -p docs/screenshots
dotnet bench/Screenshots/bin/Release/net10.0/Screenshots.dll "$address" docs/screenshots runs= run=run/warm-boots comparison=comparison/demo designer=designer
