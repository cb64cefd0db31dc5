"""People are found by title, by 老 and 小, by full name where introduced, at whichever customer is named."""

from __future__ import annotations

import pytest

from nlu.finders import people
from nlu.known import KnownContact, KnownCustomer, KnownUser
from nlu.names import Names, fold

NAMES = Names()
NAMES.put_customers(
    (
        KnownCustomer(
            "晨岚", "无锡晨岚科技有限公司", ("晨岚",),
            (KnownContact("何建明", "何建明", "总经理"), KnownContact("简秋月", "简秋月", "采购协理")),
        ),
        KnownCustomer("东辰", "大连东辰重工有限公司", ("东辰",), (KnownContact("欧阳静", "欧阳静", "财务总监"),)),
        KnownCustomer("Halden", "Halden Instruments GmbH", (), (KnownContact("Lena", "Lena Weber", "Buyer"),)),
    )
)  # fmt: skip
NAMES.put_user(KnownUser("贺小川", "贺小川", ("小贺",), "rep"))


def found(text: str, names: Names = NAMES) -> dict[str, set[object]]:
    folded = fold(text)
    finds = people.find(folded, names.places(folded))
    return {find.text: {contact for _, contact, _ in find.value.contacts} for find in finds}


@pytest.mark.parametrize(
    ("text", "said", "who"),
    [
        ("今天跟何总聊了", "何总", "何建明"),
        ("建明说下周签", "建明", "何建明"),
        ("老何说预算没批", "老何", "何建明"),
        ("簡協理回電了", "简协理", "简秋月"),
        ("欧阳总还在出差", "欧阳总", "欧阳静"),
        ("欧阳女士打来电话", "欧阳女士", "欧阳静"),
        ("met mr. he this morning", "mr. he", "何建明"),
        ("Jianming He wants a demo", "jianming he", "何建明"),
        ("call Ms. Weber tomorrow", "ms. weber", "Lena"),
    ],
)
def test_one_who_is_known_at_one_customer_is_found_alone(text: str, said: str, who: str) -> None:
    assert found(text).get(said) == {who}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("今天见了张工", "张工"),
        ("接手的叫鲁春山,电话13700000000", "鲁春山"),
        ("他们财务总监褚云,说了算", "褚云"),
        ("联系人:申屠磊,手机13900000000", "申屠磊"),
        ("新来的信息主管 焦晨", "焦晨"),
        ("那个小姚接待的我", "小姚"),
        ("店长叫庞顺,以后找他", "庞顺"),
    ],
)
def test_one_whom_nobody_knows_is_found_where_introduced(text: str, said: str) -> None:
    assert found(text) == {said: set()}


@pytest.mark.parametrize(
    "text",
    [
        "小程序上线了",
        "跟老方案比便宜",
        "这个小金额就不走审批了",
        "财务平时不在",
        "叫车去的",
        "联系人方式发我",
        "负责人时间没定",
        "老师傅修好了",
    ],
)
def test_words_are_nobody(text: str) -> None:
    assert found(text) == {}


def test_a_title_that_many_share_means_somebody_at_the_customers_named() -> None:
    names = Names()
    names.put_customers(
        KnownCustomer(
            n, f"无锡华{chr(0x4E00 + n)}贸易有限公司", (), (KnownContact(n, f"王{chr(0x5E00 + n)}", "总经理"),)
        )
        for n in range(300)
    )
    assert found("跟王总聊了", names) == {"王总": set()}
    assert found(f"去了华{chr(0x4E00 + 7)}贸易,跟王总聊了", names)["王总"] == {7}
