"""Reads the words in one picture, in a process of its own with little memory and time: started by bot/picture_words.py.

The picture comes in by stdin; out goes JSON: `lines` of (text, how sure, height of the letters), or its `size` where it
is larger than its head told; nothing where it cannot be read. Nothing of the house is imported here.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1_280  # pixels; small print on a card that fills half the picture is read as well as at 2,000
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


def told(data: bytes) -> dict[str, Any]:
    """What is to be said of the picture."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - after the limits

    Image.MAX_IMAGE_PIXELS = None  # counted below, before anything is decoded
    try:
        opened: Any = Image.open(io.BytesIO(data), formats=KINDS)
        if opened.width * opened.height > MOST_PIXELS:
            return {"size": opened.size}
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, IndexError):
        return {}
    return {"lines": words(upright)}


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
    sys.stdout.write(json.dumps(told(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
