#!/usr/bin/python3
"""Runs the two loaders in turn on one processor and prints the ratio of their medians.

Both programs live through the whole measurement and wait on their standard input while the other one works, so that what else the machine does falls on both alike.
"""
import argparse
import os
import statistics
import subprocess
import sys

from train_speed_compare import processor_name

BATCH = 16


class Program:
    def __init__(self, name, command):
        self.name, self.times, self.busy = name, [], []
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        words = self.answer()
        if words[0] != "ready":
            sys.exit(f"{name} did not start: {' '.join(words)}")
        self.version, self.pictures = words[1:]

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended with code {self.process.wait()}; its own message stands above.")
        return line.split()

    def measure(self, batches):
        self.process.stdin.write(f"{batches}\n")
        self.process.stdin.flush()
        seconds, busy = map(float, self.answer())
        self.times.append(seconds / (batches * BATCH))
        self.busy.append(busy / (batches * BATCH))

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", required=True)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--size", default="640")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--batches", type=int, default=2)
    arguments = parser.parse_args()
    theirs = [arguments.python, arguments.peer]
    ours = ["dotnet", arguments.ours]
    checked = "4"
    digests = [subprocess.run([*program, "digest", arguments.data, arguments.size, checked], check=True, capture_output=True, text=True).stdout.strip() for program in (theirs, ours)]
    if digests[0] != digests[1]:
        sys.exit(f"The first {checked} batches differ: {digests[0]} in Python, {digests[1]} in Cawb. Nothing was measured.")

    # One core each, the same one: a loader is judged by what it makes of a core.
    pin = ["taskset", "-c", str(max(os.sched_getaffinity(0)))]
    programs = [Program("Python", [*pin, *theirs, "serve", arguments.data, arguments.size]), Program("Cawb", [*pin, *ours, "serve", arguments.data, arguments.size])]
    for _ in range(2):
        for program in programs:
            program.measure(arguments.batches)
    for program in programs:
        program.times, program.busy = [], []
    for _ in range(arguments.rounds):
        for program in programs:
            program.measure(arguments.batches)
    for program in programs:
        program.end()

    python, cawb = programs
    print(f"{processor_name()}, one core; {python.version}, {cawb.version}; {python.pictures} JPEG files, {arguments.size} px, mosaic, affine warp, hue-saturation-value, mirror")
    print(f"{arguments.rounds} rounds of {arguments.batches * BATCH} samples in turn; the first {checked} batches of both are the same bytes (SHA-256 {digests[0][:12]})")
    for program in programs:
        print(f"{program.name:8} {1 / statistics.median(program.times):7.1f} images/s by the clock, {1 / statistics.median(program.busy):7.1f} by processor time "
              f"({1000 * statistics.median(program.busy):.1f} ms each)")
    wall = statistics.median(python.times) / statistics.median(cawb.times)
    paired = statistics.median(a / b for a, b in zip(python.times, cawb.times))
    busy = statistics.median(python.busy) / statistics.median(cawb.busy)
    print(f"Speed of Cawb relative to Python: {wall:.2f} by the clock (median of the rounds' own ratios {paired:.2f}), {busy:.2f} by processor time. To reach: 1.3.")


if __name__ == "__main__":
    main()
