"""A whole message cut into pieces: whose, of which period, words of a table of the lexicon. For commands alone."""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.lexicon import groups
from nlu.month_names import PERIOD
from nlu.rule import Find, Mention
from nlu.scene import Scene
from nlu.teams import TEAM

LONGEST = 80  # characters: a command is short
BETWEEN = re.compile(r"[\s,、;:。.!?~/]+")
VALUE = re.compile(
    r"(?:(?:us\$|[$¥€£]|rmb|usd|eur) ?)?"
    r"(?:\d[\d,]*(?:\.\d+)?|[一二三四五六七八九两][一二三四五六七八九十百千万亿两零半]*)"
    r" ?(?:千万|百万|十万|万|亿|千|w|k|m|mn|mio|million|thousand|bn|billion)?(?![a-z])"
    r" ?(?:元|块钱?|人民币|美元|美金|欧元|港币|(?:usd|us dollars|dollars|eur|euros?|yuan|rmb|cny|hkd)(?![a-z]))?"
)
NAMED_TEAM = re.compile(TEAM)
STRANGER = re.compile(r"[小老阿][一-鿿]")  # what a colleague is called whom nobody knows
ENGLISH_TEAM = re.compile(
    r"(?!(?:my|our|the|for|of|whole)\b)(?P<name>[a-z][a-z-]+) team(?:'s)?(?![a-z])"
    r"|team (?P<after>[a-d]|\d{1,2})(?![a-z\d])"
)
SMALL = frozenset({"filler", "set", "ask", "target", "period"})  # what a team's name does not begin with
Piece = re.Match[str] | Find


class Pieces(dict[str, list[Piece]]):
    """The pieces of a message by kind."""

    def said(self, kind: str) -> re.Match[str] | None:
        """The first piece of a kind as its pattern matched it."""
        return next((piece for piece in self.get(kind, ()) if isinstance(piece, re.Match)), None)

    def found(self, kind: str) -> Find | None:
        """The first piece of a kind as a finder found it."""
        return next((piece for piece in self.get(kind, ()) if isinstance(piece, Find)), None)


def pieces_of(scene: Scene, table: str) -> Pieces | None:
    """The message's pieces by kind: user, period, value, team_named, and the groups of the table; None where anything
    else stands in it.
    """
    text = scene.folded
    if len(text) > LONGEST:
        return None
    users = {find.start: find for find in scene.finds if find.kind == "user"}
    found = Pieces()
    place = 0
    while place < len(text):
        if gap := BETWEEN.match(text, place):
            place = gap.end()
            continue
        kinds, piece, end = _next(text, place, users, table)
        if piece is None:
            return None
        for kind in kinds:
            found.setdefault(kind, []).append(piece)
        place = end
    return found


def _next(text: str, place: int, users: dict[int, Find], table: str) -> tuple[tuple[str, ...], Piece | None, int]:
    """The kinds of the piece that begins at a place, the piece, and where it ends."""
    if place in users:
        return ("user",), users[place], users[place].end
    known, pattern = _words(table)
    word, named = pattern.match(text, place), NAMED_TEAM.match(text, place)
    others = (("period", PERIOD), ("team_named", ENGLISH_TEAM), ("value", VALUE))
    tried: list[tuple[tuple[str, ...], re.Match[str]]] = [] if word is None else [(known[word[0]], word)]
    tried += [((kind,), said) for kind, pattern in others if (said := pattern.match(text, place))]
    if named is not None and all(_gives_way(kinds, said) for kinds, said in tried):
        tried.append((("team_named",), named))
    if not tried and (stranger := STRANGER.match(text, place)):
        tried.append((("stranger",), stranger))
    kinds, piece = max(tried, key=lambda pair: pair[1].end(), default=((), None))
    return kinds, piece, piece.end() if piece else place


def _gives_way(kinds: tuple[str, ...], said: re.Match[str]) -> bool:
    """Whether a team's name may begin with the piece: 销售一组, 一组."""
    return not (SMALL & set(kinds)) and (kinds != ("value",) or len(said[0]) == 1)


@lru_cache(maxsize=4)
def _words(table: str) -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    """Every word of the table with its groups; and one word, the longest that fits, no Latin one cut."""
    known: dict[str, tuple[str, ...]] = {}
    for group, each in groups(table).items():
        for word in each:
            known[word] = (*known.get(word, ()), group)
    longest = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    return known, re.compile(rf"(?:{longest})(?![a-z])")


def mention_of(scene: Scene, find: Find) -> Mention:
    """A colleague as the message names them."""
    text, keys = scene.original(find.start, find.end), find.value
    return Mention(text, keys[0]) if len(keys) == 1 else Mention(text, None, tuple(keys))
