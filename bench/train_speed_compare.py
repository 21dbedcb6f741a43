#!/usr/bin/python3
"""Runs two or more training programs in turn and prints the ratio of their medians.

All programs live through the whole measurement and wait on their standard input while another one works, so that what else the
machine does falls on all of them alike. Each is measured in both memory layouts first, Python also with OpenMP's threads waiting actively (its default)
and passively; the fastest by the clock of each goes into the comparison. --threads holds for everything that Python computes with: PyTorch's own threads
and those of the BLAS behind it, which torch.set_num_threads does not reach where that BLAS keeps threads of its own (--free-blas leaves them as they are).
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys


class Program:
    def __init__(self, name, command, environment):
        self.name = name
        self.times = []
        self.busy = []
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        words = self.answer()
        if words[0] != "ready":
            sys.exit(f"{name} did not start: {' '.join(words)}")
        self.version, self.parameters = words[1], words[2]

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended with code {self.process.wait()}; its own message stands above.")
        return line.split()

    def run(self, iterations):
        self.process.stdin.write(f"{iterations}\n")
        self.process.stdin.flush()
        seconds, busy = map(float, self.answer()[:2])
        return seconds, busy

    def measure(self, iterations):
        seconds, busy = self.run(iterations)
        self.times.append(seconds / iterations)
        self.busy.append(busy / iterations)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def processor_name():
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", required=True)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--data", default="")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--iterations", type=int, default=24)
    parser.add_argument("--layouts", nargs="+", default=["contiguous", "channels-last"])
    parser.add_argument("--json", default="")
    parser.add_argument("--before", default="", help="TrainSpeed.dll of an earlier engine, which takes its turns too")
    parser.add_argument("--load", action="store_true", help="a busy loop beside them on every processor")
    parser.add_argument("--free-blas", action="store_true", help="leave the threads of Python's BLAS as they are, whatever --threads says")
    arguments, common = parser.parse_known_args()
    threads = common[common.index("--threads") + 1] if "--threads" in common else "2"
    active = dict(os.environ) if arguments.free_blas else dict(os.environ, OPENBLAS_NUM_THREADS=threads, MKL_NUM_THREADS=threads)
    passive = dict(active, OMP_WAIT_POLICY="PASSIVE", GOMP_SPINCOUNT="0")

    def python(layout, waiting, environment):
        return Program(f"Python, {layout}, {waiting}", [arguments.python, arguments.peer, *common, "--layout", layout], environment)

    def cawb(layout, name="Cawb", program=arguments.ours):
        extra = ["--data", arguments.data] if arguments.data else []
        return Program(f"{name}, {layout}", ["dotnet", program, *common, "--layout", layout, *extra], dict(os.environ))

    load = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(os.cpu_count())] if arguments.load else []
    try:
        compare(arguments, common, python, cawb, active, passive)
    finally:
        for busy in load:
            busy.kill()


def compare(arguments, common, python, cawb, active, passive):
    finalists = []
    for candidates in (
        [python(layout, *waiting) for layout in arguments.layouts for waiting in (("active", active), ("passive", passive))],
        [cawb(layout) for layout in arguments.layouts],
        *([[cawb(layout, "before", arguments.before) for layout in arguments.layouts]] if arguments.before else []),
    ):
        if len(candidates) > 1:
            for _ in range(4):
                for candidate in candidates:
                    candidate.measure(arguments.iterations)
            candidates.sort(key=lambda candidate: statistics.median(candidate.times))
            for loser in candidates[1:]:
                loser.end()
        best = candidates[0]
        best.times, best.busy = [], []
        finalists.append(best)

    theirs, ours, *before = finalists
    if theirs.parameters != ours.parameters:
        sys.exit(f"The networks differ: {theirs.parameters} parameters in Python, {ours.parameters} in Cawb.")
    for _ in range(arguments.rounds):
        for program in finalists:
            program.measure(arguments.iterations)
    for program in finalists:
        program.end()

    print(f"{processor_name()}, {os.cpu_count()} processors{', a busy loop on each' if arguments.load else ''}; libtorch {ours.version} in Cawb, {theirs.version} in Python")
    print(f"{' '.join(common) or 'defaults'}; {arguments.rounds} rounds of {arguments.iterations} steps in turn"
          + (f"; Cawb loads and augments {arguments.data}" if arguments.data else "; ready-made tensors in both"))
    for program in finalists:
        print(f"{program.name:32} median {1000 * statistics.median(program.times):8.1f} ms a step, "
              f"{1000 * statistics.median(program.busy):8.1f} ms of processor time")
    wall = statistics.median(theirs.times) / statistics.median(ours.times)
    busy = statistics.median(theirs.busy) / statistics.median(ours.busy)
    paired = statistics.median(a / b for a, b in zip(theirs.times, ours.times))
    print(f"Speed of Cawb relative to Python: {wall:.3f} by the clock (median of the rounds' own ratios {paired:.3f}), {busy:.3f} by processor time. Above 1, Cawb is faster.")
    for earlier in before:
        wall_before = statistics.median(earlier.times) / statistics.median(ours.times)
        paired_before = statistics.median(a / b for a, b in zip(earlier.times, ours.times))
        print(f"Relative to the engine before (libtorch {earlier.version}): {wall_before:.3f} by the clock (median of the rounds' own ratios {paired_before:.3f}).")
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({"processor": processor_name(), "options": common, "data": arguments.data, "ratio": wall, "paired": paired, "processorTime": busy,
                       "programs": {program.name: program.times for program in finalists}}, file, indent=1)


if __name__ == "__main__":
    main()
