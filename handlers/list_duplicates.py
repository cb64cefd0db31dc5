"""Customers of the speaker's and of those below that are likely one firm: same tax id, same number or like name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crm.reach import number_key
from handlers.queries.pages import Item, List, Section, listed
from handlers.turn import Result, Turn
from nlu.rule import Reading
from nlu.sheets.clean import keys_of
from storage.duplicates import Held, held_by
from talk.message import Count, Outcome, Parts, Word

MOST = 5_000  # customers that are looked at, the newest


async def list_duplicates(turn: Turn, reading: Reading) -> list[Result]:
    """The pairs, each with what both have in common."""
    held = await held_by(turn.session, turn.actor, MOST)
    found = list(_pairs(held))
    if not found:
        return [Outcome("no_duplicates", {"n": Count(len(held), "count_customers")}, wrote=False)]
    lines = [Item(Parts((one.name, other.name, Word(f"same_{key}")))) for one, other, key in found]

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        return lines[offset : offset + limit]

    head = Parts((Word("list_duplicates"), Count(len(lines), "count_listed")))
    return [await listed(turn, reading, List(head, (Section(None, len(lines), fetch),), note=Word("duplicates_how")))]


def _pairs(held: Sequence[Held]) -> Iterator[tuple[Held, Held, str]]:
    """Two and two that have a key in common, the surest key first, each pair once."""
    told: set[tuple[int, int]] = set()
    for key in ("tax_id", "phone", "name"):
        groups: dict[str, list[Held]] = defaultdict(list)
        for one in held:
            value = _key(one, key)
            groups[value] += [one] if value else []
        for same in groups.values():
            for one, other in pairwise(same):
                if (one.id, other.id) not in told:
                    told.add((one.id, other.id))
                    yield one, other, key


def _key(one: Held, key: str) -> str:
    if key == "tax_id":
        return one.tax_id
    return number_key(one.phone) if key == "phone" else keys_of(one.name)[1]
