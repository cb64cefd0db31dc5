"""A sheet that somebody sent to be imported: what its rows tell, what each would do, and what was decided of doubts.

How a sheet is read stands in jobs/read_sheet.py and nlu/sheets; what is written, in storage/import_writes.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
OF_DEAL = ("deal", "amount", "stage", "close_on")
KINDS = ("new", "matching", "doubtful", "theirs", "wrong")
DOUBTS = ("tax_id", "phone", "name", "sound")  # the surest first: what makes a firm look like one that is there
WAYS = ("skip", "fill", "new")  # what becomes of a doubtful row
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
    `core` without place and legal form; `fault` says what cannot be, of `value`.
    """

    line: int
    told: Mapping[str, str]
    full: str = ""
    core: str = ""
    fault: str = ""
    value: str = ""


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


def way_of(ways: Mapping[str, str], doubt: str) -> str:
    """What becomes of rows with a doubt: nothing, until somebody decides."""
    return ways.get(doubt, "skip")


@dataclass(frozen=True)
class Preview:
    """What would be written, before anything is: rows by kind, doubts by kind, and examples of each (line, reason)."""

    counts: Mapping[str, int]
    doubts: Mapping[str, int]
    examples: Mapping[str, list[list[Any]]]
    columns: list[list[str]]

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, for the import's row."""
        return {
            "counts": dict(self.counts),
            "doubts": dict(self.doubts),
            "examples": {kind: [list(one) for one in some] for kind, some in self.examples.items()},
            "columns": [list(pair) for pair in self.columns],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Preview:
        """What `to_json` wrote."""
        return cls(data["counts"], data["doubts"], data["examples"], data["columns"])

    def to_write(self, ways: Mapping[str, str]) -> int:
        """How many rows would be written as things are decided."""
        doubtful = sum(n for doubt, n in self.doubts.items() if way_of(ways, doubt) != "skip")
        return self.counts.get("new", 0) + self.counts.get("matching", 0) + doubtful
