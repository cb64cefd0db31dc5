"""What a card says of how the customer was understood: by the chat's focus, a learnt short name, or a likeness."""

from __future__ import annotations

from crm import policy
from handlers.stored import stored
from handlers.turn import Line, Turn
from nlu.overlaps import OF_A_TASK
from nlu.rule import Mention, Reading
from talk.message import Offer, Outcome

MARKS = frozenset({"followed_on", "short_name_used", "short_name_kept", "name_read_as"})


def is_mark(line: Line) -> bool:
    """Whether a line only says how the others were understood."""
    return isinstance(line, Outcome) and line.key in MARKS


NAMING = ("answer_query", "look_up_customer")  # what these show names its customer itself


def marks_of(turn: Turn, reading: Reading) -> list[Outcome]:
    """A line for what else than the words chose the customer, so that a wrong guess is seen at once.

    A known task is whose it is, whatever was spoken of.
    """
    mention: Mention | None = reading.slots.get("customer")
    if mention is None:
        return []
    if mention.key is None:
        return _kept(turn, mention)
    known = turn.names.customers.get(mention.key)
    is_plain = reading.intent in OF_A_TASK.union(NAMING) and mention.by == "focus"
    if known is None or is_plain or mention.by not in ("focus", "learnt", "alike"):
        return []
    not_this = Offer("not_this_one", "reject_customer", {"inbox": turn.ledger.inbox_id, "reading": stored(reading)})
    if mention.by == "focus":
        is_shared = len(turn.names.meant_by(mention.text)) > 1
        return [Outcome("followed_on", {"name": known.name}, wrote=False, offers=((not_this,),) if is_shared else ())]
    key = "short_name_used" if mention.by == "learnt" else "name_read_as"
    return [Outcome(key, {"text": mention.text, "name": known.name}, wrote=False, offers=((not_this,),))]


def _kept(turn: Turn, mention: Mention) -> list[Outcome]:
    """That an answer was learnt; an admin may let it count for all."""
    known = turn.names.customers.get(turn.decisions.get("customer") or 0)
    if known is None or (mention.candidates and known.key not in mention.candidates):
        return []
    told = {"text": mention.text, "name": known.name}
    for_all = Offer("for_all", "settle_name", {"customer": known.key, **told})
    may_settle = policy.may("settle_short_name", policy.relations(turn.actor, None))
    return [Outcome("short_name_kept", told, wrote=False, offers=((for_all,),) if may_settle else ())]
