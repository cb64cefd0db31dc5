"""A superior replies in words to what shows visits, deals or customers of their people: which of them is it about?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crm import pushes
from crm.deals import Deal
from crm.digests import KINDS as DIGESTS
from handlers.comment_visit import CHOICES, is_above
from handlers.groups.hear import LOGGED, hear
from handlers.turn import Turn
from nlu.lexicon import word_set
from nlu.rule import Mention, Reading, Understanding
from storage.cards import card_shown_as
from storage.customers import visible_among
from storage.judged_visits import judged_visits, last_judged
from storage.lists.visits import VisitRow
from storage.pushes import message_at
from talk.message import Items, Line, Outgoing, Quote, Reply, Title


@dataclass(frozen=True)
class Named:
    """The customers and colleagues that a reply names; a deal stands for its customer."""

    customers: frozenset[int]
    people: frozenset[int]

    def among(self, rows: Sequence[VisitRow]) -> list[VisitRow]:
        """The visits that fit all that is named, else the customer, else the colleague."""
        at = [row for row in rows if row.visit.customer_id in self.customers]
        by = [row for row in rows if row.visit.user_id in self.people]
        both = [row for row in at if row.visit.user_id in self.people]
        return both or at or ([] if self.customers else by)


def named_in(said: Understanding) -> Named:
    """What is named in what was said."""
    customers, people = set[int](), set[int]()
    for find in said.finds:
        if find.kind == "user":
            people.update(int(key) for key in find.value)
        elif find.kind == "customer" and not isinstance(find.value, str):
            customers.update(int(key) for key in find.value)
        elif find.kind == "deal":
            customers.update(int(key) for key, _ in find.value)
    return Named(frozenset(customers), frozenset(people))


async def comment_in_reply(turn: Turn, told: Sequence[pushes.Push], said: Understanding) -> Reading | None:
    """The comment that the words are; None where they ask for something, or are about nothing of one's people's."""
    asked = [one for one in said.readings if not one.is_guess]
    if any(one.intent not in LOGGED for one in asked):
        return None
    if notes := [push.thing_id for push in told if push.kind == pushes.NOTE_OF_CUSTOMER]:
        return Reading("comment_visit", {"note": notes[0], "text": turn.text.strip()})
    visits = {push.thing_id for push in told if push.kind == pushes.NOTE_OF_VISIT and push.thing_id}
    if visits and (not asked or await _is_answer(turn, visits)):
        return await _of_visits(turn, visits, named_in(said))
    leads = turn.actor.below or turn.actor.user.role == "admin"
    is_for_all = turn.incoming.is_group and not (told and told[0].kind in DIGESTS)
    return await _of_list(turn, told, said) if leads and not is_for_all and not asked else None


async def _of_list(turn: Turn, told: Sequence[pushes.Push], said: Understanding) -> Reading | None:
    """Of what a list shows that a superior replies to."""
    named = named_in(said)
    if not told:  # another list is commented on only where the words name what it shows, and nothing else is meant
        is_open = not said.readings and named.customers and not await _is_card(turn)
        return await _of_shown(turn, named, is_digest=False) if is_open else None
    return await _of_told(turn, told, named)


async def _is_answer(turn: Turn, visits: Collection[int]) -> bool:
    """Whether the speaker answers what was said of a visit of theirs: what they promise or report is told, too."""
    rows = await judged_visits(turn.session, turn.actor, visits)
    return [row.visit.user_id for row in rows] == [turn.actor.id]


async def _of_told(turn: Turn, told: Sequence[pushes.Push], named: Named) -> Reading | None:
    """Of what a reminder, a list of them or a digest told of."""
    if told[0].kind in DIGESTS:
        return await _of_shown(turn, named, is_digest=True)
    if len(told) > 1:
        return await _of_customers(turn, {push.customer_id for push in told if push.customer_id}, named)
    is_of_customer = told[0].kind in (*pushes.OF_A_DEAL, pushes.NO_STEP_CUSTOMER)
    return await _of_push(turn, told[0]) if is_of_customer else None


async def _of_visits(turn: Turn, visits: Collection[int], named: Named) -> Reading | None:
    rows = await judged_visits(turn.session, turn.actor, visits)
    if len(visits) == 1 or not rows:
        return _about(turn, rows)
    fitting = named.among(rows)
    if not fitting and named.customers:
        return _about(turn, await _last(turn, named.customers))
    return _about(turn, fitting) if fitting else _unnamed(turn, rows)


async def _of_push(turn: Turn, push: pushes.Push) -> Reading | None:
    """Of the one deal or customer that a reminder told of, if it is somebody's below."""
    seen = await visible_among(turn.session, turn.actor, [push.customer_id or 0])
    deal = await turn.ledger.get(Deal, push.thing_id) if push.kind in pushes.OF_A_DEAL else None
    if not seen or not is_above(turn, deal.owner_id if deal is not None else seen[0].owner_id):
        return None
    slots = {"customer": Mention(seen[0].name, seen[0].id), "text": turn.text.strip()}
    return Reading("comment_visit", slots | ({"deal": Mention(deal.name, deal.id)} if deal is not None else {}))


async def _of_customers(turn: Turn, customers: Collection[int], named: Named) -> Reading | None:
    """Of the customers that a list told of, the named one, else whichever is meant."""
    rows = await _last(turn, customers)
    fitting = named.among(rows)
    return _about(turn, fitting) if fitting or named.customers else _unnamed(turn, rows)


async def _of_shown(turn: Turn, named: Named, *, is_digest: bool) -> Reading | None:
    """Of what the message replied to names in its words; of a digest also of what it leaves out."""
    incoming = turn.incoming
    row = await message_at(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    if row is None or not row.body:  # what lets somebody in is kept no more once it is sent
        return None
    shown = named_in(hear(turn, words_of(Outgoing.from_json({**row.body, "chat": "", "topic": ""}).reply)))
    if named.customers:
        among = named.customers if is_digest else named.customers & shown.customers
        rows = await _last(turn, among)
        return _about(turn, named.among(rows))
    if named.people:
        found = await last_judged(turn.session, turn.actor, CHOICES, people_among=named.people)
        return _about(turn, [row for row in found if row.visit.customer_id in shown.customers] or found)
    return _unnamed(turn, await _last(turn, shown.customers))


async def _last(turn: Turn, customers: Collection[int]) -> list[VisitRow]:
    return await last_judged(turn.session, turn.actor, CHOICES, customers_among=customers) if customers else []


async def _is_card(turn: Turn) -> bool:
    incoming = turn.incoming
    return await card_shown_as(turn.session, incoming.channel, incoming.chat, incoming.reply_to) is not None


def _unnamed(turn: Turn, rows: Sequence[VisitRow]) -> Reading | None:
    """Words that name none: about the only one there is, else it is asked, but not of a mere thank you."""
    is_mere = turn.text.strip().strip("。.!！~ ").casefold() in word_set("acknowledged")
    return None if is_mere and len(rows) > 1 else _about(turn, rows)


def _about(turn: Turn, rows: Sequence[VisitRow]) -> Reading | None:
    keys = tuple(row.visit.id for row in rows)
    return Reading("comment_visit", {"visits": keys, "text": turn.text.strip()}) if keys else None


def words_of(reply: Reply) -> str:
    """What a message says, as one text."""
    found: list[str] = []
    for block in reply.blocks:
        match block:
            case Title(text) | Quote(text) | Line(text):
                found.append(text)
            case Items(entries):
                found += entries
    return "\n".join(found)
