#!/usr/bin/env bash
# Comparisons on a real Slurm, through the product's own commands. `./build.sh test-slurm` installs what it needs and starts it; ends with "N passed, N failed".
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
. tests/Slurm/cluster.sh
work=$(mktemp -d) passed=0 failed=0
program=$PWD/src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll
pages=$PWD/docs/slurm.md
cawb() { echo "./cawb $*" >>"$work/called"; dotnet "$program" "$@"; }

finish() {
  stop_cluster
  if [ "$failed" != 0 ]; then tail -n 30 "$work"/runs/*/slurm/logs/*.log "$work"/*.txt >&2 2>/dev/null; fi
  rm -rf "$work"
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
  exit
}
trap finish EXIT
trap 'failed=$((failed + 1)); exit' INT TERM

# check "what is so" COMMAND...
check() {
  local what=$1; shift
  if "$@"; then passed=$((passed + 1)); echo "ok ($SECONDS s): $what"; else failed=$((failed + 1)); echo "FAILED ($SECONDS s): $what"; fi
}
# The same, and nothing after it makes sense without it.
demand() { local before=$failed; check "$@"; [ "$failed" = "$before" ] || exit; }

says() { grep -qE -- "$1" "$2"; }
is() { [ "$1" = "$2" ]; }
checkpoint() { [ -f "$comparison/runs/$1/checkpoints/last.checkpoint" ]; }
is_on() { [ "$(squeue --noheader --job="$1" --states=RUNNING --format=%N)" = "$2" ]; }
is_gone() { [ -z "$(squeue --noheader --job="$1" 2>/dev/null)" ]; }
ended_as() { scontrol show job "$1" | grep -q "JobState=$2 "; }

# A plan by the name that the page uses, small enough for a test.
mkdir "$work/plans"
cat >"$work/plans/digits-boots.json" <<'PLAN'
{
  "name": "digits-boots", "data": "data", "epochs": 20, "seeds": [0, 1], "baseline": "cosine, to 0.2",
  "options": {"model": "n", "batchSize": 16, "imageSize": 64, "keepTroughs": true, "hyperParameters": {"lr0": 0.02, "nominal_batch": 16}},
  "arms": [
    {"name": "cosine, to 0.2", "schedule": {"type": "cosine", "durationEpochs": 20, "end": 0.2}},
    {"name": "CAWB", "schedule": {"type": "cawb", "epochs": 20, "bootEpochs": [10], "annealing": {"type": "cosine"}, "stepScale": 0.8}}
  ]
}
PLAN
plan=plans/digits-boots.json comparison=runs/digits-boots
cd "$work" || exit
demand "small data are made" eval 'cawb data digits --out data --train 64 --val 16 >data.txt 2>&1'
demand "the comparison on this host ends" eval 'cawb compare $plan --out local --jobs 2 >local.txt 2>&1'

demand "Slurm starts, two nodes of one processor each" start_cluster "$work/slurm"
cawb compare $plan --slurm --dry-run >dry.txt 2>&1
check "a dry run writes the scripts and submits nothing" eval 'says "^sbatch --parsable --job-name=cawb-digits-boots-[0-9a-f]{8} --array=0-3 " dry.txt && bash -n $comparison/slurm/task.sh && no_jobs'

demand "one command submits an array and its report" eval 'cawb compare $plan --slurm --jobs 8 -- --time=2:00:00 --partition=cpu >submit.txt 2>&1'
array=$(sed -n 's/.* submitted as job \([0-9]*\), .*/\1/p' submit.txt) report=$(sed -n 's/.* report is job \([0-9]*\)\..*/\1/p' submit.txt)
cawb compare $plan --slurm >again.txt 2>&1
check "the same command says that the jobs live, with exit code 75" eval 'is "$?" 75; says "has jobs that are queued or running: .*${array}_" again.txt'

demand "two tasks begin, one on each node" await 60 eval 'is_on "${array}_0" n1 && is_on "${array}_1" n2'
demand "both get to a checkpoint" await 60 eval 'checkpoint cosine-to-0-2-seed-0 && checkpoint cawb-seed-0'

# Time limit: the signal that Slurm sends before it, to the script alone. Then scancel, which signals all.
# Of a job that is queued again meanwhile scancel gets no answer, and would repeat the signal.
timeout 3 scancel --signal=USR1 --batch "${array}_0" 2>/dev/null &
scancel "${array}_1"
check "the state is seen in the folder" eval 'cawb runs $comparison >runs.txt; says "^cosine, to 0.2, seed 1 +waiting" runs.txt && says "^cosine, to 0.2, seed 0 +(running|interrupted) .* [0-9]+ of 20 +0\\.[0-9]+" runs.txt'
demand "the cancelled task ends" await 40 ended_as "${array}_1" CANCELLED
check "it keeps a checkpoint, and is interrupted and not failed" eval 'checkpoint cawb-seed-0 && cawb runs $comparison >runs.txt && says "^CAWB, seed 0 +interrupted" runs.txt'

# The next task begins on the node that was freed; the node dies, and the run goes on on the other one.
demand "a task runs with a checkpoint on the second node" await 90 eval 'task=$(squeue --noheader --nodelist=n2 --states=RUNNING --array --format=%i) && [ -n "$task" ] && run=$(sed -n "s|^\(.*\)/\(.*\): turn .*|\1-seed-\2|p" "$comparison/slurm/logs/$task.log" | tail -n 1) && checkpoint "$run"'
kill_node n2
check "the run of the dead node is queued again and goes on on the other" await 120 says ": turn [2-9] as task" "$comparison/slurm/logs/$task.log"
demand "the array ends" await 120 is_gone "$array"
check "the task at its time limit was queued again and went on" says "^cosine-to-0-2/0: turn 2 as task ${array}_0 " "$comparison/slurm/logs/${array}_0.log"
demand "the report comes after it" await 60 is_gone "$report"
check "it lists what is missing, and fails so that one sees it" eval 'says "CAWB, seed 0: interrupted in epoch" $comparison/slurm/logs/report-$report.log && ended_as "$report" FAILED && says "ExitCode=3:0" <(scontrol show job "$report")'

start_node n2
demand "the same command submits what is not done" eval 'cawb compare $plan --slurm >rest.txt 2>&1 && says "1 of 4 runs submitted" rest.txt'
rest=$(sed -n 's/.* report is job \([0-9]*\)\..*/\1/p' rest.txt)
demand "its report comes" await 120 is_gone "$rest"
check "and is complete" eval 'ended_as "$rest" COMPLETED && [ -f $comparison/report.html ]'
for run in cosine-to-0-2-seed-0 cosine-to-0-2-seed-1 cawb-seed-0 cawb-seed-1; do
  check "$run has the bytes of the run on one host" eval "cmp $comparison/runs/$run/last.safetensors local/runs/$run/last.safetensors && cmp $comparison/runs/$run/result.json local/runs/$run/result.json"
done
check "so have the numbers of all epochs" cmp $comparison/epochs.csv local/epochs.csv
check "nothing half-made is left" eval '[ -z "$(find $comparison -name "*.partial")" ]'
cawb compare $plan --slurm >done.txt 2>&1
check "where all is done nothing is submitted" eval 'is "$?" 0; no_jobs && says "CAWB" done.txt'
cawb compare $plan --report >report.txt 2>&1
check "the report alone is complete too" is "$?" 0
check "a run that is done is left alone" eval 'cawb compare $plan --run cosine-to-0-2/0 | grep -q "is done already"'
check "every command of the page was run" eval '[ -z "$(grep "^\./cawb " "$pages" | grep -vxFf called)" ]'
