#!/usr/bin/env bash
# Where the time of a full validation goes: 500 pictures of digits through YOLOv5n, suppression and both evaluations, in a fresh process each time.
#   bench/validation.sh [WEIGHTS]     prints Markdown
#   bench/validation.sh --save [WEIGHTS]   also writes bench/results/validation.md
# Without WEIGHTS three epochs of training make some. Suppression and evaluation together must stay below 10 %; the script fails if they do not.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
save=
if [ "${1:-}" = --save ]; then save=yes; shift; fi
weights=${1:+$(realpath "$1")}
cd "$root"
[ -f data/digits/digits.json ] || ./cawb data digits >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "$weights" ]; then
  ./cawb train --data data/digits --image-size 96 --epochs 3 --hyp hyp/digits.json --schedule cosine --warmup-epochs 1 --out "$work/train" >&2
  weights=$work/train/best.safetensors
fi

report() {
  echo "# Validation of 500 pictures: where the time goes"
  echo
  echo "Made by \`bench/validation.sh\`. $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), .NET $(dotnet --version)," \
    "$(uname -sr | cut -d- -f1), load average before: $(cut -d' ' -f1-3 /proc/loadavg)."
  echo "Where the load exceeds the cores, times are those of other programs too; the shares are what counts."
  echo
  python3 - "$work" <<'PY'
import json, statistics, sys, pathlib
stages = ["loading", "forward", "nms", "evaluation"]
bad = False
for size, meaning in (("96", "96 pixels, the size of the pictures"), ("320", "320 pixels")):
    runs = [json.loads(path.read_text()) for path in sorted(pathlib.Path(sys.argv[1]).glob(f"{size}-*.json"))]
    print(f"## YOLOv5n at {meaning}\n")
    print(f"{len(runs)} fresh processes, {runs[0]['coco']['images']} pictures, {runs[0]['coco']['detections']} detections, AP {runs[0]['coco']['averagePrecision']:.3f}; medians.\n")
    print("| stage | seconds | share |\n| --- | ---: | ---: |")
    for stage in stages + ["all"]:
        seconds = statistics.median(run["seconds"][stage] for run in runs)
        share = statistics.median(run["seconds"][stage] / run["seconds"]["all"] for run in runs)
        print(f"| {stage} | {seconds:.2f} | {100 * share:.1f} % |")
    both = [(run["seconds"]["nms"] + run["seconds"]["evaluation"]) / run["seconds"]["all"] for run in runs]
    share = statistics.median(both)
    bad |= share >= 0.1
    print(f"\nSuppression and evaluation together: **{100 * share:.1f} %** (median; {100 * min(both):.1f} to {100 * max(both):.1f} %), to stay below 10 %.\n")
sys.exit(1 if bad else 0)
PY
}

for round in 1 2 3 4 5; do
  for size in 96 320; do
    ./cawb val "$weights" data/digits --image-size $size --out "$work/$size-$round" --json > "$work/$size-$round.json"
  done
done
if [ -n "$save" ]; then mkdir -p bench/results && report | tee bench/results/validation.md; else report; fi
