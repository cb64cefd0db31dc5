"""How somebody is called: told by themselves."""

from __future__ import annotations

from crm.errors import InvalidValue, NameTaken
from handlers.colleagues import LONGEST_NAME, is_called, one_line
from handlers.turn import Result, Turn
from nlu.names import fold
from nlu.rule import Reading
from storage.people import all_users
from talk.message import Outcome


async def change_name(turn: Turn, reading: Reading) -> list[Result]:
    """Call the speaker so from now on. Raises NameTaken, InvalidValue."""
    user, name = turn.actor.user, one_line(reading.slots["called"])
    if not name or len(name) > LONGEST_NAME:
        raise InvalidValue(value=name[:LONGEST_NAME])
    others = [each for each in await all_users(turn.session) if each.id != user.id]
    if any(is_called(each, fold(name)) for each in others):
        raise NameTaken(name=name)
    wrote = turn.ledger.set(user, name=name)
    return [Outcome("name_changed", {"name": name}, wrote=wrote)]
