#!/usr/bin/env bash
# Two ranks of one thread against one process of two threads: images trained per second, YOLOv5n at 96 pixels on the digits, total batch 64 and 16.
#   bench/ranks.sh [--rounds N] [--epochs N] [--data FOLDER] [--out FILE]
# The two take turns, so that what else the machine does falls on both alike. The first epoch of a run warms up and is not counted; validation never is.
# Writes bench/results/ranks.md. Needs Open MPI (./build.sh test-mpi installs it), the digits (./cawb data digits) and two processors.
set -euo pipefail
rounds=5 epochs=3 data=data/digits out=bench/results/ranks.md
start=$PWD
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2 ;; --epochs) epochs=$2 ;; --data) data=$(realpath "$2") ;; --out) out=$start/$2 ;;
    *) sed -n '2,5p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
  shift 2
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v mpirun >/dev/null || { echo "ranks.sh: mpirun is missing: apt-get install openmpi-bin" >&2; exit 1; }
dotnet build src/Cawb.Cli -c Release -v quiet --nologo >&2
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
images=$(find -L "$data/images/train" -type f | wc -l)

# Images per second in each epoch but the first.
speeds() { awk -F, -v images="$images" 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i } NR > 2 { print images / ($column["data_wait_seconds"] + $column["train_seconds"]) }' "$1/metrics.csv"; }
median() { sort -n | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }

# train NAME THREADS LAUNCHER...
train() {
  local name=$1 threads=$2; shift 2
  "$@" dotnet src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll train --data "$data" --image-size 96 --hyp hyp/digits.json --batch-size "$batch" --epochs "$epochs" --threads "$threads" \
    --out "$folder/$name" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
  speeds "$folder/$name"
}

{
  echo "# Two ranks of one thread against one process of two threads"
  echo
  echo "\`bench/ranks.sh --rounds $rounds --epochs $epochs\`, $(date -u +%Y-%m-%d): $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors, load $(cut -d ' ' -f 1 /proc/loadavg) at the start; $(mpirun --version | head -n 1)."
  echo "YOLOv5n, 96 px, $images images, images per second; medians over all rounds' epochs but each run's first, and the median of the rounds' own ratios. Above 1, ranks are faster."
  echo
  echo "| total batch | one process, two threads | two ranks, one thread each | ratio | rounds' own | to reach |"
  echo "| ---: | ---: | ---: | ---: | ---: | ---: |"
  for batch in 64 16; do
    : >"$folder/one"; : >"$folder/two"; : >"$folder/ratios"
    for ((round = 1; round <= rounds; round++)); do
      echo "batch $batch, round $round of $rounds, load $(cut -d ' ' -f 1 /proc/loadavg)" >&2
      train "one-$batch-$round" 2 env >"$folder/one.round"
      train "two-$batch-$round" 1 mpirun --bind-to none -n 2 >"$folder/two.round"
      cat "$folder/one.round" >>"$folder/one"; cat "$folder/two.round" >>"$folder/two"
      awk -v one="$(median <"$folder/one.round")" -v two="$(median <"$folder/two.round")" 'BEGIN { print two / one }' | tee -a "$folder/ratios" >&2
    done
    awk -v batch="$batch" -v one="$(median <"$folder/one")" -v two="$(median <"$folder/two")" -v own="$(median <"$folder/ratios")" -v reach="$([ "$batch" = 64 ] && echo 1.2 || echo 1.0)" \
      'BEGIN { printf "| %d | %.0f | %.0f | %.2f | %.2f | %s |\n", batch, one, two, two / one, own, reach }'
  done
} >"$folder/result"
mkdir -p "$(dirname "$out")"; cp "$folder/result" "$out"; cat "$out"
