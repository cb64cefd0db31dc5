"""Which groups of the lexicon a whole message is made of: for commands that hold nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.lexicon import groups
from nlu.scene import Scene

SHARE = "%"  # stands for a percentage in the text
LONGEST = 120  # characters: what is longer tells more than a command


def made_of(scene: Scene, *tables: str) -> frozenset[str]:
    """The groups ("write.won") of the tables whose words and percentages make up the message, none where anything else
    stands in it.
    """
    text = scene.folded
    if len(text) > LONGEST:
        return frozenset()
    for find in reversed(scene.finds):
        if find.kind == "percent":
            text = text[: find.start] + SHARE + text[find.end :]
    said, place = set[str](), 0
    known, pattern = _words(tables)
    while place < len(text):
        found = pattern.match(text, place)
        if found is None:
            return frozenset()
        said |= known.get(found[0], set())
        place = found.end()
    return frozenset(said)


@lru_cache(maxsize=8)
def _words(tables: tuple[str, ...]) -> tuple[dict[str, set[str]], re.Pattern[str]]:
    """Every word with its groups; and one word, the longest that fits, no Latin one cut, or what parts words."""
    known: dict[str, set[str]] = {}
    for table in tables:
        for group, words in groups(table).items():
            for word in words:
                known.setdefault(word, set()).add(f"{table}.{group}")
    longest = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    return known, re.compile(rf"(?:{longest})(?![a-z'])|[\s,、;。.!~{SHARE}]")
