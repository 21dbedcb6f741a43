#!/usr/bin/env bash
# Training speed of Cawb against the same network, loss and step in Python (the same libtorch, batch, threads, precision), run in turn.
#   bench/train_speed.sh [--data FOLDER] [--rounds N] [--iterations N] [--json FILE] [--model n] [--batch 16] [--size 96] [--threads 2] [--classes 10] [--boxes 6] [--before CHECKOUT] [--load]
# With --data (for example the folder that ./cawb data digits made) Cawb loads and augments its pictures while it trains; Python always has ready-made tensors.
#   bench/train_speed.sh --model s --size 640 --batch 2 --classes 3 --data .build/loader-photos --rounds 5 --iterations 2
# is YOLOv5s at 640 px on the photographs that bench/loader.sh makes. --layouts channels-last spares memory and time where one layout is known to be the faster.
# Each side runs in the memory layout that is the faster for it. The last lines are ratios: above 1, Cawb is faster. --before compares with an earlier engine as well, --load puts a busy loop on every processor.
set -euo pipefail
# Paths are meant from where the script was called.
arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    --before)
      # A checkout of an earlier commit; its program is built here and takes its turns too.
      dotnet build "${2:?--before needs a folder}/bench/TrainSpeed" -c Release -v quiet --nologo >&2
      arguments+=(--before "$(realpath "$2")/bench/TrainSpeed/bin/Release/net10.0/TrainSpeed.dll"); shift 2 ;;
    --data | --json) arguments+=("$1" "$(realpath -m "${2:?$1 needs a path}")"); shift 2 ;;
    *) arguments+=("$1"); shift ;;
  esac
done
cd "$(dirname "${BASH_SOURCE[0]}")"

python=${PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import torch' 2>/dev/null; then
  echo "train_speed.sh: $python has no torch. The peer is Debian's: apt-get install python3-torch (or name another interpreter in PYTHON)." >&2
  exit 1
fi
dotnet build TrainSpeed -c Release -v quiet --nologo >&2
exec "$python" train_speed_compare.py --python "$python" --peer train_speed.py --ours TrainSpeed/bin/Release/net10.0/TrainSpeed.dll "${arguments[@]}"
