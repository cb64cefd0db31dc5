"""Known names are found by every form that people say, live as they come and go."""

from __future__ import annotations

import pytest

from benchmarks.market import customers
from nlu.company_forms import of_company
from nlu.examples import example_names
from nlu.known import KnownContact, KnownCustomer, KnownUser
from nlu.names import Names, fold
from nlu.short_forms import of_person


def found(names: Names, text: str, sender: str | None = None) -> set[str]:
    return {str(n.key) for place in names.places(fold(text), sender) for n in place.named if n.kind == "customer"}


def test_a_company_is_found_by_forms_that_nobody_recorded() -> None:
    names = Names()
    names.put_customer(KnownCustomer(1, "宁波晴川电子科技有限公司"))
    for said in (
        "晴川",
        "晴川科技" if "晴川科技" in of_company("宁波晴川电子科技有限公司") else "晴川电子",
        "宁波晴川",
        "Qingchuan",
    ):
        assert found(names, f"今天去了{said}") == {"1"} or found(names, f"met {said} today") == {"1"}


def test_a_western_company_goes_by_its_first_word_whatever_the_case() -> None:
    names = Names()
    names.put_customer(KnownCustomer(2, "Halden Instruments GmbH"))
    assert found(names, "visited halden today") == {"2"}
    assert found(names, "Haldenberg is a town") == set()


def test_a_person_goes_by_surname_and_title() -> None:
    forms = of_person("何建明", "销售总监")
    assert {"何总", "何总监", "建明", "mr. he"} <= forms


def test_what_is_dropped_is_found_no_more() -> None:
    names = example_names()
    assert found(names, "晨岚") == {"晨岚"}
    names.drop_customer("晨岚")
    assert found(names, "晨岚") == set()
    names.drop_customer("晨岚")


def test_a_customer_put_again_goes_by_its_new_names_only() -> None:
    names = Names()
    names.put_customer(KnownCustomer(3, "绍兴曙色纺织有限公司", ("小曙",)))
    names.put_customer(KnownCustomer(3, "绍兴曙色纺织有限公司", ("老曙",)))
    assert found(names, "老曙") == {"3"}
    assert found(names, "小曙") == set()


def test_two_customers_of_one_short_name_are_both_found() -> None:
    assert found(example_names(), "星河那边") == {"星河苏州", "星河长沙"}


def test_a_learnt_name_counts_for_its_sender_alone() -> None:
    names = example_names()
    known = names.customers["星河苏州"]
    names.put_customer(
        KnownCustomer(known.key, known.name, known.short_names, known.contacts, learnt=(("星河", "林晓禾"),))
    )
    assert found(names, "星河", "林晓禾") == {"星河苏州"}
    assert found(names, "星河", "石佳") == {"星河苏州", "星河长沙"}


def test_names_work_with_nobody_known() -> None:
    assert Names().places("今天去了晨岚") == []


def test_a_colleague_goes_by_given_name() -> None:
    names = Names()
    names.put_user(KnownUser(9, "方一诺"))
    kinds = {n.kind for place in names.places("一诺你看看") for n in place.named}
    assert kinds == {"user"}


def test_one_among_thousands_is_found_and_no_other() -> None:
    names = Names()
    for number in range(3000):
        first, second = chr(0x4E00 + number % 5000), chr(0x5200 + number * 7 % 5000)
        names.put_customer(KnownCustomer(number, f"杭州{first}{second}科技有限公司"))
    text = f"今天下午去了杭州{chr(0x4E00 + 1234)}{chr(0x5200 + 1234 * 7 % 5000)}科技有限公司,聊了二期"
    full = [place.named for place in names.places(text) if any(named.strength == 3 for named in place.named)]
    assert [[named.key for named in found] for found in full] == [[1234]]


def test_a_name_settled_for_all_means_one_of_several_and_yields_to_what_the_sender_taught() -> None:
    names = Names()
    names.put_customer(KnownCustomer(1, "苏州星河纺织有限公司", ("星河",), learnt=(("星河", None),)))
    names.put_customer(KnownCustomer(2, "长沙星河医疗器械有限公司", ("星河",), learnt=(("星河", "林晓禾"),)))
    assert found(names, "星河那边") == {"1"}
    assert found(names, "星河那边", "方一诺") == {"1"}
    assert found(names, "星河那边", "林晓禾") == {"2"}
    assert names.meant_by("星河") == (1, 2)


def test_a_recorded_short_name_goes_with_its_place() -> None:
    names = Names()
    names.put_customer(KnownCustomer(1, "深圳华星光学技术有限公司", ("华星",)))
    names.put_customer(KnownCustomer(2, "杭州华星机械有限公司", ("华星",)))
    assert found(names, "深圳华星签了") >= {"1"}
    assert {n.key for p in names.places("深圳华星") if p.end - p.start == 4 for n in p.named} == {1}


MANY = 100_000


@pytest.fixture(scope="module")
def market_names() -> Names:
    names = Names()
    names.put_customers(customers(MANY))
    return names


def test_among_a_hundred_thousand_a_new_customer_counts_from_the_next_text_on(market_names: Names) -> None:
    text = "今天去了晓蓬那边,跟诸葛总聊了二期"
    assert "新" not in found(market_names, text)
    person = KnownContact("诸葛明远", "诸葛明远", "总经理")
    market_names.put_customer(KnownCustomer("新", "温州晓蓬钟表有限公司", ("小蓬",), (person,)))
    assert found(market_names, text) == {"新"}
    people = {n.key for p in market_names.places(text) for n in p.named if n.kind == "contact"}
    assert people == {"诸葛明远"}
    market_names.put_customer(KnownCustomer("新", "温州晓蓬钟表有限公司", ("蓬记",)))
    assert found(market_names, "蓬记签了") == {"新"}
    assert found(market_names, "小蓬签了") == set()
    market_names.drop_customer("新")
    assert found(market_names, text) == set()


def test_among_a_hundred_thousand_the_full_name_finds_its_one(market_names: Names) -> None:
    for number in range(0, MANY, 9_973):
        known = market_names.customers[number]
        same = [n for n in market_names.meant_by(known.name) if market_names.customers[n].name == known.name]
        assert number in same
        assert found(market_names, f"去了{known.name}") == {str(key) for key in same}


def test_odd_names_are_kept_and_harm_nothing() -> None:
    names = Names()
    for key, name in enumerate(
        ("的", "", " ", "2026", "有限公司", "科技有限公司", "上海", "上海市", "()", "😀", "a", "\n", "公司公司")
    ):
        names.put_customer(KnownCustomer(key, name, (name, name * 2), (KnownContact(key, name, name),)))
        assert names.customers[key].name == name
    assert names.places("的的确确在上海,2026年的科技公司 a b 😀") is not None
    for known in list(names.customers):
        names.drop_customer(known)
    assert names.places("的的确确在上海,2026年的科技公司 a b 😀") == []
