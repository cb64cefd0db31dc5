"""Columns recognised by their heads and by what stands in them; rows made clean."""

from __future__ import annotations

import pytest

from crm.imports import people_of, shorter_forms
from nlu.sheets import values
from nlu.sheets.clean import keys_of, row_of
from nlu.sheets.heads import columns_of


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        ("公司名称,联系人,电话", "name,contact,contact_phone"),
        ("*客户名称(必填),联系人 ,联系电话:,公司电话", "name,contact,contact_phone,phone"),
        ("單位名稱,職務,手機", "name,title,contact_phone"),
        ("Company,Name,Phone,Job Title", "name,contact,contact_phone,title"),
        ("Name,Phone,City", "name,contact_phone,region"),
        ("COMPANY NAME,E-Mail,Account Owner,Close Date", "name,email,owner,closed_on"),
        ("序号,医院名称,级别,负责人,商机,金额,阶段", ",name,tier,owner,deal,amount,stage"),
    ],
)
def test_columns_are_known_by_their_heads(heads: str, fields: str) -> None:
    found = columns_of([heads.split(",")])
    assert found is not None
    assert [found.fields.get(place, "") for place in range(len(heads.split(",")))] == fields.split(",")


def test_a_column_is_known_by_what_stands_in_it_where_its_head_says_nothing() -> None:
    rows = [["A", "B", "C", "D"]]
    rows[0] = ["对方", "联系人", "号", "代码"]
    rows += [[f"临海第{n}五金有限公司", "周敏", f"1381234567{n}", "91110000802100433B"] for n in range(5)]
    found = columns_of(rows)
    assert found is not None
    assert (found.place, found.fields) == (0, {0: "name", 1: "contact", 2: "contact_phone", 3: "tax_id"})


def test_heads_may_take_two_rows_below_a_title() -> None:
    rows = [
        ["2026年客户登记表", "", "", "", ""],
        ["序号", "客户名称", "联系人信息", "", "负责人"],
        ["", "", "姓名", "联系方式", ""],
    ]
    found = columns_of([*rows, ["1", "临海鑫泰五金有限公司", "周敏", "13812345678", "李娜"]])
    assert found is not None
    assert (found.place, found.fields) == (2, {1: "name", 2: "contact", 3: "contact_phone", 4: "owner"})
    assert found.cells == ["序号", "客户名称", "姓名", "联系方式", "负责人"]


@pytest.mark.parametrize(
    "rows",
    [
        [["品名", "数量", "单价"], ["服务器", "2", "30000"]],
        [["临海鑫泰五金有限公司", "周敏", "13812345678"]] * 3,
        [["项目", "金额"], ["一期", "3"]],
        [["姓名", "手机"], ["周敏", "13812345678"]],
        [],
    ],
)
def test_what_is_no_list_of_customers_has_no_heads(rows: list[list[str]]) -> None:
    assert columns_of(rows) is None


def test_a_person_keeps_two_numbers_of_a_cell_the_mobile_one_first() -> None:
    row = row_of(2, ["鑫泰五金", "周敏", "0576-85123456\n138 1234 5678"], {0: "name", 1: "contact", 2: "contact_phone"})
    assert row is not None
    assert (row.told["contact_phone"], row.told["other_phone"]) == ("13812345678", "0576-85123456")


def test_a_row_of_a_person_goes_on_about_the_firm_right_above_it_alone() -> None:
    columns = {0: "name", 1: "contact", 2: "amount", 3: "address"}
    above = row_of(2, ["鑫泰五金", "周敏", "", ""], columns)
    below, later = row_of(3, ["", "吴刚", "", ""], columns, above), row_of(4, ["", "吴刚", "", ""], columns, above)
    elsewhere = row_of(3, ["", "吴刚", "", "灵江路8号"], columns, above)
    assert below is not None and later is not None and elsewhere is not None
    assert (below.told["name"], below.full) == ("鑫泰五金", "鑫泰五金")
    assert (later.fault, elsewhere.fault) == ("no_name", "no_name")
    assert row_of(3, ["", "", "80万", ""], columns, above) is not None
    assert row_of(3, ["合 计:", "", "80万", ""], columns, above) is None


def test_a_firm_s_name_has_one_width_and_no_blanks_within() -> None:
    assert values.firm(" 华信 科技(上海) 有限公司 ") == "华信科技\uff08上海\uff09有限公司"
    assert values.firm("ACME\u3000 Co., Ltd.") == "ACME Co., Ltd."


def test_firms_are_alike_without_place_and_legal_form_only() -> None:
    assert keys_of("上海华信科技有限公司")[1] == keys_of("华信科技有限责任公司")[1] == keys_of("華信科技")[1]
    assert keys_of("Acme Co., Ltd.")[1] == keys_of("ACME Limited")[1]
    assert keys_of("华信科技有限公司")[1] != keys_of("华信软件有限公司")[1]
    assert keys_of("(上海)有限公司")[1] == ""


def test_the_first_value_that_cannot_be_is_the_row_s_fault() -> None:
    columns = {0: "name", 1: "contact_phone", 2: "tax_id"}
    good = row_of(2, ["鑫泰五金", "无", "-"], columns)
    bad = row_of(3, ["鑫泰五金", "123", "91110000802100433C"], columns)
    nameless = row_of(4, ["", "13812345678", ""], columns)
    assert good is not None and bad is not None and nameless is not None
    assert (good.fault, dict(good.told)) == ("", {"name": "鑫泰五金"})
    assert (bad.fault, bad.value) == ("bad_contact_phone", "123")
    assert nameless.fault == "no_name"
    assert row_of(5, ["", " ", "无"], columns) is None


@pytest.mark.parametrize(
    ("head", "cell", "minor", "currency"),
    [
        ("预计金额(万元)", "12.5", "12500000", ""),
        ("金额(万)", "12.5万", "12500000", ""),
        ("金额(单位:千元)", "12", "1200000", ""),
        ("合同金额/万元", "12.5", "12500000", ""),
        ("合同额(万)", "12.5", "12500000", ""),
        ("金额万元", "12.5", "12500000", ""),
        ("金额(元)", "125000", "12500000", ""),
        ("金额", "¥12.5万", "12500000", ""),
        ("金额", "125,000.00", "12500000", ""),
        ("金额", "12.5w", "12500000", ""),
        ("Amount", "$48,000.00", "4800000", "USD"),
        ("Amount (USD)", "48000", "4800000", "USD"),
    ],
)
def test_a_sum_is_counted_in_what_its_head_says(head: str, cell: str, minor: str, currency: str) -> None:
    rows = [["公司", head], ["临海鑫泰五金有限公司", cell]]
    found = columns_of(rows)
    assert found is not None
    row = row_of(2, rows[1], found.fields, None, found.manner)
    assert row is not None
    assert (row.told["amount"], row.told.get("currency", "")) == (minor, currency)


@pytest.mark.parametrize(
    ("contact", "phone", "people"),
    [
        ("张三/李四", "+86 138 1234 5678 / 139-1234-5678", [("张三", "13812345678"), ("李四", "13912345678")]),
        ("张三 13812345678、李四 13912345678", "", [("张三", "13812345678"), ("李四", "13912345678")]),
        ("刘工\n孙经理", "13655556666\n13655557777", [("刘工", "13655556666"), ("孙经理", "13655557777")]),
        ("张三/李四", "13812345678", [("张三", "13812345678"), ("李四", "")]),
        ("赵六(采购经理)", "13700010001", [("赵六", "13700010001")]),
        ("周敏/13812345678", "", [("周敏", "13812345678")]),
        ("Smith, John", "", [("Smith, John", "")]),
    ],
)
def test_people_who_share_a_cell_are_parted(contact: str, phone: str, people: list[tuple[str, str]]) -> None:
    row = row_of(2, ["鑫泰五金", contact, phone], {0: "name", 1: "contact", 2: "contact_phone"})
    assert row is not None
    assert [(name, told["phone"]) for name, told in people_of(row.told)] == people


def test_first_and_last_name_are_one_and_a_numbered_row_without_a_firm_is_nobody_s() -> None:
    heads = ["Record ID", "First Name", "Last Name", "Associated Company", "Phone", "Mobile"]
    found = columns_of([heads])
    assert found is not None
    first = row_of(2, ["1", "John", "Smith", "Northwind", "(650) 253-0000", "+1 650 253 0001"], found.fields)
    second = row_of(3, ["2", "Lone", "Wolf", "", "", ""], found.fields, first)
    assert first is not None and second is not None
    assert (first.told["contact"], first.told["contact_phone"]) == ("John Smith", "+1 650-253-0001")
    assert second.fault == "no_name"


def test_a_firm_s_name_has_shorter_forms_without_words_for_its_trade() -> None:
    _, core, cuts = keys_of("苏州新启精密制造有限公司")
    assert keys_of("苏州新启精密")[1] in shorter_forms(core, cuts)
    _, core, cuts = keys_of("上海云帆网络科技有限公司")
    assert keys_of("上海云帆网络")[1] in shorter_forms(core, cuts)
    _, core, cuts = keys_of("新启贸易有限公司")
    assert keys_of("新启精密")[1] not in shorter_forms(core, cuts)


def test_a_unit_above_the_heads_is_that_of_all_sums() -> None:
    rows = [["2026年商机表", "单位:万元"], ["客户名称", "金额"], ["临海鑫泰五金有限公司", "12.5"]]
    found = columns_of(rows)
    assert found is not None
    row = row_of(3, rows[2], found.fields, None, found.manner)
    assert row is not None and row.told["amount"] == "12500000"


@pytest.mark.parametrize(
    ("heads", "cells", "place"),
    [
        ("公司,省份,城市", "鑫泰五金,浙江,绍兴", "浙江绍兴"),
        ("公司,省份,城市", "鑫泰五金,上海市,上海", "上海"),
        ("公司,省份", "鑫泰五金,浙江", "浙江"),
        ("Company,City,State", "Globex,San Francisco,CA", "San Francisco, CA"),
        ("公司,城市", "鑫泰五金,绍兴", "绍兴"),
    ],
)
def test_a_province_and_a_town_are_one_place(heads: str, cells: str, place: str) -> None:
    found = columns_of([heads.split(","), cells.split(",")])
    assert found is not None
    row = row_of(2, cells.split(","), found.fields, None, found.manner)
    assert row is not None
    assert row.told["region"] == place and "province" not in row.told


def test_heads_are_known_with_blanks_in_them_and_numbered_ones_are_of_two_people() -> None:
    heads = ["客户\n名称", "联系人1", "电话1", "联系人2", "电话2", "备 注"]
    found = columns_of([heads])
    assert found is not None
    assert [found.fields.get(place) for place in range(6)] == [
        *("name", "contact", "contact_phone", "contact_2", "phone_2", "note")
    ]
    row = row_of(2, ["鑫泰五金", "王总", "13811110001", "李工", "13811110002", "x"], found.fields, None, found.manner)
    assert row is not None
    assert [(name, told["phone"]) for name, told in people_of(row.told)] == [
        ("王总", "13811110001"),
        ("李工", "13811110002"),
    ]
    assert row_of(3, ["注:以上资料保密", "", "", "", "", ""], found.fields) is None
