#!/usr/bin/python3
"""Writes jpeg-damage.json: small JPEG files, ways to damage them, and whether libjpeg complains when it decodes the result.

Debian's python3-opencv (4.6.0, libjpeg-turbo 2.1.5) writes the files and is the judge: OpenCV gives no access to libjpeg's warnings, but libjpeg writes the first one of a file to the error
stream, which is read here.
"""
import base64
import json
import os
import random
import tempfile

import cv2
import numpy

numbers = numpy.random.default_rng(1)
draw = random.Random(1)


def picture(width, height):
    """Smooth colours with grain, as in a photograph."""
    coarse = numbers.integers(0, 256, (height // 8, width // 8, 3), dtype=numpy.uint8)
    fine = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR).astype(int)
    return numpy.clip(fine + numbers.integers(-9, 10, fine.shape), 0, 255).astype(numpy.uint8)


def complains(data):
    with tempfile.TemporaryFile() as words:
        kept = os.dup(2)
        os.dup2(words.fileno(), 2)
        try:
            decoded = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        words.seek(0)
        return decoded is not None, bool(words.read())


def damage(data):
    """Offset, number of bytes that go, bytes that come."""
    start = data.index(b"\xff\xda") + 14
    at = draw.randrange(start, len(data) - 2)
    kind = draw.choice(["bit", "zeros", "bytes", "end", "restart", "more", "less"])
    length = min(draw.choice([1, 2, 8, 60]), len(data) - 2 - at)
    if kind == "bit":
        return at, 1, bytes([data[at] ^ 1 << draw.randrange(8)])
    if kind == "zeros":
        return at, length, bytes(length)
    if kind == "bytes":
        return at, length, draw.randbytes(length)
    if kind == "end":
        return at, min(2, len(data) - 2 - at), b"\xff\xd9"
    if kind == "restart":
        return at, min(2, len(data) - 2 - at), bytes([0xFF, 0xD0 + draw.randrange(8)])
    if kind == "more":
        return at, 0, draw.randbytes(length)
    return at, length, b""


def main():
    kinds = {
        "baseline": [],
        "optimised": [cv2.IMWRITE_JPEG_OPTIMIZE, 1],
        "progressive": [cv2.IMWRITE_JPEG_PROGRESSIVE, 1],
        "restarts": [cv2.IMWRITE_JPEG_RST_INTERVAL, 2],
        "progressive with restarts": [cv2.IMWRITE_JPEG_PROGRESSIVE, 1, cv2.IMWRITE_JPEG_RST_INTERVAL, 3],
        "grey": None,
    }
    files = []
    for name, settings in kinds.items():
        pixels = picture(72, 56)
        data = cv2.imencode(".jpg", pixels if settings is not None else pixels[:, :, 0].copy(), settings or [])[1].tobytes()
        assert complains(data) == (True, False)
        cases = []
        while len(cases) < 60:
            at, gone, come = damage(data)
            is_decoded, is_damaged = complains(data[:at] + come + data[at + gone :])
            if is_decoded:
                cases.append({"at": at, "gone": gone, "come": come.hex(), "complaint": is_damaged})
        files.append({"name": name, "jpeg": base64.b64encode(data).decode(), "cases": cases})
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "jpeg-damage.json"), "w", encoding="ascii", newline="\n") as out:
        out.write("[\n")
        for index, file in enumerate(files):
            out.write(f'{{"name": "{file["name"]}", "jpeg": "{file["jpeg"]}", "cases": [\n')
            out.write(",\n".join(json.dumps(case) for case in file["cases"]))
            out.write("]}" + (",\n" if index + 1 < len(files) else "\n"))
        out.write("]\n")


main()
