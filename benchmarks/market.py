"""A market of made-up customers for benchmarks: companies, schools and hospitals with people, short names and deals."""

from __future__ import annotations

import random
from collections.abc import Iterator

from nlu.known import KnownContact, KnownCustomer, KnownDeal
from nlu.lexicon import words

_CHARACTERS = (
    "华信晨岚恒通宏达天成瑞丰鑫源嘉禾明泰永盛博远汇丰卓越锦程星河启航云帆海纳百川德润安泰金鼎东方新宇中科大洋长虹隆基"
    "万邦顺达佳美康宁正茂光辉昌荣利民和谐兴业创维智联思源宝盈凯旋腾飞众诚友邦同济信诺诚品美信亚太环球锐捷飞鸿蓝天绿野"
    "安邦奥柏宝贝北辰本毕标滨冰彩参策潮城驰冲初川传春纯慈聪存达丹导道登迪地帝点鼎定都端多鹅尔发范飞丰峰凤福富港高格个功谷"
    "冠广国海汉航豪浩合和河恒红虎花画怀欢煌辉惠火吉际佳家坚建健江匠洁捷晋京精景静炬聚君骏开凯康科可克坤蓝朗乐雷黎力立丽"
    "良亮林灵龙隆鲁路绿罗洛麦茂美盟米妙闵名铭磨木牧纳南宁诺欧派鹏品平浦齐奇启千强乔琴勤青庆秋泉群仁荣融如锐润赛三山"
    "善商尚申深沈盛石时实世舒双朔四松苏泰唐腾天田铁通同拓瓦外湾王旺威维伟卫文沃五武西希熙喜夏仙显香祥象晓心欣新鑫星兴"
    "雄秀旭轩雅亚研彦阳耀业一怡义亿易益毅银英迎盈永勇优友有禹玉御裕誉元园远月悦跃越云允运泽展张兆哲振正志质致智中州舟卓紫宗"
    "景福祥瑞凌云青松白鹭紫荆翠微朗润清源浩瀚泽林森木晶石玉衡皓月旭日曙光春晖秋实雅韵文澜书香墨客丹青梧桐银杏"
)
_GIVEN = (
    "建国明华伟强丽娟芳敏静杰涛磊洋勇艳军平刚玲桂英红霞超鹏辉宇欣怡雨晨子涵浩然梓轩诗琪思远志文博佳慧晓燕海波永康立新"
    "春梅秀兰国栋振华庆丰少华雪松云龙家豪嘉欣若曦一鸣瑞雪"
)
_TITLES = [
    "总经理",
    "副总经理",
    "销售总监",
    "采购经理",
    "技术总监",
    "董事长",
    "工程师",
    "主任",
    "科长",
    "部长",
    "财务经理",
    "信息科长",
    "院长",
    "校长",
    "厂长",
]
_DEALS = [
    "ERP二期",
    "MES一期",
    "数据中台",
    "云服务续费",
    "产线改造",
    "年度框架采购",
    "官网改版",
    "设备更新",
    "机房扩容",
    "培训项目",
    "安防升级",
]
_NUMBERS = "一二三四五六七八九"
_COMMON_SURNAMES = 100  # nine people in ten have one of these


def customers(count: int, seed: int = 7) -> Iterator[KnownCustomer]:
    """So many customers, the same for the same seed."""
    chance = random.Random(seed)
    places, trades, surnames = words("place"), words("trade"), words("surname")
    for number in range(count):
        stem, name = _company(chance, places, trades)
        short = dict.fromkeys(name for name in (stem, stem[:2] + chance.choice("总新老云")) if name)
        yield KnownCustomer(
            number,
            name,
            tuple(short)[: chance.randint(1, 2)],
            tuple(_contact(chance, surnames, number * 4 + n) for n in range(chance.randint(1, 3))),
            (KnownDeal(number, chance.choice(_DEALS), "needs"),),
            number % 40,
        )


def _company(chance: random.Random, places: tuple[str, ...], trades: tuple[str, ...]) -> tuple[str, str]:
    """A short name and the name in full."""
    place, kind = chance.choice(places), chance.random()
    if kind < 0.02:
        return "", f"{place}市第{chance.choice(_NUMBERS)}人民医院"
    if kind < 0.04:
        return "", f"{place}{chance.choice(_CHARACTERS)}{chance.choice(_CHARACTERS)}实验小学"
    # The square makes some characters far commoner than others, as in life.
    size = len(_CHARACTERS)
    stem = "".join(_CHARACTERS[int(size * chance.random() ** 2)] for _ in range(3 if chance.random() < 0.2 else 2))
    legal = chance.choice(("有限公司", "有限公司", "股份有限公司", "有限责任公司", "集团有限公司"))
    return stem, f"{place}{stem}{chance.choice(trades)}{legal}"


def _contact(chance: random.Random, surnames: tuple[str, ...], key: int) -> KnownContact:
    common = chance.random() < 0.9
    surname = chance.choice(surnames[:_COMMON_SURNAMES] if common else surnames)
    given = "".join(chance.choice(_GIVEN) for _ in range(2 if chance.random() < 0.8 else 1))
    return KnownContact(key, surname + given, chance.choice(_TITLES))


_SAID = (
    "今天下午去了{short},跟{who}聊了一个小时,他说预算大概80万,下周三前给报价",
    "{short}那边签了,合同30万,首付三成",
    "提醒我明天上午给{who}打电话,确认{short}的交付时间",
    "{full}的{who}来电,设备又报错了,让我们尽快处理",
    "刚跟{short}开完视频会,{deal}推进到商务谈判,赢率六成",
    "下周有哪些客户要回访?本月业绩完成多少",
    "把{who}的电话改成13912345678",
    "今天跑了两家,{short}没见到人,约了周五再去,另外给老板交周报",
    "met {who} at {short} today, budget is 50k, will send the quote by Friday",
    "{short}尾款20万到账了,发票已开",
)


def messages(known: list[KnownCustomer], seed: int = 11) -> Iterator[str]:
    """A message about each of the customers."""
    chance = random.Random(seed)
    for number, customer in enumerate(known):
        contact = chance.choice(customer.contacts)
        yield _SAID[number % len(_SAID)].format(
            short=(customer.short_names or (customer.name,))[0],
            full=customer.name,
            who=chance.choice((contact.name, contact.name[0] + "总", contact.name[0] + contact.title[-2:])),
            deal=customer.deals[0].name,
        )
