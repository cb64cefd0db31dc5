"""Business cards of many designs, drawn: what each says, and its picture. Nobody of these names exists."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from crm.contact_cards import ContactCard

FONT = Path(__file__).parents[1] / "talk" / "charts" / "noto_sans_sc.otf"
Placed = tuple[int, int, int, str]  # left, top, height of the letters, words


@dataclass(frozen=True)
class Sample:
    """A card's design and what is to be read from it."""

    name: str
    card: ContactCard
    words: tuple[Placed, ...]
    size: tuple[int, int] = (1050, 600)
    ink: str = "#1a1a1a"
    paper: str = "#ffffff"
    spoil: Callable[[Image.Image], Image.Image] = lambda image: image

    def png(self) -> bytes:
        """The picture."""
        return encoded(self.spoil(self.drawn()), "PNG")

    def jpeg(self, quality: int = 85) -> bytes:
        """The picture as a telephone would send it."""
        return encoded(self.spoil(self.drawn()), "JPEG", quality=quality)

    def drawn(self) -> Image.Image:
        """The card itself."""
        image = Image.new("RGB", self.size, self.paper)
        pen = ImageDraw.Draw(image)
        for left, top, height, words in self.words:
            pen.text((left, top), words, font=ImageFont.truetype(str(FONT), height), fill=self.ink)
        return image


def encoded(image: Image.Image, kind: str, **more: int) -> bytes:
    """A picture's bytes."""
    into = io.BytesIO()
    image.save(into, kind, **more)
    return into.getvalue()


def turned(degrees: float) -> Callable[[Image.Image], Image.Image]:
    """A card that lies askew on a table."""
    return lambda image: image.rotate(degrees, expand=True, fillcolor="#8a7f70", resample=Image.Resampling.BICUBIC)


def photographed(image: Image.Image) -> Image.Image:
    """A hand-held photo in poor light: askew, blurred, darker to one side, grainy."""
    askew = turned(2.5)(image)
    shade = Image.linear_gradient("L").rotate(90).resize(askew.size).point(lambda light: 150 + light * 105 // 255)
    dim = Image.composite(askew, Image.new("RGB", askew.size, "#55504a"), shade)
    grain = Image.effect_noise(dim.size, 22).convert("RGB")
    return Image.blend(dim.filter(ImageFilter.GaussianBlur(0.9)), grain, 0.12)


def shrunk(image: Image.Image) -> Image.Image:
    """A card that fills a small part of a messenger's small picture."""
    return image.resize((image.width * 6 // 10, image.height * 6 // 10), Image.Resampling.LANCZOS)


def patterned(image: Image.Image) -> Image.Image:
    """Thin lines behind the words."""
    pen = ImageDraw.Draw(image, "RGBA")
    chance = random.Random(3)
    for _ in range(40):
        across = chance.randint(0, image.width)
        pen.line((across, 0, across - 200, image.height), fill=(80, 130, 200, 40), width=2)
    return image


HUAXIN = ContactCard(
    "赵敏",
    "上海华信科技有限公司",
    "采购经理",
    ("139 1234 5678", "021-5888 0000 转 802"),
    "zhaomin@huaxin.example.com",
    address="上海市浦东新区张江路88号3号楼502室",
)
_PLAIN: tuple[Placed, ...] = (
    (60, 60, 44, "上海华信科技有限公司"),
    (60, 190, 64, "赵敏"),
    (240, 216, 34, "采购经理"),
    (60, 340, 30, "手机:139 1234 5678"),
    (60, 390, 30, "电话:021-5888 0000 转 802"),
    (60, 440, 30, "邮箱:zhaomin@huaxin.example.com"),
    (60, 490, 30, "地址:上海市浦东新区张江路88号3号楼502室"),
)
_ENGLISH = ContactCard(
    "Jane Miller",
    "Northwind Trading Co., Ltd.",
    "Sales Director",
    ("+86 21 5888 0001",),
    "jane.miller@northwind.example.com",
    address="Room 1203, Tower B, 88 Century Avenue, Shanghai",
)
_ENGLISH_WORDS: tuple[Placed, ...] = (
    (80, 70, 56, "Jane Miller"),
    (80, 150, 32, "Sales Director"),
    (80, 260, 40, "Northwind Trading Co., Ltd."),
    (80, 360, 28, "T: +86 21 5888 0001"),
    (80, 405, 28, "E: jane.miller@northwind.example.com"),
    (80, 450, 28, "Room 1203, Tower B, 88 Century Avenue, Shanghai"),
    (80, 510, 28, "www.northwind.example.com"),
)
SAMPLES: tuple[Sample, ...] = (
    Sample("plain Chinese", HUAXIN, _PLAIN),
    Sample("dark", HUAXIN, _PLAIN, ink="#f4e7c5", paper="#14202b"),
    Sample("askew", HUAXIN, _PLAIN, spoil=turned(-4)),
    Sample("a poor photo", HUAXIN, _PLAIN, spoil=photographed),
    Sample("English", _ENGLISH, _ENGLISH_WORDS),
    Sample("English, small", _ENGLISH, _ENGLISH_WORDS, spoil=shrunk),
    Sample(
        "bilingual",
        ContactCard(
            "陈立",
            "宁波远航模具有限公司",
            "总工程师",
            ("+86 137 1111 2222",),
            "chenli@yuanhang.example.cn",
            address="浙江省宁波市鄞州区鄞州大道1号",
        ),
        (
            (60, 50, 52, "陈立"),
            (190, 68, 28, "Chen Li"),
            (60, 125, 28, "总工程师 / Chief Engineer"),
            (60, 220, 36, "宁波远航模具有限公司"),
            (60, 270, 26, "Ningbo Yuanhang Mould Co., Ltd."),
            (60, 360, 26, "M: +86 137 1111 2222   F: 0574-8800 1234"),
            (60, 405, 26, "E-mail: chenli@yuanhang.example.cn"),
            (60, 450, 26, "浙江省宁波市鄞州区鄞州大道1号"),
            (60, 490, 24, "No.1 Yinzhou Avenue, Ningbo, China"),
        ),
    ),
    Sample(
        "upright format",
        ContactCard(
            "王海涛",
            "苏州明泰电子股份有限公司",
            "销售总监",
            ("13800001111",),
            "wht@mingtai.example.com",
            address="苏州市工业园区星湖街328号",
        ),
        (
            (120, 120, 40, "明泰电子"),
            (220, 330, 72, "王海涛"),
            (240, 430, 34, "销售总监"),
            (70, 640, 34, "苏州明泰电子股份有限公司"),
            (70, 740, 30, "13800001111"),
            (70, 790, 30, "wht@mingtai.example.com"),
            (70, 840, 30, "苏州市工业园区星湖街328号"),
        ),
        size=(640, 1000),
    ),
    Sample(
        "name and title in one line, firm below",
        ContactCard(
            "李建华",
            "杭州星河软件有限公司",
            "总经理",
            ("13988887777", "0571-87654321"),
            "lijianhua@xinghe.example.com",
            wechat="lijh_xinghe",
            address="杭州市西湖区文三路259号",
        ),
        (
            (80, 80, 50, "李建华 总经理"),
            (80, 200, 40, "杭州星河软件有限公司"),
            (80, 300, 28, "手机/Mobile:13988887777   电话/Tel:0571-87654321"),
            (80, 350, 28, "微信:lijh_xinghe"),
            (80, 400, 28, "邮箱/Email:lijianhua@xinghe.example.com"),
            (80, 450, 28, "地址/Add:杭州市西湖区文三路259号"),
        ),
    ),
    Sample(
        "spaced letters, no labels",
        ContactCard("周宁", "北京大地设计院", "高级设计师", ("13611112222",), "zhouning@dadi.example.cn"),
        (
            (380, 90, 60, "周  宁"),
            (410, 190, 30, "高级设计师"),
            (360, 300, 40, "北京大地设计院"),
            (430, 420, 30, "13611112222"),
            (350, 470, 30, "zhouning@dadi.example.cn"),
        ),
        paper="#f7f3ea",
        ink="#3a2d1d",
    ),
    Sample(
        "two columns",
        ContactCard(
            "孙悦",
            "广州南粤医疗器械有限公司",
            "区域经理",
            ("13500001234", "020-38881234"),
            "sunyue@nanyue.example.com",
            address="广州市天河区体育东路108号",
        ),
        (
            (60, 80, 60, "孙悦"),
            (60, 170, 32, "区域经理"),
            (480, 90, 34, "广州南粤医疗器械有限公司"),
            (480, 200, 26, "手机 13500001234"),
            (480, 245, 26, "电话 020-38881234"),
            (480, 290, 26, "传真 020-38885678"),
            (480, 335, 26, "sunyue@nanyue.example.com"),
            (480, 380, 26, "广州市天河区体育东路108号"),
            (480, 425, 26, "邮编 510620"),
        ),
    ),
    Sample(
        "patterned, blue",
        ContactCard(
            "吴晓东",
            "成都天府物流集团",
            "副总裁",
            ("+86-28-8555-6666",),
            "wuxd@tianfu.example.com",
        ),
        (
            (80, 70, 44, "成都天府物流集团"),
            (80, 220, 66, "吴晓东"),
            (300, 245, 34, "副总裁"),
            (80, 400, 30, "电话 +86-28-8555-6666"),
            (80, 450, 30, "wuxd@tianfu.example.com"),
            (80, 500, 30, "www.tianfu.example.com"),
        ),
        paper="#dfeaf7",
        ink="#12345a",
        spoil=patterned,
    ),
    Sample(
        "compound surname, address on two lines",
        ContactCard(
            "欧阳清",
            "西安长安精密机械有限责任公司",
            "采购部部长",
            ("18700009999",),
            "ouyangqing@changan.example.com",
            address="陕西省西安市高新区科技路33号高新国际商务中心18层",
        ),
        (
            (80, 70, 38, "西安长安精密机械有限责任公司"),
            (80, 190, 58, "欧阳清"),
            (290, 212, 32, "采购部部长"),
            (80, 330, 28, "手机:18700009999"),
            (80, 380, 28, "邮箱:ouyangqing@changan.example.com"),
            (80, 430, 28, "地址:陕西省西安市高新区科技路33号"),
            (170, 475, 28, "高新国际商务中心18层"),
        ),
    ),
    Sample(
        "in capitals, green on black",
        ContactCard(
            "Tom Reed",
            "Acme Systems Inc.",
            "Purchasing Manager",
            ("+1 415-555-0132",),
            "tom.reed@acme.example.com",
            address="500 Howard Street, San Francisco, CA 94105",
        ),
        (
            (80, 80, 52, "TOM REED"),
            (80, 160, 30, "Purchasing Manager"),
            (80, 260, 42, "Acme Systems Inc."),
            (80, 370, 28, "Mobile +1 415-555-0132"),
            (80, 415, 28, "tom.reed@acme.example.com"),
            (80, 460, 28, "500 Howard Street, San Francisco, CA 94105"),
        ),
        paper="#0c0f0c",
        ink="#7fe3a1",
    ),
)


def not_a_card() -> bytes:
    """A picture with some words that is none: a notice on a door."""
    notice = ((120, 100, 70, "今日盘点"), (120, 240, 50, "暂停营业一天"), (120, 360, 40, "请走侧门"))
    return Sample("a notice", ContactCard(), notice).jpeg()
