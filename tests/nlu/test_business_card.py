"""Lines as they are read from a picture, told apart by what they hold; what is doubtful is named."""

from __future__ import annotations

import time

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


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("华东区销售总监", "", "华东区销售总监"),
        ("安全总监", "", "安全总监"),
        ("李华总经理", "李华", "总经理"),
        ("张华东 经理", "张华东", "经理"),
        ("主任医师/硕士生导师", "", "主任医师/硕士生导师"),
        ("教授级高工", "", "教授级高工"),
        ("客户服务经理", "", "客户服务经理"),
        ("生产总监", "", "生产总监"),
        ("集团副总裁", "", "集团副总裁"),
        ("International Sales Manager", "", "International Sales Manager"),
        ("创始人 / CEO", "", "创始人 / CEO"),
        ("联合创始人兼CEO 王刚", "王刚", "联合创始人兼CEO"),
        ("Project Manager 项目经理", "", "项目经理"),
        ("Kelvin Cheung 張家傑", "張家傑", ""),
        ("陳大文 總經理", "陳大文", "總經理"),
        ("安娜·伊万诺娃", "安娜·伊万诺娃", ""),
        ("阿迪力·买买提 销售经理", "阿迪力·买买提", "销售经理"),
        ("整屋定制·软装设计·家具家电", "", ""),
        ("Anna Keller, Ph.D.", "Anna Keller", ""),
        ("Ludwig van der Berg", "Ludwig van der Berg", ""),
        ("María José Ortega", "María José Ortega", ""),
        ("王芳 博士", "王芳", ""),
    ],
)
def test_titles_and_names_of_many_kinds(text: str, name: str, title: str) -> None:
    card = read(text)
    assert (card.name, card.title, card.company) == (name, title, "")


@pytest.mark.parametrize(
    ("texts", "company"),
    [
        (["上海远见人力资源服务有限公司"], "上海远见人力资源服务有限公司"),
        (["中科瑞丰智能装备", "制造有限责任公司"], "中科瑞丰智能装备制造有限责任公司"),
        (["Ningbo Yuanhang Mould", "Co., Ltd."], "Ningbo Yuanhang Mould Co., Ltd."),
        (["上海明泰电子科技有限公司", "国际贸易有限公司"], "上海明泰电子科技有限公司"),
        (["中瀚银行股份有限公司", "苏州分行"], "中瀚银行股份有限公司苏州分行"),
        (["华信集团", "北京分公司 010-65550166", "上海分公司 021-58880012"], "华信集团"),
        (["南屏大学", "材料科学与工程学院"], "南屏大学"),
        (["江浙机械工业协会秘书长", "江浙机械展览有限公司总经理"], "江浙机械工业协会"),
        (["销售公司总经理"], ""),
        (["信息中心主任"], ""),
        (["宏毅精密工業股份有限公司"], "宏毅精密工業股份有限公司"),
        (["Brandtner Antriebstechnik GmbH"], "Brandtner Antriebstechnik GmbH"),
        (["Cerámicas del Turia, S.A."], "Cerámicas del Turia, S.A."),
    ],
)
def test_a_firm_is_told_whole(texts: list[str], company: str) -> None:
    assert read(*texts).company == company


def test_large_words_beside_a_name_are_guessed_to_be_the_firm_and_marked() -> None:
    lines = [
        Line("特塞机器人", height=60),
        Line("吴启明 David Wu", height=44),
        Line("david@tessel.example.ai", height=24),
    ]
    card = read_card([*lines, Line("用科技改变生活", height=20)])
    assert (card.name, card.company, card.doubtful) == ("吴启明", "特塞机器人", ("company",))
    assert read_card([*lines[1:], Line("用科技改变生活", height=20)]).company == ""
    assert read_card([Line("今日特价", height=60), Line("139 1234 5678", height=30)]).company == ""


def test_of_two_names_in_latin_letters_the_e_mail_address_tells_which_is_a_persons() -> None:
    lines = [Line("Tessel Robotics", height=60), Line("David Wu", height=30), Line("david@tessel.example.ai")]
    card = read_card(lines)
    assert (card.name, card.company) == ("David Wu", "Tessel Robotics")


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("電話:+886-2-2655-0011 分機 213", ("+886-2-2655-0011 转 213",)),
        ("统一编号:53550011", ()),
        ("021-58880012-8012", ("021-58880012 转 8012",)),
        ("+86-155-0000-6677", ("+86-155-0000-6677",)),
        ("139-1234-5678", ("139-1234-5678",)),
        ("+86 (0)21 5888 0012", ("+86 21 5888 0012",)),
        ("Tel/Fax: 021-5888 0012", ("021-5888 0012",)),
        ("Fax 0571-8655 0091 Mob 13900001111", ("13900001111",)),
        ("服务热线 400 600 0099", ("400 600 0099",)),
        ("QQ:123456789 手机:13900001111", ("13900001111",)),
        ("客服热线:95500", ()),
        ("(O)010-8555 0044", ("010-8555 0044",)),
        ("(0)010-8555 0044", ("010-8555 0044",)),
        ("电话Tel/0571-8655 0090 传真Fax/0571-8655 0091", ("0571-8655 0090",)),
        ("地址:上海市徐汇区漕溪北路88号 电话:021-58880012 传真:021-58880013", ("021-58880012",)),
    ],
)
def test_numbers_of_many_kinds(text: str, phones: tuple[str, ...]) -> None:
    card = read(text)
    assert card.phones == phones
    assert card.doubtful == ()


@pytest.mark.parametrize(
    ("text", "wechat"),
    [
        ("微信 WeChat: pc_qinlan88", "pc_qinlan88"),
        ("WeChat ID: priya_kb", "priya_kb"),
        ("微信号:zhao_minQQ:88012345", "zhao_min"),
        ("微信:QQ_zhao88", "QQ_zhao88"),
        ("手机/微信:138 0000 1111", "13800001111"),
        ("手机(微信同号):138 0000 1111", "13800001111"),
        ("手机:13800001111(微信同号)", "13800001111"),
        ("电话 021-58880012 扫码关注微信", ""),
        ("微信公众号:huaxin_tech", ""),
        ("微信 WeChat", ""),
    ],
)
def test_what_somebody_is_called_in_wechat(text: str, wechat: str) -> None:
    assert read(text).wechat == wechat


@pytest.mark.parametrize(
    ("texts", "address"),
    [
        (["地址 上海市徐汇区漕溪北路88号"], "上海市徐汇区漕溪北路88号"),
        (["门店地址:上海市徐汇区漕溪北路88号", "3号楼502室"], "上海市徐汇区漕溪北路88号3号楼502室"),
        (["地址(Add):上海市徐汇区漕溪北路88号 邮编:200030"], "上海市徐汇区漕溪北路88号"),
        (["200030 上海市徐汇区漕溪北路88号"], "上海市徐汇区漕溪北路88号"),
        (["地  址:上海市徐汇区漕溪北路88号(200030)"], "上海市徐汇区漕溪北路88号"),
        (["办公室:理工楼B-407", "南京市栖霞区学府路100号"], "南京市栖霞区学府路100号"),
        (["工厂:苏州市吴中区越溪路9号", "总部:上海市徐汇区漕溪北路88号"], "上海市徐汇区漕溪北路88号"),
        (["台北市內湖區瑞光路588號7樓"], "台北市內湖區瑞光路588號7樓"),
        (["Hauptstrasse 4", "Mobile +49 151 5550 1077", "70565 Ulm, Germany"], "Hauptstrasse 4, 70565 Ulm, Germany"),
        (["12 High Street", "London EC1A 1BB"], "12 High Street, London EC1A 1BB"),
        (["上海市徐汇区漕溪北路88号", "88 Caoxi Road, Shanghai 200030, China"], "上海市徐汇区漕溪北路88号"),
        (["总部:021-58880012"], ""),
        (["(A)上海市徐汇区漕溪北路88号"], "上海市徐汇区漕溪北路88号"),
        (["地址/Add上海市徐汇区漕溪北路88号"], "上海市徐汇区漕溪北路88号"),
        (["香港辦事處:香港九龍觀塘道100號8樓", "東莞廠房:廣東省東莞市振安路200號"], "香港九龍觀塘道100號8樓"),
        (["Storgatan 12, SE-111 22 Stockholm, Sweden"], "Storgatan 12, SE-111 22 Stockholm, Sweden"),
        (["Room 5, 88 Hai Road, Shanghai Tel: +86 21 5888 0012"], "Room 5, 88 Hai Road, Shanghai"),
        (["Director 2020, Germany"], ""),
        (["Good paper, since 1958"], ""),
        (["A. Keller"], ""),
        (["1180 NW Harbor Way", "c (503) 555-0149", "Portland, OR 97209"], "1180 NW Harbor Way, Portland, OR 97209"),
    ],
)
def test_addresses_of_many_kinds(texts: list[str], address: str) -> None:
    assert read(*texts).address == address


@pytest.mark.parametrize(
    "text", ["中 " * 5_000, "阿·" * 5_000, "021-58880012分机1 " * 1_000, "地 址" * 5_000, "A " * 5_000]
)
def test_no_line_takes_long(text: str) -> None:
    began = time.perf_counter()
    read(text)
    assert time.perf_counter() - began < 1
