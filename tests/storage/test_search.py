"""The search by names, numbers and words: what it finds, in which order, and for whom; on either engine."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from crm.customers import Collaborator, Contact, Customer, ShortName
from crm.notes import CustomerNote
from storage.engine import Store
from storage.migrate import migrate
from storage.search import find, find_words, keep
from tests.storage.firm import DAY, NOW, TODAY, Firm


async def names(firm: Firm, text: str, actor: str = "rep") -> list[str]:
    return [hit.name for hit in await find(firm.session, getattr(firm, actor), text)]


async def customer(firm: Firm, name: str, owner: str = "rep", phone: str = "", tax_id: str = "") -> Customer:
    made = Customer(name, getattr(firm, owner).id, NOW - 90 * DAY, phone=phone, tax_id=tax_id)
    await firm.write(made)
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ACME", ["Acme_100%", "Acme二期"]),
        ("_", []),
        ("%", []),
        ("100%", ["Acme_100%"]),
        ("阿克", ["Acme_100%"]),
        ("4321", ["O'Brien"]),
        ("o'b", ["O'Brien"]),
        ("123", []),
        ("' OR '1'='1", []),
        ("\\", []),
        ("别人", []),
    ],
)
async def test_a_search_takes_signs_literally_and_finds_only_what_one_sees(
    firm: Firm, text: str, found: list[str]
) -> None:
    home = firm.customers["rep"]
    home.name = "Acme_100%"
    await firm.write(
        ShortName(home.id, "阿克米"),
        ShortName(home.id, "别人", learnt_by_id=firm.mate.id),
        Contact(home.id, "O'Brien", phone="199-0000-4321"),
        Contact(firm.customers["other"].id, "Acme Spy", phone="199-0000-4321"),
        firm.deal("Acme二期"),
        firm.deal("Acme三期", at="other"),
    )
    hits = await find(firm.session, firm.rep, text)
    assert [hit.name for hit in hits] == found
    assert all(hit.customer == "Acme_100%" for hit in hits)


@pytest.mark.parametrize(
    ("text", "by", "told"),
    [
        ("鼎新", "", ""),
        ("DX", "called", "DX"),
        ("5566", "phone", "5566"),
        ("913100007", "tax_id", "913100007X"),
    ],
)
async def test_a_hit_tells_what_it_was_found_by_where_that_is_not_its_name(
    firm: Firm, text: str, by: str, told: str
) -> None:
    home = await customer(firm, "上海鼎新材料有限公司", phone="021-6000-5566", tax_id="913100007X")
    await firm.write(ShortName(home.id, "DX"))
    [hit] = await find(firm.session, firm.rep, text)
    assert (hit.name, hit.by, hit.told) == (home.name, by, told)


async def test_somebody_found_by_a_number_is_told_with_its_end_and_title(firm: Firm) -> None:
    await firm.write(Contact(firm.customers["rep"].id, "周舟", "采购经理", phone="138-0000-7788"))
    by_number, by_title = [(await find(firm.session, firm.rep, text))[0] for text in ("7788", "采购经理")]
    assert (by_number.by, by_number.told, by_number.title) == ("phone", "7788", "采购经理")
    assert (by_title.by, by_title.title) == ("", "采购经理")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "上海华信科技有限公司",
            "华信",
            "华信科技",
            "信科",
            "上海华信",
            "海华",
            "華信",
            "華信科技",
            "华信软件科技"[:2],
        ),
        *("huaxin", "hua xin", "HuaXin", "huaxinkeji", "huax", "hxkj", "shhx", "hx", "huxain", "huaxiin"),
        *("华新", "华鑫科技", "花信", "华倍科技", "华科技", "华信信科技", "信华科技", "上海华科"),
        *("王建国", "王总", "wangjianguo", "wjg", "0012", "13800000012", "138-0000-0012", "+86 138 0000 0012"),
        *("91310000MA1K3XYZ0A", "91310000ma1k", "ＥＲＰ二期", "总经理", "华信 王建国"[:2], "8888-7777"),
    ],
)
async def test_a_customer_is_found_by_whatever_names_it(firm: Firm, text: str) -> None:
    home = await customer(firm, "上海华信科技有限公司", phone="021-88887777", tax_id="91310000MA1K3XYZ0A")
    await customer(firm, "杭州远方机械有限公司")
    await firm.write(Contact(home.id, "王建国", "总经理", phone="138 0000 0012"))
    deal = firm.deal("ERP二期")
    deal.customer_id = home.id
    await firm.write(deal)
    hits = await find(firm.session, firm.rep, text)
    assert {hit.customer for hit in hits} == {home.name}


@pytest.mark.parametrize(
    "text",
    ["blue heron", "Heron", "BlueHeron", "bhr", "blu", "blue hreon", "Heronn", "Research", "Blue Heron Research Ltd."],
)
async def test_an_english_name_is_found_by_its_words_and_with_a_slip(firm: Firm, text: str) -> None:
    await customer(firm, "Blue Heron Research Ltd.")
    await customer(firm, "Larkspur Instruments Co., Ltd.")
    assert await names(firm, text) == ["Blue Heron Research Ltd."]


@pytest.mark.parametrize(
    "text", ["远方", "yuanfang", "华", "", "  ", "上海", "13900000012", "0013", "李总", "91310000MA9"]
)
async def test_what_is_not_there_is_not_found(firm: Firm, text: str) -> None:
    home = await customer(firm, "华信科技有限公司", phone="021-88887777", tax_id="91310000MA1K3XYZ0A")
    await firm.write(Contact(home.id, "王建国", "总经理", phone="138 0000 0012"))
    assert await names(firm, text) == []


async def test_one_s_own_come_first_then_open_deals_then_the_last_contacted(firm: Firm) -> None:
    made = {name: await customer(firm, f"{name}华信有限公司") for name in ("甲", "乙", "丙")}
    others = await customer(firm, "丁华信有限公司", "mate")
    deal = firm.deal("设备")
    deal.customer_id = made["丙"].id
    late = firm.visit("rep", TODAY - DAY)
    late.customer_id = made["乙"].id
    theirs = firm.visit("rep", TODAY)
    theirs.customer_id = others.id
    await firm.write(deal, late, theirs)
    await firm.write(Collaborator(others.id, firm.rep.id))
    assert [name[0] for name in await names(firm, "华信")] == ["丙", "乙", "甲", "丁"]
    assert await names(firm, "丁华信") == ["丁华信有限公司"]


async def test_rights_hold_for_every_way_to_see_a_customer(firm: Firm) -> None:
    home = await customer(firm, "上海华信科技有限公司", "other")
    assert await names(firm, "华信", "other") == [home.name]
    assert [await names(firm, "华信", who) for who in ("rep", "mate", "boss")] == [[], [], []]
    share = Collaborator(home.id, firm.mate.id)
    await firm.write(share)
    assert [await names(firm, "hxkj", who) for who in ("rep", "mate", "boss")] == [[], [home.name], []]
    share.withdrawn_at = NOW
    deal = firm.deal("大单", at="other", owner_id=firm.rep.id, shares_customer=True)
    deal.customer_id = home.id
    await firm.write(deal)
    assert [await names(firm, "华新", who) for who in ("rep", "mate", "boss")] == [[home.name], [], [home.name]]
    firm.other.user.is_active = False
    assert await names(firm, "华信", "other") == []


async def test_the_index_follows_what_is_written(firm: Firm) -> None:
    home = await customer(firm, "上海华信科技有限公司")
    person = Contact(home.id, "王建国", "总经理", phone="13800000012")
    await firm.write(person)
    assert await names(firm, "0012") == ["王建国"]
    person.phone = "13900009999"
    home.name = "上海远方科技有限公司"
    assert (await names(firm, "0012"), await names(firm, "9999")) == ([], ["王建国"])
    assert (await names(firm, "华信"), await names(firm, "远方")) == ([], [home.name])
    home.owner_id = firm.other.id
    assert (await names(firm, "远方"), await names(firm, "远方", "other")) == ([], [home.name])
    home.withdrawn_at = NOW
    assert await names(firm, "远方", "other") == []
    home.withdrawn_at = None
    assert await names(firm, "远方", "other") == [home.name]


async def test_what_a_savepoint_took_back_is_not_found_and_what_stands_is(firm: Firm) -> None:
    kept = await customer(firm, "上海华信科技有限公司")
    savepoint = await firm.session.begin_nested()
    await customer(firm, "杭州远方机械有限公司")
    assert await names(firm, "远方") == ["杭州远方机械有限公司"]
    await savepoint.rollback()
    assert (await names(firm, "远方"), await names(firm, "华信")) == ([], [kept.name])


async def test_many_written_at_once_are_all_found(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "AT_ONCE", 3)
    many = [Customer(f"华信第{number:02}分部", firm.rep.id, NOW) for number in range(10)]
    await firm.write(*many, *(firm.visit("rep", TODAY, words=f"要接口 {number}") for number in range(7)))
    assert len(await names(firm, "华信")) == 10
    assert len(await find_words(firm.session, firm.rep, "接口")) == 7


async def test_two_who_write_about_one_customer_at_a_time_are_both_found(firm: Firm, store: Store) -> None:
    home = await customer(firm, "上海华信科技有限公司")
    await firm.session.commit()

    first_may_go_on = asyncio.Event()

    async def first() -> None:
        async with store.writing()() as session:
            session.add(Contact(home.id, "王建国"))
            await session.run_sync(keep.keep_level)
            await first_may_go_on.wait()
            await session.commit()

    async def second() -> None:
        async with store.writing()() as session:
            session.add(Contact(home.id, "刘芳华"))
            await session.commit()

    one = asyncio.create_task(first())
    await asyncio.sleep(0.3)
    other = asyncio.create_task(second())
    await asyncio.sleep(0.3)
    first_may_go_on.set()
    await asyncio.gather(one, other)
    assert [await names(firm, name) for name in ("王建国", "刘芳华")] == [["王建国"], ["刘芳华"]]


async def test_old_terms_are_gone_from_the_index(firm: Firm, store: Store) -> None:
    home = await customer(firm, "上海华信科技有限公司")
    await firm.session.commit()
    home.name = "杭州远方机械有限公司"
    await firm.session.commit()
    wanted = "customer_terms MATCH '华信'" if store.is_sqlite else "terms @@ '''华信'''::tsquery"
    async with store.read.connect() as connection:
        assert (await connection.scalar(sql(f"SELECT count(*) FROM customer_terms WHERE {wanted}"))) == 0  # noqa: S608
        if store.is_sqlite:
            check = "INSERT INTO customer_terms(customer_terms) VALUES ('integrity-check')"
            async with store.write.begin() as writing:
                await writing.execute(sql(check))


async def test_a_climb_indexes_what_was_there_before(firm: Firm, store: Store) -> None:
    home = await customer(firm, "上海华信科技有限公司")
    await firm.write(firm.visit("rep", TODAY, words="对方嫌用友的接口贵"))
    await firm.session.commit()
    async with store.write.begin() as connection:
        for table in ("customer_terms", "visit_terms", "term_version"):
            await connection.execute(sql(f"DELETE FROM {table}"))  # noqa: S608
    assert await names(firm, "华信") == []
    await firm.session.commit()
    await migrate(store)
    assert await names(firm, "华信") == [home.name]
    assert len(await find_words(firm.session, firm.rep, "用友")) == 1


async def test_the_words_of_visits_and_notes_are_found_newest_first_by_who_may_read_them(firm: Firm) -> None:
    home = firm.customers["rep"]
    await firm.write(
        firm.visit("rep", TODAY - 3 * DAY, words="王总嫌用友贵,要看接口文档"),
        firm.visit("rep", TODAY, words="對方說用友的介面不好用"),
        firm.visit("rep", TODAY, words="用友", withdrawn_at=NOW),
        firm.visit("other", TODAY, words="这里也提到用友"),
        CustomerNote(home.id, firm.rep.id, NOW - timedelta(days=1), "用友明年到期 API v2"),
    )
    found = await find_words(firm.session, firm.rep, "用友")
    assert [(hit.kind, hit.on) for hit in found] == [
        ("visit", TODAY), ("note", TODAY - DAY), ("visit", TODAY - 3 * DAY),
    ]  # fmt: skip
    assert [len(await find_words(firm.session, firm.rep, text)) for text in ("接口", "接 文", "api", "友", "%")] == [
        1, 0, 1, 0, 0,
    ]  # fmt: skip
    assert [len(await find_words(firm.session, actor, "用友")) for actor in (firm.boss, firm.mate, firm.other)] == [
        3,
        0,
        1,
    ]
    assert await find_words(firm.session, firm.rep, "用友", user_id=firm.mate.id) == []


async def test_a_visit_told_anew_is_found_by_its_new_words_alone(firm: Firm) -> None:
    visit = firm.visit("rep", TODAY, words="谈了接口")
    await firm.write(visit)
    assert len(await find_words(firm.session, firm.rep, "接口")) == 1
    visit.words = "谈了报价"
    assert await find_words(firm.session, firm.rep, "接口") == []
    assert len(await find_words(firm.session, firm.rep, "报价")) == 1
