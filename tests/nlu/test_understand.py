"""What whole messages are read as: the scenes that must work, and what must never be invented."""

from __future__ import annotations

from datetime import date, datetime
from time import process_time

import pytest

from crm.money import Money
from nlu.examples import NOW, SENDER, example_names
from nlu.explain import explain
from nlu.known import Focus
from nlu.names import Names
from nlu.rule import Amount, Mention, Reading, Understanding
from nlu.understand import understand

NAMES = example_names()


def read(text: str, focus: Focus | None = None) -> Understanding:
    return understand(text, now=NOW, names=NAMES, sender=SENDER, focus=focus)


def only(text: str, intent: str, focus: Focus | None = None) -> Reading:
    found = [reading for reading in read(text, focus).readings if reading.intent == intent]
    assert len(found) == 1, found
    return found[0]


VISIT = "今天下午去了晨岚,跟何总聊了排产软件二期,他说预算80万左右,嫌云杉软件贵,下周三前给修订报价,推进到商务谈判"


def test_a_visit_told_in_one_breath() -> None:
    visit = only(VISIT, "record_visit").slots
    assert visit["customer"].key == "晨岚"
    assert [person.key for person in visit["contacts"]] == ["何建明"]
    assert visit["deal"].key == "排产软件二期"
    assert visit["channel"] == "onsite"
    assert visit["at"].last_day == NOW.date()
    assert visit["competitors"] == ("云杉软件",)
    assert visit["budget"] == Amount(Money.of(800_000))
    assert visit["objections"] == "嫌云杉软件贵"


def test_the_same_breath_moves_the_deal_and_makes_a_task() -> None:
    deal = only(VISIT, "update_deal").slots
    assert (deal["deal"].key, deal["stage"], deal["amount"]) == (
        "排产软件二期",
        "negotiation",
        Amount(Money.of(800_000)),
    )
    task = only(VISIT, "create_task").slots
    assert "修订报价" in task["title"]
    assert task["due"].last_day == date(2026, 11, 25)
    assert "assignee" not in task


def test_a_name_that_two_customers_share_stays_open() -> None:
    won = only("星河那边签了", "update_deal").slots
    assert won["stage"] == "won"
    assert won["customer"] == Mention("星河", None, ("星河苏州", "星河长沙"))


def test_a_person_settles_which_of_two_customers_is_meant() -> None:
    assert only("今天在星河见了祝厂长", "record_visit").slots["customer"].key == "星河苏州"


def test_a_person_known_at_one_customer_stands_for_it() -> None:
    assert only("刚跟沈经理通完电话", "record_visit").slots["customer"].key == "白鹭"


@pytest.mark.parametrize("text", ["晨岚", "看看晨岚", "show me 晨岚"])
def test_a_name_alone_asks_for_the_card(text: str) -> None:
    assert only(text, "look_up_customer").slots["customer"].key == "晨岚"


def test_only_the_right_one_of_two_sums_is_kept() -> None:
    deal = only("不是80万是90万", "update_deal", Focus("晨岚", "排产软件二期")).slots
    assert deal["amount"] == Amount(Money.of(900_000))


def test_they_means_the_customer_of_the_chat() -> None:
    assert only("他们还欠我们多少钱?", "answer_query", Focus("白鹭")).slots["customer"].key == "白鹭"


def test_a_message_that_names_a_customer_leaves_the_focus_aside() -> None:
    assert only("今天去了晨岚", "record_visit", Focus("白鹭")).slots["customer"].key == "晨岚"


def test_listed_items_are_read_each_for_itself() -> None:
    text = "本周小结\n1、周二拜访晨岚何总;\n2、周三和白鹭沈经理吃饭。\n下周计划\n1、周四前给白鹭发合同。"
    readings = read(text).readings
    visits = [(r.slots["customer"].key, r.slots["at"].last_day) for r in readings if r.intent == "record_visit"]
    assert visits == [("晨岚", date(2026, 11, 17)), ("白鹭", date(2026, 11, 18))]
    assert only(text, "create_task").slots["due"].last_day == date(2026, 11, 26)


def test_a_colleague_called_on_gets_the_task() -> None:
    task = only("@一诺 周五前把白鹭的方案发我", "create_task").slots
    assert task["assignee"].key == "方一诺"


@pytest.mark.parametrize(
    "text",
    [
        "谢谢石总",
        "哈哈哈",
        "收到",
        "要是何总点头,月底前就能签",
        "白鹭还没签",
        "听说晨岚要被收购了,假的",
        "大家好,我是新来的",
        "If Lena agrees we sign on Friday, otherwise in December.",
        "Lena hasn't signed yet.",
        "周末有人打球吗?",
    ],
)
def test_what_is_only_chat_supposed_or_denied_is_not_recorded(text: str) -> None:
    assert read(text).readings == ()


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "😀" * 50, "%" * 3000, "1" * 5000, "(" * 2000, "\x00\ud800", "ﷺ" * 40, "İ" * 99]
)
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(read(text), Understanding)


def test_it_works_with_nobody_known() -> None:
    assert isinstance(understand("今天去了晨岚,见了何总", now=NOW, names=Names()), Understanding)


def test_payments_listed_under_one_word_are_read_one_by_one() -> None:
    readings = read("今日到账:晨岚3万,白鹭5万").readings
    assert [(r.slots["customer"].key, r.slots["amount"]) for r in readings] == [
        ("晨岚", Amount(Money.of(30_000))),
        ("白鹭", Amount(Money.of(50_000))),
    ]


def test_a_price_offered_is_no_size_of_the_deal() -> None:
    assert {r.intent for r in read("给白鹭报了90万").readings} == {"note_quote"}


def test_an_unknown_company_is_named_by_its_words() -> None:
    assert only("今天去了趟远航电子,见了王总", "record_visit").slots["customer"] == Mention("远航电子")


@pytest.mark.parametrize("unit", ["今天去了晨岚,", "晨岚何总说下周三前报价80万;", "\n1、", "@一诺 ", "晨岚、白鹭3万、"])
def test_a_very_long_message_is_read_in_seconds(unit: str) -> None:
    started = process_time()
    read(unit * 4000)
    assert process_time() - started < 5


def test_an_explanation_names_the_finds_the_rules_and_the_readings() -> None:
    lines = explain("今天去了晨岚,见了何总", now=NOW, names=NAMES, sender=SENDER)
    assert "record_visit" in lines
    assert "何总" in lines
    assert "proposed" in lines


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("今天上午拜访了青禾机电有限公司,聊得不错", "青禾机电有限公司"),
        ("11月18日去青禾机电有限公司聊了需求", "青禾机电有限公司"),
        ("今天跟赵总和青禾机电有限公司的人吃饭", "青禾机电有限公司"),
        ("拜访了和平机电有限公司", "和平机电有限公司"),
        ("今天拜访了美的集团有限公司", "美的集团有限公司"),
        ("去了得力文具(上海)有限公司", "得力文具(上海)有限公司"),
        ("Met Mr. Ross at Greenfield Tools Ltd today", "Greenfield Tools Ltd"),
    ],
)
def test_an_unknown_firm_s_name_begins_behind_what_leads_up_to_it(text: str, name: str) -> None:
    assert only(text, "record_visit").slots["customer"] == Mention(name)


@pytest.mark.parametrize(
    "text", ["白鹭的报价已经发过去了", "方案给白鹭发出去了", "合同给白鹭寄去了", "沈经理回去了", "明天不去白鹭了"]
)
def test_what_is_sent_or_called_off_is_no_visit(text: str) -> None:
    assert "record_visit" not in {reading.intent for reading in read(text).readings}


@pytest.mark.parametrize("text", ["提醒我周五给何总打电话", "下周二约了白鹭沈经理吃饭", "下周三跟白鹭有个demo"])
def test_what_lies_ahead_is_a_task_and_no_visit(text: str) -> None:
    assert [reading.intent for reading in read(text).readings] == ["create_task"]


def test_what_the_clause_before_tells_as_done_is_no_part_of_the_task() -> None:
    text = "上午跟白鹭沈经理通了电话,需求都确认了,下周五前给方案"
    assert only(text, "create_task").slots["title"] == "给方案"
    assert only(text, "state_fact").slots["fact"] == "needs_known"


def test_a_sum_ends_where_a_date_begins() -> None:
    assert only("给白鹭报了28.8万11月18日", "note_quote").slots["amount"] == Amount(Money.of(288_000))


@pytest.mark.parametrize(
    ("text", "amount"), [("白鹭打款过来了,20万", 200_000), ("晨岚回了20万", 200_000), ("晨岚尾款8万到了", 80_000)]
)
def test_money_comes_in_by_many_words(text: str, amount: int) -> None:
    assert only(text, "note_payment").slots["amount"] == Amount(Money.of(amount))


def test_a_discount_given_is_no_payment() -> None:
    assert {reading.intent for reading in read("给白鹭报了65万,打了九折").readings} == {"note_quote"}


def test_the_budget_of_a_new_deal_is_not_that_of_the_old_one() -> None:
    deal = only("白鹭新开了一个WMS项目,预算50万", "update_deal").slots
    assert (deal["deal"], deal["is_new"], deal["amount"]) == (Mention("WMS"), True, Amount(Money.of(500_000)))


@pytest.mark.parametrize(
    ("text", "topic"),
    [("一诺的待办", "tasks"), ("白鹭最近跟进记录", "visits"), ("今天要干嘛", "schedule"), ("丢了哪些单", "deals")],
)
def test_whose_and_what_alone_asks_to_see_it(text: str, topic: str) -> None:
    assert only(text, "answer_query").slots["topic"] == topic


def test_a_system_that_is_down_again_is_a_ticket() -> None:
    assert only("Northwind's gateway is down again", "note_ticket").slots["customer"].key == "Northwind"


@pytest.mark.parametrize("text", ["move it to negotiation", "白鹭推进到商务谈判"])
def test_a_stage_reached_moves_no_task(text: str) -> None:
    assert [reading.intent for reading in read(text).readings] == ["update_deal"]


def test_a_deadline_by_working_days_not_yet_published_says_so_in_the_reading() -> None:
    late = datetime.fromisoformat("2026-12-29T10:00+08:00")
    (reading,) = understand("五个工作日内给宏远发方案", now=late, names=NAMES).readings
    assert reading.slots["due"].provisional
