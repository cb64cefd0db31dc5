"""Known names are found by every form that people say, live as they come and go."""

from __future__ import annotations

from nlu.company_forms import of_company
from nlu.examples import example_names
from nlu.known import KnownCustomer, KnownUser
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
