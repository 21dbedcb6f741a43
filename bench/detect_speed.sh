#!/usr/bin/env bash
# `cawb val` and `cawb detect` with normalisations fused into the convolutions, against themselves without (--no-fuse), and against the same in Python with PyTorch; in turn.
#   bench/detect_speed.sh [--rounds N] [--images N] [--model s] [--size 640] [--batch 8] [--threads 2] [--modes val detect]
# The network has random weights of three classes, the same on both sides; the images are those that bench/loader.sh makes. The lines printed are those of bench/results/detect_speed.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
model=s images=24 arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    --model) model=${2:?--model needs a size}; shift 2 ;;
    --images) images=${2:?--images needs a number}; shift 2 ;;
    *) arguments+=("$1"); shift ;;
  esac
done

python=${PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import torch, cv2' 2>/dev/null; then
  echo "detect_speed.sh: $python has no torch or no cv2. The peer is Debian's: apt-get install python3-torch python3-opencv (or name another interpreter in PYTHON)." >&2
  exit 1
fi
dotnet build ../src/Cawb.Cli -c Release -v quiet --nologo >&2
dotnet build DetectSpeed -c Release -v quiet --nologo >&2
photos=$(realpath -m ../.build/loader-photos)
if [ ! -f "$photos/annotations/instances_val.json" ]; then
  dotnet build LoaderSpeed -c Release -v quiet --nologo >&2
  mkdir -p "$photos"
  dotnet LoaderSpeed/bin/Release/net10.0/LoaderSpeed.dll make "$photos" 1000
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet DetectSpeed/bin/Release/net10.0/DetectSpeed.dll "$photos" "$images" "$model" "$work"
"$python" detect_speed_compare.py --python "$python" --peer detect_speed.py --ours ../src/Cawb.Cli/bin/Release/net10.0/Cawb.Cli.dll \
  --weights "$work/weights.safetensors" --folder "$work/photos" "${arguments[@]}"
