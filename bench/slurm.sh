#!/usr/bin/env bash
# What Slurm costs a comparison: 4 arms x 3 seeds on two nodes of one processor each against `--jobs 2` on the same two cores, in turn; and a task from its start to its first batch.
#   bench/slurm.sh [ROUNDS]     3 without it; about 4 minutes a round. Needs what ./build.sh test-slurm installs. Writes bench/results/slurm.md.
# Ends with 1 where a limit is missed: 1.1 times the time of --jobs 2 plus 5 s a run; 4 s to the first batch.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
. tests/Slurm/cluster.sh
rounds=${1:-3} root=$PWD work=$(mktemp -d)
trap 'stop_cluster; rm -rf "$work"' EXIT
program=$root/src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll
dotnet build src/Cawb.Cli -c Release -v quiet --nologo >&2 || exit 1
cawb() { dotnet "$program" "$@"; }
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }
load() { cut -d ' ' -f 1 /proc/loadavg; }
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
is_gone() { [ -z "$(squeue --noheader --job="$1" 2>/dev/null)" ]; }

cd "$work" || exit 1
cawb data digits --out whole >/dev/null && cawb data digits --out part --train 400 --val 100 >/dev/null || exit 1
arm() { printf '{"name": "%s", "schedule": %s}' "$1" "$2"; }
plan() {
  printf '{"name": "cost", "data": "%s", "epochs": 3, "seeds": [0, 1, 2], "baseline": "cosine", "options": {"batchSize": 16, "imageSize": 96, "hyperParameters": {"lr0": 0.02, "nominal_batch": 16}}, "arms": [%s, %s, %s, %s]}\n' "$1" \
    "$(arm cosine '{"type": "cosine", "durationEpochs": 3}')" "$(arm linear '{"type": "linear", "durationEpochs": 3, "end": 0.1}')" \
    "$(arm constant '{"type": "constant"}')" "$(arm CAWB '{"type": "cawb", "epochs": 3, "bootEpochs": [1], "annealing": {"type": "cosine"}}')"
}
plan part >part.json; plan whole >whole.json

# A task as task.sh starts it, on all digits: asked to stop once its directory is there, it ends after the batch at hand, which must not be before the first. Checkpoint and exit are in the time.
first_batch() {
  rm -rf first
  local start; start=$(now)
  # Not through the function: the signal is for the program itself.
  dotnet "$program" compare whole.json --out first --run cosine/0 >/dev/null 2>&1 &
  local task=$!
  await 60 test -f first/runs/cosine-seed-0/run.json
  sleep "$1"
  kill -TERM "$task"; wait "$task"
  since "$start"
  grep -qE '"batch": ?[1-9]' first/runs/cosine-seed-0/checkpoints/last.checkpoint 2>/dev/null
}

begun=$(date +%F) before=$(load)
for round in 1 2 3 4 5; do
  for pause in 0.2 0.4 0.8 1.6 3.2; do time=$(first_batch $pause) && break; done
  echo "$time" >>first.txt; echo "first batch, $round: $time s, load $(load)" >&2
done

start_cluster "$work/slurm"
for round in $(seq "$rounds"); do
  rm -rf local cluster
  start=$(now); cawb compare part.json --out local --jobs 2 >/dev/null || exit 1
  here=$(since "$start"); loads=$(load)
  start=$(now)
  report=$(cawb compare part.json --out cluster --slurm | sed -n 's/.* report is job \([0-9]*\)\..*/\1/p')
  await 1800 is_gone "$report"
  there=$(since "$start")
  cmp -s local/epochs.csv cluster/epochs.csv || { echo "The numbers differ." >&2; exit 1; }
  awk -v r="$round" -v a="$here" -v b="$there" -v l="$loads, $(load)" 'BEGIN { printf "| %d | %.1f | %.1f | %.2f | %.1f | %s |\n", r, a, b, b / a, 1.1 * a + 60, l }' | tee -a rounds.txt >&2
  echo "$here" >>here.txt; echo "$there" >>there.txt
done

here=$(median <here.txt) there=$(median <there.txt) first=$(median <first.txt)
{
  cat <<PAGE
# What Slurm costs a comparison

\`bench/slurm.sh $rounds\`, $begun: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), load $before before it began. Slurm $(sinfo --version | sed 's/slurm-wlm //; s/slurm //') with two nodes of one processor each on this host; YOLOv5n, 96 px,
batch 16, 3 epochs of 400 pictures, one thread a run. Seconds from the command to the report; both ways end with the same numbers, byte for byte.

| round | \`--jobs 2\` | Slurm | ratio | limit: 1.1 times and 5 s a run | load after each |
| --- | ---: | ---: | ---: | ---: | --- |
PAGE
  cat rounds.txt
  awk -v a="$here" -v b="$there" 'BEGIN { printf "\nMedians: %.1f s and **%.1f s**, a ratio of %.2f; to reach %.1f s. A run costs %.1f s more than with `--jobs 2`, on two nodes.\n", a, b, b / a, 1.1 * a + 60, 2 * (b - a) / 12 }'
  printf '\nA task alone, process start to first batch with 2,000 pictures to check, checkpoint and exit included: **%s s** (median of five: %s); to reach 4 s.\n' "$first" "$(sort -n first.txt | paste -sd ' ')"
} >"$root/bench/results/slurm.md"
cat "$root/bench/results/slurm.md"
awk -v a="$here" -v b="$there" -v f="$first" 'BEGIN { exit !(b <= 1.1 * a + 60 && f <= 4) }'
