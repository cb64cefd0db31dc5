"""A firm with very many customers and twice as many people, named as such firms are, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from crm import pinyin

REPS = 5_000
_BRAND = (
    "安邦博采昌辰诚驰初川春达大道德鼎东多恩帆方飞丰枫峰富高格冠光广国海瀚航豪浩和恒弘宏鸿华辉汇慧基吉佳嘉健江杰捷金锦晶景久聚"
    "君凯康科兰蓝朗乐雷力立联良林凌龙隆鹿美民明铭南宁诺欧鹏普启奇千乾青清庆泉仁荣融瑞润森尚盛世舒顺硕思泰腾天通同万旺威维伟"
    "文沃希祥翔欣新鑫信星兴雄旭轩雅亚阳洋耀一怡宜亿益毅银英永优友宇雨玉远越云韵泽展哲振正志智中忠众卓子紫"
)
_PLACES = (
    *(
        "上海",
        "北京",
        "深圳",
        "广州",
        "杭州",
        "苏州",
        "南京",
        "宁波",
        "无锡",
        "成都",
        "重庆",
        "武汉",
        "长沙",
        "西安",
        "青岛",
        "济南",
    ),
    *("天津", "郑州", "合肥", "厦门", "福州", "佛山", "东莞", "沈阳"),
)
_TRADES = (
    *(
        "科技",
        "信息技术",
        "软件",
        "电子",
        "机械",
        "自动化",
        "医疗器械",
        "生物科技",
        "新能源",
        "环保科技",
        "建材",
        "装饰工程",
        "物流",
        "供应链管理",
    ),
    *(
        "餐饮管理",
        "食品",
        "服饰",
        "纺织",
        "化工",
        "新材料",
        "贸易",
        "进出口",
        "文化传媒",
        "教育科技",
        "汽车零部件",
        "精密制造",
        "智能装备",
    ),
    *("网络科技", "电气设备", "仪器仪表", "包装", "塑胶", "五金", "家居"),
)
_FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "集团有限公司")
_HEADS = (
    *("b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gl", "h", "j", "k", "kl", "l", "m", "n", "p"),
    *("pr", "qu", "r", "s", "st", "t", "tr", "v", "w"),
)
_ENDS = (
    *("al", "an", "ar", "el", "en", "er", "il", "in", "on", "or", "ord", "ast", "end", "ick", "old"),
    *("usk", "ane", "ent"),
)
_BUSINESS = (
    *("Foods", "Instruments", "Packaging", "Logistics", "Apparel", "Robotics", "Systems", "Labs"),
    *("Tools", "Marine", "Energy", "Optics"),
)
_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "建国明华伟芳娜敏静磊强洋艳勇军杰涛超平刚桂英秀兰霞红玉梅丽娟云飞鹏博文思宇浩然子轩一诺欣怡"
_TITLES = (
    *(
        "总经理",
        "副总经理",
        "采购经理",
        "技术总监",
        "财务总监",
        "项目经理",
        "采购主管",
        "信息科主任",
        "工程师",
        "董事长",
    ),
)
_VISITS = (
    *(
        "客户 嫌 价格 贵 ",
        " 看了 演示 ",
        " 要 接口 文档 ",
        " 竞品 是 用友 ",
        " 竞品 是 金蝶 ",
        " 预算 明年 批 ",
        " 合同 走 流程 ",
    ),
    *(" 要 试用 一个月 ", " 数据 迁移 有 顾虑"),
)
Row = tuple[Any, ...]


class Asked(NamedTuple):
    """A query: what kind of one, its words, whom it means, and who looks after that."""

    kind: str
    text: str
    customer: int
    owner: int


class Firm:
    """Names drawn once: the same count gives the same firm."""

    def __init__(self, count: int, now: datetime) -> None:
        self.count, self.now = count, now
        draw = Random(5)
        self.customers = [self._customer(key, draw) for key in range(1, count + 1)]
        self.contacts = [self._contact(key, draw) for key in range(1, 2 * count + 1)]

    def _customer(self, key: int, draw: Random) -> Row:
        """(id, name, owner, phone, tax id, place, brand, trade); English ones without the last three."""
        owner, number = 2 + draw.randrange(REPS), f"9{draw.randrange(10**6):06}MA{draw.randrange(36**4):08X}{key % 10}"
        phone = f"0{draw.randrange(10, 99)}-{draw.randrange(20_000_000, 89_999_999)}"
        if key % 20 == 0:
            word = "".join(draw.choice(_HEADS) + draw.choice(_ENDS) for _ in range(3)).capitalize()
            name = f"{word} {draw.choice(_BUSINESS)} Ltd."
            return (key, name, owner, phone, number, "", name.split(maxsplit=1)[0], "")
        brand = "".join(draw.sample(_BRAND, 2 if draw.random() < 0.8 else 3))
        place, trade = draw.choice(_PLACES), draw.choice(_TRADES)
        return (key, place + brand + trade + draw.choice(_FORMS), owner, phone, number, place, brand, trade)

    def _contact(self, key: int, draw: Random) -> Row:
        name = draw.choice(_FAMILY) + "".join(draw.sample(_GIVEN, draw.choice((1, 2, 2))))
        phone = f"1{draw.choice('3589')}{draw.randrange(10**9):09}"
        return (key, (key + 1) // 2, name, draw.choice(_TITLES), phone)

    def tables(self, stages: Any) -> Iterator[tuple[str, str, Any]]:
        """What is written, table by table; a deal with every fourth customer."""
        made = self.now - timedelta(days=300)
        yield "users", "id,name,role", [(1, "Boss", "admin"), *((n, f"Rep {n}", "rep") for n in range(2, REPS + 2))]
        yield "identities", "user_id,channel,address", [(n, "none", str(n)) for n in range(1, REPS + 2)]
        rows = ((*row[:3], made, *row[3:5]) for row in self.customers)
        yield "customers", "id,name,owner_id,created_at,phone,tax_id", rows
        yield "contacts", "id,customer_id,name,title,phone", self.contacts
        sold = ((n, n * 4, "二期扩容", stages.pipeline_id, stages.id, self.customers[n * 4 - 1][2], made) for n in
                range(1, self.count // 4))  # fmt: skip
        yield "deals", "id,customer_id,name,pipeline_id,stage_id,owner_id,created_at", sold

    def visits(self) -> tuple[str, str, Iterator[Row]]:
        """As many visits as customers, with what was told."""
        return "visits", "id,customer_id,user_id,held_on,created_at,words", self._visits(self.count)

    def _visits(self, count: int) -> Iterator[Row]:
        draw = Random(6)
        for key in range(1, count + 1):
            customer = self.customers[draw.randrange(self.count)]
            day = self.now - timedelta(days=draw.randrange(400))
            told = ",".join("".join(part.split()) for part in draw.sample(_VISITS, 3))
            words = f"今天去了{customer[6]},{told},编号{draw.randrange(count // 5 or 1):05}"
            yield key, customer[0], customer[2], day.date(), day, words

    def asked(self, count: int) -> list[Asked]:
        """So many queries, of each kind as many."""
        draw, found = Random(9), list[Asked]()
        while len(found) < count:
            kind = KINDS[len(found) % len(KINDS)]
            row = self.customers[draw.randrange(self.count)]
            text = self._text(kind, row, draw)
            if text:
                found.append(Asked(kind, text, row[0], row[2]))
        return found

    def _text(self, kind: str, row: Row, draw: Random) -> str:
        _, name, _, _, tax_id, place, brand, trade = row
        person = self.contacts[2 * row[0] - 1 - draw.randrange(2)]
        if kind.startswith("english") == bool(place):
            return ""
        texts = {
            "2 characters": brand[:2],
            "3-4 characters": (brand + trade)[: draw.choice((3, 4))],
            "place and brand": place + brand,
            "brand and trade": brand + trade,
            "whole name": name,
            "pinyin": pinyin.joined(brand),
            "initials": pinyin.initials((brand + trade)[:4]),
            "last four digits": person[4][-4:],
            "whole phone": person[4],
            "contact": person[2],
            "tax id": tax_id,
            "english word": brand.lower(),
            "english slip": _slip(brand.lower(), draw, "abcdefghijklmnopqrstuvwxyz") if not place else "",
            "homophone": _homophone(brand + (trade if draw.random() < 0.5 else ""), draw) if place else "",
            "slip of the pen": _slip((brand + trade)[:5], draw, _BRAND) if place else "",
        }
        return texts[kind]


KINDS = (
    *("2 characters", "3-4 characters", "place and brand", "brand and trade", "whole name", "pinyin", "initials"),
    *("last four digits", "whole phone", "contact", "tax id", "english word", "english slip", "homophone"),
    "slip of the pen",
)
EXACT = ("2 characters", "3-4 characters", "place and brand", "brand and trade", "whole name", "english word")
LOOSE = ("pinyin", "homophone", "slip of the pen", "english slip")


def _homophone(text: str, draw: Random) -> str:
    """The text with one character of its first two written as another that sounds so, "" where there is none."""
    place = draw.randrange(2)
    alike = [char for char in pinyin.one_syllable(pinyin.reading(text[place])) if char != text[place]]
    return text[:place] + draw.choice(alike) + text[place + 1 :] if alike else ""


def _slip(text: str, draw: Random, letters: str) -> str:
    """The text with one character wrong, left out, doubled or swapped with the next."""
    place = draw.randrange(len(text) - 1)
    how = draw.randrange(4)
    head, char, tail = text[:place], text[place], text[place + 1 :]
    return (
        head + draw.choice(letters) + tail,
        head + tail if len(text) > 3 else head + draw.choice(letters) + tail,
        head + char + char + tail,
        head + tail[0] + char + tail[1:],
    )[how]
