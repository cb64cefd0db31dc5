"""An import: written whole or not at all, as it was shown, once; undone as one but for what others built upon."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from crm.imports import Import
from jobs import import_sheets
from storage.bulk import Bulk
from storage.engine import Store
from storage.import_slices import begin_slice
from storage.import_tables import imports
from storage.tables import changes, contacts, customers
from tests.fakes import Clock, Office, Seen

HEADS = ["客户名称", "联系人", "手机"]
ROWS = [["临海鑫泰五金有限公司", "周敏", "13812345678"], ["台州大成模具厂", "吴刚", "13912345678"]]


@pytest.fixture
def office(demo_store: Store, now: Any, tmp_path: Path) -> Office:
    """The demo's people, on each engine in turn."""
    return Office(demo_store, Clock(now), folder=tmp_path)


async def _send(office: Office, rows: list[list[str]], who: str = "李娜", heads: list[str] = HEADS) -> list[Seen]:
    files = office.files([{"name": "名单.csv", "rows": [heads, *rows]}])
    await office.say(who, "", kind="other", files=files)
    return await office.fetch()


async def _count(store: Store, table: Any, *where: Any) -> int:
    async with store.reading()() as session:
        return int(await session.scalar(select(func.count()).select_from(table).where(*where)) or 0)


async def _standing(store: Store) -> tuple[int, int]:
    return (
        await _count(store, customers, customers.c.withdrawn_at.is_(None)),
        await _count(store, contacts, contacts.c.withdrawn_at.is_(None)),
    )


async def test_every_record_stands_in_the_log_under_the_message_that_said_so(office: Office) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.say("李娜", "导入")
    await office.imported()
    after = await _standing(office.store)
    assert (after[0] - before[0], after[1] - before[1]) == (2, 2)
    async with office.store.reading()() as session:
        told = await session.scalar(select(Import))
        assert told is not None and told.state == "done"
        where = (changes.c.inbox_id == told.written_by_id, changes.c.field == "")
        logged = (await session.execute(select(changes.c.thing).where(*where).order_by(changes.c.id))).scalars().all()
    assert list(logged) == ["customer", "customer", "contact", "contact"]


async def test_what_was_written_elsewhere_meanwhile_is_shown_before_anything_is_written(office: Office) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.say("李娜", "导入")
    async with office.store.write.begin() as connection:
        made = "INSERT INTO customers (name, owner_id, created_at) VALUES ('台州大成模具厂', 2, '2026-11-20 10:00:00')"
        await connection.execute(text(made))
    seen = await office.imported()
    assert "再看一眼" in seen[-1].text
    assert await _standing(office.store) == (before[0] + 1, before[1])
    assert await _count(office.store, imports, imports.c.state == "asked") == 1


async def test_an_import_that_breaks_off_writes_nothing_and_is_done_by_the_next_process(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.say("李娜", "导入")

    def killed(*_: Any) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patched:
        patched.setattr(import_sheets, "_done", killed)  # after everything is written, before the commit
        with pytest.raises(asyncio.CancelledError):
            await office.imported()
    assert await _standing(office.store) == before
    await office.imported()
    assert await _standing(office.store) == (before[0] + 2, before[1] + 2)
    assert await office.imported() == []


@pytest.fixture
def sliced(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Awaitable[None]]], None]:
    """Imports write one firm at a time, and what is given happens once, before the second."""
    monkeypatch.setattr(import_sheets, "SLICE", 1)
    monkeypatch.setattr(import_sheets, "TELL_EVERY", 0.0)

    def before_the_second(happens: Callable[[], Awaitable[None]]) -> None:
        begun: list[int] = []

        async def begin(session: Any, key: int, newest: int) -> Any:
            begun.append(key)
            if len(begun) == 2:
                await happens()
            return await begin_slice(session, key, newest)

        monkeypatch.setattr(import_sheets, "begin_slice", begin)

    return before_the_second


async def test_others_write_between_the_slices_and_how_far_it_is_is_told_in_place(office: Office, sliced: Any) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.say("李娜", "导入")
    heard: list[Seen] = []

    async def visit() -> None:
        heard.extend(await office.say("王磊", "今天上午给澜石打了电话,客户要求月底前给方案"))

    sliced(visit)
    seen = await office.imported()
    assert any("1/2家客户" in one.text and one.do == "edit" for one in (*heard, *seen))
    assert any("武汉澜石" in one.text for one in heard)
    assert "新客户2家 · 联系人2位" in seen[-1].text and seen[-1].do == "edit"
    assert await _standing(office.store) == (before[0] + 2, before[1] + 2)


async def test_an_import_that_breaks_off_between_slices_is_gone_on_with_and_is_one_to_undo(
    office: Office, sliced: Any
) -> None:
    same_number = [*ROWS, ["台州小成模具厂", "吴刚", "13912345678"]]
    await _send(office, same_number)
    before = await _standing(office.store)
    await office.say("李娜", "导入")

    async def killed() -> None:
        raise asyncio.CancelledError

    sliced(killed)
    with pytest.raises(asyncio.CancelledError):
        await office.imported()
    assert (await _standing(office.store))[0] == before[0] + 1
    seen = await office.imported()
    assert "新客户3家 · 联系人3位" in seen[-1].text
    assert await _standing(office.store) == (before[0] + 3, before[1] + 3)
    await office.say("李娜", "撤销")
    assert await _standing(office.store) == before


async def test_firms_that_are_merged_stay_so_when_the_import_is_gone_on_with(office: Office, sliced: Any) -> None:
    twins = [["苏州新启精密制造有限公司", "王五", ""], *ROWS, ["新启精密", "张三", ""]]
    await _send(office, twins)
    before = await _standing(office.store)
    await office.say("李娜", "合并重复")
    await office.say("李娜", "导入")

    async def killed() -> None:
        raise asyncio.CancelledError

    sliced(killed)
    with pytest.raises(asyncio.CancelledError):
        await office.imported()
    seen = await office.imported()
    assert "新客户3家 · 联系人4位" in seen[-1].text
    assert await _standing(office.store) == (before[0] + 3, before[1] + 4)
    assert await _count(office.store, customers, customers.c.name.contains("新启精密")) == 1


async def test_where_it_goes_wrong_nothing_stands_and_the_number_of_the_fault_is_told(
    office: Office, sliced: Any
) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.say("李娜", "导入")

    async def a_bug() -> None:
        raise RuntimeError("a bug")

    sliced(a_bug)
    seen = await office.imported()
    async with office.store.reading()() as session:
        number = await session.scalar(select(imports.c.written_by_id))
    assert f"编号 {number}" in seen[-1].text and "什么也没有导入" in seen[-1].text
    assert await _standing(office.store) == before


async def test_a_customer_that_somebody_makes_between_slices_is_not_made_twice(office: Office, sliced: Any) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.say("李娜", "导入")

    async def made() -> None:
        async with office.store.writing().begin() as session:
            await Bulk(session, office.clock.now, 2, 1).add(
                "customer", [{"name": ROWS[1][0], "owner_id": 1, "created_at": office.clock.now}]
            )

    sliced(made)
    await office.imported()
    assert await _count(office.store, customers, customers.c.name == ROWS[1][0]) == 1
    assert (await _standing(office.store))[0] == before[0] + 2


async def test_what_is_put_back_while_it_is_written_is_written_no_further(office: Office, sliced: Any) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.say("李娜", "导入")

    async def undone() -> None:
        await office.say("李娜", "撤销")

    sliced(undone)
    await office.imported()
    assert await _standing(office.store) == before
    assert await _count(office.store, imports, imports.c.state == "dropped") == 1


async def test_a_tap_and_a_word_at_once_import_once(office: Office) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.tap("李娜", "导入 2行")
    said = await office.say("李娜", "导入")
    assert "没有等着导入" in said[-1].text
    await office.imported()
    assert (await _standing(office.store))[0] == before[0] + 2


async def test_undo_leaves_what_others_built_upon_and_says_so(office: Office) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.say("李娜", "导入")
    await office.imported()
    import_card = [seen for seen in office.seen if "新客户2家" in seen.text][-1]
    await office.say("李娜", "今天去了临海鑫泰五金,聊了报价")
    button = next(button for button in import_card.buttons if button.label == "撤销")
    answered = await office.tap("李娜", "撤销", token=button.token)
    assert "没有动" in "".join(seen.text for seen in answered), answered
    assert (await _standing(office.store))[0] == before[0] + 1
    kept = (customers.c.name.contains("鑫泰"), customers.c.withdrawn_at.is_(None))
    assert await _count(office.store, customers, *kept) == 1


async def test_a_file_taken_back_is_imported_no_more(office: Office) -> None:
    await _send(office, ROWS)
    before = await _standing(office.store)
    await office.say("李娜", "撤销")
    said = await office.say("李娜", "导入")
    assert "处理过" in said[-1].text or "没有等着" in said[-1].text
    await office.imported()
    assert await _standing(office.store) == before


async def test_what_is_shown_to_one_is_not_for_another(office: Office) -> None:
    await _send(office, ROWS)
    button = next(button for seen in office.seen for button in seen.buttons if button.label.startswith("导入"))
    answered = await office._handle(
        kind="tap", button=button.token, tap="tap", chat="102", speaker=await office.address_of("王磊"), message="1"
    )
    assert answered and answered[-1].do == "answer"
    assert await _count(office.store, imports, imports.c.state == "asked") == 1


@pytest.mark.parametrize("kind", ["new_customer", "won"])
async def test_a_policy_that_wants_a_superior_keeps_a_rep_from_importing(office: Office, kind: str) -> None:
    async with office.store.write.begin() as connection:
        settled = "INSERT INTO write_policies (kind, policy) VALUES (:kind, 'manager')"
        await connection.execute(text(settled), {"kind": kind})
    won = ["临海鑫泰五金有限公司", "机床", "赢单", "2025-03-04"]
    await _send(office, [won], heads=["客户", "商机", "阶段", "成交日期"])
    before = await _standing(office.store)
    said = await office.say("李娜", "导入")
    assert "上级" in said[-1].text
    await office.imported()
    assert await _standing(office.store) == before
