"""jieba's dictionary: which strings are ordinary words, and where words end. Loaded when first asked, silently."""

from __future__ import annotations

import logging
import warnings
from functools import lru_cache
from typing import Any

ORDINARY = 300  # how often a word must occur in jieba's corpus to be one that people say without meaning a name


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """jieba's tokenizer with its own dictionary, without the cache file that it would leave in a shared folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources, which warns of its own end
        import jieba  # noqa: PLC0415  half a second and 70 MB that many runs never need
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@lru_cache(maxsize=16384)
def is_ordinary(word: str) -> bool:
    """Whether a Chinese string is a word of every day, such as 未来 or 大家."""
    return int(_tokenizer().FREQ.get(word) or 0) >= ORDINARY


def cut(text: str) -> list[str]:
    """A text as words."""
    return list(_tokenizer().lcut(text))
