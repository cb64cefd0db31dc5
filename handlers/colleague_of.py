"""Which colleague a reading means: known, chosen among several, or sounding like one. Shared by what names somebody."""

from __future__ import annotations

from crm.errors import NoSuchColleague, NotFound
from crm.users import User
from handlers.colleagues import colleague
from handlers.turn import Ask, Choice, Turn
from nlu.rule import Mention, Reading
from nlu.short_forms import spelled_like
from storage.people import all_users

CHOICES = 5


async def colleague_of(turn: Turn, reading: Reading, slot: str, *, leavers: bool = False) -> User | Ask:
    """The colleague of a slot, an active one unless `leavers` may be meant too; else who of several.

    Raises NoSuchColleague.
    """
    named: Mention = reading.slots[slot]
    key = turn.decisions.get(slot) or named.key
    if key is not None:
        user = await turn.ledger.get(User, int(key))
        if user is None or not (leavers or user.is_active):
            raise NoSuchColleague(name=named.text)
        return user
    if not named.candidates:
        try:
            return await colleague(turn.session, named.text, is_active=None if leavers else True)
        except NotFound:
            pass
    everybody = [u for u in await all_users(turn.session) if u.withdrawn_at is None and (leavers or u.is_active)]
    likely = [u for u in everybody if u.id in named.candidates or spelled_like(u.name, named.text)][:CHOICES]
    if not likely:
        raise NoSuchColleague(name=named.text)
    choices = tuple(Choice("choose_colleague", {slot: user.id}, {"name": user.name}) for user in likely)
    return Ask("which_colleague", reading, choices, f"{slot}:{named.text}", {"name": named.text})
