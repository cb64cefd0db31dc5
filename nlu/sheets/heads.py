"""Which row of a sheet holds its heads, and which field each column tells: by its head, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from crm.reach import is_email, is_phone
from nlu.company_forms import core_of
from nlu.phrases import fold
from nlu.sheets.values import currency, has_day_first, is_tax_id, text
from nlu.sheets.words import lists

AMONG = 10  # rows among which the heads are looked for: titles and dates may stand above
LOOKED_AT = 50  # cells of a column that tell what it holds
MOSTLY = 0.8
LONGEST_HEAD = 100  # characters that are looked at
_ASIDE = re.compile(r"[((\[【<][^))\]】>]*[))\]】>]|[*:：。.!！]|\s+$")
DAYS = ("close_on", "closed_on")
_BLANK_IN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff0-9])")
_BEHIND = re.compile(r" ?[1一]$|[/ -]?(?:万元|亿元|千元|[万元]|rmb|cny|usd)$")  # 联系人1, 金额/万元
_UNIT = re.compile(r"(?:[((\[【/ ]|单位|[额价款])[: ]?(万|亿|千|k|w)(?:元|人民币|rmb)?(?:[)) \]】]|$)")
_UNIT_OF_ALL = re.compile(r"(?:金额)?单位[: ]{0,2}(?:人民币)?(万|亿|千)元")


class Manner(NamedTuple):
    """How a sheet writes: what its sums are counted in (万) and their currency, as their head says, and whether its
    days stand before the months. `notes` are the columns of words to be remembered, with what stands above each.
    """

    unit: str = ""
    currency: str = ""
    is_day_first: bool = False
    notes: tuple[tuple[int, str], ...] = ()


class Heads(NamedTuple):
    """The last row of the heads, the cells that are heads, column -> field, and how the cells are written."""

    place: int
    cells: Sequence[str]
    fields: dict[int, str]
    manner: Manner = Manner()


def columns_of(rows: Sequence[Sequence[str]]) -> Heads | None:
    """The heads among the first rows; None where no row is one.

    Heads are a row with a head for the firm's name, and one more or none beside it; or one with two known heads above
    a column of firms' names. Where they take two rows, the lower one tells, the upper one where that has nothing.
    """
    first = [*enumerate(rows[:AMONG])]
    two = [(place, _stacked(rows[place - 1], row)) for place, row in first[1:]]
    found = [Heads(place, row, _fields(row)) for place, row in (*first, *two)]
    heads = max(found, key=lambda one: len(one.fields), default=None)
    if heads is None or not heads.fields:
        return None
    place, cells, fields, _ = heads
    fields |= _by_content(rows[place + 1 : place + 1 + LOOKED_AT], fields)
    is_alone = len([cell for cell in cells if cell.strip()]) == 1
    if "name" not in fields.values() or (len(fields) < 2 and not is_alone):
        return None
    return heads._replace(manner=_manner(heads, rows))


def _manner(heads: Heads, rows: Sequence[Sequence[str]]) -> Manner:
    above, below = rows[: heads.place], rows[heads.place + 1 : heads.place + 1 + LOOKED_AT]
    sums = next((place for place, field in heads.fields.items() if field == "amount"), None)
    said = "" if sums is None else text(heads.cells[sums])[:LONGEST_HEAD].lower()
    of_all = (_UNIT_OF_ALL.search(text(cell[:LONGEST_HEAD])) for row in above for cell in row)
    unit = next((found[1] for found in (_UNIT.search(said), *of_all) if found), "")
    days = [place for place, field in heads.fields.items() if field in DAYS]
    cells = (row[place] for row in below for place in days if place < len(row))
    notes = [(place, heads.cells[place].strip()) for place, field in heads.fields.items() if field == "note"]
    return Manner(unit, currency(said), has_day_first(cells), tuple(sorted(notes)))


def _stacked(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    return [below if below.strip() else above for above, below in zip_longest(upper, lower, fillvalue="")]


def _fields(row: Sequence[str]) -> dict[int, str]:
    """The known heads of a row. A head that may mean several means the first that no other head tells."""
    meant = {place: _meant(cell) for place, cell in enumerate(row) if cell.strip()}
    taken: dict[str, int] = {}
    for place, fields in sorted(meant.items(), key=lambda pair: (len(pair[1]), pair[0])):
        free = next((field for field in fields if field not in taken), None)
        if free:
            taken[free] = place
    if "name" not in taken and "contact" in taken and _bare(row[taken["contact"]]) == "name":
        taken["name"] = taken.pop("contact")
    notes = {place: "note" for place, fields in meant.items() if fields == ("note",)}
    return notes | {place: field for field, place in taken.items()}


def _by_content(below: Sequence[Sequence[str]], known: dict[int, str]) -> dict[int, str]:
    """Columns with a head that says nothing, and cells that say it all."""
    found: dict[int, str] = {}
    for place in range(max((len(row) for row in below), default=0)):
        if place in known:
            continue
        cells = [row[place].strip() for row in below if place < len(row) and row[place].strip()]
        for field, holds in _HOLDS:
            is_free = field not in known.values() and field not in found.values()
            if is_free and len(cells) >= min(3, len(below)) and sum(map(holds, cells)) >= MOSTLY * len(cells) > 0:
                found[place] = field
                break
    return found


def _is_firm(cell: str) -> bool:
    folded = fold(cell)
    return core_of(folded) != folded


_HOLDS = (
    ("tax_id", is_tax_id),
    ("contact_phone", is_phone),
    ("email", is_email),
    ("name", _is_firm),
)


def _bare(cell: str) -> str:
    said = " ".join(_ASIDE.sub(" ", fold(cell[:LONGEST_HEAD])).replace("_", " ").split())
    return _BLANK_IN_HAN.sub("", said)


def _meant(cell: str) -> tuple[str, ...]:
    """The fields that a head may mean, what stands behind it left out where need be."""
    said = _bare(cell)
    return _heads().get(said) or _heads().get(_BEHIND.sub("", said), ())


@lru_cache(maxsize=1)
def _heads() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for field, heads in lists()["head"].items():
        for head in heads:
            found[head] = (*found.get(head, ()), field)
    return found


@lru_cache(maxsize=1)
def nothings() -> frozenset[str]:
    """What people write into a cell to say that they have nothing to write."""
    return frozenset(lists()["nothing"]["words"])


def is_of_sheet(cells: Sequence[str]) -> bool:
    """Whether a row tells of the sheet and of nobody: it adds up those above it (合计), or says something (注:…)."""
    first = next((cell for cell in cells if cell.strip()), "")
    if _bare(first).replace(" ", "") in lists()["sum"]["words"]:
        return True
    lead, colon, _ = fold(first[:LONGEST_HEAD]).partition(":")
    return colon != "" and lead.replace(" ", "") in lists()["aside"]["words"]
