"""Whom and what a question is about, settled with the asker's rights: the customer, the colleague, whose records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from crm import policy
from crm.customers import Customer
from crm.errors import NotFound, NotYourPeople
from crm.users import Team, User
from handlers.customer_of import customer_of
from handlers.teams import team_meant
from handlers.turn import Ask, Choice, Turn
from nlu.rule import Mention, Reading
from storage.customers import visible_among
from storage.people import people_of
from talk.message import Parts, Span, Word

SHARING = ("presales", "support", "finance")  # roles that own no customers: theirs are those shared with them


@dataclass(frozen=True)
class Asked:
    """A question whose customer and colleague are known. Its reading names them by key: it can be asked again."""

    reading: Reading
    customer: Customer | None = None
    user: User | None = None
    team: Team | None = None
    members: frozenset[int] = frozenset()

    @property
    def span(self) -> Span | None:
        """The period asked about, None where none was told."""
        since, until = self.day("since"), self.day("until")
        return Span(since, until) if since or until else None

    def day(self, slot: str) -> date | None:
        """A day that the question tells."""
        value: date | None = self.reading.slots.get(slot)
        return value

    def has(self, slot: str) -> bool:
        """Whether the question tells of something."""
        return bool(self.reading.slots.get(slot))

    def but(self, **slots: Any) -> Reading:
        """The same question with other slots; None leaves one out."""
        changed = {**self.reading.slots, **slots}
        return replace(self.reading, slots={name: value for name, value in changed.items() if value is not None})


@dataclass(frozen=True)
class Whose:
    """Whose records are shown: the ids, None for all that the asker sees; what a head calls them; several people's;
    the team, where one was named.
    """

    people: frozenset[int] | None
    label: Any
    is_several: bool = False
    team_id: int | None = None


async def settled(turn: Turn, reading: Reading) -> Asked | Ask:
    """The question with customer and colleague known. Raises NotFound, NotAllowed, CustomerGone, NotYourPeople."""
    user = await _user(turn, reading)
    if isinstance(user, Ask):
        return user
    customer = await _customer(turn, reading)
    if isinstance(customer, Ask):
        return customer
    slots = dict(reading.slots)
    if user is not None:
        slots["user"] = Mention(user.name, user.id)
    if customer is not None:
        slots["customer"] = Mention(customer.name, customer.id)
    team = await team_meant(turn, str(slots["team"])) if user is None and slots.get("team") else None
    members = await people_of(turn.session, team) if team else frozenset[int]()
    return Asked(replace(reading, slots=slots), customer, user, team, members)


async def _customer(turn: Turn, reading: Reading) -> Customer | Ask | None:
    mention: Mention | None = reading.slots.get("customer")
    if mention is None:
        return None
    if mention.key is None and not mention.candidates and not turn.decisions.get("customer"):
        raise NotFound(name=mention.text)
    known_by = reading.slots.get("known_by")
    if known_by and mention.key is not None and not await visible_among(turn.session, turn.actor, [int(mention.key)]):
        # Only a person or a deal was named: to say whose customer that is would tell where they belong.
        raise NotFound(name=known_by)
    return await customer_of(turn, reading, "see")


async def _user(turn: Turn, reading: Reading) -> User | Ask | None:
    mention: Mention | None = reading.slots.get("user")
    if mention is None:
        return None
    keys = [turn.decisions["user"]] if turn.decisions.get("user") else [mention.key or 0, *mention.candidates]
    found = [user for key in keys if (user := await turn.ledger.get(User, int(key))) is not None]
    seen = [user for user in found if policy.may("see", policy.relations(turn.actor, user.id))]
    if not seen:
        raise NotYourPeople(name=mention.text)
    if len(seen) == 1:
        return seen[0]
    choices = tuple(Choice("choose_colleague", {"user": user.id}, {"name": user.name}) for user in seen)
    return Ask("which_colleague", reading, choices, f"user:{mention.text}", {"name": mention.text})


def whose(turn: Turn, asked: Asked, *, is_own: bool = False) -> Whose:
    """Whose records are meant. Where nobody is named: a customer's are everybody's, `is_own` ones the asker's, else
    those of the asker and all below.
    """
    actor = turn.actor
    shares = actor.user.role in SHARING and not is_own
    is_me = asked.user is not None and asked.user.id == actor.id
    if asked.user is not None and not (is_me and shares):
        return Whose(frozenset({asked.user.id}), Word("whose_me") if is_me else asked.user.name)
    if asked.customer is not None:
        return Whose(None, asked.customer.name, is_several=True)
    if asked.team is not None:
        return Whose(asked.members, asked.team.name, is_several=True, team_id=asked.team.id)
    if shares:
        return Whose(None, Word("whose_shared"), is_several=True)
    return _team(turn) if leads(turn) and (asked.has("everyone") or not is_own) else _own(turn)


def _own(turn: Turn) -> Whose:
    return Whose(frozenset({turn.actor.id}), Word("whose_me"))


def _team(turn: Turn) -> Whose:
    if turn.actor.user.role == "admin":
        return Whose(None, Word("whose_all"), is_several=True)
    return Whose(frozenset({turn.actor.id, *turn.actor.below}), Word("whose_team"), is_several=True)


def midnight(turn: Turn, day: date | None) -> datetime | None:
    """When a day begins for the speaker."""
    return begin_of(turn, day) if day else None


def begin_of(turn: Turn, day: date) -> datetime:
    """The same of a day that is told."""
    return datetime.combine(day, time(), turn.reader.zone)


def leads(turn: Turn) -> bool:
    """Whether the speaker may look at more people's records than their own."""
    return bool(turn.actor.below) or turn.actor.user.role == "admin"


def head(what: Any, *parts: Any) -> Parts:
    """The head of a list: what and whose, then period, filter and count; None is left out."""
    return Parts((what, *_flat(parts)))


def _flat(parts: Sequence[Any]) -> Sequence[Any]:
    return [one for part in parts for one in (part if isinstance(part, list) else [part])]
