"""The write policies at work: what a skill wrote is looked at, and taken back where it waits for somebody's word.

A skill that asks for one field alone says so itself (`in_word`); whatever else stands under a policy is held here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from crm import policy
from crm.customers import Customer
from crm.deals import Deal
from crm.errors import SuperiorDecides
from crm.users import User
from crm.write_policies import WritePolicies, strictest
from handlers.stored import stored
from handlers.turn import Ask, Choice, Result, Turn
from handlers.written import customer_in, kinds_of, told_of
from nlu.rule import Mention, Reading
from storage.customers import customer_ids_of
from storage.people import nearest_superior
from storage.tables import THINGS
from storage.write_policies import write_policies
from talk.message import Outcome, Word

TAKE_OR_LEAVE = (Choice("confirm_write", {"confirmed": True}), Choice("leave_write", {"dropped": True}))
# What somebody decided by a tap or named for that alone is confirmed by it: decision or slot -> kinds.
_TAPPED = {
    "new_customer": {"new_customer"},
    "new_deal": {"new_deal"},
    "facts": {"fact", "quote"},
    "new_contacts": {"contact"},
}
_SETTLED = frozenset({"customer", "deal", "is_new"})  # slots that a question settles without changing what is asked


class Held(Exception):
    """What a reading wrote waits for somebody's word: take it back, and ask."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask.key)
        self.ask = ask


async def policies_of(turn: Turn) -> WritePolicies:
    """The write policies: as the names were brought level, else read once."""
    if turn.policies is None:
        turn.policies = await write_policies(turn.session)
    return turn.policies


async def in_word(turn: Turn, kinds: Collection[str], owner_id: int, ask: Ask) -> Ask | None:
    """The ask, put to whom the policies of the kinds want asked; None where all is said or nobody needs be asked.

    `owner_id` is who looks after the record. The ask's choices are the speaker's; a superior only approves or refuses,
    and is told the customer.
    """
    policies = await policies_of(turn)
    wanted = strictest([await _wanted(turn, policies.of(kind), kind, owner_id, ask.reading) for kind in kinds])
    if wanted == "auto":
        return None
    if wanted == "confirm":
        return ask
    customer = await turn.ledger.get(Customer, ask.customer)
    facts = {**ask.facts, "customer": customer.name if customer else "—"}
    return replace(ask, facts=facts, choices=(), group=f"superior:{owner_id}", superior=True)


async def obey_policies(turn: Turn, reading: Reading, results: Sequence[Result], since: int) -> None:
    """Raise Held where what a reading has written since a place in the log waits for somebody's word, or the reading
    itself is doubted.
    """
    rows = [row for row in turn.ledger.unpassed(since) if row["undoes_id"] is None]
    if not rows:
        return
    policies = await policies_of(turn)
    kinds = [kind for kind in await kinds_of(turn, rows, policies) if policies.of(kind) != "auto"]
    outcomes = [result for result in results if isinstance(result, Outcome)]
    if reading.is_doubted and not turn.decisions.get("confirmed"):
        told: dict[str, Any] = {"what": told_of(rows, outcomes)}
        raise Held(Ask("perhaps_meant", reading, TAKE_OR_LEAVE, "write", told, customer=customer_in(rows, outcomes)))
    if not kinds:
        turn.ledger.let_pass()
        return
    facts = {"kinds": [Word(f"write_{kind}") for kind in kinds], "what": told_of(rows, outcomes)}
    customer = customer_in(rows, outcomes)
    ask = Ask("waits_to_be_written", reading, TAKE_OR_LEAVE, "write", facts, customer=customer)
    waiting = await in_word(turn, kinds, (await owner_of(turn, ask)).id, ask)
    if waiting is not None:
        raise Held(waiting)
    turn.ledger.let_pass()


async def obey_at_tap(turn: Turn) -> None:
    """What a button has written is confirmed by the tap. Raises SuperiorDecides where that is not enough."""
    rows = [row for row in turn.ledger.unpassed() if row["undoes_id"] is None]
    policies = await policies_of(turn)
    kinds = [kind for kind in await kinds_of(turn, rows, policies) if policies.of(kind) == "manager"]
    owners = [await _owner_of_thing(turn, row) for row in rows] if kinds else []
    if any([await _needs_superior(turn, owner) for owner in dict.fromkeys(owners)]):
        raise SuperiorDecides(kinds=[Word(f"write_{kind}") for kind in kinds])


async def _owner_of_thing(turn: Turn, row: dict[str, Any]) -> int:
    thing = await turn.session.get(THINGS[row["thing"]], row["thing_id"])
    keys = await customer_ids_of(turn.session, thing)
    customer = await turn.ledger.get(Customer, keys[0]) if keys else None
    return customer.owner_id if customer else turn.actor.id


async def owner_of(turn: Turn, ask: Ask, asker: User | None = None) -> User:
    """Who looks after what an ask is about: the deal's owner, else the customer's, else whoever asked."""
    deal = await turn.ledger.get(Deal, _key(ask.reading.slots.get("deal")))
    customer = await turn.ledger.get(Customer, ask.customer)
    owner = deal.owner_id if deal else customer.owner_id if customer else None
    return await turn.ledger.get(User, owner) or asker or turn.actor.user


def approved_as(reading: Reading) -> str:
    """A mark of what a superior was shown: an approval holds for that alone, not for what it is corrected to."""
    told = {name: value for name, value in reading.slots.items() if name not in _SETTLED}
    text = json.dumps([reading.intent, stored(told)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


async def _wanted(turn: Turn, wanted: str, kind: str, owner_id: int, reading: Reading) -> str:
    """What a policy still asks for, with what has been decided. At the top of the tree one's own tap must do."""
    decided = turn.decisions
    if wanted == "auto" or approved_as(reading) in decided.get("approved", ()) or _waved(turn, kind):
        return "auto"
    if wanted == "manager":
        if await _needs_superior(turn, owner_id):
            return "manager"
        if _rules(turn, owner_id):
            return "auto"
    settled = {**reading.slots, **decided}
    tapped = any(kind in kinds and settled.get(name) for name, kinds in _TAPPED.items())
    return "auto" if decided.get("confirmed") or tapped else "confirm"


async def _needs_superior(turn: Turn, owner_id: int) -> bool:
    """Whether somebody above the owner is to be asked, and is not the speaker."""
    owner = await turn.ledger.get(User, owner_id)
    if _rules(turn, owner_id) or owner is None:
        return False
    return await nearest_superior(turn.session, owner) is not None


def _rules(turn: Turn, owner_id: int) -> bool:
    return policy.may("approve", policy.relations(turn.actor, owner_id))


def _waved(turn: Turn, kind: str) -> bool:
    """Whether a superior has let the move itself through its conditions: that is their word on it too."""
    return kind in ("move", "won", "lost") and bool(turn.decisions.get("waved_by"))


def _key(mention: Mention | None) -> int | None:
    return int(mention.key) if mention is not None and mention.key is not None else None
