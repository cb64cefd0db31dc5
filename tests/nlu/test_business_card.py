"""Lines as they are read from a picture, told apart by what they hold; what is doubtful is named."""

from __future__ import annotations

import pytest

from crm.contact_cards import ContactCard
from nlu.business_card import Line, is_card, read_card


def read(*texts: str, sure: float = 1.0) -> ContactCard:
    return read_card([Line(text, sure) for text in texts])


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("李建华 总经理", "李建华", "总经理"),
        ("李建华总经理", "李建华", "总经理"),
        ("总经理 李建华", "李建华", "总经理"),
        ("周宁高级设计师", "周宁", "高级设计师"),
        ("高级设计师", "", "高级设计师"),
        ("区域经理", "", "区域经理"),
        ("欧阳清", "欧阳清", ""),
        ("周 宁", "周宁", ""),
        ("陈立 Chen Li", "陈立", ""),
        ("总工程师 / Chief Engineer", "", "总工程师"),
        ("Jane Miller", "Jane Miller", ""),
        ("TOM REED", "Tom Reed", ""),
        ("今日盘点", "今日盘点", ""),
    ],
)
def test_a_name_and_a_title_are_told_apart(text: str, name: str, title: str) -> None:
    card = read(text)
    assert (card.name, card.title) == (name, title)


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("手机:139 1234 5678  传真:021-58880001", ("139 1234 5678",)),
        ("T 021-5888 0000 转 802", ("021-5888 0000 转 802",)),
        ("F: 0574-8800 1234", ()),
        ("Fax 0574-8800 1234 Tel 0574-8800 1235", ("0574-8800 1235",)),
        ("邮编 510620", ()),
        ("QQ 123456789", ()),
        ("+1 415-555-0132", ("+1 415-555-0132",)),
    ],
)
def test_numbers_by_which_somebody_is_reached_are_kept_and_no_others(text: str, phones: tuple[str, ...]) -> None:
    assert read(text).phones == phones


@pytest.mark.parametrize(
    "text",
    ["上海市浦东新区张江路88号3号楼502室", "Add: 88 Century Avenue, Shanghai", "No.1 Yinzhou Avenue, Ningbo"],
)
def test_an_address_is_no_name_and_no_firm(text: str) -> None:
    card = read(text)
    assert card.address and not card.name and not card.company


def test_what_was_read_with_doubt_or_cannot_quite_be_is_named() -> None:
    assert read("赵敏", sure=0.7).doubtful == ("name",)
    assert "phones" in read("139 1234 567").doubtful or not read("139 1234 567").phones
    assert read("赵敏", "139 1234 5678").doubtful == ()


def test_a_notice_is_no_card() -> None:
    assert not is_card(read("今日盘点", "暂停营业一天"))
    assert not is_card(read("上海华信科技有限公司", "欢迎光临"))
    assert is_card(read("赵敏", "139 1234 5678"))


@pytest.mark.parametrize("text", ["", " ", "1" * 5_000, "路" * 5_000, "a@" * 2_000, "手机:" * 2_000, "Co. " * 2_000])
def test_no_line_makes_it_fail(text: str) -> None:
    assert read(text) is not None
