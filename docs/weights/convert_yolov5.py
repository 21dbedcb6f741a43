#!/usr/bin/env python3
"""Turns Cawb's weights into a file of YOLOv5 5.0 to 7.0 (.pt), and such a file of 6.0 to 7.0 into weights that Cawb reads.

    python3 convert_yolov5.py best.safetensors best.pt --like yolov5s.pt
    python3 convert_yolov5.py yolov5s.pt yolov5s.safetensors

A .pt file is a pickle of the network's objects. Their code is not needed here: classes of the packages `models` and
`utils` become empty stand-ins, which keep everything that was stored and are written back under the same names.
So the way to .pt needs an official file of the same size and network (--like): all but weights, class names and number of classes
is taken from it. Half precision becomes single precision and, on the way back, what the official file has.
Needs Python 3.9 and PyTorch 1.13 or later, nothing else; of a pickle nothing is run but what tensors and torch.nn need.
"""
import argparse, io, json, os, pickle, struct, sys, types, zipfile
import torch

WIDTHS = {16: "n", 32: "s", 48: "m", 64: "l", 80: "x"}
STORAGES = {"HalfStorage": torch.float16, "BFloat16Storage": torch.bfloat16, "FloatStorage": torch.float32, "DoubleStorage": torch.float64,
            "LongStorage": torch.int64, "IntStorage": torch.int32, "ByteStorage": torch.uint8, "BoolStorage": torch.bool}
DTYPES = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64, "I64": torch.int64}
HARMLESS = {"collections.OrderedDict", "_codecs.encode", *(f"{python}.{name}" for python in ("builtins", "__builtin__") for name in ("set", "frozenset", "slice")),
            "torch.Size", "torch.device", "torch._utils._rebuild_parameter", "torch.nn.parameter.Parameter", "pathlib.PosixPath", "pathlib.WindowsPath", "numpy.dtype", "numpy.ndarray",
            *(f"numpy.{core}.multiarray.{name}" for core in ("core", "_core") for name in ("scalar", "_reconstruct"))}


def stand_in(module, name):
    """An empty class of that name in a module of that name, so that pickle finds it when it writes, too."""
    parts = module.split(".")
    for end in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:end]), types.ModuleType(".".join(parts[:end])))
    if not hasattr(sys.modules[module], name):
        setattr(sys.modules[module], name, type(name, (torch.nn.Module,), {"__module__": module}))
    return getattr(sys.modules[module], name)


def rebuild_tensor(storage, offset, size, stride, *_):
    return torch.as_strided(storage, size, stride, offset).clone()


class Unpickler(pickle.Unpickler):
    def __init__(self, archive, name):
        super().__init__(io.BytesIO(archive.read(name)), encoding="utf-8")
        self.storage = lambda key: archive.read(name.replace("data.pkl", f"data/{key}"))

    def persistent_load(self, place):
        _, dtype, key, _, count = place
        return torch.frombuffer(bytearray(self.storage(key)), dtype=dtype) if count else torch.empty(0, dtype=dtype)

    def find_class(self, module, name):
        whole = f"{module}.{name}"
        if module.split(".")[0] in ("models", "utils") and "." not in name:
            return stand_in(module, name)
        if module == "torch" and name in STORAGES:
            return STORAGES[name]
        if whole == "torch._utils._rebuild_tensor_v2":
            return rebuild_tensor
        if whole in HARMLESS:
            return super().find_class(module, name)
        if module == "torch" and isinstance(getattr(torch, name, None), torch.dtype):
            return getattr(torch, name)
        if module.startswith("torch.nn.modules.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and issubclass(found, torch.nn.Module):
                return found
        raise pickle.UnpicklingError(f"the file wants to use {whole}, which no weights need")


def load_release(path):
    # torch.load would do, but not every version lets its caller say which classes may be used.
    with zipfile.ZipFile(path) as archive:
        content = Unpickler(archive, next(name for name in archive.namelist() if name.endswith("/data.pkl"))).load()
    networks = [content[key] for key in ("ema", "model") if content.get(key) is not None] if isinstance(content, dict) else [content]
    if not networks or not isinstance(networks[0], torch.nn.Module):
        sys.exit(f"{path}: holds no network under 'ema' or 'model'; give a file of the release or of its training.")
    return content, networks


def read_safetensors(path):
    with open(path, "rb") as file:
        size = os.path.getsize(path)
        length = struct.unpack("<Q", file.read(8))[0] if size >= 8 else size
        if length > size - 8:
            sys.exit(f"{path}: is cut off or no safetensors file.")
        header, data = json.loads(file.read(length)), bytearray(file.read())
    notes = header.pop("__metadata__", {})
    return notes, {name: torch.frombuffer(data[slice(*entry["data_offsets"])], dtype=DTYPES[entry["dtype"]]).reshape(entry["shape"])
                   for name, entry in header.items()}


def write_whole(path, write):
    with open(path + ".part", "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".part", path)


def to_safetensors(source, target, image_size):
    _, networks = load_release(source)
    tensors = {name: tensor.to(torch.float32).contiguous() for name, tensor in networks[0].state_dict().items()
               if tensor.is_floating_point() and not name.endswith("anchor_grid")}
    first = tensors.get("model.0.conv.weight")
    if "model.0.conv.conv.weight" in tensors:
        sys.exit(f"{source}: is of YOLOv5 5.0, whose first layer is another in Cawb's files. Give the file itself to Cawb, which reads it.")
    if first is None or first.shape[0] not in WIDTHS:
        sys.exit(f"{source}: is no YOLOv5 n, s, m, l or x of release 6.0 to 7.0; 'model.0.conv.weight' is missing or of another width.")
    names = getattr(networks[0], "names", [])
    names = [names[i] for i in sorted(names)] if isinstance(names, dict) else list(names)
    header = {"__metadata__": {"format": "cawb-yolov5/1", "size": WIDTHS[first.shape[0]], "imageSize": str(image_size),
                               **({"classes": json.dumps([str(name) for name in names])} if names else {})}}
    end = 0
    for name, tensor in tensors.items():
        start, end = end, end + 4 * tensor.numel()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    write_whole(target, lambda file: [file.write(part) for part in (struct.pack("<Q", len(text)), text, *(tensor.numpy().tobytes() for tensor in tensors.values()))])


def unfolded(tensors):
    """The first layer as 5.0 has it: four 3 x 3 kernels, one for each pixel of a 2 x 2 block, are what the 6 x 6 kernel with stride 2 in Cawb's file was made of."""
    inner = {f"model.0.conv.{name[8:]}" if name.startswith("model.0.") else name: tensor for name, tensor in tensors.items()}
    kernel = inner["model.0.conv.conv.weight"]
    inner["model.0.conv.conv.weight"] = kernel.reshape(-1, 3, 3, 2, 3, 2).permute(0, 5, 3, 1, 2, 4).reshape(-1, 12, 3, 3)
    return inner


def to_release(source, target, like):
    notes, stored = read_safetensors(source)
    content, networks = load_release(like)
    for network in networks:
        wanted = network.state_dict(keep_vars=True)
        tensors = unfolded(stored) if "model.0.conv.conv.weight" in wanted else stored
        needed = [name for name, tensor in wanted.items() if tensor.is_floating_point() and not name.endswith("anchor_grid")]
        missing, surplus = [name for name in needed if name not in tensors], [name for name in tensors if name not in wanted]
        if missing or surplus:
            sys.exit(f"{source} does not fit {like}: first missing tensor {missing[:1]}, first surplus tensor {surplus[:1]}. Give an official file of the same size and network.")
        head = max(int(name.split(".")[1]) for name in needed)
        for name in needed:
            if tensors[name].shape != wanted[name].shape and not name.startswith(f"model.{head}.m."):
                sys.exit(f"{source} does not fit {like}: {name} is {list(tensors[name].shape)}, there {list(wanted[name].shape)}. Give an official file of the same size and network.")
            wanted[name].data = tensors[name].to(wanted[name].dtype).clone()
        classes = tensors[f"model.{head}.m.0.bias"].shape[0] // 3 - 5
        names = json.loads(notes.get("classes", "null")) or [str(i) for i in range(classes)]
        network.names = dict(enumerate(names)) if isinstance(getattr(network, "names", []), dict) else names
        for holder in (network, network.model[head]):
            if hasattr(holder, "nc"):
                holder.nc = classes
        network.model[head].no = classes + 5
        for convolution in network.model[head].m:
            convolution.out_channels = convolution.weight.shape[0]
        if isinstance(getattr(network, "yaml", None), dict):
            network.yaml["nc"] = classes
    write_whole(target, lambda file: torch.save(content, file))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("source", help="a .pt or .safetensors file")
    options.add_argument("target", help="the other kind")
    options.add_argument("--like", help="official .pt of the same size and network; needed on the way to .pt")
    options.add_argument("--image-size", type=int, default=640, help="noted in the safetensors file (640)")
    given = options.parse_args()
    try:
        if given.source.endswith(".safetensors"):
            to_release(given.source, given.target, given.like or options.error("--like is needed: an official .pt of the same size"))
        else:
            to_safetensors(given.source, given.target, given.image_size)
    except (OSError, ValueError, KeyError, RuntimeError, StopIteration, zipfile.BadZipFile, pickle.UnpicklingError) as fault:
        sys.exit(f"{given.source}: cannot be converted: {fault}")
