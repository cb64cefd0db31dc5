"""Colleagues called as their messenger calls them: @xiaoli_sales, or picked there from a list, is read as their name.

What they are called is learnt when they speak. It names somebody and gives no right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from crm.users import User
from handlers.turn import Turn
from nlu.names import fold
from nlu.rule import Mention, Reading
from storage.people import names_by_address, names_by_username, take_username
from talk.incoming import Incoming

MOST = 50  # names read in one message
LONGEST_NAME = 60
_CALLED = re.compile(r"(?<![A-Za-z0-9_.@/-])@(?P<name>[A-Za-z][A-Za-z0-9_]{3,31})(?![A-Za-z0-9_@]|\.[A-Za-z0-9])")
_BEING_TOLD = re.compile(  # which username somebody has: it stays as it is written
    r"(?:账号|帐号|账户|用户名|username|handle|account)[ ]?(?:现在|以后)?"
    r"(?:是|为|叫|改成|改为|换成|设为|is(?: now)?|to|=|[::])?\s*$",
    re.IGNORECASE,
)
_CALLED_ON = re.compile(  # what may stand before somebody who is to do something
    r"(?:^|[\n。;;!!,,::]|让|请|叫|喊|由|派|安排|麻烦|拜托|辛苦|提醒|交给|转给|发给"
    r"|\b(?:ask|tell|remind|have|get|let|please|need|to|and|和|、)) {0,2}(?:@\w{4,32}[ 、,,]{0,2}){0,5}$",
    re.IGNORECASE,
)
_WHOSE = re.compile(r" ?的|['’]s")  # nobody is called on there: 小李的客户
_HAN = re.compile(r"[一-鿿]")
# What is done or asked for a colleague who may be named; what else is told of somebody stands without them.
OF_COLLEAGUES = frozenset(
    {
        "answer_query",
        "create_task",
        "hand_over_customers",
        "hand_over_deal",
        "hand_over_task",
        "look_up_customer",
        "share_customer",
        "show_report",
    }
)
SLOTS = ("assignee", "successor", "user", "former")


class Spot(NamedTuple):
    """Where a text calls somebody, and the name that they have here."""

    start: int
    end: int
    name: str


async def keep_username(session: AsyncSession, user: User, username: str | None) -> None:
    """Know what the messenger calls whoever speaks, from now on; whoever was called so before is not any more."""
    if username is not None and username != user.username:
        if username:
            await take_username(session, username, user.id)
        user.username = username


async def with_names(session: AsyncSession, incoming: Incoming) -> Incoming:
    """The message with colleagues by their names; its `mentions` are those that are left: people who are none."""
    if not incoming.mentions and "@" not in incoming.text:
        return incoming
    picked, left = await _picked(session, incoming)
    spots = sorted([*picked, *await _called(session, incoming.text, picked)])
    return replace(incoming, text=_written(incoming.text, spots), mentions=tuple(left))


async def _picked(session: AsyncSession, incoming: Incoming) -> tuple[list[Spot], list[tuple[str, str]]]:
    """Those whom the messenger names by id, and the rest of them."""
    mentions = incoming.mentions[:MOST]
    known = await names_by_address(session, incoming.channel, {address for _, address in mentions}) if mentions else {}
    spots, left, place = [], [], 0
    for words, address in mentions:
        start = incoming.text.find(words, place)
        place = start + len(words) if start >= 0 else place
        if start < 0 or address not in known:
            left.append((words, address))
            continue
        is_behind = start > 0 and incoming.text[start - 1] == "@"
        spots.append(Spot(start - is_behind, place, known[address]))
    return spots, left


async def _called(session: AsyncSession, text: str, picked: list[Spot]) -> list[Spot]:
    """Those who are called by a username that an active colleague has."""
    found = [m for m in _usernames(text) if not any(spot.start <= m.start() < spot.end for spot in picked)]
    known = await names_by_username(session, {m["name"] for m in found}) if found else {}
    spots = [Spot(m.start(), m.end(), known[m["name"].lower()]) for m in found if m["name"].lower() in known]
    return [spot for spot in spots if not text.startswith(spot.name, spot.start + 1)]


def _usernames(text: str) -> Iterator[re.Match[str]]:
    for found in islice(_CALLED.finditer(text), MOST):
        if not _BEING_TOLD.search(text, max(0, found.start() - 40), found.start()):
            yield found


def _written(text: str, spots: list[Spot]) -> str:
    """The text with names in those places; blanks around them as the language of each name has them."""
    said, place = "", 0
    for spot in spots:
        said += text[place : spot.start]
        place = spot.end
        behind = text[place : place + 3]
        said += spot.name if _WHOSE.match(behind) else f"@{spot.name}"
        if _HAN.match(spot.name[-1]):
            place += behind[:1] == " " and _HAN.match(behind[1:]) is not None
        elif behind[:1].isalnum():
            said += " "
    return said + text[place:]


def stranger_named(turn: Turn, reading: Reading | None = None) -> str:
    """Whom the message calls that is no colleague, "" where there is nobody; with a reading, who was meant in it."""
    if reading is None:
        return next((words for words, _ in turn.incoming.mentions), "") or next(_strangers(turn), ("", 0))[0]
    if reading.intent not in OF_COLLEAGUES:
        return ""
    told = [slot for name in SLOTS if isinstance(slot := reading.slots.get(name), Mention)]
    for words, _ in turn.incoming.mentions:
        if not told or any(fold(mention.text) in fold(words) for mention in told):
            return words
    if told:  # @emma_x is no Emma
        cut = (name for name, _ in _strangers(turn) if any(fold(name[1:]).startswith(fold(one.text)) for one in told))
        return next(cut, "")
    is_task = reading.intent == "create_task"
    return next((name for name, at in _strangers(turn) if not is_task or _CALLED_ON.search(turn.text, 0, at)), "")


def _strangers(turn: Turn) -> Iterator[tuple[str, int]]:
    """The usernames that nobody has here, and where; bots, whose usernames end so, are nobody."""
    for found in _usernames(turn.text):
        name = found["name"]
        if not name.lower().endswith("bot") and not _is_known(turn, found.start() + 1, len(name)):
            yield f"@{name}", found.start()


def _is_known(turn: Turn, start: int, length: int) -> bool:
    """Whether a colleague's name stands there, typed by hand."""
    places = turn.names.places(fold(turn.text[start : start + LONGEST_NAME]), turn.actor.id)
    return any(
        place.start == 0 and place.end >= length and any(named.kind == "user" for named in place.named)
        for place in places
    )
