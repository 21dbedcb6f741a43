#!/usr/bin/env python3
"""Golden numbers of YOLOv5s 5.0 with 3 classes, computed by PyTorch in double precision with Focus and SPP as they are.

    /usr/bin/python3 tests/reference/yolov5-5.0/make_forward.py > tests/reference/yolov5-5.0/forward.json

Written from what is public about the network: the layer table of 5.0 and the widths and repeats of its size s. `tensors` lists names and
shapes as a state dict of 5.0 has them. Values, roles, digests and tolerances are those of ../yolov5/README.md; the stream k of a tensor is
its place in the list, and its role follows from its name.
"""
import json
import math

import numpy
import torch
from torch.nn.functional import batch_norm, conv2d, interpolate, max_pool2d, silu

SEED, CLASSES, IMAGE = 20211, 3, {"seed": 20211, "k": 900000, "batch": 1, "channels": 3, "height": 192, "width": 256}
WIDTHS = {64: 32, 128: 64, 256: 128, 512: 256, 1024: 512}
ANCHORS = [[(10, 13), (16, 30), (33, 23)], [(30, 61), (62, 45), (59, 119)], [(116, 90), (156, 198), (373, 326)]]
STRIDES = [8, 16, 32]
TENSORS, KNOWN = [], {}


def unit(k, count):
    i = numpy.arange(count, dtype=numpy.uint64)
    with numpy.errstate(over="ignore"):
        start = (SEED * 0x9E3779B97F4A7C15 + k * 0xD1B54A32D192ED03 + 0x2545F4914F6CDD1D) % 2 ** 64
        z = numpy.uint64(start) + i * numpy.uint64(0x8CB92BA72F3D8DD7)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z = z ^ (z >> numpy.uint64(31))
    return (z >> numpy.uint64(11)).astype(numpy.float64) * 2.0 ** -53


def tensor(name, *shape):
    """A tensor of the network; named once for good, in the order of first use."""
    if name not in KNOWN:
        fan_in = math.prod(shape[1:])
        low, high = (
            (-math.sqrt(3 / fan_in), math.sqrt(3 / fan_in)) if ".m." in name and name.startswith("model.24.") and name.endswith(".weight")
            else (-0.5, 0.5) if name.startswith("model.24.")
            else (-math.sqrt(6 / fan_in), math.sqrt(6 / fan_in)) if name.endswith("conv.weight")
            else (0.75, 1.25) if name.endswith("bn.weight")
            else (0.5, 1.5) if name.endswith("running_var")
            else (-0.2, 0.2))
        values = (low + (high - low) * unit(len(TENSORS), math.prod(shape))).astype(numpy.float32)
        TENSORS.append({"name": name, "shape": list(shape)})
        KNOWN[name] = torch.from_numpy(values).double().reshape(shape)
    return KNOWN[name]


def conv(name, x, outputs, kernel=1, stride=1):
    y = conv2d(x, tensor(f"{name}.conv.weight", outputs, x.shape[1], kernel, kernel), stride=stride, padding=kernel // 2)
    scale, shift, mean, variance = (tensor(f"{name}.bn.{part}", outputs) for part in ("weight", "bias", "running_mean", "running_var"))
    return silu(batch_norm(y, mean, variance, scale, shift, training=False, eps=1e-3))


def focus(name, x, outputs):
    parts = [x[:, :, row::2, column::2] for row, column in ((0, 0), (1, 0), (0, 1), (1, 1))]
    return conv(f"{name}.conv", torch.cat(parts, 1), outputs, kernel=3)


def c3(name, x, outputs, repeats, shortcut):
    hidden = outputs // 2
    deep, flat = conv(f"{name}.cv1", x, hidden), conv(f"{name}.cv2", x, hidden)
    for i in range(repeats):
        y = conv(f"{name}.m.{i}.cv2", conv(f"{name}.m.{i}.cv1", deep, hidden), hidden, kernel=3)
        deep = deep + y if shortcut else y
    return conv(f"{name}.cv3", torch.cat([deep, flat], 1), outputs)


def spp(name, x, outputs):
    y = conv(f"{name}.cv1", x, x.shape[1] // 2)
    return conv(f"{name}.cv2", torch.cat([y] + [max_pool2d(y, size, stride=1, padding=size // 2) for size in (5, 9, 13)], 1), outputs)


def forward(x):
    up = lambda y: interpolate(y, scale_factor=2, mode="nearest")
    cat = lambda *parts: torch.cat(parts, 1)
    w, layers = WIDTHS, []
    step = lambda y: layers.append(y) or y
    x = step(focus("model.0", x, w[64]))
    x = step(conv("model.1", x, w[128], 3, 2))
    x = step(c3("model.2", x, w[128], 1, True))
    x = step(conv("model.3", x, w[256], 3, 2))
    x = step(c3("model.4", x, w[256], 3, True))
    x = step(conv("model.5", x, w[512], 3, 2))
    x = step(c3("model.6", x, w[512], 3, True))
    x = step(conv("model.7", x, w[1024], 3, 2))
    x = step(spp("model.8", x, w[1024]))
    x = step(c3("model.9", x, w[1024], 1, False))
    x = step(conv("model.10", x, w[512]))
    x = step(up(x))
    x = step(cat(x, layers[6]))
    x = step(c3("model.13", x, w[512], 1, False))
    x = step(conv("model.14", x, w[256]))
    x = step(up(x))
    x = step(cat(x, layers[4]))
    x = step(c3("model.17", x, w[256], 1, False))
    x = step(conv("model.18", x, w[256], 3, 2))
    x = step(cat(x, layers[14]))
    x = step(c3("model.20", x, w[512], 1, False))
    x = step(conv("model.21", x, w[512], 3, 2))
    x = step(cat(x, layers[10]))
    step(c3("model.23", x, w[1024], 1, False))
    return layers, [level(f"model.24.m.{i}", layers[source]) for i, source in enumerate((17, 20, 23))]


def level(name, x):
    outputs = 3 * (5 + CLASSES)
    y = conv2d(x, tensor(f"{name}.weight", outputs, x.shape[1], 1, 1), tensor(f"{name}.bias", outputs))
    return y.reshape(len(x), 3, 5 + CLASSES, *x.shape[2:]).permute(0, 1, 3, 4, 2)


def decoded(maps):
    rows = []
    for raw, anchors, stride in zip(maps, ANCHORS, STRIDES):
        y, x = torch.meshgrid(torch.arange(raw.shape[2]), torch.arange(raw.shape[3]), indexing="ij")
        s = raw.sigmoid()
        centre = (2 * s[..., :2] - 0.5 + torch.stack([x, y], -1)) * stride
        size = (2 * s[..., 2:4]) ** 2 * torch.tensor(anchors, dtype=torch.float64).reshape(1, 3, 1, 1, 2)
        rows.append(torch.cat([centre, size, s[..., 4:]], -1).reshape(len(raw), -1, 5 + CLASSES))
    return torch.cat(rows, 1)


def digest(x, **more):
    flat, short = x.contiguous().flatten(), lambda value: float(f"{value:.10g}")
    return {**more, "shape": list(x.shape), "sum": short(flat.sum().item()), "absmax": short(flat.abs().max().item()), "l2": short(flat.norm().item()),
            "head": [short(value) for value in flat[:4].tolist()], "tail": [short(value) for value in flat[-4:].tolist()]}


def main():
    shape = [IMAGE[side] for side in ("batch", "channels", "height", "width")]
    pixels = (numpy.floor(256 * unit(IMAGE["k"], math.prod(shape))).astype(numpy.float32) / numpy.float32(255)).astype(numpy.float64)
    layers, maps = forward(torch.from_numpy(pixels).reshape(shape))
    print(json.dumps({
        "schema": "forward-5.0", "version": 1, "seed": SEED, "torch": torch.__version__, "classes": CLASSES, "image": IMAGE, "tensors": TENSORS,
        "parameters": sum(math.prod(one["shape"]) for one in TENSORS if "running" not in one["name"]),
        "layers": [digest(layer, index=i) for i, layer in enumerate(layers)], "raw": [digest(one) for one in maps], "decoded": digest(decoded(maps)),
    }, separators=(",", ":")))


if __name__ == "__main__":
    with torch.no_grad():
        main()
