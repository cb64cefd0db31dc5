"""Whoever asked to be erased is nowhere any more: no table, no page, no file tells of them; and the log holds."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Text, cast, select, text, update

from crm.customers import Contact
from storage.audit import seal_changes, verify_changes
from storage.columns import metadata
from storage.engine import Store
from storage.erasure.sweep import sweep_erased
from storage.file_tables import attachments
from storage.files import Files
from storage.out_tables import erasures
from storage.people_tables import chats
from storage.post_tables import inbox, outbox
from storage.search.folded import digits
from storage.search.terms import tails
from storage.tables import changes, contacts, short_names, visits
from tests.fakes import Clock, Office

NAME, PHONE, MAIL, WECHAT = "王建国", "13912345678", "wjg@huaxin.example", "wjg_1970"
WRITTEN = (PHONE, "139-1234-5678", "139 1234 5678", "+86 139 1234 5678")


@pytest.fixture
def office(demo_store: Store, now: datetime, tmp_path: Path) -> Office:
    return Office(demo_store, Clock(now), folder=tmp_path)


async def _told(office: Office) -> None:
    """Days of work in which the person is told of everywhere."""
    await office.say("李娜", f"王建国的电话是{PHONE},邮箱{MAIL},微信{WECHAT}")
    await office.say(
        "李娜", "今天下午去了华信,跟王总聊了ERP二期,王建国要看案例", files=office.files(["王建国名片.pdf"])
    )
    await office.fetch()
    await office.say("李娜", "下周三前给华信王建国发合同")
    for number in WRITTEN:
        await office.say("李娜", f"备注:华信王建国换号了,{number}")
    await office.say("李娜", "刘芳的职务是王建国的助理")
    await office.say("李娜", "华信也叫王建国家")
    await office.say("李娜", "王建国")
    await office.say("李娜", "把周三发合同的任务改到周四")
    async with office.store.write.begin() as connection:
        raw = {"message": {"text": f"王建国 {PHONE}", "from": {"id": 101}}}
        await connection.execute(update(inbox).values(raw=raw))
        await connection.execute(update(chats).values(title="王建国项目群"))
    await seal_changes(office.store, office.clock())


async def _erase(office: Office) -> None:
    await office.say("钱进", "删除王建国的个人资料")
    await office.tap("钱进", "彻底删除王建国")


async def _everything(store: Store) -> str:
    """Every value of every table, JSON as it reads."""
    said: list[str] = []
    async with store.reading()() as session:
        for table in metadata.tables.values():
            for row in (await session.execute(select(table))).mappings():
                said += [
                    json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else str(v) for v in row.values()
                ]
    return "\n".join(said)


async def _contact(store: Store, name: str = NAME) -> Contact:
    async with store.reading()() as session:
        found: Contact = (await session.scalars(select(Contact).where(contacts.c.name == name))).one()
    return found


async def test_nothing_of_them_is_left_in_any_table(office: Office) -> None:
    await _told(office)
    before, key = await _everything(office.store), (await _contact(office.store)).id
    assert all(told in before for told in (NAME, "王总", MAIL, WECHAT, *WRITTEN))
    async with office.store.reading()() as session:
        of_others = [
            await session.scalar(select(contacts.c.title).where(contacts.c.name == "刘芳")),
            await session.scalar(select(short_names.c.text).where(short_names.c.text == "王建国家")),
        ]
    assert of_others == ["王建国的助理", "王建国家"]
    await _erase(office)
    after = await _everything(office.store)
    assert [told for told in (NAME, MAIL, WECHAT, *WRITTEN, PHONE[-7:]) if told in after] == []
    assert f"联系人#{key}" in after
    async with office.store.reading()() as session:
        words = "\n".join(await session.scalars(select(visits.c.words).where(visits.c.words.contains("ERP二期"))))
    assert f"跟联系人#{key}聊了ERP二期" in words  # as people call them, where it is about their customer
    seen = await office.say("李娜", "华信")
    assert "上海华信科技有限公司" in seen[0].text
    assert NAME not in seen[0].text


async def test_somebody_whose_name_holds_theirs_keeps_it(office: Office) -> None:
    await office.say("李娜", "华信新联系人王建,电话13900001111")
    await office.say("李娜", "今天去了华信,跟王建聊了接口,王建国也在")
    assert (await _contact(office.store, "王建")).phone == "13900001111"
    await office.say("钱进", "删除王建的个人资料")
    await office.tap("钱进", "彻底删除王建")
    said = await _everything(office.store)
    assert "聊了接口,王建国也在" in said
    assert "跟王建聊" not in said
    assert "13900001111" not in said
    assert (await _contact(office.store)).withdrawn_at is None


async def test_no_page_of_the_file_and_no_file_beside_it_keeps_them(office: Office, tmp_path: Path) -> None:
    await _told(office)
    files = Files(tmp_path)
    async with office.store.reading()() as session:
        content = await session.scalar(select(attachments.c.sha256).where(attachments.c.name.contains(NAME)))
    assert content
    assert files.is_whole(content)
    async with office.store.write.begin() as connection:  # what is common in a table is kept beside it
        await connection.execute(text("ANALYZE"))
    await _erase(office)
    await sweep_erased(files, office.store, office.clock())
    assert not files.is_whole(content)
    async with office.store.reading()() as session:
        assert await session.scalar(select(erasures.c.swept_at)) is not None
    told = await _bytes(office.store)
    sought = [NAME.encode(), json.dumps(NAME)[1:-1].encode(), *(each.encode() for each in (MAIL, WECHAT, *WRITTEN))]
    assert [each for each in sought if each in told] == []


async def _bytes(store: Store) -> bytes:
    """What the files of the database hold, beside PostgreSQL's log of what to do after a crash."""
    if store.is_sqlite:
        path = Path(str(store.write.url.database))
        return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))
    async with store.write.connect() as connection:
        await connection.execute(text("CHECKPOINT"))
        home = await connection.scalar(text("SHOW data_directory"))
        oid = await connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    folder = Path(str(home)) / "base" / str(oid)
    return b"".join(one.read_bytes() for one in folder.iterdir() if one.is_file())


async def test_the_index_keeps_none_of_their_terms(office: Office, tmp_path: Path) -> None:
    await _told(office)
    theirs = {NAME[1:], *tails(digits(PHONE))}
    assert theirs <= await _indexed(office.store)
    await _erase(office)
    await sweep_erased(Files(tmp_path), office.store, office.clock())
    assert theirs & await _indexed(office.store) == set()
    if office.store.is_sqlite:
        path = Path(str(office.store.write.url.database))
        told = b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))
        assert NAME[1:].encode() not in told


async def _indexed(store: Store) -> set[str]:
    """Every term that the index of customers holds."""
    shown = "terms" if store.is_sqlite else "array_to_string(tsvector_to_array(terms), ' ')"
    async with store.reading()() as session:
        return set(" ".join(await session.scalars(text(f"SELECT {shown} FROM customer_terms"))).split())  # noqa: S608 - of our own


async def test_the_log_is_whole_and_says_which_rows_are_blank(office: Office, now: datetime) -> None:
    await _told(office)
    async with office.store.reading()() as session:
        head = (await verify_changes(session)).head
    await _erase(office)
    await seal_changes(office.store, now)
    async with office.store.reading()() as session:
        assert (await verify_changes(session, known=head)).is_whole
        blank = set(await session.scalars(select(changes.c.id).where(changes.c.is_erased)))
        said: Any = await session.scalar(select(changes.c.after).where(changes.c.field == "erased"))
        assert blank
        assert blank == set(said["rows"])
    async with office.store.write.begin() as connection:  # one that the log does not tell of
        some = select(changes.c.id).where(~changes.c.is_erased, cast(changes.c.after, Text).is_not(None)).limit(1)
        key = await connection.scalar(some)
        blanked = {"before": None, "after": None, "salt": "", "is_erased": True}
        await connection.execute(update(changes).where(changes.c.id == key).values(**blanked))
    async with office.store.reading()() as session:
        assert (await verify_changes(session)).broken == key


async def test_a_namesake_elsewhere_stays(office: Office) -> None:
    await _told(office)
    await office.say("王磊", "今天去了东方医院")
    async with office.store.writing().begin() as session:
        session.add(Contact((await _contact(office.store)).customer_id + 1, NAME, "院长", phone="13700000000"))
    await _erase_first(office)
    kept = await _contact(office.store)
    assert (kept.title, kept.phone) == ("院长", "13700000000")
    assert PHONE not in await _everything(office.store)


async def _erase_first(office: Office) -> None:
    seen = await office.say("钱进", "删除华信王建国的个人资料")
    if any("哪" in one.text for one in seen):
        await office.tap("钱进", "总经理")
    await office.tap("钱进", "彻底删除王建国")


async def test_what_was_blanked_is_not_put_back(office: Office) -> None:
    await office.say("李娜", f"王建国的电话是{PHONE}")
    await _erase(office)
    seen = await office.say("李娜", "撤销")
    assert "没有可以撤销的" in seen[0].text
    assert PHONE not in await _everything(office.store)


async def test_what_was_taken_back_before_does_not_stand_again(office: Office) -> None:
    await office.say("李娜", f"王建国的电话是{PHONE}")
    await office.say("李娜", "撤销")
    await _erase(office)
    await office.say("李娜", "恢复")
    assert PHONE not in await _everything(office.store)


async def test_a_name_in_latin_letters_goes_as_it_is_said(office: Office) -> None:
    async with office.store.writing().begin() as session:
        home = (await _contact(office.store)).customer_id
        session.add(Contact(home, "Greta Olsson", "CFO", phone="+46 8 123 456 78", email="greta@olsson.example"))
    for said in ("Visited 华信, met Greta Olsson", "备注:华信的Ms. Olsson喝茶", "备注:华信 greta olsson 08-123 456 78"):
        await office.say("李娜", said)
    assert "greta" in (await _everything(office.store)).lower()
    await office.say("钱进", "erase the personal data of Greta Olsson")
    await office.tap("钱进", "Greta Olsson")
    after = (await _everything(office.store)).lower()
    assert [told for told in ("greta", "olsson", "+46 8 123 456 78") if told in after] == []


async def test_the_database_is_packed_once_no_file_is_on_its_way_any_more(office: Office, tmp_path: Path) -> None:
    await office.say("钱进", "列出王建国的全部资料")
    await _erase(office)
    for state, is_swept in (("pending", False), ("sent", True)):
        async with office.store.write.begin() as connection:
            await connection.execute(update(outbox).where(outbox.c.kind == "file").values(state=state))
        await sweep_erased(Files(tmp_path), office.store, office.clock())
        async with office.store.reading()() as session:
            assert (await session.scalar(select(erasures.c.swept_at)) is not None) is is_swept


async def test_while_somebody_reads_for_long_the_packing_waits_for_the_next_time(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.erasure.sweep.BUSY_MS", 100)
    await _erase(office)
    async with office.store.write.begin() as reader:
        await reader.execute(select(contacts.c.id).limit(1))
        await sweep_erased(Files(tmp_path), office.store, office.clock())
    swept = select(erasures.c.swept_at)
    async with office.store.reading()() as session:
        assert await session.scalar(swept) is None
    monkeypatch.undo()
    await sweep_erased(Files(tmp_path), office.store, office.clock())
    async with office.store.reading()() as session:
        assert await session.scalar(swept) is not None
