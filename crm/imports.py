"""A sheet that somebody sent to be imported: what its rows tell, what each would do, and what was decided of doubts.

How a sheet is read stands in jobs/read_sheet.py and nlu/sheets; what is written, in storage/import_writes.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from crm import pinyin

STATES = ("wanted", "offered", "asked", "writing", "done", "refused", "dropped")
OF_CUSTOMER = ("industry", "region", "size", "tier", "source", "phone", "address", "tax_id")
OF_CONTACT = {
    "title": "title",
    "contact_phone": "phone",
    "other_phone": "other_phone",
    "email": "email",
    "wechat": "wechat",
}
OF_DEAL = ("deal", "amount", "stage", "close_on", "closed_on", "lost_reason", "currency", "competitors")
CLOSED = ("won", "lost")  # keys of the stages that end a deal
BETWEEN = "\t"  # what stands between name, title, number and address of a person behind the first
KINDS = ("new", "matching", "doubtful", "theirs", "wrong")
OF_FIRM = ("tax_id", "phone", "name", "sound")  # the surest first: what makes a firm look like one that is there
DOUBTS = (*OF_FIRM, "stage")  # in which stage a deal is
WAYS = ("skip", "fill", "new")  # what becomes of a doubtful row; of a doubtful stage the likeliest is taken, or none
EXAMPLES = 3  # of a kind, in the preview


@dataclass(eq=False)
class Import:
    """A sheet on its way into the records; one loaded by a command has no chat and no file of ours.

    `is_asked`: its sender wants it imported, else it is only looked at.

    `ways` is what was decided, by doubt; `told` what the preview shows (`Preview.to_json`). `written_by_id` is the
    message that said so: what is written belongs to it. `wants_rows`: a file of all rows with reasons was asked for.
    """

    user_id: int
    chat_id: int | None
    inbox_id: int
    attachment_id: int | None
    at: datetime
    is_asked: bool = True
    state: str = "wanted"
    ways: dict[str, str] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    written_by_id: int | None = None
    wants_rows: bool = False
    id: int = field(init=False, repr=False)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it was cleaned: `line` in the file, `told` by field. `full` is the firm's name as names are compared,
    `core` without place and legal form, `cuts` how much of that people may say of it (shorter_forms); `fault` says what
    cannot be, of `value`.
    """

    line: int
    told: Mapping[str, str]
    full: str = ""
    core: str = ""
    cuts: str = ""
    fault: str = ""
    value: str = ""


def people_of(told: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The people that a row tells of: a name, and what is told of it as records keep it."""
    if name := told.get("contact", ""):
        yield name, {kept: told.get(said, "") for said, kept in OF_CONTACT.items()}
    for line in told.get("others", "").split("\n") if "others" in told else ():
        name, title, phone, email = line.split(BETWEEN)
        yield name, dict.fromkeys(OF_CONTACT.values(), "") | {"title": title, "phone": phone, "email": email}


def stage_told(told: Mapping[str, str], today: date) -> tuple[str, bool]:
    """The key of the stage that a row tells of a deal, and whether it is sure. One without a stage and with a day on
    which it was signed, by now, is likely won.
    """
    if stage := told.get("stage", ""):
        return stage, "is_stage_doubted" not in told
    closed_on = told.get("closed_on", "")
    is_past = closed_on != "" and closed_on <= today.isoformat()
    return ("won", False) if is_past and told.get("deal") else ("", True)


@dataclass(frozen=True)
class Sheet:
    """What was read of a file: the heads with the field that each was recognised as, "" for none, and the rows."""

    columns: tuple[tuple[str, str], ...]
    rows: list[SheetRow]


def sound_of(core: str) -> str:
    """How a firm's name without place and legal form is read, "" where it is not all Chinese: 华新 sounds like 华信."""
    name, _, branch = core.partition("|")
    heard = pinyin.joined(name) if name else ""
    return f"{heard}|{branch}" if heard else ""


def shorter_forms(core: str, cuts: str) -> list[str]:
    """A firm's name without words for its trade, as far as people leave them out: 新启精密制造 is called 新启精密."""
    name, _, branch = core.partition("|")
    return [f"{name[: int(cut)]}|{branch}" for cut in cuts.split()]


def way_of(ways: Mapping[str, str], doubt: str) -> str:
    """What becomes of rows with a doubt: nothing, until somebody decides."""
    return ways.get(doubt, "skip")


BOTH = "+"  # between the doubts of a row that has two


@dataclass(frozen=True)
class Preview:
    """What would be written, before anything is: rows by kind, doubts by kind, and examples of each (line, reason).

    `stages` are the stages that were told otherwise than here (said, name, whether it is sure, rows), `tiers` the tiers
    (said, key), `unread` what could not be read and is left (field, said, rows), `deals` how many deals of each kind
    there would be, and what they come to, in minor units, by currency.
    """

    counts: Mapping[str, int]
    doubts: Mapping[str, int]
    examples: Mapping[str, list[list[Any]]]
    columns: list[list[str]]
    stages: list[list[Any]] = field(default_factory=list)
    tiers: list[list[Any]] = field(default_factory=list)
    unread: list[list[Any]] = field(default_factory=list)
    deals: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, for the import's row."""
        return {
            "counts": dict(self.counts),
            "doubts": dict(self.doubts),
            "examples": {kind: [list(one) for one in some] for kind, some in self.examples.items()},
            "columns": [list(pair) for pair in self.columns],
            "stages": self.stages,
            "tiers": self.tiers,
            "unread": self.unread,
            "deals": dict(self.deals),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Preview:
        """What `to_json` wrote, now or when there was less to tell."""
        more = {name: data[name] for name in ("stages", "tiers", "unread", "deals") if name in data}
        return cls(data["counts"], data["doubts"], data["examples"], data["columns"], **more)

    def doubtful(self, doubt: str) -> int:
        """How many rows have a doubt, alone or with another."""
        return sum(n for doubts, n in self.doubts.items() if doubt in doubts.split(BOTH))

    def to_write(self, ways: Mapping[str, str]) -> int:
        """How many rows would be written as things are decided."""
        decided = [
            n for doubts, n in self.doubts.items() if all(way_of(ways, doubt) != "skip" for doubt in doubts.split(BOTH))
        ]
        return self.counts.get("new", 0) + self.counts.get("matching", 0) + sum(decided)
