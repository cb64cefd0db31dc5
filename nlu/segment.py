"""jieba's dictionary: which strings are words that people say every day without meaning a name. Loaded when asked."""

from __future__ import annotations

import logging
import warnings
from functools import lru_cache

ORDINARY = 300  # how often a word must occur in jieba's corpus to be one of every day
NAMES = ("nr", "ns", "nt", "nz")  # jieba's tags of people, places, bodies and other proper names


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """The words of every day, of two or three characters; the dictionary is read, jieba's own model stays unloaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba imports pkg_resources, which warns of its own end
        import jieba  # noqa: PLC0415
    jieba.setLogLevel(logging.ERROR)
    found = set()
    with jieba.dt.get_dict_file() as lines:
        for line in lines:
            word, frequency, tag = line.decode("utf-8").split()
            if 2 <= len(word) <= 3 and int(frequency) >= ORDINARY and not tag.startswith(NAMES):
                found.add(word)
    return frozenset(found)


def is_ordinary(word: str) -> bool:
    """Whether a Chinese string is a word of every day, such as 未来 or 大家."""
    return word in _ordinary()
