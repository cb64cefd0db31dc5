"""How a text is cut, what its headings say, and which customer each clause is about."""

from datetime import UTC, datetime

from nlu.clauses import Clause
from nlu.known import Focus, KnownContact, KnownCustomer, KnownDeal, KnownUser
from nlu.names import Names
from nlu.scene import Scene, lay_out
from nlu.settle import deal_of, settle

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)  # a Friday
NAMES = Names()
for known in (
    KnownCustomer(
        1,
        "青岛海岚渔业集团有限公司",
        ("海岚",),
        (KnownContact(11, "方若愚", "总经理", ("方总",)),),
        (KnownDeal(101, "冷库改造"), KnownDeal(102, "船队调度平台")),
    ),
    KnownCustomer(2, "洛阳砺石机床有限公司", ("砺石",), (KnownContact(21, "邵平", "处长", ("邵处",)),), ()),
    KnownCustomer(3, "德清远帆农村商业银行股份有限公司", ("远帆",), (), ()),
    KnownCustomer(4, "远帆证券有限责任公司", ("远帆",), (), ()),
):
    NAMES.put_customer(known)
for user in (KnownUser(7, "秦朗", ("小秦",)), KnownUser(8, "Nora Bell", ("Nora",))):
    NAMES.put_user(user)


def _scene(text: str, focus: Focus | None = None) -> Scene:
    scene = lay_out(text, NOW, NAMES, None, focus)
    settle(scene)
    return scene


def _texts(text: str) -> list[str]:
    return [clause.text for clause in _scene(text).clauses]


def _customers(text: str) -> list[object]:
    return [clause.customer.key if clause.customer else None for clause in _scene(text).clauses]


def _clause(text: str, part: str) -> Clause:
    return next(clause for clause in _scene(text).clauses if part in clause.text)


def test_a_time_goes_with_what_a_blank_parts_from_it() -> None:
    assert _texts("周三 去海岚送样品") == ["周三 去海岚送样品"]
    assert _texts("下周二,给砺石打电话") == ["下周二,给砺石打电话"]


def test_a_blank_stands_for_a_comma_in_a_terse_note() -> None:
    assert _texts("海岚冷库改造报了价 邵处还没回话") == ["海岚冷库改造报了价", "邵处还没回话"]


def test_no_cut_falls_within_a_number_or_behind_a_title() -> None:
    assert _texts("Quoted 1,200,000. Mr. Shao agreed.") == ["quoted 1,200,000.", "mr. shao agreed."]


def test_dictated_words_turn_at_whoever_goes_on() -> None:
    assert _texts("今天上午去了海岚把新的方案从头到尾讲了一遍方总说价格还得再谈谈然后请秦朗下周一之前改一版") == [
        "今天上午去了海岚把新的方案从头到尾讲了一遍",
        "方总说价格还得再谈谈",
        "然后请秦朗下周一之前改一版",
    ]


def test_a_connective_within_a_longer_word_cuts_nothing() -> None:
    assert _texts("报修的单子太多他们根本看不过来急死了") == ["报修的单子太多他们根本看不过来急死了"]


def test_dictated_english_turns_where_a_subject_begins_anew() -> None:
    assert _texts(
        "so we walked through the whole cold store with them this morning and they want a second quote and nora needs "
        "to send the drawings by friday"
    ) == [
        "so we walked through the whole cold store with them this morning ",
        "and they want a second quote ",
        "and nora needs to send the drawings by friday",
    ]


def test_headings_of_one_mark_take_turns() -> None:
    text = "一、已完成\n1. 去了海岚\n二、下周安排\n1. 给砺石送样\n三、风险\n远帆可能换人"
    assert _clause(text, "海岚").heading.mode == "past"
    assert _clause(text, "砺石").heading.mode == "plan"
    assert _clause(text, "换人").heading.mode == ""


def test_a_short_plain_line_below_items_begins_another_part() -> None:
    text = "本周\n- 去了海岚\n难点\n- 砺石压价\n下周\n- 拜访远帆证券"
    assert [clause.heading.mode for clause in _scene(text).clauses] == ["past", "", "", "plan"]


def test_numbers_without_a_dot_mark_items_where_lines_are_numbered_so() -> None:
    scene = _scene("例会\n1 海岚:月底前交图\n2 砺石:报价\n3 秦朗整理欠款清单")
    assert [clause.listed for clause in scene.clauses] == [False, True, True, True]
    assert scene.clauses[-1].customer is None


def test_a_later_customer_takes_no_earlier_clause() -> None:
    assert _customers("上午去了海岚,方总很满意,下午跟砺石通了电话,他们嫌贵") == [1, 1, 2, 2]


def test_one_goes_back_to_the_former() -> None:
    assert _customers("海岚和砺石都谈了。砺石先不动。前面那家下周要报价") == [1, 2, 1]


def test_a_shared_short_name_is_settled_by_more_of_the_full_one() -> None:
    assert _customers("远帆农商的合同寄了") == [3]
    assert _customers("远帆那边,做证券的那个,要改合同") == [4, 4, 4]
    assert _customers("远帆的合同寄了") == [None]


def test_a_common_part_of_a_deal_names_it_where_that_deal_is_meant() -> None:
    scene = _scene("海岚平台那单先放放")
    found = deal_of(scene, scene.clauses[0])
    assert found is not None and found.key == 102


def test_the_focus_serves_where_no_customer_is_named() -> None:
    scene = _scene("下周再催一次", Focus(2))
    assert scene.clauses[0].customer is not None and scene.clauses[0].customer.key == 2


def test_what_the_sender_is_to_do_is_parted_from_what_they_did() -> None:
    assert [clause.text.strip() for clause in _scene("met nora today and must send her the plan").clauses] == [
        "met nora today",
        "and must send her the plan",
    ]
    assert len(_scene("nora likes it and will sign next week").clauses) == 1
