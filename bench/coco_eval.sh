#!/usr/bin/env bash
# Times the COCO evaluation on the reference's performance case (1,000 pictures, 80 classes, 100,000 detections), warm and as a fresh process.
#   bench/coco_eval.sh            prints Markdown
#   bench/coco_eval.sh --save     also writes bench/results/coco_eval.md
# Where pycocotools is installed for python3, it runs on the same files, in turns.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet build "$root/bench/coco-eval" -c Release -v quiet --nologo >&2
program=$root/bench/coco-eval/bin/Release/net10.0/CocoEval.dll
expected=$root/tests/reference/coco/perf_i/expected.json
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT

report() {
  echo "# COCO evaluation: 100,000 detections, 80 classes, 1,000 pictures"
  echo
  echo "Made by \`bench/coco_eval.sh\`. $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), .NET $(dotnet --version)," \
    "$(uname -sr | cut -d- -f1), load average before: $(cut -d' ' -f1-3 /proc/loadavg)."
  echo "All twelve numbers of every run are compared with the reference's, bit for bit."
  echo
  echo "## Warm, in one process"
  echo
  dotnet "$program" "$expected"
  echo
  echo "## Fresh processes, from JSON files, compilation included"
  echo
  dotnet "$program" write "$files/gt.json" "$files/dt.json"
  for _ in 1 2 3 4 5; do
    for threads in 1 2; do echo "- $threads thread(s): $(dotnet "$program" once "$files/gt.json" "$files/dt.json" "$threads")"; done
    if python3 -c 'import pycocotools' 2>/dev/null; then echo "- pycocotools: $(python3 "$root/bench/coco-eval/peer.py" "$files/gt.json" "$files/dt.json")"; fi
  done
}

if [ "${1:-}" = --save ]; then mkdir -p "$root/bench/results" && report | tee "$root/bench/results/coco_eval.md"; else report; fi
