"""Short names learnt and forgotten: one person's own, or settled for all by an admin."""

from __future__ import annotations

from collections.abc import Sequence

from crm.customers import Customer, ShortName
from handlers.turn import Turn
from nlu.names import fold
from nlu.rule import Mention
from storage.short_names import taught


async def learn(turn: Turn, customer: Customer, text: str, *, for_all: bool = False) -> bool:
    """Let words mean the customer, for the speaker or for all, and no other any more. False where they do already."""
    before = [short for short in await _taught(turn, text) if short.settles == for_all]
    others = [short for short in before if short.customer_id != customer.id]
    forget(turn, others)
    is_known = len(others) < len(before) or turn.names.meant_by(text) == (customer.id,)
    if not is_known:
        mine = None if for_all else turn.actor.id
        await turn.ledger.add(ShortName(customer.id, text, mine, settles=for_all))
    return bool(others) or not is_known


async def taught_as(turn: Turn, text: str, customer_id: int | None = None) -> list[ShortName]:
    """What the speaker taught of words, else what was settled of them; `customer_id`: of that customer only."""
    found = [short for short in await _taught(turn, text) if customer_id in (None, short.customer_id)]
    return [short for short in found if not short.settles] or found


def forget(turn: Turn, names: Sequence[ShortName]) -> None:
    """Let the words mean again what they meant before."""
    for short in names:
        turn.ledger.set(short, withdrawn_at=turn.ledger.now)


def as_left_open(turn: Turn, text: str) -> Mention:
    """The words once nobody has taught what they mean."""
    return Mention(text, None, turn.names.meant_by(text))


async def _taught(turn: Turn, text: str) -> list[ShortName]:
    return [short for short in await taught(turn.session, turn.actor.id) if fold(short.text) == fold(text)]
