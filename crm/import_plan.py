"""What each row of a sheet would do, set against the customers that are there: pure, so that it can be said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from crm.imports import DOUBTS, EXAMPLES, Preview, Sheet, SheetRow, sound_of
from crm.reach import number_key


@dataclass(frozen=True)
class Standing:
    """A customer that is there: its name and owner, and whether whoever imports may change it."""

    id: int
    name: str
    owner: str
    is_open: bool


@dataclass(frozen=True)
class Known:
    """Customers that are there, by the keys that a sheet's firms have: full and core names, numbers, tax ids."""

    by: Mapping[str, Mapping[str, Sequence[int]]]
    standing: Mapping[int, Standing]

    def like(self, key: str, value: str) -> list[Standing]:
        """Those with that key, the ones open to whoever imports first."""
        found = [self.standing[n] for n in self.by.get(key, {}).get(value, ()) if n in self.standing] if value else []
        return sorted(found, key=lambda one: not one.is_open)


@dataclass(frozen=True)
class People:
    """Who may be named as an owner: ids by folded name, and whether whoever imports may give customers to one."""

    me: int
    by_name: Mapping[str, Sequence[int]]
    may_give: Callable[[int], bool]


@dataclass(slots=True)
class Firm:
    """The rows of one firm. `kind` is one of KINDS, `doubt` of DOUBTS where it is doubtful; `target` is the customer
    that it is, or looks like.
    """

    rows: list[SheetRow]
    owner_id: int
    kind: str = "new"
    doubt: str = ""
    target: Standing | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row, with the reason: its key, and what it names."""

    line: int
    kind: str
    reason: str
    name: str = ""
    value: str = ""


@dataclass
class Plan:
    """What a sheet would do: firm by firm, and row by row."""

    sheet: Sheet
    firms: list[Firm] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def plan_of(sheet: Sheet, known: Known, people: People, stages: Sequence[str]) -> Plan:
    """The plan of a sheet; `stages` are the keys of those that a deal may be imported into."""
    plan, firms = Plan(sheet), dict[str, Firm]()
    for row in sheet.rows:
        owner_id, fault = _owner(row, people)
        wrong = (row.fault, row.value) if row.fault else fault or _stage_fault(row, stages)
        if wrong:
            plan.verdicts.append(Verdict(row.line, "wrong", wrong[0], row.told.get("name", ""), wrong[1]))
            continue
        firm = firms.get(row.full)
        if firm is None:
            firm = firms[row.full] = _placed(Firm([], owner_id), row, known)
        firm.rows.append(row)
        plan.verdicts.append(_verdict(row, firm))
    plan.firms = list(firms.values())
    return plan


def _owner(row: SheetRow, people: People) -> tuple[int, tuple[str, str] | None]:
    """Who is to look after it, and why that cannot be."""
    said = row.told.get("owner", "")
    if not said:
        return people.me, None
    found = people.by_name.get(row.told.get("owner_key", said), ())
    if len(found) != 1:
        return people.me, ("owner_several" if found else "owner_unknown", said)
    if not people.may_give(found[0]):
        return people.me, ("owner_not_yours", said)
    return found[0], None


def _stage_fault(row: SheetRow, stages: Sequence[str]) -> tuple[str, str] | None:
    stage = row.told.get("stage", "")
    return ("stage_closed", row.told.get("stage_said", stage)) if stage and stage not in stages else None


def _placed(firm: Firm, row: SheetRow, known: Known) -> Firm:
    """The firm with what it is to those that are there: the same name is the same firm, anything else a doubt."""
    same = known.like("full", row.full)
    if same:
        firm.kind, firm.target = "matching" if same[0].is_open else "theirs", same[0]
        return firm
    keys = {"tax_id": row.told.get("tax_id", ""), "phone": number_key(row.told.get("phone", "")), "name": row.core}
    keys["sound"] = sound_of(row.core)
    numbers = [keys["phone"], number_key(row.told.get("contact_phone", ""))]
    for doubt in DOUBTS:
        alike = (
            [one for number in numbers for one in known.like("phone", number)]
            if doubt == "phone"
            else known.like(doubt, keys[doubt])
        )
        if alike:
            firm.kind, firm.doubt, firm.target = "doubtful", doubt, alike[0]
            return firm
    return firm


def _verdict(row: SheetRow, firm: Firm) -> Verdict:
    """Of a customer out of sight nothing is said but who looks after it."""
    name, target = row.told["name"], firm.target
    if target is None:
        return Verdict(row.line, "new", "row_new", name)
    if firm.kind == "matching":
        return Verdict(row.line, "matching", "row_matching", name, target.name)
    if firm.kind == "theirs":
        return Verdict(row.line, "theirs", "row_theirs", name, target.owner)
    hidden = "" if target.is_open else "_theirs"
    return Verdict(
        row.line, "doubtful", f"row_same_{firm.doubt}{hidden}", name, target.name if target.is_open else target.owner
    )


def preview_of(plan: Plan) -> Preview:
    """What is shown of a plan: counts, and the first few of each kind."""
    examples: dict[str, list[list[object]]] = {}
    for one in plan.verdicts:
        some = examples.setdefault(one.kind, [])
        if len(some) < EXAMPLES and one.kind != "new":
            some.append([one.line, one.reason, one.name, one.value])
    doubts = Counter[str]()
    for firm in plan.firms:
        if firm.kind == "doubtful":
            doubts[firm.doubt] += len(firm.rows)
    counts = Counter(one.kind for one in plan.verdicts)
    shown = {kind: some for kind, some in examples.items() if some}
    return Preview(counts, doubts, shown, [list(pair) for pair in plan.sheet.columns])
