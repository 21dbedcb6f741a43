#!/usr/bin/python3
"""The peer of TrainSpeed: the same training step of the same network in Python, with ready-made tensors.

Reads numbers of iterations from standard input, one a line, runs that many, and answers with the seconds they took.
The network, loss and step follow this repository's own description of YOLOv5 7.0 (sizes n and s, batch normalisation, C3, SPPF, CIoU, SGD with
Nesterov momentum in three groups, clipping at 10, weight average).
"""
import argparse
import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

ANCHORS = (((10, 13), (16, 30), (33, 23)), ((30, 61), (62, 45), (59, 119)), ((116, 90), (156, 198), (373, 326)))
STRIDES = (8, 16, 32)
BALANCE = (4.0, 1.0, 0.4)
ANCHOR_RATIO = 4.0


class Conv(nn.Module):
    def __init__(self, inputs, outputs, kernel=1, stride=1, padding=None):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2 if padding is None else padding, bias=False)
        self.bn = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03)
        self.act = nn.SiLU(inplace=True)

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


class Bottleneck(nn.Module):
    def __init__(self, channels, shortcut):
        super().__init__()
        self.cv1 = Conv(channels, channels)
        self.cv2 = Conv(channels, channels, 3)
        self.shortcut = shortcut

    def forward(self, x):
        y = self.cv2(self.cv1(x))
        return x + y if self.shortcut else y


class C3(nn.Module):
    def __init__(self, inputs, outputs, repeats, shortcut=True):
        super().__init__()
        hidden = outputs // 2
        self.cv1 = Conv(inputs, hidden)
        self.cv2 = Conv(inputs, hidden)
        self.cv3 = Conv(2 * hidden, outputs)
        self.m = nn.Sequential(*(Bottleneck(hidden, shortcut) for _ in range(repeats)))

    def forward(self, x):
        return self.cv3(torch.cat((self.m(self.cv1(x)), self.cv2(x)), 1))


class Pyramid(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.cv1 = Conv(inputs, inputs // 2)
        self.cv2 = Conv(inputs * 2, outputs)

    def forward(self, x):
        levels = [self.cv1(x)]
        for _ in range(3):
            levels.append(F.max_pool2d(levels[-1], 5, 1, 2))
        return self.cv2(torch.cat(levels, 1))


class Network(nn.Module):
    """Sizes n and s: a third of the repeats, a quarter or half of the channels."""

    def __init__(self, classes, size):
        super().__init__()
        c1, c2, c3, c4, c5 = (c * {"n": 1, "s": 2}[size] for c in (16, 32, 64, 128, 256))
        self.stem = nn.Sequential(Conv(3, c1, 6, 2, 2), Conv(c1, c2, 3, 2), C3(c2, c2, 1), Conv(c2, c3, 3, 2), C3(c3, c3, 2))
        self.middle = nn.Sequential(Conv(c3, c4, 3, 2), C3(c4, c4, 3))
        self.deep = nn.Sequential(Conv(c4, c5, 3, 2), C3(c5, c5, 1), Pyramid(c5, c5), Conv(c5, c4))
        self.up13 = C3(2 * c4, c4, 1, False)
        self.up14 = Conv(c4, c3)
        self.out17 = C3(2 * c3, c3, 1, False)
        self.down18 = Conv(c3, c3, 3, 2)
        self.out20 = C3(2 * c3, c4, 1, False)
        self.down21 = Conv(c4, c4, 3, 2)
        self.out23 = C3(2 * c4, c5, 1, False)
        self.outputs = 5 + classes
        self.head = nn.ModuleList(nn.Conv2d(c, 3 * self.outputs, 1) for c in (c3, c4, c5))
        with torch.no_grad():
            for level, layer in enumerate(self.head):
                bias = layer.bias.view(3, -1)
                bias[:, 4] += math.log(8 / (640 / STRIDES[level]) ** 2)
                bias[:, 5:] += math.log(0.6 / (classes - 0.99999))

    def forward(self, x):
        x4 = self.stem(x)
        x6 = self.middle(x4)
        x10 = self.deep(x6)
        x13 = self.up13(torch.cat((F.interpolate(x10, scale_factor=2), x6), 1))
        x14 = self.up14(x13)
        x17 = self.out17(torch.cat((F.interpolate(x14, scale_factor=2), x4), 1))
        x20 = self.out20(torch.cat((self.down18(x17), x14), 1))
        x23 = self.out23(torch.cat((self.down21(x20), x10), 1))
        maps = []
        for layer, features in zip(self.head, (x17, x20, x23)):
            raw = layer(features)
            b, _, h, w = raw.shape
            maps.append(raw.view(b, 3, self.outputs, h, w).permute(0, 1, 3, 4, 2).contiguous())
        return maps


def complete_iou(a, b, eps=1e-7):
    (x1, y1, w1, h1), (x2, y2, w2, h2) = a.chunk(4, 1), b.chunk(4, 1)
    left1, right1, top1, bottom1 = x1 - w1 / 2, x1 + w1 / 2, y1 - h1 / 2, y1 + h1 / 2
    left2, right2, top2, bottom2 = x2 - w2 / 2, x2 + w2 / 2, y2 - h2 / 2, y2 + h2 / 2
    inter = (right1.minimum(right2) - left1.maximum(left2)).clamp(0) * (bottom1.minimum(bottom2) - top1.maximum(top2)).clamp(0)
    iou = inter / (w1 * h1 + w2 * h2 - inter + eps)
    hull_w = right1.maximum(right2) - left1.minimum(left2)
    hull_h = bottom1.maximum(bottom2) - top1.minimum(top2)
    diagonal = hull_w ** 2 + hull_h ** 2 + eps
    distance = (x2 - x1) ** 2 + (y2 - y1) ** 2
    v = (4 / math.pi ** 2) * (torch.atan(w2 / h2) - torch.atan(w1 / h1)) ** 2
    with torch.no_grad():
        alpha = v / (v - iou + (1 + eps))
    return iou - (distance / diagonal + v * alpha)


class Loss:
    def __init__(self, classes, gains):
        self.classes = classes
        self.box, self.objectness, self.cls = gains
        self.anchors = [torch.tensor(level, dtype=torch.float32) / stride for level, stride in zip(ANCHORS, STRIDES)]
        self.shifts = torch.tensor([[0, 0], [0.5, 0], [0, 0.5], [-0.5, 0], [0, -0.5]])

    def assign(self, level, height, width, labels):
        anchors = self.anchors[level]
        count = labels.shape[0]
        rows = torch.cat((labels.repeat(3, 1, 1), torch.arange(3.0).view(3, 1, 1).expand(3, count, 1)), 2)
        grid = torch.tensor([1, 1, width, height, width, height, 1.0])
        rows = rows * grid
        ratio = rows[:, :, 4:6] / anchors[:, None]
        rows = rows[torch.max(ratio, 1 / ratio).max(2)[0] < ANCHOR_RATIO]
        near = rows[:, 2:4]
        far = grid[2:4] - near
        left, top = ((near % 1 < 0.5) & (near > 1)).T
        right, bottom = ((far % 1 < 0.5) & (far > 1)).T
        chosen = torch.stack((torch.ones_like(left), left, top, right, bottom))
        shift = (torch.zeros_like(near)[None] + self.shifts[:, None])[chosen]
        rows = rows.repeat(5, 1, 1)[chosen]
        cells = (rows[:, 2:4] - shift).long()
        cells[:, 0].clamp_(0, width - 1)
        cells[:, 1].clamp_(0, height - 1)
        anchor = rows[:, 6].long()
        boxes = torch.cat((rows[:, 2:4] - cells, rows[:, 4:6]), 1)
        return rows[:, 0].long(), rows[:, 1].long(), anchor, cells[:, 1], cells[:, 0], boxes, anchors[anchor]

    def __call__(self, maps, labels):
        box = objectness = cls = torch.zeros(())
        for level, raw in enumerate(maps):
            image, kind, anchor, y, x, boxes, anchors = self.assign(level, raw.shape[2], raw.shape[3], labels)
            target = torch.zeros_like(raw[..., 4])
            if image.numel():
                picked = raw[image, anchor, y, x]
                predicted = torch.cat((picked[:, 0:2].sigmoid() * 2 - 0.5, (picked[:, 2:4].sigmoid() * 2) ** 2 * anchors), 1)
                iou = complete_iou(predicted, boxes).squeeze(1)
                box = box + (1 - iou).mean()
                target[image, anchor, y, x] = iou.detach().clamp(0)
                wanted = torch.zeros_like(picked[:, 5:])
                wanted[torch.arange(kind.numel()), kind] = 1
                cls = cls + F.binary_cross_entropy_with_logits(picked[:, 5:], wanted)
            objectness = objectness + F.binary_cross_entropy_with_logits(raw[..., 4], target) * BALANCE[level]
        return maps[0].shape[0] * (self.box * box + self.objectness * objectness + self.cls * cls)


class Trainer:
    def __init__(self, arguments):
        torch.manual_seed(0)
        self.model = Network(arguments.classes, arguments.model).train()
        layout = torch.channels_last if arguments.layout == "channels-last" else torch.contiguous_format
        self.model = self.model.to(memory_format=layout)
        norms = [m for m in self.model.modules() if isinstance(m, nn.BatchNorm2d)]
        biases = [m.bias for m in norms] + [layer.bias for layer in self.model.head]
        scales = [m.weight for m in norms]
        kernels = [m.weight for m in self.model.modules() if isinstance(m, nn.Conv2d)]
        self.optimizer = torch.optim.SGD(biases, lr=0.01, momentum=0.937, nesterov=True, foreach=arguments.foreach)
        self.optimizer.add_param_group({"params": kernels, "weight_decay": 5e-4})
        self.optimizer.add_param_group({"params": scales})
        self.average = {name: tensor.detach().clone() for name, tensor in self.model.state_dict().items() if tensor.dtype.is_floating_point}
        self.updates = 0
        self.loss = Loss(arguments.classes, (0.05, (arguments.size / 640) ** 2, 0.5 * arguments.classes / 80))
        self.batches = [self.ready_made(arguments, number, layout) for number in range(4)]
        self.done = 0

    @staticmethod
    def ready_made(arguments, number, layout):
        generator = torch.Generator().manual_seed(number)
        images = torch.rand(arguments.batch, 3, arguments.size, arguments.size, generator=generator).contiguous(memory_format=layout)
        count = arguments.batch * arguments.boxes
        image = torch.arange(count, dtype=torch.float32).div(arguments.boxes, rounding_mode="floor")
        kind = torch.randint(arguments.classes, (count,), generator=generator).float()
        size = 0.15 + 0.3 * torch.rand(count, 2, generator=generator)
        centre = size / 2 + (1 - size) * torch.rand(count, 2, generator=generator)
        return images, torch.cat((image[:, None], kind[:, None], centre, size), 1)

    def step(self):
        images, labels = self.batches[self.done % len(self.batches)]
        self.done += 1
        loss = self.loss(self.model(images), labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 10.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.updates += 1
        decay = 0.9999 * (1 - math.exp(-self.updates / 2000))
        with torch.no_grad():
            state = self.model.state_dict()
            for name, tensor in self.average.items():
                tensor.mul_(decay).add_(state[name], alpha=1 - decay)
        return loss.item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=("n", "s"), default="n")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--boxes", type=int, default=6)
    parser.add_argument("--layout", choices=("contiguous", "channels-last"), default="channels-last")
    parser.add_argument("--foreach", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    trainer = Trainer(arguments)
    trainer.step()
    print(f"ready {torch.__version__} {sum(p.numel() for p in trainer.model.parameters())}", flush=True)
    for line in sys.stdin:
        start, processor = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            loss = trainer.step()
        print(f"{time.perf_counter() - start:.6f} {time.process_time() - processor:.6f} {loss:.6g}", flush=True)


if __name__ == "__main__":
    main()
