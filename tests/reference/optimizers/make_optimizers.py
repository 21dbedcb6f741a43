#!/usr/bin/env python3
"""Golden steps of SGD with Nesterov momentum, Adam and AdamW, by PyTorch in double precision.

    /usr/bin/python3 tests/reference/optimizers/make_optimizers.py > tests/reference/optimizers/optimizers.json

Three groups of six numbers, as YOLOv5 has them: biases and scales of normalisations without weight decay, kernels with it. What each
iteration trains with (rates of both kinds, momentum, whether a step ends there, decay) is that of a run of ../yolov5/schedule.json, which
was recorded from YOLOv5's own scheduler. Its warm-up of the momentum reaches optimizers with a momentum alone: beta 1 stays what it is.
Parameters and gradients come from the generator that ../yolov5/README.md describes.
"""
import json
import os

import torch

MASK = (1 << 64) - 1
SEED, FIRST_PARAMETER, FIRST_GRADIENT, SIZE = 20211, 860000, 870000, 6
RECORDED = [0, 1, 2, 16, 17, 50, 99, 100, 150, 179]


def stream(k, low, high):
    values = []
    for i in range(SIZE):
        z = (SEED * 0x9E3779B97F4A7C15 + k * 0xD1B54A32D192ED03 + i * 0x8CB92BA72F3D8DD7 + 0x2545F4914F6CDD1D) & MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        z ^= z >> 31
        values.append(low + (high - low) * ((z >> 11) * 2.0 ** -53))
    return torch.tensor(values, dtype=torch.float64).to(torch.float32).to(torch.float64)


def optimizer(name, biases, kernels, scales, run):
    lr, momentum, decay = run["lr0"], run["momentum"], run["weight_decay_after_scaling"]
    if name == "SGD":
        made = torch.optim.SGD([biases], lr=lr, momentum=momentum, nesterov=True)
    elif name == "Adam":
        made = torch.optim.Adam([biases], lr=lr, betas=(momentum, 0.999))
    else:
        made = torch.optim.AdamW([biases], lr=lr, betas=(momentum, 0.999), weight_decay=0.0)
    made.add_param_group({"params": [kernels], "weight_decay": decay})
    made.add_param_group({"params": [scales], "weight_decay": 0.0})
    return made


def train(name, run):
    groups = [torch.nn.Parameter(stream(FIRST_PARAMETER + j, -1, 1)) for j in range(3)]
    made = optimizer(name, *groups, run)
    rows = []
    for row in run["rows"]:
        i = row["iteration"]
        for j, parameter in enumerate(groups):
            gradient = stream(FIRST_GRADIENT + 10 * i + j, -1, 1)
            parameter.grad = gradient if parameter.grad is None else parameter.grad + gradient
        for j, group in enumerate(made.param_groups):
            group["lr"] = row["lr_bias"] if j == 0 else row["lr_other"]
            if "momentum" in group:
                group["momentum"] = row["momentum"]
        if row["optimizer_step"]:
            made.step()
            made.zero_grad(set_to_none=True)
        if i in RECORDED:
            rows.append({"iteration": i, "parameters": [parameter.tolist() for parameter in groups]})
    keys = ["momentum_buffer"] if name == "SGD" else ["exp_avg", "exp_avg_sq"]
    buffers = [[made.state[parameter][key].tolist() for parameter in groups] for key in keys]
    return {"optimizer": name, "rows": rows, "buffers": buffers}


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "yolov5", "schedule.json")
    with open(path, encoding="utf-8") as file:
        run = json.load(file)["runs"][0]
    assert [row["iteration"] for row in run["rows"]] == list(range(len(run["rows"])))
    print(json.dumps({
        "schema": "optimizers", "version": 1, "seed": SEED, "torch": torch.__version__, "k_parameter": f"{FIRST_PARAMETER}+j", "k_gradient": f"{FIRST_GRADIENT}+10*iteration+j",
        "low": -1, "high": 1, "schedule_run": 0, "trainings": [train(name, run) for name in ("SGD", "Adam", "AdamW")],
    }, separators=(",", ":")))


if __name__ == "__main__":
    main()
