#!/usr/bin/python3
"""Runs `cawb val` and `cawb detect`, fused and not, and the peer in Python in turn; prints Markdown with medians of images a second and their ratios.

Each is a process of its own every time; starting it and reading the weights is not measured. Python runs in the memory layout that is the faster for it.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile


def processor_name():
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown processor")


def run(command, environment=None):
    result = subprocess.run(command, capture_output=True, text=True, env=environment)
    if result.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {result.returncode}:\n{result.stdout}{result.stderr}")
    return result.stdout


class Cawb:
    def __init__(self, arguments, mode, extra=()):
        self.arguments, self.mode, self.extra, self.speeds, self.boxes = arguments, mode, list(extra), [], set()

    def measure(self):
        a = self.arguments
        with tempfile.TemporaryDirectory() as work:
            common = ["dotnet", a.ours, self.mode, a.weights, str(a.folder if self.mode == "val" else a.folder / "images" / "val"), "--image-size", str(a.size),
                      "--threads", str(a.threads), "--out", f"{work}/out", *self.extra]
            if self.mode == "val":
                report = json.loads(run([*common, "--batch-size", str(a.batch), "--json"]))
                self.speeds.append(report["coco"]["images"] / report["seconds"]["all"])
                self.boxes.add(report["coco"]["detections"])
            else:
                text = run(common)
                self.speeds.append(float(re.search(r"([0-9.]+) images/s", text)[1]))
                self.boxes.add(int(re.search(r"^([0-9]+) boxes on", text, re.MULTILINE)[1]))


class Python:
    def __init__(self, arguments, mode, layout):
        self.arguments, self.mode, self.layout, self.speeds, self.boxes = arguments, mode, layout, [], set()

    def measure(self):
        a = self.arguments
        environment = dict(os.environ, OPENBLAS_NUM_THREADS=str(a.threads), MKL_NUM_THREADS=str(a.threads))
        speed, _, boxes = run([a.python, a.peer, self.mode, a.weights, str(a.folder), "--size", str(a.size), "--batch", str(a.batch), "--threads", str(a.threads),
                               "--layout", self.layout], environment).split()
        self.speeds.append(float(speed))
        self.boxes.add(int(boxes))


def main():
    parser = argparse.ArgumentParser()
    for name in ("--python", "--peer", "--ours", "--weights"):
        parser.add_argument(name, required=True)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("--size", type=int, default=640)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--modes", nargs="+", default=["val", "detect"])
    arguments = parser.parse_args()
    print("| command | fused, images/s | not fused | Python, fused | fused / not fused (rounds' own) | fused / Python (rounds' own) |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for mode in arguments.modes:
        layouts = [Python(arguments, mode, layout) for layout in ("contiguous", "channels-last")]
        for _ in range(2):
            for layout in layouts:
                layout.measure()
        best = max(layouts, key=lambda layout: statistics.median(layout.speeds)).layout
        fused, plain, peer = Cawb(arguments, mode), Cawb(arguments, mode, ["--no-fuse"]), Python(arguments, mode, best)
        for _ in range(arguments.rounds):
            for program in (fused, plain, peer):
                program.measure()

        def ratio(other):
            own = statistics.median(a / b for a, b in zip(fused.speeds, other.speeds))
            return f"**{statistics.median(fused.speeds) / statistics.median(other.speeds):.2f}** ({own:.2f})"

        speeds = [f"{statistics.median(program.speeds):.2f}" for program in (fused, plain, peer)]
        print(f"| {mode} | {speeds[0]} | {speeds[1]} | {speeds[2]} ({best}) | {ratio(plain)} | {ratio(peer)} |", flush=True)
        print(f"{mode}: boxes {sorted(fused.boxes)} fused, {sorted(plain.boxes)} not fused, {sorted(peer.boxes)} in Python", file=sys.stderr)
    print(f"\n{processor_name()}, {os.cpu_count()} processors; {arguments.threads} threads, {arguments.size} px, batch {arguments.batch} in val; {arguments.rounds} rounds in turn, medians.")


if __name__ == "__main__":
    main()
