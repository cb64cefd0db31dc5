"""What a card says of how it was understood: by the chat's focus, by a short name that was learnt, by a guess."""

from __future__ import annotations

from crm import policy
from handlers.stored import stored
from handlers.turn import Line, Turn
from nlu.overlaps import OF_A_TASK
from nlu.rule import Mention, Reading, When
from nlu.sources import ASSUMED
from talk.message import Offer, Outcome, Parts, Phrase

MARKS = frozenset({"followed_on", "short_name_used", "short_name_kept", "name_read_as", "assumed"})


def is_mark(line: Line) -> bool:
    """Whether a line only says how the others were understood."""
    return isinstance(line, Outcome) and line.key in MARKS


CHOSEN_BY = {"focus": "followed_on", "learnt": "short_name_used", "alike": "name_read_as"}
NAMING = ("answer_query", "look_up_customer")  # what these show names its customer itself


def marks_of(turn: Turn, reading: Reading) -> list[Outcome]:
    """A line for what else than the words chose the customer, so that a wrong guess is seen at once; and one for the
    other fields that were assumed.
    """
    return [*_of_customer(turn, reading), *_of_fields(turn, reading)]


def _of_customer(turn: Turn, reading: Reading) -> list[Outcome]:
    """How the customer was chosen. A known task is whose it is, whatever was spoken of."""
    mention: Mention | None = reading.slots.get("customer")
    if mention is None:
        return []
    if mention.key is None:
        return _kept(turn, mention)
    known = turn.names.customers.get(mention.key)
    is_of_group = turn.bound is not None and mention.key == turn.bound.customer_id
    is_plain = mention.by == "focus" and (is_of_group or reading.intent in OF_A_TASK.union(NAMING))
    if known is None or is_plain or mention.by not in CHOSEN_BY:
        return []
    not_this = Offer("not_this_one", "reject_customer", {"inbox": turn.ledger.inbox_id, "reading": stored(reading)})
    if mention.by == "focus":
        is_shared = len(turn.names.meant_by(mention.text)) > 1
        return [Outcome("followed_on", {"name": known.name}, wrote=False, offers=((not_this,),) if is_shared else ())]
    told = {"text": mention.text, "name": known.name}
    return [Outcome(CHOSEN_BY[mention.by], told, wrote=False, offers=((not_this,),))]


def _of_fields(turn: Turn, reading: Reading) -> list[Outcome]:
    """The deal that nobody named, and a deadline in working days that are not published yet."""
    found = []
    deal = reading.slots.get("deal")
    if turn.bound is not None and isinstance(deal, Mention) and deal.key == turn.bound.deal_id:
        deal = None
    if reading.sources.get("deal") == ASSUMED and isinstance(deal, Mention) and deal.text:
        found.append(Phrase("assumed_deal", {"name": deal.text}))
    for slot, value in reading.slots.items():
        if isinstance(value, When) and reading.sources.get(slot) == ASSUMED and value.last_day is not None:
            found.append(Phrase("assumed_day", {"day": value.last_day}))
    return [Outcome("assumed", {"what": Parts(tuple(found))}, wrote=False)] if found else []


def _kept(turn: Turn, mention: Mention) -> list[Outcome]:
    """That an answer was learnt; an admin may let it count for all."""
    known = turn.names.customers.get(turn.decisions.get("customer") or 0)
    if known is None or (mention.candidates and known.key not in mention.candidates):
        return []
    told = {"text": mention.text, "name": known.name}
    for_all = Offer("for_all", "settle_name", {"customer": known.key, **told})
    may_settle = policy.may("settle_short_name", policy.relations(turn.actor, None))
    return [Outcome("short_name_kept", told, wrote=False, offers=((for_all,),) if may_settle else ())]
