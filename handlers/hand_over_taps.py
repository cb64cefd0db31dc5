"""The button under a leaver's card: to whom do their customers and tasks go? A tap on a colleague opens the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.errors import NoSuchColleague
from crm.users import User
from handlers import post
from handlers.cards import offered
from handlers.hand_over_customers import check_may
from handlers.look import answer_below
from handlers.queries.pages import in_rows
from handlers.turn import Turn
from nlu.rule import Mention, Reading
from storage.people import colleagues, holdings_of
from talk.message import Offer, Outcome
from talk.views import outcome_blocks

PEOPLE = 12  # colleagues offered, those of the same team first
OWNING = ("rep", "manager", "admin")  # roles that look after customers


async def hand_over_offers(turn: Turn, former: User) -> tuple[tuple[Offer, ...], ...]:
    """The button, where somebody has anything that can be handed over."""
    has_any = any(await holdings_of(turn.session, former.id))
    return ((Offer("button_hand_over", "hand_over_whom", {"former": former.id}),),) if has_any else ()


async def whom_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """To whom? The colleagues, below. Raises NotYourPeople."""
    former = await _person(turn, facts["former"])
    check_may(turn, former)
    owning = [user for user in await colleagues(turn.session) if user.role in OWNING and user.id != former.id]
    near = sorted(owning, key=lambda user: (user.team_id != former.team_id, user.name))[:PEOPLE]
    offers = [
        Offer("push_to", "hand_over_to", {"former": former.id, "to": user.id}, {"name": user.name}) for user in near
    ]
    asked = Outcome("hand_over_to_whom", {"former": former.name}, wrote=False, offers=in_rows(offers, 3))
    await post.answer_tap(turn)
    await post.send(turn, turn.chat, "reply", tuple(outcome_blocks(asked, turn.reader)), tuple(offered(turn, asked)))


async def to_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The list of what goes to that colleague, as if it had been asked for in words."""
    former, successor = await _person(turn, facts["former"]), await _person(turn, facts["to"])
    slots = {"former": Mention(former.name, former.id), "successor": Mention(successor.name, successor.id)}
    await answer_below(turn, Reading("hand_over_customers", slots))


async def _person(turn: Turn, key: int) -> User:
    user = await turn.ledger.get(User, key)
    if user is None:
        raise NoSuchColleague(name="")
    return user
