"""What is said in a group and is not for all to read is done in the speaker's private chat; the group gets a line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from handlers import post
from handlers.groups.showing import refuse
from handlers.show_files import send_files
from handlers.turn import Turn
from storage.people import private_chat
from talk.catalogue import say
from talk.message import Line, Outgoing, Reply

Read = Callable[[Turn], Awaitable[None]]


async def answer_apart(turn: Turn, read: Read, key: str, **facts: Any) -> None:
    """Read the message as if it had been said in private, and say `key` in the group. Nothing is done for somebody who
    cannot be reached alone.
    """
    chat = await private_chat(turn.session, turn.actor.id)
    if chat is None:
        await refuse(turn, "group_write_first")
        return
    incoming = replace(turn.incoming, channel=chat.channel, chat=chat.address, topic="", is_group=False, title="")
    incoming = replace(incoming, message="", reply_to="")
    apart = replace(turn, incoming=incoming, chat=chat)
    await read(apart)
    await send_files(apart)
    apart.files.clear()
    turn.sent = apart.sent
    line = Reply((Line(say(key, turn.reader, facts)),))
    said = turn.incoming
    # No "reply": what is sent under that kind shows the message's card, and is changed into what becomes of it.
    await post.put(turn, "notice", turn.chat, Outgoing("send", said.chat, line, said.topic, reply_to=said.message))
