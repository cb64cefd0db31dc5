"""The way of a contact, who took part, who is introduced, and whose a number or a role is."""

from __future__ import annotations

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.rule import Mention
from nlu.understand import understand

NAMES = example_names()


def slots(text: str, intent: str) -> list[dict[str, object]]:
    found = understand(text, now=NOW, names=NAMES, sender=SENDER).readings
    return [dict(reading.slots) for reading in found if reading.intent == intent]


def said(who: object) -> object:
    assert isinstance(who, Mention)
    return who.key if who.key is not None else who.text


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("昨天去了晨岚,见了何总", "onsite"),
        ("昨天在展会上,碰到了晨岚的何总,聊了很久", "event"),
        ("中午跟何总吃了碗面,聊了聊", "meal"),
        ("何总今天来我们展厅看了样机", "office"),
        ("刚跟何总通完电话", "phone"),
        ("今天跟何总开了个视频会", "online"),
        ("何总刚微信上说可以", "wechat"),
        ("啱啱同何总饮茶倾咗", "meal"),
        ("Met Lena for a pint yesterday", "meal"),
        ("Lena came to our showroom yesterday", "office"),
        ("Email from Lena this morning, she met our terms", "email"),
    ],
)
def test_the_way_of_a_contact(text: str, channel: str) -> None:
    assert [visit["channel"] for visit in slots(text, "record_visit")] == [channel]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("今天去了晨岚,何总不在,见了陶欣", ["陶欣"]),
        ("今天去了晨岚,何总带了他们采购主管许青禾,聊了很久", ["何建明", "许青禾"]),
        ("何总挺客气,今天去了晨岚", ["何建明"]),
    ],
)
def test_who_took_part(text: str, people: list[str]) -> None:
    (visit,) = slots(text, "record_visit")
    assert [said(who) for who in visit["contacts"]] == people  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "name", "fact"),
    [
        ("晨岚新来的采购主管叫许青禾", "许青禾", {"title": "采购主管"}),
        ("晨岚新来了个副站长,叫许青禾,电话13800000001", "许青禾", {"title": "副站长", "phone": "13800000001"}),
        ("晨岚的联系人许青禾,采购部,微信xuqh_01", "许青禾", {"title": "采购部", "wechat": "xuqh_01"}),
        ("晨岚真正拍板的不是何总,是他太太许青禾", "许青禾", {"role": "decision_maker"}),
        ("晨岚那边何总帮我们说话", "何建明", {"role": "champion"}),
        ("晨岚的陶欣一直卡我们", "陶欣", {"role": "blocker"}),
        ("晨岚换厂长了,新的叫许青禾", "许青禾", {"title": "厂长"}),
        ("晨岚新来个采购,姓许,许青禾", "许青禾", {"title": "采购"}),
        ("何总的微信跟手机同号,13800000001", "何建明", {"wechat": "13800000001", "phone": "13800000001"}),
        ("何总生日农历不知道,身份证上是6月18", "何建明", {"birthday": "06-18"}),
        ("何总邮箱给我了 he@example.com", "何建明", {"email": "he@example.com"}),
        ("何总升任董事长了", "何建明", {"title": "董事长"}),
        ("Northwind has a new head of procurement, Olivia Chen", "Olivia Chen", {"title": "head of procurement"}),
        ("At Northwind it is Lena who holds the purse strings", "Lena Fischer", {"role": "decision_maker"}),
    ],
)
def test_whose_a_fact_is(text: str, name: str, fact: dict[str, str]) -> None:
    (contact,) = slots(text, "update_contact")
    assert said(contact["name"]) == name
    assert {slot: contact[slot] for slot in fact} == fact


@pytest.mark.parametrize("text", ["合同当场拍板,何总很高兴", "陶欣不是决策人", "晨岚那边合同都快签了"])
def test_nobody_is_introduced_and_no_role_told(text: str) -> None:
    assert slots(text, "update_contact") == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("新客户:青禾包装,在云杉路18号,展会认识的", {"address": "云杉路18号", "source": "展会"}),
        ("新客户:青禾包装,何总给我们搭的线", {"source": "何总介绍"}),
        ("新客户:青禾包装,纸箱加工,抖音上看到我们的", {"industry": "纸箱加工", "source": "抖音"}),
        ("晨岚搬家了,现在在云杉路18号3楼,前台0571-88886666", {"address": "云杉路18号3楼", "phone": "0571-88886666"}),
    ],
)
def test_what_is_told_of_a_customer(text: str, fact: dict[str, str]) -> None:
    (customer,) = slots(text, "update_customer")
    assert {slot: customer[slot] for slot in fact} == fact
