"""Reads the words in one picture, in a process of its own with little memory and time: started by bot/picture_words.py.

The picture comes in by stdin; out goes JSON: `lines` of (text, how sure, height of the letters), or the `trouble` that
it cannot be read for. Nothing of the house is imported here.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2_000
SECONDS = 25
MEMORY = 2 * 2**30  # address space: what the engine maps is far more than what it uses
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


def limit() -> None:
    """Bind this process to so much memory and time, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not there on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)


def picture(data: bytes) -> Any:
    """The picture, upright and no larger than need be; else the trouble in one word."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - after the limits

    Image.MAX_IMAGE_PIXELS = None  # counted below, before anything is decoded
    try:
        opened: Any = Image.open(io.BytesIO(data), formats=KINDS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return "no_picture"
    if opened.width * opened.height > MOST_PIXELS:
        return f"too_large {opened.width} {opened.height}"
    try:
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, IndexError):
        return "broken"


def words(image: Any) -> list[list[Any]]:
    """What is written in a picture."""
    import numpy  # noqa: PLC0415 - after the picture was looked at
    from rapidocr import RapidOCR  # noqa: PLC0415

    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    found: Any = engine(numpy.asarray(image)[:, :, ::-1])
    if found.txts is None:
        return []
    sides = [(box.max(axis=0) - box.min(axis=0)).min() for box in found.boxes]
    read = zip(found.txts, found.scores, sides, strict=True)
    return [[text, round(float(score), 3), round(float(side))] for text, score, side in read]


def main() -> None:
    """Read, and say what was found."""
    limit()
    image = picture(sys.stdin.buffer.read())
    told = {"trouble": image} if isinstance(image, str) else {"lines": words(image)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
