"""What is in the files that lists leave as: all of it that the asker sees, nothing else, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from importlib import import_module

import pytest
import vobject
from icalendar import Calendar
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text

from crm.customers import Customer
from storage.engine import Store
from storage.people_tables import users
from storage.post_tables import outbox
from storage.tables import changes, customers
from talk.message import Outgoing, OutgoingFile
from tests.fakes import Clock, Office
from tests.handlers.groups import bound, here


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _sent(office: Office) -> OutgoingFile:
    async with office.store.reading()() as session:
        bodies = await session.scalars(select(outbox.c.body).where(outbox.c.kind == "file").order_by(outbox.c.id))
        file = Outgoing.from_json(bodies.all()[-1]).file
    assert file is not None
    return file


async def _rows(office: Office) -> list[list[str]]:
    data = (await _sent(office)).data()
    assert data is not None
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


async def _mine(office: Office, name: str) -> set[str]:
    async with office.store.reading()() as session:
        owned = select(customers.c.name).join(users, users.c.id == customers.c.owner_id).where(users.c.name == name)
        return set(await session.scalars(owned))


async def test_a_rep_takes_out_what_is_theirs_and_a_manager_what_is_below(office: Office) -> None:
    await office.say("李娜", "导出我的客户成csv")
    rep = {row[0] for row in (await _rows(office))[1:]}
    assert rep == await _mine(office, "李娜")
    await office.say("周岚", "导出所有客户成csv")
    assert {row[0] for row in (await _rows(office))[1:]} > rep


async def test_what_a_customer_is_called_is_never_a_formula(office: Office) -> None:
    name = '=HYPERLINK("http://x.example","打开")'
    async with office.store.writing().begin() as session:
        key = await session.scalar(select(users.c.id).where(users.c.name == "李娜"))
        session.add(Customer(name, int(key or 0), office.clock(), phone="+86 199"))
    await office.say("李娜", "导出我的客户成csv")
    row = next(row for row in await _rows(office) if "HYPERLINK" in row[0])
    assert (row[0], row[4]) == (f"'{name}", "'+86 199")
    await office.say("李娜", "导出我的客户")
    data = (await _sent(office)).data()
    told = CalamineWorkbook.from_filelike(io.BytesIO(data or b"")).get_sheet_by_index(0).to_python()
    assert name in [cells[0] for cells in told]


async def test_a_card_and_a_calendar_are_what_other_programmes_read(office: Office) -> None:
    await office.say("李娜", "王总的名片")
    card = vobject.readOne(((await _sent(office)).data() or b"").decode())
    assert (card.fn.value, card.org.value, card.title.value) == ("王建国", ["上海华信科技有限公司"], "总经理")
    await office.say("李娜", "导出我的日程")
    calendar = Calendar.from_ical((await _sent(office)).data() or b"")
    assert len(calendar.walk("VEVENT")) > 10


async def test_a_button_takes_out_what_its_list_asks_for_with_the_rights_of_the_tap(office: Office) -> None:
    await office.say("李娜", "华信的联系人")
    async with office.store.write.begin() as connection:
        await connection.execute(
            text(
                "UPDATE customers SET owner_id = (SELECT id FROM users WHERE name = '王磊') WHERE name LIKE '上海华信%'"
            )
        )
    seen = await office.tap("李娜", "导出")
    assert "由王磊跟进" in seen[0].text
    async with office.store.reading()() as session:
        assert (await session.scalars(select(changes.c.id).where(changes.c.field == "exported"))).all() == []


async def test_in_a_group_a_list_goes_to_the_private_chat(office: Office) -> None:
    await office.say("李娜", "华信")
    await bound(office)
    seen = await here(office, "李娜", "导出我的客户")
    files = [one for one in seen if ".xlsx" in one.text]
    assert [one.chat for one in files] == ["101"]


@pytest.mark.parametrize("what", ["我的客户", "我的联系人", "我的商机", "我的任务", "本月的拜访"])
async def test_a_list_longer_than_a_file_leaves_in_several_until_all_of_it_has(
    what: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.say("李娜", f"把{what}导出成csv")
    whole = (await _rows(office))[1:]
    for module in map(import_module, ("handlers.exports.rows", "handlers.export_list")):
        monkeypatch.setattr(module, "MOST", 5)
    seen, found = await office.say("李娜", f"把{what}导出成csv"), (await _rows(office))[1:]
    assert "后面还有" in seen[0].text
    while any("条起的" in button.label for button in seen[-1].buttons):
        seen = await office.tap("李娜", "条起的")
        found += (await _rows(office))[1:]
    assert len(whole) > 5
    assert found == whole
