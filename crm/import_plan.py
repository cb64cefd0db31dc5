"""What each row of a sheet would do, set against the customers that are there: pure, so that it can be said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from crm.imports import BOTH, OF_FIRM, Sheet, SheetRow, shorter_forms, sound_of, stage_told, way_of
from crm.reach import number_key

ANYWHERE = "*"


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

    def like(self, key: str, *values: str) -> list[Standing]:
        """Those with that key, the ones open to whoever imports first."""
        numbers = [n for value in values if value for n in self.by.get(key, {}).get(value, ())]
        return sorted((self.standing[n] for n in numbers if n in self.standing), key=lambda one: not one.is_open)


@dataclass(frozen=True)
class People:
    """Who may be named as an owner: ids by folded name, and whether whoever imports may give customers to one."""

    me: int
    by_name: Mapping[str, Sequence[int]]
    may_give: Callable[[int], bool]


@dataclass(slots=True)
class Firm:
    """The rows of one firm. `kind` is one of KINDS, `doubt` of OF_FIRM where it is doubtful; what it is, or looks like,
    is the customer `target`, or the firm `twin` of the same sheet.
    """

    rows: list[SheetRow]
    owner_id: int
    kind: str = "new"
    doubt: str = ""
    target: Standing | None = None
    twin: Firm | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row, with the reason: its key, and what it names. `doubts` are those of a doubtful one."""

    line: int
    kind: str
    reason: str
    name: str = ""
    value: str = ""
    doubts: str = ""


@dataclass
class Plan:
    """What a sheet would do: firm by firm, and row by row. `stages` are the names of those that a deal may be in."""

    sheet: Sheet
    stages: Mapping[str, str]
    today: date
    firms: list[Firm] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def plan_of(sheet: Sheet, known: Known, people: People, stages: Mapping[str, str], today: date) -> Plan:
    """The plan of a sheet; `stages` are the names of those that a deal may be imported into, by key."""
    plan, firms = Plan(sheet, stages, today), dict[str, Firm]()
    for row in sheet.rows:
        owner_id, fault = _owner(row, people)
        wrong = (row.fault, row.value) if row.fault else fault or _deal_fault(row, plan)
        if wrong:
            plan.verdicts.append(Verdict(row.line, "wrong", wrong[0], row.told.get("name", ""), wrong[1]))
            continue
        firm = firms.get(row.full)
        if firm is None:
            firm = firms[row.full] = _placed(Firm([], owner_id), row, known)
        firm.rows.append(row)
    plan.firms = list(firms.values())
    _find_twins(plan.firms)
    plan.verdicts += [_verdict(plan, row, firm) for firm in plan.firms for row in firm.rows]
    plan.verdicts.sort(key=lambda one: one.line)
    return plan


def settled(plan: Plan, ways: Mapping[str, str]) -> list[Firm]:
    """The firms as it was decided: one that is to be merged with another of the sheet goes on about it, and a row whose
    stage is doubted is left out where nobody says that the likeliest is right.
    """
    takes_stages, found = way_of(ways, "stage") != "skip", dict[int, Firm]()
    for firm in plan.firms:
        rows = [row for row in firm.rows if takes_stages or stage_told(row.told, plan.today)[1]]
        found[id(firm)] = Firm(rows, firm.owner_id, firm.kind, firm.doubt, firm.target, firm.twin)
    for firm in plan.firms:
        if firm.twin and way_of(ways, firm.doubt) == "fill":
            found[id(_root(firm, ways))].rows += found.pop(id(firm)).rows
    return [firm for firm in found.values() if firm.rows]


def _root(firm: Firm, ways: Mapping[str, str]) -> Firm:
    while firm.twin and way_of(ways, firm.doubt) == "fill":
        firm = firm.twin
    return firm


def deals_of(firm: Firm) -> Iterator[tuple[str, SheetRow]]:
    """The deals that a firm's rows tell of, each once by its name; those without one are as many as they differ."""
    seen, unnamed = set[str](), dict[tuple[str, ...], None]()
    for row in firm.rows:
        name = row.told.get("deal", "")
        if name and "is_deal_unnamed" in row.told:
            told = tuple(row.told.get(field, "") for field in ("amount", "stage", "closed_on", "close_on"))
            if told in unnamed:
                continue
            unnamed[told] = None
            name = name if len(unnamed) == 1 else f"{name} {len(unnamed)}"
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name, row


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


def _deal_fault(row: SheetRow, plan: Plan) -> tuple[str, str] | None:
    """A stage that no pipeline has, or a deal that was closed on a day to come."""
    stage, is_sure = stage_told(row.told, plan.today)
    if stage and stage not in plan.stages:
        return "bad_stage", row.told.get("stage_said", stage)
    closed_on = row.told.get("closed_on", "")
    if stage in ("won", "lost") and is_sure and closed_on > plan.today.isoformat():
        return "closed_later", closed_on
    return None


def _placed(firm: Firm, row: SheetRow, known: Known) -> Firm:
    """The firm with what it is to those that are there: the same name is the same firm, anything else a doubt."""
    same = known.like("full", row.full)
    if same:
        firm.kind, firm.target = "matching" if same[0].is_open else "theirs", same[0]
        return firm
    numbers = [number_key(row.told.get(name, "")) for name in ("phone", "contact_phone")]
    alike = {
        "tax_id": known.like("tax_id", row.told.get("tax_id", "")),
        "phone": known.like("phone", *numbers),
        "name": known.like("name", row.core)
        or known.like("shorter", *shorter_forms(row.core, row.cuts))
        or known.like("longer", row.core),
        "sound": known.like("sound", sound_of(row.core)),
    }
    for doubt in OF_FIRM:
        if alike[doubt]:
            firm.kind, firm.doubt, firm.target = "doubtful", doubt, alike[doubt][0]
            return firm
    return firm


def _find_twins(firms: Sequence[Firm]) -> None:
    """New firms that are another of the sheet under a fuller name, or under one with the same tax id."""
    fullest: dict[tuple[str, str, str], tuple[int, int, Firm]] = {}  # by what a firm is known by, and its town
    cores = {firm.rows[0].core for firm in firms} - {""}
    ranked = [(len(firm.rows[0].full), -place, firm) for place, firm in enumerate(firms) if firm.kind != "theirs"]
    for one in ranked:
        for key in _marks(one[2].rows[0], cores):
            fullest[key] = max(fullest.get(key, one), one, key=_rank)
    for one in ranked:
        firm = one[2]
        for doubt, found in _fuller(firm.rows[0], fullest) if firm.kind == "new" else ():
            if _rank(found) > _rank(one):
                firm.kind, firm.doubt, firm.twin = "doubtful", doubt, found[2]
                break


def _rank(one: tuple[int, int, Firm]) -> tuple[int, int]:
    return one[:2]


def _marks(row: SheetRow, cores: set[str]) -> Iterator[tuple[str, str, str]]:
    """What others of the sheet may know a firm by: its tax id, and its names, wherever it is."""
    yield "tax_id", row.told.get("tax_id", ""), ANYWHERE
    for form in (row.core, *shorter_forms(row.core, row.cuts)):
        if form in cores:
            yield "name", form, _town(row)
            yield "name", form, ANYWHERE


def _fuller(
    row: SheetRow, fullest: Mapping[tuple[str, str, str], tuple[int, int, Firm]]
) -> Iterator[tuple[str, tuple[int, int, Firm]]]:
    """Whom a firm may be, by each doubt; not one whose name begins with another place: 苏州第一医院, 杭州第一医院."""
    town = _town(row)
    towns = (town, "") if town else (ANYWHERE,)
    keys = [("tax_id", row.told.get("tax_id", ""), ANYWHERE), *(("name", row.core, town) for town in towns)]
    for key in keys:
        if key[1] and key in fullest:
            yield key[0], fullest[key]


def _town(row: SheetRow) -> str:
    return row.full.partition(row.core.partition("|")[0])[0].rstrip("省市县区")


def _verdict(plan: Plan, row: SheetRow, firm: Firm) -> Verdict:
    """Of a customer out of sight nothing is said but who looks after it."""
    name, target = row.told["name"], firm.target
    stage, is_sure = stage_told(row.told, plan.today)
    if firm.kind == "theirs" and target:
        return Verdict(row.line, "theirs", "row_theirs", name, target.owner)
    if firm.kind == "doubtful":
        doubts = firm.doubt if is_sure else f"{firm.doubt}{BOTH}stage"
        if firm.twin:
            reason, value = f"row_same_{firm.doubt}_here", firm.twin.rows[0].told["name"]
        elif target and target.is_open:
            reason, value = f"row_same_{firm.doubt}", target.name
        else:
            reason, value = f"row_same_{firm.doubt}_theirs", target.owner if target else ""
        return Verdict(row.line, "doubtful", reason, name, value, doubts)
    if not is_sure:
        said = row.told.get("stage_said", "")
        reason = "row_stage" if said else "row_no_stage"
        value = f"{said} → {plan.stages[stage]}" if said else row.told["closed_on"]
        return Verdict(row.line, "doubtful", reason, name, value, "stage")
    return Verdict(row.line, firm.kind, f"row_{firm.kind}", name, target.name if target else "")
