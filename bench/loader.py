#!/usr/bin/python3
"""The peer of LoaderSpeed: the same training samples in Python with OpenCV.

Decode, long side to 640 (bilinear), mosaic of four about a random centre on a grey canvas of twice the size, affine warp to 640, labels moved and filtered, hue,
saturation and value through tables, mirror, planes red-green-blue. The order of the steps and the ranges are those of YOLOv5's "scratch-low" hyper-parameters;
the random numbers are drawn as Cawb draws them, so that both programs can be held against each other pixel by pixel.

  loader.py digest FOLDER SIZE N    SHA-256 of the first N batches' pixels
  loader.py serve FOLDER SIZE       reads numbers of batches from standard input, one a line, loads that many, and answers with the seconds they took
"""
import hashlib
import itertools
import json
import math
import os
import sys
import time

import cv2
import numpy as np

MASK = (1 << 64) - 1
BATCH = 16
HUE, SATURATION, VALUE, TRANSLATE, SCALE, MIRROR = 0.015, 0.7, 0.4, 0.1, 0.5, 0.5
ORDER, AUGMENTATION = 1, 2


def finalize(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def mix(key):
    return finalize((key + 0x9E3779B97F4A7C15) & MASK)


class Draws:
    """Numbers in [0, 1) for one purpose, epoch and sample."""

    def __init__(self, seed, purpose, epoch, sample):
        stream = mix(mix(mix(purpose) + epoch & MASK) + sample & MASK)
        self.state = (seed * 0x9E3779B97F4A7C15 + stream * 0xD1B54A32D192ED03 + 0x2545F4914F6CDD1D) & MASK

    def bits(self):
        bits = finalize(self.state)
        self.state = (self.state + 0x8CB92BA72F3D8DD7) & MASK
        return bits

    def unit(self):
        return (self.bits() >> 11) * 2.0 ** -53

    def between(self, low, high):
        return low + (high - low) * self.unit()

    def below(self, count):
        return self.bits() * count >> 64


def product(a, b):
    return [[a[r][0] * b[0][c] + a[r][1] * b[1][c] + a[r][2] * b[2][c] for c in range(3)] for r in range(3)]


class Loader:
    def __init__(self, folder, size):
        cv2.setNumThreads(1)
        self.size = size
        with open(os.path.join(folder, "annotations", "instances_train.json"), encoding="utf-8") as file:
            content = json.load(file)
        self.paths = [os.path.join(folder, "images", "train", image["file_name"]) for image in content["images"]]
        places = {image["id"]: index for index, image in enumerate(content["images"])}
        boxes = [[] for _ in self.paths]
        for box in content["annotations"]:
            image = content["images"][places[box["image_id"]]]
            x, y, w, h = box["bbox"]
            boxes[places[box["image_id"]]].append((box["category_id"] - 1, (x + w / 2) / image["width"], (y + h / 2) / image["height"], w / image["width"], h / image["height"]))
        self.boxes = [np.array(rows, np.float32).reshape(-1, 5) for rows in boxes]

    def read(self, index):
        picture = cv2.imread(self.paths[index])
        height, width = picture.shape[:2]
        ratio = self.size / max(height, width)
        if ratio != 1:
            picture = cv2.resize(picture, (int(width * ratio), int(height * ratio)), interpolation=cv2.INTER_LINEAR)
        return picture

    def mosaic(self, index, draws):
        size, side = self.size, 2 * self.size
        center_y, center_x = int(draws.between(size / 2, size * 1.5)), int(draws.between(size / 2, size * 1.5))
        tiles = [index] + [draws.below(len(self.paths)) for _ in range(3)]
        for i in (3, 2, 1):
            other = draws.below(i + 1)
            tiles[i], tiles[other] = tiles[other], tiles[i]
        canvas = np.full((side, side, 3), 114, np.uint8)
        labels = []
        for i, tile in enumerate(tiles):
            picture = self.read(tile)
            height, width = picture.shape[:2]
            left, right = (max(center_x - width, 0), center_x) if i in (0, 2) else (center_x, min(center_x + width, side))
            top, bottom = (max(center_y - height, 0), center_y) if i in (0, 1) else (center_y, min(center_y + height, side))
            from_x = width - (right - left) if i in (0, 2) else 0
            from_y = height - (bottom - top) if i in (0, 1) else 0
            canvas[top:bottom, left:right] = picture[from_y:from_y + bottom - top, from_x:from_x + right - left]
            rows = self.boxes[tile].copy()
            if len(rows):
                half_w, half_h = rows[:, 3] / 2, rows[:, 4] / 2
                x, y = rows[:, 1].copy(), rows[:, 2].copy()
                rows[:, 1], rows[:, 2] = width * (x - half_w) + left - from_x, height * (y - half_h) + top - from_y
                rows[:, 3], rows[:, 4] = width * (x + half_w) + left - from_x, height * (y + half_h) + top - from_y
            labels.append(rows)
        labels = np.concatenate(labels)
        np.clip(labels[:, 1:], 0, side, out=labels[:, 1:])
        return self.warp(canvas, labels, draws)

    def warp(self, canvas, labels, draws):
        size = self.size
        units = [draws.unit() for _ in range(8)]
        around = lambda middle, extent, unit: middle - extent + 2 * extent * unit
        scale = around(1, SCALE, units[3])
        shift = [[1, 0, around(0.5, TRANSLATE, units[6]) * size], [0, 1, around(0.5, TRANSLATE, units[7]) * size], [0, 0, 1]]
        # Angle, shear and perspective are 0 in this set; their matrices stay, as the general step has them.
        angle = around(0, 0, units[2]) * math.pi / 180
        a, b = scale * math.cos(angle), scale * math.sin(angle)
        identity = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        centre = [[1, 0, -float(size)], [0, 1, -float(size)], [0, 0, 1]]
        matrix = np.array(product(product(product(product(shift, identity), [[a, b, 0], [-b, a, 0], [0, 0, 1]]), identity), centre))
        warped = cv2.warpAffine(canvas, matrix[:2], dsize=(size, size), borderValue=(114, 114, 114))
        count = len(labels)
        if count:
            corners = np.ones((count * 4, 3))
            corners[:, :2] = labels[:, [1, 2, 3, 4, 1, 4, 3, 2]].reshape(count * 4, 2)
            corners = (corners @ matrix.T)[:, :2].reshape(count, 8)
            x, y = corners[:, 0::2], corners[:, 1::2]
            moved = np.stack((x.min(1), y.min(1), x.max(1), y.max(1)), 1).clip(0, size)
            w, h = moved[:, 2] - moved[:, 0], moved[:, 3] - moved[:, 1]
            before = (labels[:, 3] - labels[:, 1]) * scale * ((labels[:, 4] - labels[:, 2]) * scale)
            aspect = np.maximum(w / (h + 1e-16), h / (w + 1e-16))
            kept = (w > 2) & (h > 2) & (w * h / (before + 1e-16) > 0.1) & (aspect < 100)
            labels = labels[kept]
            labels[:, 1:] = moved[kept]
        return warped, labels

    def sample(self, epoch, index):
        draws = Draws(0, AUGMENTATION, epoch, index)
        draws.unit()  # whether a mosaic is made: always
        picture, labels = self.mosaic(index, draws)
        draws.unit()  # whether two are mixed: never
        factors = [1 + draws.between(-1, 1) * gain for gain in (HUE, SATURATION, VALUE)]
        hue, saturation, value = cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2HSV))
        levels = np.arange(256, dtype=np.float64)
        tables = ((levels * factors[0]) % 180, np.clip(levels * factors[1], 0, 255), np.clip(levels * factors[2], 0, 255))
        merged = cv2.merge([cv2.LUT(channel, table.astype(np.uint8)) for channel, table in zip((hue, saturation, value), tables)])
        cv2.cvtColor(merged, cv2.COLOR_HSV2BGR, dst=picture)
        draws.unit()  # upside down: never
        mirrored = draws.unit() < MIRROR
        if mirrored:
            picture = np.fliplr(picture)
        boxes = labels[:, 1:].clip(0, self.size - 1e-3)
        rows = np.stack((labels[:, 0], (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2, boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]), 1)
        rows[:, 1:] /= self.size
        if mirrored:
            rows[:, 1] = 1 - rows[:, 1]
        return np.ascontiguousarray(picture.transpose(2, 0, 1)[::-1]), rows

    def batches(self):
        epoch = 0
        while True:
            draws = Draws(0, ORDER, epoch, 0)
            order = list(range(len(self.paths)))
            for i in range(len(order) - 1, 0, -1):
                other = draws.below(i + 1)
                order[i], order[other] = order[other], order[i]
            for first in range(0, len(order) - BATCH + 1, BATCH):
                samples = [self.sample(epoch, index) for index in order[first:first + BATCH]]
                yield np.stack([pixels for pixels, _ in samples]), [rows for _, rows in samples]
            epoch += 1


def main():
    if len(sys.argv) < 4 or sys.argv[1] not in ("digest", "serve"):
        sys.exit(__doc__)
    loader = Loader(sys.argv[2], int(sys.argv[3]))
    if sys.argv[1] == "digest":
        digest = hashlib.sha256()
        for pixels, _ in itertools.islice(loader.batches(), int(sys.argv[4])):
            digest.update(pixels.tobytes())
        print(digest.hexdigest())
        return
    batches = loader.batches()
    next(batches)
    print(f"ready OpenCV-{cv2.__version__} {len(loader.paths)}", flush=True)
    for line in sys.stdin:
        start, processor = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            next(batches)
        print(f"{time.perf_counter() - start:.6f} {time.process_time() - processor:.6f}", flush=True)


if __name__ == "__main__":
    main()
