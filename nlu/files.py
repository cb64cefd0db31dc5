"""Files as people speak of them: what a clause says besides the words for them and the names it holds."""

from __future__ import annotations

from nlu.clauses import Clause

GROUPS = ("picture", "file")  # of the lexicon
NAMES = ("customer", "user", "when")
NAME, FILE = "\x00", "\x01"  # where a name or a word for files stood: what is on either side does not grow together


def outline(clause: Clause) -> str:
    """The clause's text with one mark for each name and each word for files."""
    kept = list(clause.text)
    words = [word for word in clause.words if word.group in GROUPS]
    places = [(word.start, word.end, FILE) for word in words]
    for start, end, mark in places + [(find.start, find.end, NAME) for find in clause.all(*NAMES)]:
        kept[start - clause.start : end - clause.start] = [mark, *[""] * (end - start - 1)]
    return "".join(kept)
