#!/usr/bin/env bash
# Draws the pictures of the article on CAWB with `cawb plot` into docs/gallery. CAWB names another program to draw with.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
read -ra cawb <<<"${CAWB:-$root/cawb}"
folder=$root/docs/gallery
mkdir -p "$folder"

# draw NAME TITLE ARGUMENT...: 150 epochs of 100 batches from a rate of 0.1, as in the article.
draw() {
  local name=$1 title=$2
  shift 2
  "${cawb[@]}" plot "$@" --epochs 150 --batches 100 --base-lrs 0.1 --title "$title" --out "$folder/$name.svg"
}

cosine_to() { printf '(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * %s + %s' "$1" "$2"; }

draw three-boots "Boots at 50, 100 and 150, each start at 0.8 of the one before" \
  --schedule cawb --steps 50 100 150 --step-scale 0.8 --lf "$(cosine_to 0.9 0.1)"
draw experiment "The article's experiment: boots at 30 and 80, curves stretched four times, so that the rate steps down" \
  --schedule cawb --steps 30 80 --step-scale 0.7 --epoch-scale 4 --warmup-epochs 3 --lf "$(cosine_to 0.65 0.35)"
draw cosine "No boots: one cosine over the run" \
  --schedule cawb --lf "$(cosine_to 0.9 0.1)"
draw warmup-then-boots "Five epochs of warm-up, batch by batch, then boots at 50 and 100" \
  --schedule cawb --steps 50 100 --step-scale 0.8 --warmup-epochs 5 --lf "$(cosine_to 0.9 0.1)"
draw resume "Resumed at epoch 20 in a fresh scheduler" \
  --schedule cawb --steps 50 100 150 --step-scale 0.7 --lf "$(cosine_to 0.8 0.2)" --resume 20
draw linear "Linear annealing between boots" \
  --schedule cawb --steps 50 100 --step-scale 0.7 --lf "(1.0 - (x / y)) * 0.8 + 0.2"
draw compared "The experiment's schedule beside a cosine and a line" \
  cawb cosine linear --steps 30 80 --step-scale 0.7 --epoch-scale 4 --warmup-epochs 3 --eta-min 0.2 --lf "$(cosine_to 0.65 0.35)"
