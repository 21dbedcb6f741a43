#!/usr/bin/env bash
# Training samples at 640 px from JPEG files (mosaic, affine warp, hue-saturation-value, mirror): Cawb's loader against the same steps in Python with OpenCV, on one core, in turn.
#   bench/loader.sh [--rounds N] [--batches N] [--size 640] [--data FOLDER]
# Makes its 1,000 pictures itself, in .build/loader-photos; --data takes a COCO folder of yours. Both sides make the same bytes, which is checked first. The last line is the ratio.
set -euo pipefail
arguments=()
data=
while [ $# -gt 0 ]; do
  case "$1" in
    --data) data=$(realpath -m "${2:?--data needs a path}"); shift 2 ;;
    *) arguments+=("$1"); shift ;;
  esac
done
cd "$(dirname "${BASH_SOURCE[0]}")"

python=${PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import cv2' 2>/dev/null; then
  echo "loader.sh: $python has no cv2. The peer is Debian's: apt-get install python3-opencv (or name another interpreter in PYTHON)." >&2
  exit 1
fi
dotnet build LoaderSpeed -c Release -v quiet --nologo >&2
program=LoaderSpeed/bin/Release/net10.0/LoaderSpeed.dll
if [ -z "$data" ]; then
  data=$(realpath -m ../.build/loader-photos)
  if [ ! -f "$data/annotations/instances_val.json" ]; then
    mkdir -p "$data"
    dotnet "$program" make "$data" 1000
  fi
fi
exec "$python" loader_compare.py --python "$python" --peer loader.py --ours "$program" --data "$data" "${arguments[@]}"
