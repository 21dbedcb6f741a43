#!/usr/bin/python3
"""The peer of `cawb val` and `cawb detect`: the same network with the same weights in plain PyTorch, with batch normalisations fused into the convolutions.

  detect_speed.py val WEIGHTS FOLDER      images of FOLDER/images/val in rectangular batches: decode, letterbox, network, boxes, suppression (no AP: that is Cawb's alone)
  detect_speed.py detect WEIGHTS FOLDER   the same images one by one, with the boxes drawn and written as JPEG
Prints images a second, images, boxes; loading of Python, PyTorch and weights apart. As in YOLOv5, val decodes on threads of its own and detect does one thing after another.
"""
import argparse
import json
import math
import pathlib
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from train_speed import ANCHORS, STRIDES, Conv, Network

MARGIN_STRIDES = 0.5

# In the order in which a network declares its tensors.
PARTS = {part: rank for rank, part in enumerate(("model", "cv1", "cv2", "cv3", "m", "conv", "bn", "weight", "bias", "running_mean", "running_var"))}


def read_safetensors(path):
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + length])
    notes = header.pop("__metadata__")
    tensors = sorted(header.items(), key=lambda item: [int(part) if part.isdigit() else PARTS[part] for part in item[0].split(".") if part != "anchors"])
    values = {name: torch.from_numpy(numpy.frombuffer(data, "<f4", math.prod(entry["shape"]), 8 + length + entry["data_offsets"][0]).reshape(entry["shape"]).copy())
              for name, entry in tensors}
    return values, notes


def load(path, fused, layout):
    values, notes = read_safetensors(path)
    del values["model.24.anchors"]
    network = Network(len(json.loads(notes["classes"])), notes["size"]).eval()
    targets = [(name, tensor) for name, tensor in network.state_dict().items() if not name.endswith("num_batches_tracked")]
    assert len(targets) == len(values), (len(targets), len(values))
    for (name, target), (stored, value) in zip(targets, values.items()):
        assert target.shape == value.shape and name.rsplit(".", 1)[1] == stored.rsplit(".", 1)[1], (name, stored)
        target.copy_(value)
    if fused:
        for module in network.modules():
            if isinstance(module, Conv):
                module.conv, module.bn = fuse_conv_bn_eval(module.conv, module.bn), nn.Identity()
    return network.to(memory_format=layout)


def decode(maps):
    rows = []
    for level, raw in enumerate(maps):
        b, _, h, w, numbers = raw.shape
        y, x = torch.meshgrid(torch.arange(h, dtype=torch.float32), torch.arange(w, dtype=torch.float32), indexing="ij")
        grid = torch.stack((x, y), 2) - 0.5
        p = raw.sigmoid()
        centre = (p[..., 0:2] * 2 + grid) * STRIDES[level]
        size = (p[..., 2:4] * 2) ** 2 * torch.tensor(ANCHORS[level], dtype=torch.float32).view(1, 3, 1, 1, 2)
        rows.append(torch.cat((centre, size, p[..., 4:]), 4).view(b, -1, numbers))
    return torch.cat(rows, 1)


def suppress(rows, confidence, overlap, limit, several):
    rows = rows[rows[:, 4] > confidence]
    scores = rows[:, 5:] * rows[:, 4:5]
    if several:
        index, kind = (scores > confidence).nonzero(as_tuple=True)
        scores = scores[index, kind]
    else:
        scores, kind = scores.max(1)
        index = (scores > confidence).nonzero(as_tuple=True)[0]
        scores, kind = scores[index], kind[index]
    order = scores.argsort(descending=True)[:30000]
    index, kind, scores = index[order], kind[order], scores[order]
    half = rows[index, 2:4] / 2
    boxes = torch.cat((rows[index, 0:2] - half, rows[index, 0:2] + half), 1)
    shifted = (boxes + kind[:, None] * 7680.0).numpy()
    area = (shifted[:, 2] - shifted[:, 0]) * (shifted[:, 3] - shifted[:, 1])
    kept, rest = [], numpy.arange(len(shifted))
    while len(rest) and len(kept) < limit:
        best, rest = rest[0], rest[1:]
        kept.append(best)
        corner = numpy.maximum(shifted[best, :2], shifted[rest, :2])
        shared = numpy.clip(numpy.minimum(shifted[best, 2:], shifted[rest, 2:]) - corner, 0, None).prod(1)
        rest = rest[shared / (area[best] + area[rest] - shared) <= overlap]
    return boxes[kept], scores[kept], kind[kept]


def letterbox(image, width, height, enlarge):
    ratio = min(height / image.shape[0], width / image.shape[1])
    if not enlarge:
        ratio = min(ratio, 1)
    inner = round(image.shape[1] * ratio), round(image.shape[0] * ratio)
    if inner != (image.shape[1], image.shape[0]):
        image = cv2.resize(image, inner, interpolation=cv2.INTER_LINEAR)
    return image, width - inner[0], height - inner[1], ratio


def padded(image, x, y):
    top, left = y // 2, x // 2
    image = cv2.copyMakeBorder(image, top, y - top, left, x - left, cv2.BORDER_CONSTANT, value=(114, 114, 114))
    return numpy.ascontiguousarray(image.transpose(2, 0, 1)[::-1]), left, top


def tensor(planes, layout):
    return torch.from_numpy(planes).to(memory_format=layout).float().div_(255)


def batches(paths, size, count):
    """Paths by shape, and the size that each batch needs."""
    shapes = {path: cv2.imread(str(path)).shape[:2] for path in paths}
    ordered = sorted(paths, key=lambda path: shapes[path][0] / shapes[path][1])
    for start in range(0, len(ordered), count):
        part = ordered[start:start + count]
        ratios = [shapes[path][0] / shapes[path][1] for path in part]
        height, width = (max(ratios), 1) if max(ratios) < 1 else (1, 1 / min(ratios)) if min(ratios) > 1 else (1, 1)
        yield part, *(math.ceil(side * size / 32 + MARGIN_STRIDES) * 32 for side in (width, height))


def validate(network, paths, arguments, layout):
    def read(task):
        path, width, height = task
        image = cv2.imread(str(path))
        ratio = arguments.size / max(image.shape[:2])
        if ratio != 1:
            image = cv2.resize(image, (int(image.shape[1] * ratio), int(image.shape[0] * ratio)), interpolation=cv2.INTER_AREA if ratio < 1 else cv2.INTER_LINEAR)
        image, x, y, _ = letterbox(image, width, height, enlarge=False)
        return padded(image, x, y)[0]

    plan = list(batches(paths, arguments.size, arguments.batch))
    boxes = 0
    start = time.perf_counter()
    with ThreadPoolExecutor(arguments.workers) as pool:
        reading = [[pool.submit(read, (path, width, height)) for path in part] for part, width, height in plan]
        for batch in reading:
            images = tensor(numpy.stack([image.result() for image in batch]), layout)
            for rows in decode(network(images)):
                boxes += len(suppress(rows, 0.001, 0.6, 300, True)[0])
    return time.perf_counter() - start, boxes


def detect(network, paths, arguments, layout):
    boxes = 0
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        for path in paths:
            original = cv2.imread(str(path))
            image, x, y, ratio = letterbox(original, arguments.size, arguments.size, enlarge=True)
            planes, left, top = padded(image, x % 32, y % 32)
            corners, scores, kinds = suppress(decode(network(tensor(planes[None], layout)))[0], 0.25, 0.45, 1000, False)
            for corner, score, kind in zip(corners, scores, kinds):
                x1, y1, x2, y2 = (int((side - shift) / ratio) for side, shift in zip(corner.tolist(), (left, top, left, top)))
                cv2.rectangle(original, (x1, y1), (x2, y2), (180, 119, 31), 1)
                cv2.putText(original, f"{int(kind)} {score:.2f}", (x1, y1 - 2), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (255, 255, 255), 1, cv2.LINE_AA)
            cv2.imwrite(str(pathlib.Path(folder) / path.name), original)
            boxes += len(corners)
        return time.perf_counter() - start, boxes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=("val", "detect"))
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--size", type=int, default=640)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--layout", choices=("contiguous", "channels-last"), default="channels-last")
    parser.add_argument("--no-fuse", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    layout = torch.channels_last if arguments.layout == "channels-last" else torch.contiguous_format
    with torch.inference_mode():
        network = load(arguments.weights, not arguments.no_fuse, layout)
        paths = sorted((arguments.folder / "images" / "val").iterdir())
        seconds, boxes = (validate if arguments.mode == "val" else detect)(network, paths, arguments, layout)
    print(f"{len(paths) / seconds:.4f} {len(paths)} {boxes}")


if __name__ == "__main__":
    main()
