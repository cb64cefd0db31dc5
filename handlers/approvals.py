"""What waits for the superior: the card they get, and what their tap does to the card of whoever asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm import policy
from crm.changes import Card
from crm.users import Chat, User
from handlers import post
from handlers.cards import blocks_of, buttons_of, in_place, until
from handlers.entries import about, entries_of, lines_of, turn_of, write
from handlers.gate import approved_as, owner_of
from handlers.groups.membership import heed
from handlers.settle import settle
from handlers.stored import stored
from handlers.turn import Entry, Line, News, Turn, Waiting, bound_to, reader_for
from nlu.rule import Mention
from storage.cards import all_open_cards
from storage.people import actor_for, nearest_superior, private_chat
from talk.catalogue import say
from talk.message import Button, Outcome, Phrase
from talk.message import Line as TextLine
from talk.views import outcome_blocks

LIFETIME = timedelta(days=7)  # a superior may be away over a weekend or a holiday


async def ask_superiors(turn: Turn, card: Card) -> None:
    """Ask the superior for what only waits for them; where nobody can be asked, the card says so."""
    waiting = [line for line in lines_of(card) if isinstance(line, Waiting) and line.ask.superior]
    for group in dict.fromkeys(line.ask.group for line in waiting if not line.at_superior):
        if not await request(turn, card, group):
            write(card, turn, _each_line(card, group, lambda _line: Outcome("superior_unreachable", wrote=False)))


async def request(turn: Turn, card: Card, group: str) -> bool:
    """Ask the superior of whoever looks after the record; the asker's card then says so. False: nobody to ask."""
    waiting = [line for line in lines_of(card) if isinstance(line, Waiting) and line.ask.group == group]
    superior = await nearest_superior(turn.session, await owner_of(turn, waiting[0].ask))
    chat = await private_chat(turn.session, superior.id) if superior else None
    if superior is None or chat is None:
        return False
    write(card, turn, _each_line(card, group, lambda line: replace(line, at_superior=superior.name)))
    card.expires_at = turn.ledger.now + LIFETIME
    await _send_request(turn, card, waiting, superior, chat)
    return True


async def hand_on(turn: Turn, left: User) -> None:
    """Ask the next superior up for what waits for one who has left; where there is none, tell whoever asked."""
    await turn.session.flush()
    for card in await all_open_cards(turn.session, turn.ledger.now):
        waiting = [line for line in lines_of(card) if isinstance(line, Waiting) and line.at_superior == left.name]
        asker, chat = await turn.ledger.get(User, card.user_id), await turn.ledger.get(Chat, card.chat_id)
        home = await _home(turn, asker, chat, card) if waiting and asker and chat else None
        if asker is not None and home is not None:
            theirs = replace(turn, actor=await actor_for(turn.session, asker), chat=home)
            for group in dict.fromkeys(line.ask.group for line in waiting):
                await _hand_on_one(theirs, card, group, left)
            turn.sent = theirs.sent


async def _hand_on_one(turn: Turn, card: Card, group: str, left: User) -> None:
    """The same for one question of a card, as whoever asked it."""
    facts = {"name": left.name}
    if await request(turn, card, group):
        asked = next(line for line in lines_of(card) if isinstance(line, Waiting) and line.ask.group == group)
        news = Outcome("superior_left_next", facts | {"next": asked.at_superior}, wrote=False)
    else:
        write(card, turn, _each_line(card, group, lambda _line: Outcome("superior_unreachable", wrote=False)))
        news = Outcome("superior_left_nobody", facts, wrote=False)
    await _tell_asker(turn, card, news)


async def may_decide(turn: Turn, card: Card, group: str) -> bool:
    """Whether the speaker stands above the owner of the record that a group of asks is about, as of now."""
    for line in lines_of(card):
        if isinstance(line, Waiting) and line.ask.group == group:
            asker = await turn.ledger.get(User, card.user_id)
            owner = await owner_of(turn, line.ask, asker)
            return policy.may("approve", policy.relations(turn.actor, owner.id))
    return False


def _each_line(card: Card, group: str, change: Callable[[Waiting], Line]) -> list[Entry]:
    """The card's entries with every ask of a group changed."""
    return [
        replace(
            entry,
            lines=tuple(
                change(line) if isinstance(line, Waiting) and line.ask.group == group else line for line in entry.lines
            ),
        )
        for entry in entries_of(card)
    ]


async def _send_request(turn: Turn, card: Card, waiting: list[Waiting], superior: User, chat: Chat) -> None:
    reader = reader_for(await actor_for(turn.session, superior), turn.incoming.at)
    told = [say(f"{line.ask.key}_for_superior", reader, line.ask.facts) for line in waiting]
    first = say("approval_asked", reader, {"name": turn.actor.user.name, "what": told[0]})
    blocks = (*(TextLine(text) for text in (first, *dict.fromkeys(told[1:]))), *until(card, reader))
    row: list[Button] = []
    asked = {"card": card.id, "group": waiting[0].ask.group, "about": about(waiting[0].ask)}
    for label, decision in (("button_approve", _approval(waiting, superior)), ("button_refuse", {"dropped": True})):
        meant = asked | {"decision": stored(decision)}
        row.append(post.button(turn, superior.id, say(label, reader), "approve", meant))
    await post.send(turn, chat, "reminder", blocks, (tuple(row),), card=card)


def _approval(waiting: list[Waiting], superior: User) -> Mapping[str, Any]:
    """What the superior's yes decides: a policy's demand is met for what they were shown, a move is waved through."""
    if waiting[0].ask.superior:
        return {"approved_by": superior.id, "approved": [approved_as(line.ask.reading) for line in waiting]}
    return {"waved_by": superior.id}


async def decide(turn: Turn, card: Card, group: str, decision: Mapping[str, Any]) -> None:
    """The superior's tap: run or drop what waited, with the rights of whoever asked, and tell them."""
    asker = await turn.ledger.get(User, card.user_id)
    chat = await turn.ledger.get(Chat, card.chat_id)
    if asker is None or chat is None:
        return
    superior, before = turn.actor, lines_of(card)
    home = await _home(turn, asker, chat, card)
    actor = await heed(turn.ledger, await actor_for(turn.session, asker), turn.asker_stands)
    theirs = replace(turn, actor=actor, chat=home or chat, bound=bound_to(chat))
    turn.ledger.inbox_id = card.inbox_id
    await settle(theirs, card, group, decision)
    turn.ledger.actor = superior
    verdict = "refused" if decision.get("dropped") else "approved"
    await _tell_of(turn, card, group, before, verdict)
    if home is not None:
        await _tell_asker(theirs, card, Outcome(f"superior_{verdict}", {"name": superior.user.name}, wrote=False))
    turn.sent = theirs.sent
    came = [line for line in lines_of(card) if isinstance(line, Outcome) and line not in before]
    shown = (Outcome(f"you_{verdict}", {"name": asker.name}, wrote=False), *(came if verdict == "approved" else ()))
    await post.reply(turn, tuple(block for outcome in shown for block in outcome_blocks(outcome, turn.reader)))


async def _home(turn: Turn, asker: User, chat: Chat, card: Card) -> Chat | None:
    """Where the asker hears it: where they asked; in private, if there, where that is a group that may not see it any
    more.
    """
    may_show = not chat.is_group or (chat.is_shared and chat.bound_at is not None and chat.bound_at <= card.at)
    return chat if may_show else await private_chat(turn.session, asker.id)


async def _tell_of(turn: Turn, card: Card, group: str, before: Sequence[Line], verdict: str) -> None:
    """What the groups hear that are bound to what was decided on."""
    for line in before:
        if isinstance(line, Waiting) and line.ask.group == group and line.ask.customer is not None:
            named: Mention | None = line.ask.reading.slots.get("deal")
            facts = {"name": turn.actor.user.name, "what": Phrase(f"{line.ask.key}_for_superior", line.ask.facts)}
            outcome = Outcome(f"group_hears_{verdict}", facts, wrote=False)
            deal_id = int(named.key) if named is not None and named.key is not None else None
            turn.news.append(News(f"approval:{card.id}:{about(line.ask)}", outcome, line.ask.customer, deal_id))


async def _tell_asker(turn: Turn, card: Card, news: Outcome) -> None:
    """Tell the asker, and bring their card up to date where it stands."""
    lines = lines_of(card)
    blocks = blocks_of(lines, turn.reader, card)
    buttons = buttons_of(turn_of(card, turn), lines, card.inbox_id, card)
    if turn.chat.id == card.chat_id:
        await in_place(turn, turn.chat, card.inbox_id, blocks, card=card)
    told = (*outcome_blocks(news, turn.reader), *blocks)
    await post.send(turn, turn.chat, "reminder", told, buttons, card=card)
