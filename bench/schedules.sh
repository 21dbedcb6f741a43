#!/usr/bin/env bash
# Measures the schedule library against its bars: BenchmarkDotNet for the library (one minute), whole processes for ./cawb plot.
#   bench/schedules.sh            prints Markdown
#   bench/schedules.sh --save     also writes bench/results/schedules.md
set -euo pipefail
case "${1:-}" in ""|--save) ;; *) echo "schedules.sh: the only option is --save." >&2; exit 2 ;; esac
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet build "$root/bench/Schedules" -c Release -v quiet --nologo >&2
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
plot=("$root/cawb" plot --schedule cawb --steps 30 80 --step-scale 0.7 --epoch-scale 4 --warmup-epochs 3 --lf "(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * 0.65 + 0.35" --epochs 150 --batches 625)
cosine=("$root/cawb" plot cosine --per-batch --epochs 150 --batches 625)
"${plot[@]}" >"$reports/plot.txt" # builds what is missing

# Seconds of seven fresh processes: wall clock, then the processor time of each.
seven() {
  local TIMEFORMAT='%R %U %S'
  for _ in 1 2 3 4 5 6 7; do { time "$@" >"$reports/plot.txt"; } 2>&1; done |
    awk '{ wall[NR] = $1; cpu[NR] = $2 + $3 }
      function sort(a, n,  i, j, t) { for (i = 2; i <= n; i++) { t = a[i]; for (j = i - 1; j > 0 && a[j] > t; j--) a[j + 1] = a[j]; a[j + 1] = t } }
      END { sort(wall, NR); sort(cpu, NR); printf "%.2f s | %.2f s | %.2f s", wall[1], wall[int((NR + 1) / 2)], cpu[int((NR + 1) / 2)] }'
}

report() {
  echo "# The schedule library against its bars"
  echo
  echo "Made by \`bench/schedules.sh\` on $(date -u +%F). $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), .NET $(dotnet --version)," \
    "$(uname -sr | cut -d- -f1), load average before: $(cut -d' ' -f1-3 /proc/loadavg)."
  echo "Where the load is not near 0, other programs shared the cores: the minimum of the 25 rounds is nearest to what the code needs, median and mean are what it got."
  echo
  echo "## Library"
  echo
  dotnet "$root/bench/Schedules/bin/Release/net10.0/Schedules.dll" "$reports" 2>"$reports/log.txt" || { tail -n 20 "$reports/log.txt" >&2; return 1; }
  echo
  echo "## Whole processes of \`./cawb plot\`, 150 epochs of 625 batches, seven each"
  echo
  echo "| work | to reach | minimum | median | processor time, median |"
  echo "| --- | ---: | ---: | ---: | ---: |"
  echo "| warm boots with an annealing formula | <= 0.5 s | $(seven "${plot[@]}") |"
  echo "| cosine, a value for every batch | <= 0.5 s | $(seven "${cosine[@]}") |"
  echo
  echo "Load average after: $(cut -d' ' -f1-3 /proc/loadavg)."
}

if [ "${1:-}" = --save ]; then
  # The old results stay until the new ones are whole.
  report | tee "$reports/schedules.md"
  mkdir -p "$root/bench/results"
  mv "$reports/schedules.md" "$root/bench/results/schedules.md"
else
  report
fi
