"""Has the words in a picture read by a process of its own (ocr_child.py): one at a time, memory and time bounded."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sys
from math import prod
from pathlib import Path
from typing import Any

import structlog

from bot.ocr_child import MOST_PIXELS
from crm.arrival_errors import PictureBroken, PictureTooLarge
from crm.errors import FileNotTaken
from crm.pictures import size_of
from nlu.business_card import Line

CHILD = Path(__file__).with_name("ocr_child.py")
PATIENCE = 60.0  # seconds on the clock; of the processor's time the child has less
_log = structlog.get_logger(__name__)


class PictureWords:
    """The reader, where it is installed (genjin[cards])."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Semaphore(1)

    @property
    def is_there(self) -> bool:
        """Whether pictures can be read here."""
        return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))

    async def read(self, data: bytes, name: str) -> list[Line]:
        """The lines in a picture called `name`. FileNotTaken, PictureTooLarge, PictureBroken."""
        _check(size_of(data), name)  # before it waits for its turn
        async with self._one_at_a_time:
            told = await _told(data)
        if "size" in told:
            _check(tuple(told["size"]), name)
        if "lines" not in told:
            raise PictureBroken(name=name)
        return [Line(text, sure, height) for text, sure, height in told["lines"]]


def _check(size: tuple[int, ...] | None, name: str) -> None:
    if size is None:
        raise FileNotTaken(name=name)
    if prod(size) > MOST_PIXELS:
        raise PictureTooLarge(name=name, width=str(size[0]), height=str(size[1]))


async def _told(data: bytes) -> dict[str, Any]:
    """What the child says, nothing where it came to no good end."""
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.DEVNULL}
    child = await asyncio.create_subprocess_exec(sys.executable, "-I", str(CHILD), **pipes)  # type: ignore[arg-type]
    try:
        async with asyncio.timeout(PATIENCE):
            out, _ = await child.communicate(data)
        told = json.loads(out) if child.returncode == 0 else {}
    except (TimeoutError, ValueError):
        told = {}
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        _log.warning("a picture could not be read", code=child.returncode)
    return told if isinstance(told, dict) else {}
