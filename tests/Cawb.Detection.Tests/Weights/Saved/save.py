#!/usr/bin/python3
"""Saves a YOLOv5n, and a YOLOv5s of 5.0, of our own making as PyTorch's users have it: NAME.pt.gz in this folder; and what PyTorch itself reads there, for each tensor the start of the SHA-256 of its
elements in single precision, or the name of a file with the same: expected.json. Run with Debian's PyTorch 1.13.

The classes carry the names and attributes that the release's pickles have; they compute nothing. The weights repeat themselves, so that the files become small.
"""
import collections, gzip, hashlib, io, json, pathlib, sys, types, warnings
import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent
EXPECTED = {}
warnings.simplefilter("ignore")
NAMES = ["cat", 'dög "7"']
ANCHORS = [[10, 13, 16, 30, 33, 23], [30, 61, 62, 45, 59, 119], [116, 90, 156, 198, 373, 326]]
STRIDES = [8.0, 16.0, 32.0]


def declare(module, *names):
    parts = module.split(".")
    for end in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:end]), types.ModuleType(parts[end - 1]))
    for name in names:
        setattr(sys.modules[module], name, type(name, (nn.Module,), {"__module__": module}))
    return sys.modules[module]


common = declare("models.common", "Conv", "C3", "Bottleneck", "SPPF", "SPP", "Concat", "Focus", "AutoShape")
yolo = declare("models.yolo", "DetectionModel", "Model", "Detect", "Segment", "SegmentationModel")
tasks = declare("ultralytics.nn.tasks", "DetectionModel")
SILU = nn.SiLU(inplace=True)


def conv(inputs, outputs, kernel=1, stride=1, padding=None, act=None):
    made = common.Conv()
    made.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2 if padding is None else padding, bias=False)
    made.bn = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03)
    made.act = act or SILU
    return made


def bottleneck(width, shortcut):
    made = common.Bottleneck()
    made.cv1, made.cv2, made.add = conv(width, width), conv(width, width, 3), shortcut
    return made


def c3(inputs, outputs, repeats, shortcut=True):
    made, hidden = common.C3(), outputs // 2
    made.cv1, made.cv2, made.cv3 = conv(inputs, hidden), conv(inputs, hidden), conv(2 * hidden, outputs)
    made.m = nn.Sequential(*(bottleneck(hidden, shortcut) for _ in range(repeats)))
    return made


def sppf(width):
    made = common.SPPF()
    made.cv1, made.cv2, made.m = conv(width, width // 2), conv(width * 2, width), nn.MaxPool2d(kernel_size=5, stride=1, padding=2)
    return made


def focus(outputs):
    made = common.Focus()
    made.conv = conv(12, outputs, 3)
    return made


def spp(width):
    made = common.SPP()
    made.cv1, made.cv2, made.m = conv(width, width // 2), conv(width * 2, width), nn.ModuleList(nn.MaxPool2d(kernel, 1, kernel // 2) for kernel in (5, 9, 13))
    return made


def concat():
    made = common.Concat()
    made.d = 1
    return made


def detect(classes, widths=(64, 128, 256)):
    made = yolo.Detect()
    made.nc, made.no, made.nl, made.na, made.inplace = classes, classes + 5, 3, 3, True
    made.register_buffer("anchors", torch.tensor(ANCHORS).float().view(3, 3, 2) / torch.tensor(STRIDES).view(3, 1, 1))
    made.m = nn.ModuleList(nn.Conv2d(width, 3 * made.no, 1) for width in widths)
    made.stride = torch.tensor(STRIDES)
    return made


def network(seed, kind=yolo.DetectionModel, names=dict(enumerate(NAMES))):
    return assembled(seed, kind, names, [conv(3, 16, 6, 2, 2), conv(16, 32, 3, 2), c3(32, 32, 1), conv(32, 64, 3, 2), c3(64, 64, 2), conv(64, 128, 3, 2), c3(128, 128, 3), conv(128, 256, 3, 2),
              c3(256, 256, 1), sppf(256), conv(256, 128), nn.Upsample(None, 2, "nearest"), concat(), c3(256, 128, 1, False), conv(128, 64), nn.Upsample(None, 2, "nearest"), concat(),
              c3(128, 64, 1, False), conv(64, 64, 3, 2), concat(), c3(128, 128, 1, False), conv(128, 128, 3, 2), concat(), c3(256, 256, 1, False), detect(len(names))])


def network5(seed):
    """YOLOv5s of 5.0."""
    made = assembled(seed, yolo.Model, NAMES, [
        focus(32), conv(32, 64, 3, 2), c3(64, 64, 1), conv(64, 128, 3, 2), c3(128, 128, 3), conv(128, 256, 3, 2), c3(256, 256, 3), conv(256, 512, 3, 2), spp(512), c3(512, 512, 1, False),
        conv(512, 256), nn.Upsample(None, 2, "nearest"), concat(), c3(512, 256, 1, False), conv(256, 128), nn.Upsample(None, 2, "nearest"), concat(), c3(256, 128, 1, False),
        conv(128, 128, 3, 2), concat(), c3(256, 256, 1, False), conv(256, 256, 3, 2), concat(), c3(512, 512, 1, False), detect(len(NAMES), (128, 256, 512))])
    made.model[24].register_buffer("anchor_grid", torch.zeros(3, 1, 3, 1, 1, 2))
    return made


def folded(tensors):
    """Where Focus takes its pixels from: the convolution of 6 x 6 pixels that computes the same, written down weight by weight."""
    shown = {name.replace("model.0.conv.", "model.0."): tensor for name, tensor in tensors.items() if "anchor_grid" not in name}
    kernel = tensors["model.0.conv.conv.weight"]
    shown["model.0.conv.weight"] = whole = torch.zeros(len(kernel), 3, 6, 6, dtype=kernel.dtype)
    for part, (row, column) in enumerate([(0, 0), (1, 0), (0, 1), (1, 1)]):
        for y in range(3):
            for x in range(3):
                whole[:, :, 2 * y + row, 2 * x + column] = kernel[:, 3 * part:3 * part + 3, y, x]
    return shown


def assembled(seed, kind, names, layers):
    inputs = {12: [-1, 6], 16: [-1, 4], 19: [-1, 14], 22: [-1, 10], 24: [17, 20, 23]}
    for i, layer in enumerate(layers):
        layer.i, layer.f, layer.type = i, inputs.get(i, -1), f"{type(layer).__module__}.{type(layer).__name__}"
    made = kind()
    made.model = nn.Sequential(*layers)
    made.save, made.names, made.nc, made.inplace = [4, 6, 10, 14, 17, 20, 23], names, len(names), True
    made.yaml = {"nc": len(names), "depth_multiple": 0.33, "width_multiple": 0.25, "anchors": ANCHORS, "ch": 3}
    made.stride = torch.tensor(STRIDES)
    for at, (name, tensor) in enumerate(made.state_dict().items()):
        if tensor.is_floating_point() and not name.endswith("anchors"):
            values = ((torch.arange(tensor.numel()) * 31 + at * 17 + seed) % 61 - 30) / 31 * (seed > 0) / (tensor[0].numel() ** 0.5 if tensor.dim() == 4 else 1)
            tensor.copy_(values.abs().add(0.1).view_as(tensor) if name.endswith("running_var") else values.view_as(tensor))
    return made


def checkpoint(model, **more):
    return {"epoch": -1, "best_fitness": None, "model": model, "ema": None, "updates": None, "optimizer": None, "opt": None, "git": None, "date": "2022-11-22T10:11:12", **more}


def keep(name, content):
    (FOLDER / f"{name}.pt.gz").write_bytes(gzip.compress(content, mtime=0))


def save(name, value, find=None, **how):
    buffer = io.BytesIO()
    torch.save(value, buffer, **how)
    keep(name, buffer.getvalue())
    if find is not None:
        tensors = find(torch.load(io.BytesIO(buffer.getvalue()), map_location="cpu"))
        digests = {key: hashlib.sha256(tensor.float().contiguous().numpy().tobytes()).hexdigest()[:16] for key, tensor in tensors.items() if tensor.is_floating_point()}
        EXPECTED[name] = next((other for other, known in EXPECTED.items() if known == digests), digests)


def of(key):
    return lambda content: content[key].state_dict()


def renamed(tensors, change):
    return collections.OrderedDict((change(name), tensor) for name, tensor in tensors.items())


def flat(tensors):
    """All floats as views of one storage, kernels with the channels innermost."""
    floats = {name: tensor for name, tensor in tensors.items() if tensor.is_floating_point()}
    whole, at, views = torch.empty(sum(tensor.numel() for tensor in floats.values())), 0, {}
    for name, tensor in floats.items():
        part = whole[at:at + tensor.numel()]
        views[name] = part.view(*(tensor.shape[i] for i in (0, 2, 3, 1))).permute(0, 3, 1, 2) if tensor.dim() == 4 else part.view(tensor.shape)
        views[name].copy_(tensor)
        at += tensor.numel()
    return views


single, average, half = network(1), network(2), network(1).half()
state = single.state_dict()
optimizer = torch.optim.SGD(single.parameters(), lr=0.01, momentum=0.9)
for parameter in single.parameters():
    parameter.grad = torch.ones_like(parameter) * 1e-3
optimizer.step()

save("finished", checkpoint(half, opt={"imgsz": 320, "weights": "yolov5n.pt", "data": pathlib.PosixPath("data/coco.yaml")}, git={"branch": "master"}), of("model"))
save("unfinished", checkpoint(half, ema=network(2).half(), epoch=7, best_fitness=0.25, updates=1000, optimizer=optimizer.state_dict()), of("ema"))
older = network(1, yolo.Model, NAMES).half()
older.model[24].register_buffer("anchor_grid", torch.zeros(3, 1, 3, 1, 1, 2))
save("older", {key: value for key, value in checkpoint(older).items() if key not in ("opt", "git")}, lambda content: {
    name: tensor for name, tensor in content["model"].state_dict().items() if "anchor_grid" not in name})
save("legacy", checkpoint(half), of("model"), _use_new_zipfile_serialization=False)
save("network", average, lambda content: content.state_dict())
wrapper = common.AutoShape()
wrapper.model = average
save("wrapped", nn.DataParallel(wrapper), lambda content: content.module.model.state_dict())
save("state", state, lambda content: content)
save("state-bfloat16", {"state_dict": renamed({name: tensor.bfloat16() if tensor.is_floating_point() else tensor for name, tensor in state.items()}, lambda name: name[len("model."):])},
     lambda content: renamed(content["state_dict"], lambda name: "model." + name))
save("state-float64", {"epoch": 3, "model": renamed({name: tensor.double() for name, tensor in state.items()}, lambda name: "module." + name)},
     lambda content: renamed(content["model"], lambda name: name[len("module."):]))
save("flat", flat(state), lambda content: content)
five = network5(1).half()
save("release-5", {"epoch": -1, "best_fitness": None, "training_results": None, "model": five, "ema": None, "updates": None, "optimizer": None, "wandb_id": None},
     lambda content: folded(content["model"].state_dict()))
save("release-5-state", five.state_dict(), folded)
save("protocol-4", checkpoint(half), of("model"), pickle_protocol=4)

# Networks that compute something else, and other things than networks.
def small(kind, *layers):
    made = kind()
    made.model = nn.Sequential(*layers)
    return made


shortcut, reordered = list(network(0).half().model)[:14], list(network(0).half().model)[:13]
shortcut[13].m[0].add, reordered[12].f = True, [-1, 4]
save("other-shortcut", checkpoint(small(yolo.DetectionModel, *shortcut)))
save("other-reordered", checkpoint(small(yolo.DetectionModel, *reordered)))
save("other-leaky", checkpoint(small(yolo.DetectionModel, conv(3, 16, 6, 2, 2, nn.LeakyReLU(0.1)))))
save("other-strided", checkpoint(small(yolo.DetectionModel, conv(3, 16, 6, 1, 2))))
normed = conv(3, 16, 6, 2, 2)
normed.bn.eps = 1e-5
save("other-normed", checkpoint(small(yolo.DetectionModel, normed)))
save("other-mixed", checkpoint(small(yolo.Model, *(getattr(common, name)() for name in "Focus Conv C3 Conv C3 Conv C3 Conv C3 SPPF".split()))))
save("other-blended", checkpoint(small(yolo.Model, *(getattr(common, name)() for name in "Conv Conv C3 Conv C3 Conv C3 Conv SPP C3".split()))))
pooled, residual = ([getattr(common, name)() for name in "Focus Conv C3 Conv C3 Conv C3 Conv SPP C3".split()] for _ in range(2))
pooled[8].m = nn.ModuleList(nn.MaxPool2d(kernel, 1, kernel // 2) for kernel in (5, 9, 11))
residual[9].m = nn.Sequential(common.Bottleneck())
residual[9].m[0].add = True
save("other-pooled", checkpoint(small(yolo.Model, *pooled)))
save("other-residual", checkpoint(small(yolo.Model, *residual)))
save("other-v8", checkpoint(small(tasks.DetectionModel, conv(3, 16, 3, 2))))
save("other-segment", checkpoint(small(yolo.SegmentationModel, *(nn.Sequential() for _ in range(24)), yolo.Segment())))
save("other-short", checkpoint(small(yolo.DetectionModel, conv(3, 16, 6, 2, 2))))
save("other-quantised", {"model.0.conv.weight": torch.quantize_per_tensor(torch.ones(16), 0.1, 0, torch.qint8)})
save("other-tensor", torch.ones(3))
script = io.BytesIO()
torch.jit.save(torch.jit.script(nn.Linear(2, 2)), script)
keep("other-script", script.getvalue())
(FOLDER / "expected.json").write_text(json.dumps(EXPECTED, indent=0) + "\n")
