"""The path of one message, top to bottom: open the ledger, recognise the speaker, understand, act, answer, commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Any

from crm.errors import CrmError
from crm.users import Chat
from handlers import answers, edits, post
from handlers.approvals import ask_superiors
from handlers.arrived import Opener, open_up, remarks_on, with_arrived
from handlers.cards import blocks_of, buttons_of
from handlers.check_in import with_place
from handlers.correct_record import can_correct
from handlers.entries import keep, lines_in, lines_of
from handlers.files_in import joins_a_card, take_to_visit, with_files
from handlers.focus import keep_focus
from handlers.groups.converse import Path, answer_stranger, in_group
from handlers.groups.happened import happened
from handlers.groups.hear import about, hear
from handlers.groups.members import like_its_group
from handlers.groups.membership import EVERYWHERE, Membership, Standing, heed, standing
from handlers.groups.tell_groups import tell_groups
from handlers.import_customers import left_in_words
from handlers.inline import answer_inline, opened
from handlers.joining import hand_in, stranger_turn
from handlers.names import LiveNames
from handlers.push_cards import bring_up_to_date
from handlers.push_replies import button_said, read_as_reply
from handlers.run import run_all, run_entry
from handlers.show_files import send_files
from handlers.sought import look_for
from handlers.taps import tap
from handlers.turn import Arrived, Bound, Entry, Turn, Waiting, bound_to
from handlers.unseen import unseen_by
from handlers.usernames import keep_username, stranger_named, with_names
from nlu.rule import Reading, Understanding
from nlu.understand import understand
from storage import inbox
from storage.cards import card_shown_as
from storage.engine import Store
from storage.ledger import Ledger, open_ledger
from storage.people import actor_by_identity, chat_at
from storage.pushes import told_by_message
from talk.catalogue import say
from talk.incoming import HAPPENED, Incoming
from talk.message import Line as TextLine
from talk.message import Outcome


class Desk:
    """Handles one message at a time and chat; everything that a message does is one transaction."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        membership: Membership | None = None,
        opener: Opener | None = None,
        origin: Callable[[], str] = lambda: "http://127.0.0.1:8080",
    ) -> None:
        self.store = store
        self.origin = origin
        self.now = now
        self.membership = membership
        self.opener = opener
        self.names = LiveNames()

    async def handle(self, incoming: Incoming) -> None:
        """Do all that the message asks for and mark it done. Anything but a refusal goes through to the worker."""
        # Asked and opened outside, where a wait holds nobody up.
        stands = await standing(self.store, self.membership, incoming)
        arrived = await open_up(self.store, self.opener, incoming)
        async with open_ledger(self.store, self.now(), incoming.id) as ledger:
            await inbox.finish(ledger.session, incoming.id)  # first: whoever hands it over once more does nothing
            if incoming.kind in HAPPENED:
                await happened(ledger, incoming, self._turn)
            elif incoming.kind == "inline":
                await answer_inline(ledger, incoming, stands)
            else:
                await self._answer(ledger, incoming, stands, arrived)
            await ledger.commit()

    async def warm_up(self) -> None:
        """Load what the first message would else wait for: names, words, rules."""
        async with self.store.reading()() as session:
            names = await self.names.refresh(session)
        understand("今天下午去了客户那里", now=self.now(), names=names)

    async def apologise(self, incoming: Incoming, error: str) -> None:
        """Set the message aside after its last try and tell the sender its id."""
        async with open_ledger(self.store, self.now(), incoming.id) as ledger:
            is_said = incoming.kind not in HAPPENED and incoming.kind != "inline"
            turn = await self._turn(ledger, incoming) if is_said else None
            await inbox.bury(ledger.session, incoming.id, error)
            if turn is not None:
                await post.reply(turn, (TextLine(say("apology", turn.reader, {"id": incoming.id})),))
            await ledger.commit()

    async def _answer(self, ledger: Ledger, incoming: Incoming, stands: Standing, arrived: Arrived) -> None:
        turn = await self._turn(ledger, incoming, stands)
        if turn is not None:
            turn.arrived = arrived
            if await opened(turn):
                return
        if await hand_in(ledger, incoming, turn):
            return
        if turn is None:
            await self._greet_stranger(ledger, incoming)
        elif incoming.is_group:
            await in_group(turn, Path(self._read, self._edited, _card))
        elif incoming.kind == "tap":
            await tap(turn)
        elif incoming.kind == "edit":
            await self._edited(turn)
        elif incoming.text.strip() or incoming.brings_something:
            await self._read(turn)
        else:
            await _say(turn, "nothing_to_read")
        if turn is not None:
            await send_files(turn)
            for note in turn.notes:
                await post.tell(turn, note)
            await bring_up_to_date(turn)
            await tell_groups(turn)

    async def _turn(self, ledger: Ledger, incoming: Incoming, stands: Standing = EVERYWHERE) -> Turn | None:
        """The turn of a known speaker, whose chat is remembered; None for a stranger."""
        actor = await actor_by_identity(ledger.session, incoming.channel, incoming.speaker)
        if actor is None:
            return None
        actor = await heed(ledger, actor, stands)
        await keep_username(ledger.session, actor.user, incoming.username)
        incoming = await with_names(ledger.session, incoming)
        names = await self.names.refresh(ledger.session)
        chat, policies = await _chat(ledger, incoming), self.names.policies
        bound = bound_to(chat) if incoming.is_group else None
        known: dict[str, Any] = {"names": names, "policies": policies, "bound": bound, "origin": self.origin()}
        turn = Turn(ledger, incoming, chat, actor, incoming.text, **known)
        turn.asker_stands = stands.of_asker or EVERYWHERE
        turn.unseen = await unseen_by(turn)
        return turn

    async def _greet_stranger(self, ledger: Ledger, incoming: Incoming) -> None:
        turn = stranger_turn(ledger, incoming)
        if incoming.is_group:
            await answer_stranger(turn)
        elif incoming.kind != "other":
            await _say(turn, "stranger", id=incoming.speaker)

    async def _edited(self, turn: Turn) -> None:
        """Rewrite what the message wrote; one that wrote nothing, or has not come yet, is read as it is now."""
        card = await edits.card_edited(turn)
        if card is not None:
            await edits.take_edit(turn, card)
        elif turn.text.strip():
            await self._read(turn)

    async def _read(self, turn: Turn) -> None:
        """Understand the text, act on every reading, and answer with one card."""
        if turn.incoming.kind == "text" and await edits.card_edited(turn) is not None:
            await _say(turn, "edited_already")
            return
        if not turn.arrived and await joins_a_card(turn):
            return
        await _look_back(turn)
        if (token := await button_said(turn)) is not None:
            turn.incoming = replace(turn.incoming, kind="tap", button=token, message=turn.incoming.reply_to)
            await tap(turn)
            return
        read = cache(partial(hear, turn))
        asked = await answers.asked_here(turn)
        if asked is not None and not turn.incoming.brings_something and await answers.in_words(turn, asked, read):
            return
        if asked is None and answers.is_cancelling(turn.text) and await left_in_words(turn):
            return
        about_push = await _answer_to_push(turn, read)
        entries = about_push or await _entries(turn, read(turn.text))
        if not lines_in(entries) and not turn.sent:
            entries = await look_for(turn, read(turn.text).finds, is_asked=asked is not None)
            if not entries:
                stranger = stranger_named(turn)
                await (_say(turn, "no_such_colleague", name=stranger) if stranger else _say(turn, "nothing_read"))
        if not lines_in(entries):
            return
        await _card(turn, entries)
        if asked is not None:
            await answers.retry(turn, asked, entries)
            await take_to_visit(turn, asked, entries)


async def _entries(turn: Turn, said: Understanding) -> list[Entry]:
    """What came of all that a message says."""
    told = await _without_correction(turn, said.readings)
    if turn.arrived:
        told = with_arrived(turn, told, said.finds)
    else:
        told = await with_files(turn, await with_place(turn, told), said.finds)
    entries = await run_all(turn, told)
    return [*entries, *remarks_on(turn, len(entries))]


async def _answer_to_push(turn: Turn, read: Callable[[str], Understanding]) -> list[Entry]:
    """What a reply to a reminder does to its task, and what an answer to a comment promises or reports besides; nothing
    where it is no such reply.
    """
    try:
        found = await read_as_reply(turn, read)
    except CrmError as refusal:
        return [Entry(0, None, (Outcome(refusal.key, refusal.facts, wrote=False),))]
    if not isinstance(found, Reading):
        return [found] if found is not None else []
    is_of_visits = found.intent == "comment_visit" and "visits" in found.slots
    besides = [one for one in read(turn.text).readings if is_of_visits and not one.is_guess]
    first = await run_entry(turn, 0, found)
    customer = next((line.customer for line in first.lines if isinstance(line, Outcome)), None)
    told = [about(Bound(customer), one, turn.names) for one in besides] if customer else besides
    return [first, *[await run_entry(turn, place, one) for place, one in enumerate(told, 1)]]


async def _look_back(turn: Turn) -> None:
    """Who replies to a card speaks of what it is about."""
    incoming = turn.incoming
    if incoming.reply_to:
        card = await card_shown_as(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
        lines = lines_of(card) if card and card.chat_id == turn.chat.id else []
        await keep_focus(turn, [line.customer for line in lines if isinstance(line, Outcome)])
        told = await told_by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
        if len(told) == 1:
            await keep_focus(turn, [told[0].customer_id])


async def _without_correction(turn: Turn, readings: Sequence[Reading]) -> Sequence[Reading]:
    """Words that may correct a card do so where there is one to correct; else they mean what else they may mean."""
    correcting = [reading for reading in readings if reading.intent == "correct_record"]
    others = [reading for reading in readings if reading.intent != "correct_record"]
    if not correcting:
        return readings
    return correcting if not others or await can_correct(turn, correcting[0]) else others


async def _card(turn: Turn, entries: list[Entry]) -> None:
    """Answer with one card; it is kept where something was written or asked."""
    lines = lines_in(entries)
    await keep_focus(turn, [line.ask.customer if isinstance(line, Waiting) else line.customer for line in lines])
    card = None
    if any(isinstance(line, Waiting) or line.wrote for line in lines):
        card = await keep(turn, entries)
        await ask_superiors(turn, card)
        lines = lines_of(card)
    rows = buttons_of(turn, lines, turn.incoming.id, card)
    await post.reply(turn, blocks_of(lines, turn.reader, card), rows, card=card)


async def _say(turn: Turn, key: str, **facts: Any) -> None:
    if turn.incoming.kind == "tap":
        await post.answer_tap(turn, (TextLine(say(key, turn.reader, facts)),), is_alert=True)
    else:
        await post.reply(turn, (TextLine(say(key, turn.reader, facts)),))


async def _chat(ledger: Ledger, incoming: Incoming) -> Chat:
    known = await chat_at(ledger.session, incoming.channel, incoming.chat, incoming.topic)
    if known is None:
        new = Chat(incoming.channel, incoming.chat, incoming.topic, incoming.is_group, incoming.title)
        return await ledger.add(await like_its_group(ledger.session, new))
    known.is_active = True  # whoever writes has not shut us out
    return known
