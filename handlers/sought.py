"""A short message in which nothing was read is looked up: a name's initials, the end of a number, a slip of the pen."""

from __future__ import annotations

from handlers.run import run_entry
from handlers.turn import Entry, Turn
from nlu.rule import Mention, Reading
from nlu.sought import sought
from talk.message import Outcome


async def look_for(turn: Turn) -> list[Entry]:
    """The card or the list of what goes by the words, or the facts of it that they ask for; empty where nothing does.
    In groups nothing is guessed.
    """
    said = [] if turn.incoming.is_group or turn.incoming.files else sought(turn.text)
    for name, wanted in said:
        slots = {"customer": Mention(name)} | ({"wanted": wanted} if wanted else {})
        entry = await run_entry(turn, 0, Reading("look_up_customer", slots))
        is_absent = any(isinstance(line, Outcome) and line.key == "not_found" for line in entry.lines)
        if not is_absent:
            return [entry]
    return []
