"""Imitates the release's files: objects of classes named as there, with our tensors in them, pickled by PyTorch.

    imitate_release.py make WEIGHTS.safetensors OUT.pt half|float   a file as the release's training leaves it
    imitate_release.py make-evil OUT.pt                              one whose pickle starts a program
    imitate_release.py read FILE.pt OUT.safetensors                  what such a file holds, read with these classes
"""
import json, os, struct, sys, types
import torch
from torch import nn


def declare(module, *names):
    parent = module.rpartition(".")[0]
    for name in (parent, module):
        sys.modules.setdefault(name, types.ModuleType(name))
    for name in names:
        setattr(sys.modules[module], name, type(name, (nn.Module,), {"__module__": module}))
    return sys.modules[module]


common = declare("models.common", "Conv", "C3", "Bottleneck", "SPPF", "Concat")
yolo = declare("models.yolo", "DetectionModel", "Detect")


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    notes = header.pop("__metadata__", {})
    return notes, {name: torch.frombuffer(bytearray(data[slice(*entry["data_offsets"])]), dtype=torch.float32).reshape(entry["shape"]).clone()
                   for name, entry in header.items()}


def class_of(path, tensors):
    inside = {name[len(path) + 1:].split(".")[0] for name in tensors if name.startswith(path + ".")}
    last = path.split(".")[-1]
    if last == "conv":
        return nn.Conv2d.__new__(nn.Conv2d)
    if last == "bn":
        return nn.BatchNorm2d(1, eps=1e-3, momentum=0.03)
    if path == "model.24":
        return yolo.Detect()
    if path.startswith("model.24.m."):
        return nn.Conv2d(1, 1, 1)
    if last == "m":
        return nn.Sequential() if not path.startswith("model.24") else nn.ModuleList()
    return (common.Conv if "conv" in inside else common.C3 if "cv3" in inside else common.SPPF if path == "model.9" else common.Bottleneck)()


def build(path, tensors):
    """The module at a path with everything below it."""
    module = class_of(path, tensors)
    if not hasattr(module, "_modules"):
        nn.Module.__init__(module)
    children = []
    for name in tensors:
        if name.startswith(path + "."):
            child = name[len(path) + 1:].split(".")[0]
            if child not in children:
                children.append(child)
    for child in children:
        whole = f"{path}.{child}"
        if whole not in tensors:
            module.add_module(child, build(whole, tensors))
        elif "running" in child or child == "anchors":
            module.register_buffer(child, tensors[whole])
        else:
            module.register_parameter(child, nn.Parameter(tensors[whole]))
    return module


def make(source, target, precision):
    notes, tensors = read(source)
    network = yolo.DetectionModel()
    layers = [build(f"model.{i}", tensors) if any(name.startswith(f"model.{i}.") for name in tensors)
              else nn.Upsample(scale_factor=2) if i in (11, 15) else common.Concat() for i in range(25)]
    network.model = nn.Sequential(*layers)
    network.names = dict(enumerate(json.loads(notes["classes"])))
    network.nc = len(network.names)
    network.yaml = {"nc": network.nc, "depth_multiple": 0.33}
    network.stride = torch.tensor([8.0, 16.0, 32.0])
    head = network.model[24]
    head.nc, head.no, head.stride = network.nc, network.nc + 5, network.stride
    network = network.half() if precision == "half" else network
    torch.save({"epoch": -1, "best_fitness": None, "model": network, "ema": None, "updates": None, "optimizer": None, "opt": None, "git": None, "date": "2022-11-22"}, target)


class Evil:
    def __reduce__(self):
        return os.system, ("touch evil-was-here",)


def read_back(source, target):
    content = torch.load(source, map_location="cpu")
    network = content["model"]
    assert type(network) is yolo.DetectionModel and type(network.model[24]) is yolo.Detect and network.yaml["nc"] == network.model[24].nc == network.nc
    assert network.model[24].m[0].out_channels == 3 * network.model[24].no == network.model[24].m[0].weight.shape[0]
    assert isinstance(network.names, dict) and len(network.names) == network.nc and content["date"] == "2022-11-22"
    tensors = {name: tensor.float() for name, tensor in network.state_dict().items() if tensor.is_floating_point()}
    header, end = {"__metadata__": {"classes": json.dumps(list(network.names.values()))}}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [end, end + 4 * tensor.numel()]}
        end += 4 * tensor.numel()
    text = json.dumps(header).encode()
    with open(target, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(tensor.numpy().tobytes() for tensor in tensors.values()))


if sys.argv[1] == "make":
    make(*sys.argv[2:])
elif sys.argv[1] == "make-evil":
    torch.save({"model": Evil()}, sys.argv[2])
else:
    read_back(*sys.argv[2:])
