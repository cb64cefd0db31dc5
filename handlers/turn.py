"""One message being handled: who speaks, where, when, and what has been decided about it already."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from crm.contact_cards import ContactCard
from crm.policy import Actor
from crm.users import Chat
from crm.write_policies import WritePolicies
from handlers.groups.membership import EVERYWHERE, Standing
from nlu.names import Names
from nlu.rule import Reading
from storage.ledger import Ledger
from storage.posts import StoredButton
from talk.forms import Reader, reader_of
from talk.incoming import Incoming
from talk.message import Outcome, OutgoingFile


@dataclass(frozen=True)
class Choice:
    """One way to answer: `label` names the words of the button; the decision is what a tap settles."""

    label: str
    decision: Mapping[str, Any]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ask:
    """What a reading waits for. It runs again with the decision of the choice that is tapped.

    Asks of one `group` are one question: a tap answers them all. `slot` names what an answer in words would fill
    (customer, lost_reason, fact:NAME), "" where only a tap will do. `superior` waits for the superior's tap.
    """

    key: str
    reading: Reading
    choices: tuple[Choice, ...]
    group: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    slot: str = ""
    superior: bool = False
    customer: int | None = None


@dataclass(frozen=True)
class Waiting:
    """An ask with what has been decided so far; `at_superior` names whom it waits for instead of the speaker."""

    ask: Ask
    decisions: Mapping[str, Any]
    at_superior: str = ""


Line = Outcome | Waiting


@dataclass(frozen=True)
class Entry:
    """One reading of a message and what came of it, in lines. `place` is its place on the card, under which its
    changes are logged; `answers` are the decisions given so far, (group, decision) each. Without a reading it is a
    remark of the desk's own.
    """

    place: int
    reading: Reading | None
    lines: tuple[Line, ...]
    answers: tuple[tuple[str, Mapping[str, Any]], ...] = ()


@dataclass(frozen=True)
class Note:
    """Something that somebody else is told, in their private chat: `at_once` where they wait for it, even at night.

    A reply in words to it speaks of the task, the visit or the customer's note that it names.
    """

    user_id: int
    outcome: Outcome
    at_once: bool = False
    task_id: int | None = None
    visit_id: int | None = None
    note_id: int | None = None


@dataclass(frozen=True)
class Bound:
    """What a group is bound to: a customer, or one deal of it."""

    customer_id: int
    deal_id: int | None = None


@dataclass(frozen=True)
class News:
    """Something that the groups of a customer or deal hear; under one key each hears it once."""

    key: str
    outcome: Outcome
    customer_id: int
    deal_id: int | None = None


@dataclass(frozen=True)
class Sending:
    """A file that is sent after the answer, with what stands under it."""

    file: OutgoingFile
    caption: Outcome


@dataclass(frozen=True)
class Arrived:
    """The cards that a message brought, or why they cannot be read. With either, its files are no files to be kept.

    `remark` is said besides where they are kept as files. `is_picture`: read from one, and to be confirmed.
    """

    cards: tuple[ContactCard, ...] = ()
    refusal: Outcome | None = None
    remark: Outcome | None = None
    is_picture: bool = False

    def __bool__(self) -> bool:
        return bool(self.cards or self.refusal)


NOTHING = Arrived()
NO_NAMES = Names()  # of turns that understand no text; making some takes milliseconds


@dataclass
class Turn:
    """One message on its way through the desk. `decisions` belong to the reading at hand.

    `known` remembers what several readings of the message ask for; what changes it, forgets it. `names` are the known
    names as of this message, `policies` the write policies where they have been read already (handlers/gate.py).
    `codes` let somebody in, by name: they leave with the answer and are kept nowhere.
    `buttons` are still to be kept.
    `shown_visits` are those of people below that the answer shows: where it is one, a reply in words is about it.
    `files` are sent after the answer, which leaves only after `hold`.
    `origin` is where the house is reached by programmes.
    `asker_stands` is where somebody stands in groups whose request a tap decides.
    `arrived` is what the message brought in cards.
    `unseen` are customers that the speaker does not see, whose people or deals the text may name.
    `bound` is what the group is bound to in which it was said; `news` is for groups elsewhere.
    """

    ledger: Ledger
    incoming: Incoming
    chat: Chat
    actor: Actor
    text: str
    decisions: Mapping[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    sent: int = 0
    buttons: list[StoredButton] = field(default_factory=list)
    known: dict[Any, Any] = field(default_factory=dict)
    names: Names = NO_NAMES
    policies: WritePolicies | None = None
    codes: dict[str, str] = field(default_factory=dict, repr=False)
    files: list[Sending] = field(default_factory=list)
    hold: timedelta = timedelta()
    bound: Bound | None = None
    origin: str = ""
    news: list[News] = field(default_factory=list)
    shown_visits: set[int] = field(default_factory=set)
    asker_stands: Standing = EVERYWHERE
    arrived: Arrived = NOTHING
    unseen: frozenset[int] = frozenset()

    @property
    def session(self) -> AsyncSession:
        """The transaction's session, for queries."""
        return self.ledger.session

    @property
    def now(self) -> datetime:
        """When the message was sent, in the speaker's zone."""
        return self.incoming.at.astimezone(ZoneInfo(self.actor.user.zone))

    @property
    def today(self) -> date:
        """The speaker's day."""
        return self.now.date()

    @property
    def reader(self) -> Reader:
        """How the speaker is written to."""
        return reader_for(self.actor, self.incoming.at)


def reader_for(actor: Actor, at: datetime) -> Reader:
    """How a user is written to at a moment."""
    return reader_of(actor.user, at)


def bound_to(chat: Chat) -> Bound | None:
    """What a chat is bound to, None where to nothing."""
    return Bound(chat.customer_id, chat.deal_id) if chat.customer_id is not None else None


Result = Outcome | Ask
Skill = Callable[[Turn, Reading], Awaitable[list[Result]]]
