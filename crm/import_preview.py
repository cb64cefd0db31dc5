"""What is shown of a plan before anything is written: counts, some rows of each kind, and what was taken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crm.import_plan import Plan, deals_of
from crm.imports import CLOSED, EXAMPLES, Preview, SheetRow, stage_told

MOST = 8  # values of a kind that are told
UNREAD = ("tier", "close_on", "closed_on")


def preview_of(plan: Plan) -> Preview:
    """What is shown of a plan: counts, and the first few of each kind."""
    examples: dict[str, list[list[object]]] = {}
    for one in plan.verdicts:
        some = examples.setdefault(one.kind, [])
        if len(some) < EXAMPLES and one.kind != "new":
            some.append([one.line, one.reason, one.name, one.value])
    rows = [row for firm in plan.firms if firm.kind != "theirs" for row in firm.rows]
    return Preview(
        Counter(one.kind for one in plan.verdicts),
        Counter(one.doubts for one in plan.verdicts if one.doubts),
        {kind: some for kind, some in examples.items() if some},
        [list(pair) for pair in plan.sheet.columns],
        [[*one, n] for one, n in Counter(_stages(plan, rows)).most_common(MOST)],
        [[*one] for one, _ in Counter(_tiers(rows)).most_common(MOST)],
        [[*one, n] for one, n in Counter(_unread(rows)).most_common(MOST)],
        Counter(_deals(plan)) + _sums(plan),
    )


def _stages(plan: Plan, rows: list[SheetRow]) -> Iterator[tuple[str, str, bool]]:
    for row in rows:
        stage, is_sure = stage_told(row.told, plan.today)
        said = row.told.get("stage_said", "")
        if said and said != plan.stages[stage]:
            yield said, plan.stages[stage], is_sure


def _tiers(rows: list[SheetRow]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if "tier_said" in row.told:
            yield row.told["tier_said"], row.told["tier"]


def _unread(rows: list[SheetRow]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for name in UNREAD:
            if f"unread_{name}" in row.told:
                yield name, row.told[f"unread_{name}"]


def _sums(plan: Plan) -> Counter[str]:
    """What the deals come to, in minor units, by currency."""
    found = Counter[str]()
    for firm in plan.firms:
        for _, row in deals_of(firm) if firm.kind != "theirs" else ():
            found[row.told.get("currency", "CNY")] += int(row.told.get("amount", 0))
    return found


def _deals(plan: Plan) -> Iterator[str]:
    """Of each deal that the sheet tells of what it is."""
    for firm in plan.firms:
        for _, row in deals_of(firm) if firm.kind != "theirs" else ():
            stage, _ = stage_told(row.told, plan.today)
            yield "all"
            if "is_deal_unnamed" in row.told:
                yield "unnamed"
            if stage in CLOSED:
                yield stage
                if "closed_on" not in row.told:
                    yield "undated"
