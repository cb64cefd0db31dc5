"""A short message in which nothing was read is looked up: a name's initials, the end of a number, a slip of the pen."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.queries.search import NOT_FOUND
from handlers.run import run_entry
from handlers.turn import Entry, Turn
from nlu.rule import Find, Mention, Reading
from nlu.sought import must_be_answered, sought
from talk.message import Outcome


async def look_for(turn: Turn, finds: Sequence[Find], *, is_asked: bool) -> list[Entry]:
    """The card or the list of what goes by the words, the facts of it that they ask for, or that nothing does where
    they look like what is searched for.

    Empty where they may as well mean something else. Where something is asked here (`is_asked`), or the message is a
    reply, words that nobody goes by are rather an answer. In groups nothing is guessed.
    """
    told = [] if turn.incoming.is_group or turn.incoming.files else sought(turn.text)
    entries = list[Entry]()
    for said in told:
        slots = {"customer": Mention(said.text)} | ({"wanted": said.wanted} if said.wanted else {})
        entry = await run_entry(turn, 0, Reading("look_up_customer", slots))
        if not any(isinstance(line, Outcome) and line.key in NOT_FOUND for line in entry.lines):
            return [entry]
        may_answer = (is_asked or turn.incoming.reply_to) and not said.is_asked
        entries += [entry] if must_be_answered(said, finds) and not may_answer else []
    return entries[-1:]
