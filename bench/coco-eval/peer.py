#!/usr/bin/env python3
"""The same two files through pycocotools: peer.py GT DT."""
import contextlib
import io
import sys
import time

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

with contextlib.redirect_stdout(io.StringIO()):
    start = time.perf_counter()
    truth = COCO(sys.argv[1])
    found = truth.loadRes(sys.argv[2])
    read = time.perf_counter() - start
    evaluation = COCOeval(truth, found, "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    both = time.perf_counter() - start
    evaluation.summarize()
print("read %.0f ms, evaluate %.0f ms, both %.0f ms; AP %r" % (1e3 * read, 1e3 * (both - read), 1e3 * both, float(evaluation.stats[0])))
