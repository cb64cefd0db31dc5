"""Whose people and deals a message may name that are not for its speaker: known to all by name, they would tell where
they belong.
"""

from __future__ import annotations

from handlers.turn import Turn
from nlu.names import same_length_lower
from nlu.normalise import normalise
from nlu.understand import LONGEST
from storage.customers import visible_among

OF_A_CUSTOMER = ("contact", "deal")


async def unseen_by(turn: Turn) -> frozenset[int]:
    """The customers with people or deals that the text may name, and which the speaker does not see."""
    if not turn.text or turn.actor.user.role == "admin":
        return frozenset()
    folded = same_length_lower(normalise(turn.text[:LONGEST]).plain)
    unseen, seen = frozenset[int](), frozenset[int]()
    while others := _of_others(turn, folded, unseen) - seen:  # again, since without one name a weaker one may stand
        seen |= {one.id for one in await visible_among(turn.session, turn.actor, list(others))}
        unseen |= others - seen
    return unseen


def _of_others(turn: Turn, folded: str, unseen: frozenset[int]) -> frozenset[int]:
    """Those that neither the speaker nor anybody below them owns."""
    people = {turn.actor.id, *turn.actor.below}
    places = turn.names.places(folded, turn.actor.id, None, unseen)
    keys = {one.customer for place in places for one in place.named if one.kind in OF_A_CUSTOMER}
    known = (turn.names.customers.get(key) for key in keys if key is not None)
    return frozenset(int(one.key) for one in known if one is not None and one.owner not in people)
