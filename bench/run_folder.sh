#!/usr/bin/env bash
# What pictures and reports cost a training: YOLOv5n on digits at 96 pixels, from the times that its metrics.csv and its files have.
#   bench/run_folder.sh [--save] [EPOCHS]     20 epochs without a number; --save also writes bench/results/run_folder.md
# Fails where they take 2 % of the training or more.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
save=
if [ "${1:-}" = --save ]; then save=yes; shift; fi
cd "$root"
[ -f data/digits/digits.json ] || ./cawb data digits >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
load=$(cut -d' ' -f1-3 /proc/loadavg)
./cawb train --data data/digits --image-size 96 --epochs "${1:-20}" --hyp hyp/digits.json --schedule cosine --warmup-epoch 1 --out "$work/train" >&2

report() {
  echo "# What pictures and reports cost a training"
  echo
  echo "Made by \`bench/run_folder.sh\`. $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), .NET $(dotnet --version)," \
    "$(uname -sr | cut -d- -f1), load average before: $load."
  echo "YOLOv5n, 1,500 training and 500 validation images of digits, 96 pixels. Where the load exceeds the cores, times are those of other programs too; the shares are what counts."
  echo
  python3 - "$work/train" <<'PY'
import csv, os, sys
run = sys.argv[1]
rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(open(f"{run}/metrics.csv"))]
epoch = lambda row: row["data_wait_seconds"] + row["train_seconds"] + row["validation_seconds"]
# What the last epoch's row cannot have: drawing after it, and the validation of the best weights where another epoch was the best one.
after = os.path.getmtime(f"{run}/report.html") - os.path.getmtime(f"{run}/checkpoints/last.checkpoint")
best = max(rows, key=lambda row: row["ap"])["epoch"] == rows[-1]["epoch"]
if not best:
    after -= rows[-1]["validation_seconds"]
print("| epoch | training and validation, s | pictures and reports before its row, s |\n| ---: | ---: | ---: |")
for row in rows:
    print(f"| {row['epoch']:.0f} | {epoch(row):.2f} | {row['report_seconds']:.2f} |")
print(f"| after | | {after:.2f} |")
total, cost = sum(map(epoch, rows)), sum(row["report_seconds"] for row in rows) + after
share = cost / (total + cost)
print(f"\nPictures and reports: {cost:.1f} of {total + cost:.1f} s, **{100 * share:.1f} %**; to stay below 2 %.")
later = rows[2:]
print(f"From the third row on: {100 * sum(row['report_seconds'] for row in later) / sum(epoch(row) + row['report_seconds'] for row in later):.2f} %.")
print("The first row has the drawing of the labels and of the training batches, the second the first set of pictures, when code is not compiled yet; both are paid once, however long the run is.")
sys.exit(1 if share >= 0.02 else 0)
PY
}

if [ -n "$save" ]; then mkdir -p bench/results && report | tee bench/results/run_folder.md; else report; fi
