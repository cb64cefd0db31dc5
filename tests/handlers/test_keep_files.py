"""Files as they come: albums, edits, policies that hold a visit back, and what may go wrong between."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from handlers.files_in import ALBUM_WAIT
from storage.engine import Store
from storage.post_tables import outbox
from tests.fakes import Clock, Office, Seen

FILES = """
    SELECT a.name, c.name, a.visit_id IS NOT NULL, a.inbox_id FROM attachments a
    LEFT JOIN customers c ON c.id = a.customer_id WHERE a.withdrawn_at IS NULL ORDER BY a.id
"""


@pytest.fixture
def office(demo_store: Store, now: datetime, tmp_path: Path) -> Office:
    return Office(demo_store, Clock(now), folder=tmp_path)


async def rows(office: Office, sql: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    async with office.store.reading()() as session:
        return [tuple(row) for row in await session.execute(text(sql))]


async def send(office: Office, *names: str, words: str = "", **more: Any) -> list[Seen]:
    """李娜 sends files."""
    kind = {} if words else {"kind": "other"}
    return await office.say("李娜", words, files=office.files(names), **kind, **more)


async def test_an_album_is_one_message_with_one_card(office: Office) -> None:
    (card,) = await send(office, "1.jpg", words="今天下午去了华信,见了王总", album="a")
    assert "附件: 1" in card.text
    for number in (2, 3):
        (edited,) = await send(office, f"{number}.jpg", album="a")
        assert (edited.do, edited.message) == ("edit", card.message)
    assert "附件: 3" in edited.text
    assert "拜访" in edited.text
    held = await rows(office, FILES)
    assert [row[:3] for row in held] == [(f"{n}.jpg", "上海华信科技有限公司", 1) for n in (1, 2, 3)]
    assert len({row[3] for row in held}) == 1
    await office.tap("李娜", "撤销")
    assert await rows(office, FILES) == []


async def test_the_card_of_an_album_waits_for_more_of_it(office: Office) -> None:
    await send(office, "1.jpg", words="今天下午去了华信,见了王总", album="a")
    await send(office, "另一.jpg", words="今天下午去了华信,见了王总")
    async with office.store.reading()() as session:
        posted = await session.execute(select(outbox.c.created_at, outbox.c.due_at).where(outbox.c.kind == "reply"))
        waits = [due_at - created_at for created_at, due_at in posted]
    assert sorted(waits) == [ALBUM_WAIT * 0, ALBUM_WAIT]


async def test_an_album_without_words_asks_once_for_all_of_it(office: Office) -> None:
    (asked,) = await send(office, "1.jpg", album="a")
    assert "哪家客户" in asked.text
    (again,) = await send(office, "2.jpg", album="a")
    assert (again.do, again.message) == ("edit", asked.message)
    seen = await office.say("李娜", "华信")
    assert "附件: 2" in seen[-1].text
    await send(office, "3.jpg", album="a")
    assert [row[1] for row in await rows(office, FILES)] == ["上海华信科技有限公司"] * 3


async def test_items_of_an_album_that_follow_the_answer_go_where_the_answer_says(office: Office) -> None:
    await send(office, "1.jpg", words="今天去了华星,聊了二期", album="a")
    await office.tap("李娜", "深圳华星")
    (edited,) = await send(office, "2.jpg", album="a")
    assert "附件: 2" in edited.text
    assert [row[1:3] for row in await rows(office, FILES)] == [("深圳华星光学技术有限公司", 1)] * 2


async def test_an_album_whose_first_item_was_undone_begins_anew(office: Office) -> None:
    await office.say("李娜", "今天下午去了华信,见了王总")
    await send(office, "1.jpg", album="a")
    await office.tap("李娜", "撤销")
    (seen,) = await send(office, "2.jpg", album="a")
    assert (seen.do, "附件: 1" in seen.text) == ("send", True)


async def test_albums_of_two_people_do_not_mix(office: Office) -> None:
    await office.say("李娜", "今天下午去了华信,见了王总")
    await send(office, "1.jpg", album="a")
    seen = await office.say("李阳", "", kind="other", files=office.files(["2.jpg"]), album="a")
    assert "哪家客户" in seen[0].text


async def test_an_item_that_is_refused_is_told_on_the_card_of_its_album(office: Office) -> None:
    await send(office, "1.jpg", words="今天下午去了华信", album="a")
    (edited,) = await send(office, "坏.exe", album="a")
    assert "「坏.exe」这类文件不收" in edited.text
    assert "附件: 1" in edited.text


async def test_files_go_with_the_last_visit_only_for_half_an_hour(office: Office) -> None:
    await office.say("李娜", "今天下午去了华信,见了王总")
    office.clock.forward(minutes=31)
    (asked,) = await send(office, "1.jpg")
    assert "哪家客户" in asked.text


async def test_a_visit_that_was_undone_takes_no_files(office: Office) -> None:
    await office.say("李娜", "今天下午去了华信,见了王总")
    await office.tap("李娜", "撤销")
    (asked,) = await send(office, "1.jpg")
    assert "哪家客户" in asked.text


async def test_files_sent_after_a_visit_stay_with_its_customer_when_the_visit_is_undone(office: Office) -> None:
    await office.say("李娜", "今天下午去了华信,见了王总")
    await send(office, "1.jpg")
    await office.fetch()
    report = next(seen for seen in office.seen if seen.do == "send")
    undo = next(button for button in report.buttons if button.label == "撤销")
    seen = await office.tap("李娜", "撤销", token=undo.token)
    assert "附件" not in seen[-1].text
    seen = await office.say("李娜", "华信的照片")
    assert any("[1.jpg]" in one.text for one in seen)


async def test_what_was_undone_and_brought_back_needs_no_second_fetching(office: Office) -> None:
    await send(office, "1.jpg", words="今天下午去了华信,见了王总")
    await office.fetch()
    await office.tap("李娜", "撤销")
    await office.tap("李娜", "恢复")
    assert await rows(office, "SELECT state FROM attachments WHERE withdrawn_at IS NULL") == [("kept",)]
    assert len(office.messenger.asked) == 1


async def test_a_corrected_report_keeps_its_files_without_fetching_them_again(office: Office) -> None:
    await send(office, "1.jpg", "2.pdf", words="今天下午去了华信,见了王总")
    await office.fetch()
    seen = await office.say("李娜", "不是华信是明泰")
    assert "附件: 2" in seen[-1].text
    held = await rows(office, FILES)
    assert sorted(row[:3] for row in held) == [
        ("1.jpg", "苏州明泰电子有限公司", 1),
        ("2.pdf", "苏州明泰电子有限公司", 1),
    ]
    await office.fetch()
    assert len(office.messenger.asked) == 2


async def test_a_visit_that_waits_for_a_word_gets_its_files_once_it_is_written(office: Office) -> None:
    async with office.store.write.begin() as connection:
        admin = "SELECT id FROM users WHERE role = 'admin' OR name = '何远征' LIMIT 1"
        await connection.execute(text(f"UPDATE users SET role = 'admin' WHERE id = ({admin})"))  # noqa: S608
    assert "确认" in (await office.say("何远征", "拜访都要确认"))[0].text
    (card,) = await send(office, "1.jpg", words="今天下午去了华信,见了王总")
    assert [row[1:3] for row in await rows(office, FILES)] == [("上海华信科技有限公司", 0)]
    await office.tap("李娜", card.buttons[0].label)
    assert [row[1:3] for row in await rows(office, FILES)] == [("上海华信科技有限公司", 1)]


async def test_files_while_something_is_asked_are_no_answer_to_it(office: Office) -> None:
    await office.say("李娜", "今天去了华星,聊了二期")
    seen = await send(office, "1.jpg")
    assert "哪家客户" in seen[0].text
    seen = await office.tap("李娜", "深圳华星")
    assert "拜访" in seen[-1].text


async def test_saying_where_files_belong_when_there_are_none_is_told(office: Office) -> None:
    (seen,) = await office.say("李娜", "照片放到华信")
    assert "没有收到附件" in seen.text


async def test_files_cannot_be_put_where_one_may_not_write(office: Office) -> None:
    await office.say("王磊", "今天下午去了澜石")
    await office.say("王磊", "", kind="other", files=office.files(["1.jpg"]))
    seen = await office.say("王磊", "照片放到华信")
    assert "由李娜跟进" in seen[-1].text
    assert [row[1] for row in await rows(office, FILES)] == ["武汉澜石智能装备有限公司"]


async def test_the_same_photo_sent_twice_is_two_files_of_one_content(office: Office) -> None:
    await office.say("李娜", "今天下午去了华信,见了王总")
    await send(office, "1.jpg")
    await send(office, "1.jpg")
    await office.fetch()
    assert await rows(office, "SELECT count(*), count(DISTINCT sha256) FROM attachments") == [(2, 1)]


async def test_photos_get_a_name_by_the_moment_at_which_they_were_sent(office: Office) -> None:
    files = office.files([{}, {"sent_as": "voice", "content": "audio/ogg"}])
    await office.say("李娜", "今天下午去了华信", files=files)
    assert [row[0] for row in await rows(office, FILES)] == ["photo-20261120-183000.jpg", "voice-20261120-183000-2.ogg"]


async def test_an_edited_caption_that_comes_before_its_message_is_read_once(office: Office) -> None:
    files = office.files([{"id": "one", "name": "1.jpg"}])
    await office.say("李娜", "今天下午去了华信", kind="edit", message="77", files=files)
    await office.say("李娜", "今天下午去了华兴", message="77", files=files)
    assert len(await rows(office, FILES)) == 1


async def test_a_stranger_s_file_is_not_kept(office: Office) -> None:
    seen = await office.say("9001", "", kind="other", files=office.files(["1.jpg"]))
    assert seen == []
    assert await rows(office, FILES) == []
