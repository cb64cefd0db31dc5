"""Customers named in a text: known ones by any of their names, and words that are called a new customer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from nlu.company_forms import core_of
from nlu.finders import ordinary, prospect
from nlu.lexicon import word_set
from nlu.names import Named, Place
from nlu.rule import Find, Key
from nlu.segment import is_ordinary, is_word

NAMED_AS_SUCH = re.compile(r"[一-鿿()]{2,30}?(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司)")
LEADS = (  # what stands before a name wherever it is: contact and motion told, particles, pronouns, times
    r"(?:拜访|走访|探访|回访|到访|会见|联系|接触|沟通|对接|交流|跟进|介绍|认识|约见|约好|上门|新增|客户|叫做|名叫|公司叫"
    r"|签约|打电话|开会|[去见约聊谈签来到跑催报发寄送]了|[去见]过|了|咗|跟|给|把|[我你您他她咱][们]?|大家|刚刚?|刚才|已经|准备"
    r"|打算|计划|看看|看一?下|查一?下|查查|查询|打开|找一?下|搜一?下|今[天日早晚]|[昨明后]天|[上下中]午|晚上|早上|们|(?:总|工|经理|主任|老师)(?=[和与同、跟])|那边的?|那儿)"
)
OPENS = (  # what stands before a name only where it opens the stretch, and begins no name itself
    r"(?:[去到在找请让帮陪被]|是|的|[一两三]?[趟次家个](?!电|居|具|装|家|纺|乐)|和(?![平盛泰丰谐合美顺田颐信创记润达兴])"
    r"|同(?![济创方仁辉洲舟德昌力程心])|与|对(?!外)|向(?![阳荣东上])|从|由|上(?![海饶虞汽])|到|过)"
)
NOT_YET_NAME = re.compile(rf"(?:[一-鿿()]{{0,28}}{LEADS})?{OPENS}{{0,3}}")
TELLS_APART = 2  # characters of a name, besides its legal form, that make it another's
SHORTEST = 6  # characters of a name with its legal form: 晨岚有限公司
KIND = (
    r"(?:有限公司|股份公司|集团|科技|软件|智能|电子|电气|电器|电缆|机械|重工|设备|装备|物流|货运|货代"
    r"|贸易|商贸|食品|餐饮|饮料|酒店|酒楼|制药|药业|医药|医疗|生物|化工|建材"
    r"|建设|建筑|置业|家居|家具|家电|服饰|服装|纺织|鞋业"
    r"|教育|学校|中学|小学|大学|学院|幼儿园|医院|诊所|药房|口腔|银行|证券|保险|传媒|文化|广告|印刷"
    r"|包装|五金|塑胶|陶瓷|机电|纸业|光电|半导体|能源|环保|汽配|汽车|超市|百货|便利店"
    r"|罐头|卫浴|门窗|模具|阀门|泵业|鞋业|光学|电机|电池|米业|果业|布业|乳业|酒业|饲料|农资|花艺|民宿|健身|母婴|卤味|木业|玻璃"
    r"|照明|灯饰|钢构|铝业|管业|锅炉|制冷|暖通|安防|消防|园林|物业|旅行社|影视|动漫|律师事务所|会计师事务所|职业学院|职院"
    r"|书店|烘焙|咖啡|茶业|农业|牧业|水产|研究所|研究院|检测|实业|控股|投资|工厂|厂)"
)
GONE_TO = re.compile(
    r"(?:去了趟?|去了一趟|跑了趟?|跑去|拜访了?|走访了?|见了|上门|到访|客户(?:名称|单位)?[:是叫]"
    r"|公司叫|联系了|联系上了?|接触了?|到了|认识了|来自)[ ]?"
    rf"(?P<name>[一-鿿]{{2,8}}?{KIND})(?![一-鿿]{{0,1}}(?:系统|项目|方案|合同))"
)
CALLED_ON = re.compile(  # a short name of nobody known, between words of going there and the end of that thought
    r"(?:去了趟?|去了一趟|跑了趟?|跑了一趟|拜访了|走访了|到访了?)[ ]?(?P<name>[一-鿿]{2,4}?)"
    r"(?=[,。;!?\n]|$|那边|这边|[聊谈见]了?|他们|,? ?[跟和见]?[一-鿿](?:总|工|经理|主任|老师))"
)
SUSPECT = re.compile(  # where a short name may stand of a customer that is written otherwise
    r"(?:^|[,。;!?\n:、 ]|去[了的]?|去趟|跑[了的]?|拜访[了的]?|到了?|[跟和给找催约是])(?P<name>[一-鿿]{2,6}?)"
    r"(?=那边|这边|那里|那单|那家|的?[一-鿿]{1,2}(?:总|工|经理|主任|老师|科长|院长|校长|厂长|部长|店长|处长)|签了|签约|打款|回款|到账|尾款|[a-z])"
)
Alike = Callable[[str], tuple[Key, ...]]
NO_SHORT_NAME = re.compile(
    r"[的了我你他她们在去要把说有跟给这那个不今明昨天一两二三四五六七八九十几多好次趟家店馆场站楼厅室部局署院校所里外面边上下前后间路街区镇村省市县人同学友亲老会展课]"
    r"|^新|客户|公司|项目"
    r"|^[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜]..?$"
)
NO_NAME = re.compile(r"[的了哪我你他她们在去要把说有跟给这那个不今明昨天]|客户|公司|项目|^新|几家|两家|三家|一家")
LATIN_KIND = (
    r"(?:inc|ltd|llc|gmbh|corp|co|group|foods|robotics|systems|technologies|tech|labs|pharma"
    r"|clinic|bank|hotels?|logistics|energy|motors|electronics|industries|partners|holdings"
    r"|optics|instruments|bioscience|biotech"
    r"|therapeutics|diagnostics|medical|trading|retail|bakery|studio|consulting|media|solutions|textiles"
    r"|ceramics|plastics|packaging|shipping|freight|apparel|brewing|coffee|dental|automotive"
    r"|brewery|breweries|brewers|distillery|dairy|dairies|farms|vets|veterinary|bakeries|builders|joinery|catering|resorts"
    r"|nurseries|solicitors|foundry|chemicals|pharmaceuticals|seafood|haulage|couriers|shipyard|vineyards?"
    r"|opticians|architects|castings|timber|steel|textile|furniture|interiors)"
)
LATIN_NAME = re.compile(
    r"(?<![a-z])(?:visited|with|at|from|for|called|to|by) "
    rf"(?P<name>[a-z][a-z0-9&'-]{{1,30}}(?: [a-z][a-z0-9&'-]{{1,30}})? {LATIN_KIND})(?![a-z])"
)
LATIN_NO_NAME = re.compile(r"^(?:the|a|an|our|their|his|her|my|this|that|any|all|some|new|local|every|your|its)\b")

CHINESE_NAME = re.compile(rf"(?P<start>[一-鿿]{{2}})[一-鿿()]{{0,8}}?{KIND}(?:有限|股份|有限责任|股份有限)?(?:公司)?")
LATIN_WORD = r"(?:[A-Z][\w'-]*|&|of|and)"
PROPER_NAME = re.compile(rf"[A-Z][\w'-]+(?: {LATIN_WORD}){{0,4}}")


def is_like_a_name(words: str) -> bool:
    """Whether words as they were written look like a company's name: a trade behind a stem, or Latin capitals."""
    if found := CHINESE_NAME.fullmatch(words):
        return not NO_NAME.search(words) and not is_ordinary(found["start"])
    return PROPER_NAME.fullmatch(words) is not None


def find(folded: str, places: list[Place], others: Sequence[Find] = (), alike: Alike = lambda _: ()) -> list[Find]:
    """Finds of kind "customer": the value is a tuple of keys where known ones are named, else the words.

    The words begin behind any of the `others` (times, people) found in them. `alike` tells the known customers whose
    name looks or sounds like one that nobody bears; where that is one alone, it is meant (rule "alike").
    """
    finds = [found for place in places if (found := _known(folded, place, places))]
    for new in prospect.find(folded, others):
        if not any(f.start < new.end and new.start < f.end for f in finds):
            finds.append(new)
    for match in NAMED_AS_SUCH.finditer(folded):
        start = _name_start(match, others)
        if match.end() - start >= SHORTEST:
            name = folded[start : match.end()]
            finds = [f for f in finds if not _is_another_firm(name, start, f)]
            _add_unknown(finds, start, match.end(), name, "company form")
    for pattern, refused in ((GONE_TO, NO_NAME), (LATIN_NAME, LATIN_NO_NAME)):
        for match in pattern.finditer(folded):
            if not refused.search(match["name"]):
                _add_unknown(finds, match.start("name"), match.end("name"), match["name"], "like a company")
    _add_short(finds, folded, others, alike)
    return [_as_known(find, alike) for find in finds]


def _add_short(finds: list[Find], folded: str, others: Sequence[Find], alike: Alike) -> None:
    """Add short names of customers that nobody knows, or that are written otherwise than known."""
    for pattern in (CALLED_ON, SUSPECT):
        for match in pattern.finditer(folded):
            name, start, end = match["name"], match.start("name"), match.end("name")
            if not _may_be_short(name) or any(f.start < end and start < f.end for f in others):
                continue
            if pattern is CALLED_ON:
                _add_unknown(finds, start, end, name, "called on")
            elif not any(f.start < end and start < f.end for f in finds) and len(keys := alike(name)) == 1:
                finds.append(Find("customer", start, end, name, keys, "alike"))


def _as_known(find: Find, alike: Alike) -> Find:
    """A name that nobody bears as that of the one known customer whose name looks or sounds like it."""
    is_short = find.rule in ("called on", "like a company") and core_of(find.text) == find.text
    if not isinstance(find.value, str) or not is_short:
        return find  # with its legal form a name is told with care: whether it is a known one is rather asked
    keys = alike(find.value)
    return replace(find, value=keys, rule="alike") if len(keys) == 1 else find


def _may_be_short(name: str) -> bool:
    """Whether a few characters are no word, no place, nobody and nothing counted: what is left is a firm's name."""
    halves = (name[:2], name[2:]) if len(name) == 4 else (name,)
    return not NO_SHORT_NAME.search(name) and name not in word_set("place") and not all(map(is_word, halves))


def _name_start(match: re.Match[str], others: Sequence[Find]) -> int:
    """Where a name with a company's legal form begins: behind whatever leads up to it."""
    inner = [f.end for f in others if match.start() < f.end <= match.end() - 4]
    start = max([match.start(), *inner])
    lead = NOT_YET_NAME.match(match.string, start, match.end() - 6)
    return lead.end() if lead else start


def _is_another_firm(name: str, start: int, known: Find) -> bool:
    """Whether a name in full says more than the known short one within it: 北京华信软件有限公司 is not any 华信."""
    is_within = start <= known.start and known.end <= start + len(name)
    return is_within and isinstance(known.value, tuple) and len(core_of(name)) - len(known.text) >= TELLS_APART


def _add_unknown(finds: list[Find], start: int, end: int, name: str, rule: str) -> None:
    """Add a company nobody knows, unless something stands there already."""
    if not any(find.start < end and start < find.end for find in finds):
        finds.append(Find("customer", start, end, name, name, rule))


def _known(folded: str, place: Place, places: list[Place]) -> Find | None:
    customers = [named for named in place.named if named.kind == "customer"]
    if not customers:
        return None
    if ordinary.is_common(folded[place.start : place.end]) and not ordinary.is_said_as_name(folded, place, places):
        return None
    keys = tuple(dict.fromkeys(named.key for named in customers))
    return Find("customer", place.start, place.end, folded[place.start : place.end], keys, _rule(customers[0]))


def _rule(named: Named) -> str:
    return (
        "learnt"
        if named.only_for is not None
        else {4: "settled", 3: "full name", 2: "short name"}.get(named.strength, "short form")
    )
