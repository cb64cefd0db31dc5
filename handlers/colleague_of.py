"""Which colleague a command means: known by the words, chosen among several, or named by none."""

from __future__ import annotations

from dataclasses import replace

from crm import policy
from crm.errors import NoSuchColleague, NotFound
from crm.setting_errors import UnknownColleague
from crm.users import User
from handlers.colleagues import colleague
from handlers.turn import Ask, Choice, Turn
from nlu.rule import Mention, Reading
from nlu.short_forms import spelled_like
from storage import people
from talk.message import Parts

CHOICES = 5
SHOWN = 30  # names told where none fits


async def colleague_of(turn: Turn, reading: Reading, slot: str) -> User | Ask:
    """The active colleague in a slot; several of one name, or one who is only spelled like it, are asked about.

    Raises UnknownColleague, which names those there are, to an admin; to others NoSuchColleague.
    """
    mention: Mention = reading.slots[slot]
    key = turn.decisions.get(slot, mention.key)
    user = await turn.ledger.get(User, int(key)) if key is not None else None
    if user is not None and user.is_active and user.withdrawn_at is None:
        return user
    everybody = await people.colleagues(turn.session)
    likely = [each for each in everybody if each.id in mention.candidates]
    if not likely:
        try:
            return await colleague(turn.session, mention.text, is_active=True)
        except NotFound:
            likely = [each for each in everybody if spelled_like(each.name, mention.text)]
    if not likely:
        if not policy.may("list_users", policy.relations(turn.actor, None)):
            raise NoSuchColleague(name=mention.text)
        raise UnknownColleague(name=mention.text, known=Parts(tuple(each.name for each in everybody[:SHOWN])))
    choices = tuple(Choice("choose_user", {slot: each.id}, {"name": each.name}) for each in likely[:CHOICES])
    group = f"{reading.intent}:{slot}:{mention.text}"
    return Ask("which_user", replace(reading), choices, group, {"name": mention.text})
