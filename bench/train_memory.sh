#!/usr/bin/env bash
# Resident memory and live tensors of a training, after 100 iterations, when every picture was decoded once, and over 500 more: Cawb's own step over batches that its loader makes.
#   bench/train_memory.sh [--data data/digits] [--model n] [--batch 16] [--size 96] [--threads 2]
# Ends with 1 where memory grew by more than 5 % or the number of live tensors changed.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
[ $# -gt 0 ] || { [ -d data/digits ] || ./cawb data digits >&2; set -- --data data/digits; }
dotnet build bench/TrainSpeed -c Release -v quiet --nologo >&2
{ for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do echo 50; done; } | dotnet bench/TrainSpeed/bin/Release/net10.0/TrainSpeed.dll "$@" | awk '
  /^ready/ { print "libtorch " $2 ", " $3 " parameters"; next }
  { n += 50; mb = $5 / 1048576; printf "%3d iterations: %6.1f MB resident, %d live tensors, loss %s\n", n, mb, $4, $3
    if (n == 100) { first = mb; live = $4 }
    if (n > 100 && $4 != live) changed = 1
    if (n > 100 && mb > most) most = mb }
  END { grown = (most / first - 1) * 100
    printf "Over %d iterations after the first 100: %+.1f %% at most, live tensors %s.\n", n - 100, grown, changed ? "changed" : "constant"
    exit (grown > 5 || changed) }'
