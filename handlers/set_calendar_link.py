"""One's calendar as a link to subscribe to: made, made anew or withdrawn; shown once, in the private chat."""

from __future__ import annotations

import secrets

from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.calendar_links import link_made_at, put_link, withdraw_link
from talk.message import Outcome

NAME = "calendar"


async def set_calendar_link(turn: Turn, reading: Reading) -> list[Result]:
    """Give the speaker a link; where they have one already that is said, unless it is to be made anew."""
    user = turn.actor.id
    if reading.slots.get("off"):
        gone = await withdraw_link(turn.session, user)
        return [Outcome("calendar_link_withdrawn" if gone else "no_calendar_link", wrote=False)]
    made_at = await link_made_at(turn.session, user)
    if made_at is not None and not reading.slots.get("anew"):
        return [Outcome("calendar_link_is_there", {"at": made_at}, wrote=False)]
    turn.codes[NAME] = secrets.token_urlsafe(32)
    await put_link(turn.session, user, turn.codes[NAME], turn.ledger.now)
    turn.ledger.tell(turn.actor.user, "exported", {"what": "calendar", "form": "link", "count": 0})
    facts = {"code": NAME, "link": f"{turn.origin}/calendar/{{code}}.ics"}
    return [Outcome("calendar_link_made", facts, wrote=False)]
