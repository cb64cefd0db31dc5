"""Stages of the pipeline named in a text, in full, by key, or as people call them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from nlu.known import KnownStage
from nlu.lexicon import groups
from nlu.names import fold
from nlu.rule import Find


def find(folded: str, stages: Iterable[KnownStage]) -> list[Find]:
    """Finds of kind "stage", the value a stage's key."""
    pattern, of = _pattern(tuple(stages))
    return [Find("stage", m.start(), m.end(), m[0], of[m[0]], "name") for m in pattern.finditer(folded)]


@lru_cache(maxsize=16)
def _pattern(stages: tuple[KnownStage, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    called = groups("stage")
    of: dict[str, str] = {}
    for stage in stages:
        for name in (fold(stage.name), stage.key.lower(), *called.get(stage.key, ())):
            of.setdefault(name, stage.key)
    names = "|".join(rf"\b{re.escape(n)}\b" if n.isascii() else re.escape(n) for n in sorted(of, key=len, reverse=True))
    opening = re.escape("".join(sorted({name[0] for name in of})))
    return re.compile(rf"(?=[{opening}])(?:{names})" if names else r"(?!)"), of
