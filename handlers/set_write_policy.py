"""An admin settles which writes are done at once, which wait for a tap, and which for the superior."""

from __future__ import annotations

from typing import Any

from crm import policy
from crm.errors import AdminsOnly
from crm.write_policies import WritePolicies, check_limit, companions, has_limit
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.write_policies import settle_policy, write_policies
from talk.message import Outcome, Phrase, Word


async def set_write_policy(turn: Turn, reading: Reading) -> list[Result]:
    """Settle the policy of each kind that is told. Raises AdminsOnly, InvalidLimit."""
    if not policy.may("set_write_policy", policy.relations(turn.actor, None)):
        raise AdminsOnly
    limit: float | None = reading.slots.get("limit")
    told: str = reading.slots["policy"]
    wanted = {kind: (told, check_limit(kind, limit)) for kind in reading.slots["kinds"]}
    before = await write_policies(turn.session)
    also = companions(before, wanted, is_only=bool(reading.slots.get("is_only")))
    results = [
        await _settle(turn, before, kind, value, is_told=kind in wanted) for kind, value in (wanted | also).items()
    ]
    turn.policies = None
    return [result for result in results if result is not None]


async def _settle(
    turn: Turn, before: WritePolicies, kind: str, wanted: tuple[str, int | None], *, is_told: bool
) -> Result | None:
    """The line of one kind; none for one that nobody named and that stays."""
    told, limit = wanted
    is_same = before.of(kind) == told and limit in (None, before.limit(kind))
    if is_same or not await settle_policy(turn.ledger, kind, told, limit):
        facts = {"kind": Word(f"write_{kind}"), "now": policy_told(before, kind)}
        return Outcome("write_policy_unchanged", facts, wrote=False) if is_told else None
    after = WritePolicies({**before.settled, kind: (told, before.limit(kind) if limit is None else limit)})
    shown = {"before": policy_told(before, kind), "after": policy_told(after, kind)}
    return Outcome("write_policy_set", {"kind": Word(f"write_{kind}"), **shown})


def policy_told(policies: WritePolicies, kind: str) -> Any:
    """What holds for a kind, in words: with the limit beyond which it does, where it has one."""
    word = Word(f"policy_{policies.of(kind)}")
    return Phrase("policy_beyond", {"limit": f"{policies.limit(kind)}%", "policy": word}) if has_limit(kind) else word
