"""What a reading has written, from the rows of the change log: which kinds of writes, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.customers import ShortName
from crm.deals import Deal, DealFact
from crm.money import Money
from crm.pipelines import Stage
from crm.write_policies import FACTS, WritePolicies, kind_of
from handlers.turn import Turn
from storage.changes import as_it_was
from talk.message import Outcome, Parts, Phrase, Word

Row = dict[str, Any]
Rows = Sequence[Row]


async def kinds_of(turn: Turn, rows: Rows, policies: WritePolicies) -> list[str]:
    """The kinds of writes that log rows are, each once. What is told of a record in the same breath belongs to it."""
    made = {(row["thing"], row["thing_id"]) for row in turn.ledger.written() if not row["field"]}
    found: dict[str, None] = {}
    for row in rows:
        kinds = await _kinds_of(turn, row, rows, policies)
        is_told_of_new = bool(row["field"]) and (row["thing"], row["thing_id"]) in made
        found |= dict.fromkeys(kinds & {"won", "lost"} if is_told_of_new else kinds)
    if "won" in found:
        found.pop("contract_terms", None)  # the day that a win is told on is not a term of the contract
    return list(found)


async def _kinds_of(turn: Turn, row: Row, rows: Rows, policies: WritePolicies) -> set[str]:
    kind = kind_of(row["thing"], row["field"])
    match row["thing"], kind:
        case "short_name", _:
            short = await turn.ledger.get(ShortName, row["thing_id"])
            kind = kind if short is not None and short.learnt_by_id is None else None
        case "deal", "move":
            stage = await turn.ledger.get(Stage, row["after"])
            kind = stage.outcome if stage is not None and stage.outcome != "open" else kind
        case "deal", "amount":
            return await _sized(turn, row["thing_id"], rows, policies)
        case "deal_fact", _:
            fact = await turn.ledger.get(DealFact, row["thing_id"])
            kind = FACTS.get(fact.key, kind or "fact") if fact is not None else kind
    return {kind} if kind else set()


async def _sized(turn: Turn, deal_id: int, rows: Rows, policies: WritePolicies) -> set[str]:
    deal = await turn.ledger.get(Deal, deal_id)
    if deal is None or deal.amount is None:
        return {"amount"}
    was = {
        row["field"]: row["before"] for row in reversed(rows) if (row["thing"], row["thing_id"]) == ("deal", deal_id)
    }
    minor = was.get("amount_minor", deal.amount_minor)
    before = None if minor is None else Money(minor, was.get("currency", deal.currency))
    return policies.sized(before, deal.amount)


def customer_in(rows: Rows, outcomes: Sequence[Outcome]) -> int | None:
    """The customer whom outcomes are about, None where the rows themselves make it."""
    made = {row["thing_id"] for row in rows if row["thing"] == "customer" and not row["field"]}
    return next((one.customer for one in outcomes if one.customer and one.customer not in made), None)


def told_of(rows: Rows, outcomes: Sequence[Outcome]) -> Parts:
    """What was written, as it can be told once it is taken back: without the numbers that records had for a moment."""
    numbers = {f"#{row['thing_id']}" for row in rows if row["thing"] == "task" and not row["field"]}
    return Parts((*(_summed_up(outcome, numbers) for outcome in outcomes), *_was(rows)))


def _summed_up(outcome: Outcome, numbers: set[str]) -> Parts:
    facts = {name: _less(value, numbers) for name, value in outcome.facts.items()}
    fields = [Phrase("field_told", {"label": Word(label), "value": value}) for label, value in outcome.fields]
    return Parts((Phrase(outcome.key, facts), *fields))


def _was(rows: Rows) -> list[Phrase]:
    """What stood in the fields that would be overwritten, where the outcomes tell only what is new."""
    before = {
        row["field"]: _before(row) for row in rows if row["before"] and isinstance(row["before"], str) and _is_told(row)
    }
    if "due_at" in before:
        before.pop("due_on", None)
    return [Phrase("field_was", {"before": list(before.values())})] if before else []


def _is_told(row: Row) -> bool:
    return row["thing"] in ("customer", "contact") or row["field"] in ("due_on", "due_at", "title")


def _before(row: Row) -> Any:
    if row["field"] in ("tier", "role"):
        return Word(f"{row['field']}_{row['before']}")
    return as_it_was(row["thing"], row["field"], row["before"])


def _less(value: Any, numbers: set[str]) -> Any:
    if not isinstance(value, Parts):
        return value
    return Parts(part for part in value if not (isinstance(part, str) and part in numbers))
