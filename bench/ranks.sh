#!/usr/bin/env bash
# Two ranks of one thread against one process of two threads: images trained per second, YOLOv5n at 96 pixels on the digits, total batch 64 and 16.
#   bench/ranks.sh [--rounds N] [--epochs N] [--data FOLDER] [--out FILE]
# Beside them, two processes of one thread that each train alone on half a batch, at once: what ranks could reach if they exchanged nothing and never waited.
# All take turns, so that what else the machine does falls on all alike. The first epoch of a run warms up and is not counted; validation never is.
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

# train NAME BATCH THREADS LAUNCHER...
train() {
  local name=$1 batch=$2 threads=$3; shift 3
  "$@" dotnet src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll train --data "$data" --image-size 96 --hyp hyp/digits.json --batch-size "$batch" --epochs "$epochs" --threads "$threads" \
    --out "$folder/$name" >"$folder/$name.log" 2>&1 || { cat "$folder/$name.log" >&2; exit 1; }
  speeds "$folder/$name"
}

{
  echo "# Two ranks of one thread against one process of two threads"
  echo
  echo "\`bench/ranks.sh --rounds $rounds --epochs $epochs\`, $(date -u +%Y-%m-%d): $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors, load $(cut -d ' ' -f 1 /proc/loadavg) at the start; $(mpirun --version | head -n 1)."
  echo "YOLOv5n, 96 px, $images images, images per second; medians over all rounds' epochs but each run's first, and medians of the rounds' own ratios to the one process. Above 1 is faster."
  echo
  echo "| total batch | one process, two threads | two ranks, one thread each | ratio | to reach | two processes that exchange nothing | ratio |"
  echo "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
  for batch in 64 16; do
    for kind in one two apart two.ratio apart.ratio; do : >"$folder/$kind"; done
    for ((round = 1; round <= rounds; round++)); do
      echo "batch $batch, round $round of $rounds, load $(cut -d ' ' -f 1 /proc/loadavg)" >&2
      train "one-$batch-$round" $batch 2 env >"$folder/one.round"
      train "two-$batch-$round" $batch 1 mpirun --bind-to none -n 2 >"$folder/two.round"
      train "left-$batch-$round" $((batch / 2)) 1 env >"$folder/left" & train "right-$batch-$round" $((batch / 2)) 1 env >"$folder/right"; wait
      paste "$folder/left" "$folder/right" | awk '{ print $1 + $2 }' >"$folder/apart.round"
      for kind in one two apart; do cat "$folder/$kind.round" >>"$folder/$kind"; done
      for kind in two apart; do awk -v one="$(median <"$folder/one.round")" -v other="$(median <"$folder/$kind.round")" 'BEGIN { print other / one }' >>"$folder/$kind.ratio"; done
      echo "ranks $(tail -n 1 "$folder/two.ratio"), apart $(tail -n 1 "$folder/apart.ratio")" >&2
    done
    printf '| %d | %.0f | %.0f | %.2f | %s | %.0f | %.2f |\n' $batch "$(median <"$folder/one")" "$(median <"$folder/two")" "$(median <"$folder/two.ratio")" "$([ "$batch" = 64 ] && echo 1.2 || echo 1.0)" \
      "$(median <"$folder/apart")" "$(median <"$folder/apart.ratio")"
  done
} >"$folder/result"
mkdir -p "$(dirname "$out")"; cp "$folder/result" "$out"; cat "$out"
