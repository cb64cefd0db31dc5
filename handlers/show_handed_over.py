"""What colleagues handed to the speaker of late, ranked by worth; a tap opens the brief of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.hand_overs import Holding, by_worth
from handlers.hand_over_list import holding_entry
from handlers.queries.pages import IN_A_ROW, PAGE, brief, in_rows, look, short
from handlers.turn import Result, Turn
from nlu.rule import Mention, Reading
from storage.hand_overs import handed_to, holdings
from talk.message import Count, Outcome, Parts, Word


async def show_handed_over(turn: Turn, reading: Reading) -> list[Result]:
    """The page that is wanted, the first unless told."""
    scope = await handed_to(turn.session, turn.actor, turn.ledger.now)
    held = by_worth(await holdings(turn.session, turn.actor, scope)) if scope.keys else []
    if not held:
        return [Outcome("nothing_handed_over", wrote=False)]
    page = int(turn.decisions.get("page") or 0)
    return [handed_over_list(Word("list_handed_over"), held, Reading("show_handed_over"), page)]


def handed_over_list(head: Any, held: Sequence[Holding], asked: Reading, page: int) -> Outcome:
    """A page of customers, each with a button to its brief; the reading turns the pages."""
    pages = max(1, -(-len(held) // PAGE))
    page = min(max(0, page), pages - 1)
    shown = held[page * PAGE : (page + 1) * PAGE]
    count = Count(len(held), "count_customers")
    facts = {
        "head": Parts((head, count, f"{page + 1}/{pages}" if pages > 1 else None)),
        "note": Word("brief_by_tap"),
        "sections": [(None, [holding_entry(one) for one in shown])],
    }
    opening = [look("named", _brief(one), name=short(brief(one.customer.name), 20)) for one in shown]
    turning = tuple(
        look(label, asked, page=other, step=other - page)
        for label, other in (("page_before", page - 1), ("page_after", page + 1))
        if 0 <= other < pages
    )
    rows = [*in_rows(opening, IN_A_ROW), turning]
    return Outcome("listed", facts, wrote=False, offers=tuple(row for row in rows if row))


def _brief(one: Holding) -> Reading:
    return Reading("brief_customer", {"customer": Mention(one.customer.name, one.customer.id)})
