"""A group bound to a deal, for the tests of groups: what is said and tapped there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from tests.fakes import Office, Seen

ROOM = "-2001"


async def here(office: Office, name: str, said: str, **more: Any) -> list[Seen]:
    office.clock.forward(seconds=20)
    return await office.say(name, said, chat=ROOM, is_group=True, **more)


async def tapped(office: Office, name: str, label: str, **more: Any) -> list[Seen]:
    office.clock.forward(seconds=20)
    return await office.tap(name, label, shown_in=ROOM, is_group=True, **more)


async def bound(office: Office, deal: str = "华信 ERP二期") -> None:
    await here(office, "李娜", f"/bind {deal}")
    await tapped(office, "李娜", "都能看")


async def held(office: Office, sql: str) -> list[tuple[Any, ...]]:
    async with office.store.reading()() as session:
        return [tuple(row) for row in await session.execute(text(sql))]


def said(seen: list[Seen], chat: str) -> str:
    return "\n".join(one.text for one in seen if one.chat == chat)
