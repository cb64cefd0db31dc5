"""Files become our own copies: whatever fails or ends in between, none is lost, none is half, and a refusal is told."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from crm.attachments import Attachment
from crm.users import Chat, User
from jobs.fetch_files import FetchFiles
from storage.engine import Store
from storage.file_tables import attachments
from storage.files import Files
from storage.post_tables import inbox, outbox
from talk.message import ChannelError
from tests.fakes import Clock, Messenger
from tests.file_samples import HARMFUL, SAMPLES, zip_bomb

PNG = SAMPLES["image/png"][1]


class Place:
    """A store with one person in it, and a folder for files."""

    def __init__(self, store: Store, folder: Path, now: datetime) -> None:
        self.store, self.files, self.clock = store, Files(folder), Clock(now)
        self.posted = asyncio.Event()

    def fetching(self, messenger: Messenger) -> FetchFiles:
        """A process's loop."""
        return FetchFiles(self.store, {"telegram": messenger}, self.files, self.clock, self.posted)  # type: ignore[dict-item]

    async def send(self, *files: tuple[str, str]) -> list[int]:
        """Attachments of (name, file id), as the desk writes them."""
        async with self.store.writing().begin() as session:
            user = await session.scalar(select(User)) or User("李娜")
            chat = await session.scalar(select(Chat)) or Chat("telegram", "7")
            session.add_all([user, chat])
            inbox_id = await session.scalar(
                insert(inbox)
                .values(channel="telegram", update_id=id(files), chat="7", raw={}, received_at=self.clock())
                .returning(inbox.c.id)
            )
            await session.flush()
            where: dict[str, Any] = {"user_id": user.id, "chat_id": chat.id, "inbox_id": inbox_id, "message": "5"}
            made = [
                Attachment(at=self.clock(), name=name, channel="telegram", file_id=file, sent_as="document", **where)
                for name, file in files
            ]
            session.add_all(made)
            await session.flush()
            return [each.id for each in made]

    async def held(self) -> list[Attachment]:
        """All attachments."""
        async with self.store.reading()() as session:
            return list(await session.scalars(select(Attachment).order_by(attachments.c.id)))

    async def told(self) -> list[str]:
        """What was put into the outbox, by its first line."""
        async with self.store.reading()() as session:
            bodies = await session.scalars(select(outbox.c.body).order_by(outbox.c.id))
            return [body["reply"]["blocks"][0]["text"] for body in bodies]


@pytest.fixture
def place(store: Store, tmp_path: Path, now: datetime) -> Place:
    """On each engine in turn."""
    return Place(store, tmp_path / "files", now)


async def test_what_was_sent_becomes_our_own_copy(place: Place) -> None:
    await place.send(("现场.png", "a"))
    fetching = place.fetching(Messenger(a=PNG))
    assert (await fetching.turn(), await fetching.turn()) == (1, 0)
    (kept,) = await place.held()
    assert (kept.state, kept.size, kept.mime, kept.name) == ("kept", len(PNG), "image/png", "现场.png")
    assert place.files.read(kept.sha256) == PNG
    assert await place.told() == []


async def test_the_same_file_twice_is_one_content(place: Place) -> None:
    await place.send(("a.png", "a"), ("b.png", "b"))
    await place.fetching(Messenger(a=PNG, b=PNG)).turn()
    one, two = await place.held()
    assert one.sha256 == two.sha256
    assert len([path for path in place.files.folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.pdf", b"", "file_empty"),
        ("大.pdf", b"%PDF-" + b"\x00" * 25 * 2**20, "file_too_large"),
        ("合同.pdf", HARMFUL["a program under a good name"][1], "file_not_taken"),
        ("照片.docx", HARMFUL["an archive under a good name"][1], "file_not_taken"),
    ],
)
async def test_what_is_refused_is_told_once_with_the_reason_and_not_kept(
    place: Place, name: str, content: bytes, reason: str
) -> None:
    await place.send((name, "a"))
    fetching = place.fetching(Messenger(a=content))
    await fetching.turn()
    await fetching.turn()
    (refused,) = await place.held()
    assert (refused.state, refused.reason) == ("refused", reason)
    (told,) = await place.told()
    assert name in told
    assert place.posted.is_set()
    assert not place.files.folder.exists()


async def test_a_zip_bomb_is_kept_as_the_small_file_that_it_is(place: Place) -> None:
    bomb = zip_bomb()
    await place.send(("报价.xlsx", "a"))
    await place.fetching(Messenger(a=bomb)).turn()
    (kept,) = await place.held()
    assert (kept.state, kept.size) == ("kept", len(bomb))


async def test_a_messenger_that_fails_is_asked_again_later(place: Place) -> None:
    await place.send(("a.png", "a"))
    messenger = Messenger(a=ChannelError("no connection"))
    fetching = place.fetching(messenger)
    await fetching.turn()
    assert await fetching.turn() == 0
    messenger.held["a"] = PNG
    place.clock.forward(seconds=2)
    await fetching.turn()
    (kept,) = await place.held()
    assert (kept.state, kept.attempts, len(messenger.asked)) == ("kept", 1, 2)


async def test_what_a_messenger_told_to_wait_says_is_heeded(place: Place) -> None:
    await place.send(("a.png", "a"))
    fetching = place.fetching(Messenger(a=ChannelError("slow down", retry_after=30)))
    await fetching.turn()
    place.clock.forward(seconds=29)
    assert await fetching.turn() == 0
    place.clock.forward(seconds=2)
    assert await fetching.turn() == 1


async def test_a_file_that_is_gone_is_given_up_after_three_tries_and_told(place: Place) -> None:
    await place.send(("a.png", "a"))
    fetching = place.fetching(Messenger(a=ChannelError("wrong file_id", permanent=True)))
    for _ in range(5):
        await fetching.turn()
        place.clock.forward(hours=1)
    (given_up,) = await place.held()
    assert (given_up.state, given_up.reason) == ("refused", "file_unreachable")
    assert len(await place.told()) == 1


async def test_one_that_cannot_be_had_is_given_up_after_a_day(place: Place) -> None:
    await place.send(("a.png", "a"))
    fetching = place.fetching(Messenger(a=ChannelError("no connection")))
    await fetching.turn()
    assert (await place.held())[0].state == "wanted"
    place.clock.now += timedelta(days=1, minutes=1)
    await fetching.turn()
    assert (await place.held())[0].reason == "file_unreachable"


async def test_a_full_disk_loses_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    await place.send(("a.png", "a"))
    fetching = place.fetching(Messenger(a=PNG))
    with monkeypatch.context() as patched:

        def full(_files: Files, _data: bytes) -> str:
            raise OSError(28, "No space left on device")

        patched.setattr(Files, "put", full)
        await fetching.turn()
    assert (await place.held())[0].state == "wanted"
    place.clock.forward(seconds=2)
    await fetching.turn()
    assert (await place.held())[0].state == "kept"


async def test_killed_between_the_content_and_its_mark_the_next_process_keeps_it(place: Place) -> None:
    await place.send(("a.png", "a"))
    place.files.put(PNG)  # all that the killed process did
    await place.fetching(Messenger(a=PNG)).turn()
    (kept,) = await place.held()
    assert (kept.state, place.files.read(kept.sha256)) == ("kept", PNG)


async def test_what_was_taken_back_meanwhile_is_not_fetched(place: Place) -> None:
    (key,) = await place.send(("a.png", "a"))
    async with place.store.writing().begin() as session:
        (await session.get_one(Attachment, key)).withdrawn_at = place.clock()
    messenger = Messenger(a=PNG)
    assert await place.fetching(messenger).turn() == 0
    assert messenger.asked == []


async def test_files_of_a_channel_that_is_not_open_keep_nobody_waiting(place: Place) -> None:
    await place.send(*((f"{n}.png", f"f{n}") for n in range(8)))
    async with place.store.writing().begin() as session:
        for each in await session.scalars(select(Attachment).limit(6)):
            each.channel = "another"
    assert await place.fetching(Messenger(f6=PNG, f7=PNG)).turn() == 2


async def test_told_to_stop_it_lets_go_of_what_is_under_way(place: Place) -> None:
    began = asyncio.Event()

    class Slow(Messenger):
        async def fetch(self, file: str, most: int) -> bytes:
            began.set()
            await asyncio.sleep(60)
            return b""

    await place.send(("a.png", "a"))
    fetching = place.fetching(Slow())
    running = asyncio.create_task(fetching.run())
    await began.wait()
    fetching.stop()
    await asyncio.wait_for(running, 2)
    assert (await place.held())[0].state == "wanted"
