"""jieba's dictionary: which strings are words that people say every day without meaning a name. Loaded when asked."""

from __future__ import annotations

import logging
import re
import warnings
from array import array
from bisect import bisect_left
from functools import lru_cache
from typing import BinaryIO

ORDINARY = 300  # how often a word must occur in jieba's corpus to be one of every day
NAMES = ("nr", "ns", "nt", "nz")  # jieba's tags of people, places, bodies and other proper names
OWN_NAMES = ("nr", "nt", "nz")
COUNTED = re.compile(r"[一1-9两二三几]?[次下趟回遍声句面顿场轮点些个](?:$|[一-鿿])|[一1-9两二三几][次下趟回遍]")
LONGEST = 4  # characters of a word that is asked about


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], array[int]]:
    """The words of every day, of two or three characters; and the hashes of all words of up to four that are no names
    of people and firms, in order: a tenth of the memory of the words. jieba's own model stays unloaded.
    """
    ordinary, hashes = set(), array("q")
    with _dictionary() as lines:
        for line in lines.read().decode("utf-8").splitlines():
            word, frequency, tag = line.split(" ")
            if len(word) <= LONGEST and not tag.startswith(OWN_NAMES):
                hashes.append(hash(word))
                if 2 <= len(word) <= 3 and int(frequency) >= ORDINARY and not tag.startswith(NAMES):
                    ordinary.add(word)
    return frozenset(ordinary), array("q", sorted(hashes))


def is_ordinary(word: str) -> bool:
    """Whether a Chinese string is a word of every day, such as 未来 or 大家."""
    return word in _words()[0]


def is_word(word: str) -> bool:
    """Whether a Chinese string of up to four characters stands in the dictionary at all, other than as the name of a
    person or a firm.
    """
    hashes, hashed = _words()[1], hash(word)
    place = bisect_left(hashes, hashed)
    return place < len(hashes) and hashes[place] == hashed


def is_act(name: str) -> bool:
    """Whether what looks like a name is what is done with somebody: 谈一次, 谈价格, 查个账. Few surnames are verbs."""
    return name[0] in "谈查" and (COUNTED.match(name, 1) is not None or (len(name) > 2 and is_word(name[1:])))


def _dictionary() -> BinaryIO:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba imports pkg_resources, which warns of its own end
        import jieba  # noqa: PLC0415
    jieba.setLogLevel(logging.ERROR)
    lines: BinaryIO = jieba.dt.get_dict_file()
    return lines
