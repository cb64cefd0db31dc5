"""Which colleague a reading means: known, chosen among several, or sounding like one. Shared by what names somebody."""

from __future__ import annotations

from crm import policy
from crm.errors import CrmError, NoSuchColleague, NotFound
from crm.setting_errors import UnknownColleague
from crm.users import User
from handlers.colleagues import colleague
from handlers.turn import Ask, Choice, Turn
from nlu.rule import Mention, Reading
from nlu.short_forms import spelled_like
from storage.people import all_users, colleagues
from talk.message import Parts

CHOICES = 5
SHOWN = 30  # names told where none fits


async def colleague_of(turn: Turn, reading: Reading, slot: str, *, leavers: bool = False) -> User | Ask:
    """The colleague of a slot, an active one unless `leavers` may be meant too; else who of several.

    Raises NoSuchColleague; to an admin UnknownColleague, which names those there are.
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
    are_all_named = named.by == "several"
    alike = () if are_all_named else [u.id for u in everybody if spelled_like(u.name, named.text)]
    likely = [u for u in everybody if u.id in (*named.candidates, *alike)][:CHOICES]
    if not likely:
        raise await _unknown(turn, named.text)
    choices = tuple(Choice("choose_colleague", {slot: user.id}, {"name": user.name}) for user in likely)
    key = "one_colleague_of" if are_all_named else "which_colleague"
    return Ask(key, reading, choices, f"{slot}:{named.text}", {"name": named.text})


async def _unknown(turn: Turn, name: str) -> CrmError:
    if not policy.may("list_users", policy.relations(turn.actor, None)):
        return NoSuchColleague(name=name)
    everybody = await colleagues(turn.session)
    return UnknownColleague(name=name, known=Parts(tuple(each.name for each in everybody[:SHOWN])))
