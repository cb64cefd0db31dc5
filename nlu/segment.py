"""jieba's dictionary: which strings are words that people say every day without meaning a name. Loaded when asked."""

from __future__ import annotations

import logging
import re
import warnings
from functools import lru_cache
from typing import BinaryIO

ORDINARY = 300  # how often a word must occur in jieba's corpus to be one of every day
NAMES = ("nr", "ns", "nt", "nz")  # jieba's tags of people, places, bodies and other proper names
OWN_NAMES = ("nr", "nt", "nz")


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """The words of every day, of two or three characters; the dictionary is read, jieba's own model stays unloaded."""
    found = set()
    with _dictionary() as lines:
        for line in lines:
            word, frequency, tag = line.decode("utf-8").split()
            if 2 <= len(word) <= 3 and int(frequency) >= ORDINARY and not tag.startswith(NAMES):
                found.add(word)
    return frozenset(found)


def is_ordinary(word: str) -> bool:
    """Whether a Chinese string is a word of every day, such as 未来 or 大家."""
    return word in _ordinary()


@lru_cache(maxsize=4096)
def is_word(word: str) -> bool:
    """Whether a Chinese string stands in the dictionary at all, other than as the name of a person or a firm.

    The dictionary is searched and not kept: few messages ask.
    """
    with _dictionary() as lines:
        found = re.search(b"^" + re.escape(word.encode("utf-8")) + rb" \d+ (\w+)", lines.read(), re.MULTILINE)
    return found is not None and not found[1].decode("ascii").startswith(OWN_NAMES)


def _dictionary() -> BinaryIO:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba imports pkg_resources, which warns of its own end
        import jieba  # noqa: PLC0415
    jieba.setLogLevel(logging.ERROR)
    lines: BinaryIO = jieba.dt.get_dict_file()
    return lines
