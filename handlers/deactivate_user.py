"""A colleague leaves: asked once, then everything of theirs ends at once."""

from __future__ import annotations

from crm.errors import NotIn, NotOneself
from crm.users import User
from handlers.approvals import hand_on
from handlers.colleagues import colleague, deactivate, demand
from handlers.hand_over_taps import hand_over_offers
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Mention, Reading
from storage.people import holdings_of
from talk.message import Outcome


async def deactivate_user(turn: Turn, reading: Reading) -> list[Result]:
    """Shut somebody out once it is confirmed. Raises AdminsOnly, NotFound, NotIn, NotOneself, LastAdmin."""
    demand(turn.actor, "deactivate_user")
    user = await _meant(turn, reading)
    if isinstance(user, Ask):
        return [user]
    if user.id == turn.actor.id:
        raise NotOneself
    if not turn.decisions.get("confirmed"):
        if not user.is_active:
            raise NotIn(name=user.name)
        customers, tasks = await holdings_of(turn.session, user.id)
        facts = {"name": user.name, "customers": customers, "tasks": tasks}
        choices = (
            Choice("button_deactivate", {"confirmed": True}, {"name": user.name}),
            Choice("button_leave", {"dropped": True}),
        )
        return [Ask("deactivation_asked", reading, choices, f"deactivate:{user.id}", facts)]
    await shut_out(turn, user)
    return [Outcome("user_deactivated", {"name": user.name}, offers=await hand_over_offers(turn, user))]


async def shut_out(turn: Turn, user: User) -> None:
    """End everything of somebody, and ask the next superior up for what waited for them. Raises NotIn, LastAdmin."""
    await deactivate(turn.ledger, user)
    await hand_on(turn, user)


async def _meant(turn: Turn, reading: Reading) -> User | Ask:
    mention: Mention = reading.slots["user"]
    key = turn.decisions.get("user", mention.key)
    user = await turn.ledger.get(User, int(key)) if key is not None else None
    if user is not None:
        return user
    if mention.candidates:
        found = [await turn.ledger.get(User, int(each)) for each in mention.candidates]
        choices = tuple(Choice("choose_user", {"user": each.id}, {"name": each.name}) for each in found if each)
        return Ask("which_user", reading, choices, f"deactivate:{mention.text}", {"name": mention.text})
    return await colleague(turn.session, mention.text)
