"""New customers, by the words that say that one is new: 新客户:…, 录一家新的,…, add … as a customer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlu.company_forms import shape_of
from nlu.rule import Find

NOUN = (
    r"(?:新(?:的|来的|增的?|进的|开的)?(?:客户(?![端群])|客(?![人服流源单群家])|线索|户(?![型口主籍])|lead|prospect|account|case)"
    r"|潜在客户|意向客户|潜客|客户建档|录个客户|(?:^|\n)线索(?=:)|(?:拿到|收到|来了|接到|获得)[^,。]{0,4}(?:线索|询盘))"
)
NAMED = "名?字?叫(?![我你他她咱您上来去人车了停板价好苦外])"
CALLED = re.compile(
    rf"(?P<noun>{NOUN}(?:录一下|建档|录入|登记|信息)?|陌拜了?(?:一家)?|介绍(?:了|咗)?(?:一个|个|间)(?:新)?(?:客户|客)"
    r"|(?:new|inbound|fresh|hot|warm|web|website) (?:lead|customer|account|prospect|client|logo|name|enquiry|inquiry)"
    r"(?: (?:from|via|through|off) (?:the |our |a )?\w+)?"
    r"|\b(?:inbound|lead|enquiry|inquiry|referral) (?:from|via|through|off) (?:the |our |a )?\w+(?: (?:form|show"
    r"|fair|ad))?(?=:)|potential customer|prospect)"
    r"|(?:录|加|建|开|登记|新增|录入|添加|新建)(?:了|咗|下|入|一下)?一?[个家间]?"
    r"(?:新的(?:客户)?|新?(?:客户|客|户))(?=[,: ]|叫)"
    r"|(?:官网|网站|网上|表单|留言|公众号|小程序|抖音|小红书|脸书|facebook|展会|热线|广告|平台)[一-鿿]{0,6}?"
    r"(?:来|进|到|增|转|分)(?:了|咗|来)?一?[条个家间笔封](?:新?(?:线索|客户|询盘|询价|留言|表单))?(?=[,:])"
    r"|(?<![找订选定吃换]了)[一两][家间](?!人|子|之|[^,。]{0,8}(?:竞品|对手|友商|竞争|供应商|同行|餐厅|饭店|饭馆))"
    rf"[^,。;!?\n叫]{{0,12}}[, ]?(?={NAMED})"
    r"|(?P<like>(?:还有|另有|又来)(?:了)?一[家间](?=[ ,:])|有一?[个家间](?:公司|客户|单位|厂|店)?(?=叫)"
    r"|(?:^|\n)(?:建档|线索)(?:一[条家个])?(?=:)"
    rf"|的(?:公司|单位|厂|店|门店|工厂|企业),?(?={NAMED}))"
)
LEADS = re.compile(
    r"(?:[来到]?[了啦咯]|来[哦噢哈])?(?:了?一[家个间条])?[\s☀-➿\U0001F000-\U0001FAFF!*:,。】「『“\"-]*"
    r"(?:(?:客户|公司|单位)?(?:全?名称?)[: ]{1,2}|(?:客户|公司|单位):)?"
    r"(?:(?:名?字?叫做?|名字?[为是]|是|系|来自)(?!做))?[ ]*"
)
NAME = re.compile(r"[a-z][a-z0-9&'. -]{2,40}?(?=[,.;:(!]|$|\n)|[一-鿿][一-鿿a-z0-9()·&]{1,23}")
AS_NEW = re.compile(
    r"\b(?:add|put|log|register|set up|create|enter)"
    r" (?!(?:it|this|that|them|him|her|one|these|those|us|me)\b)(?P<name>[a-z][a-z0-9&'. -]{2,40}?)"
    r"(?: in| up| down)? as (?:an? )?(?:new )?(?:customer|client|account|lead|prospect)\b"
)
TAIL = re.compile(
    r"(?:,|是?专?门?做|是?[搞卖](?=.{1,8}的)|想|老板|联系人|窗口|负责人|地址|电话|总机|有(?=[\d一两二三四五六七八九十几百上]|个|意向|需求|兴趣|采购|想|点|没)|来源|要|在(?!线)"
    r"|对我们|打来|来电|来询|的(?=[一-鿿]{2,}|[店厂]$)|他们家?|她们家?|人家"
    r"| in | from | out of | based | is | are | who | via | came | that | - ).*$"
)
TOLD_OF_IT = re.compile(r"(?:的|介绍|推荐|转介|引荐|来源|私信|留言|认识)$")
NO_NAME = re.compile(
    r"^(?:[的了吧呢吗啊给由是在有要都也就还先再已把被让请这那我你他她它们]|开发|拜访|跟进|数量|名单|登记|老客户|资料|信息|清单|列表"
    r"|情况|录入|建档|签|多|太|不|没|报|公司|客户|线索|第|for |to |at |is |and |with |from |in |of |the )"
    r"|[吗呢]|哪|多少|几[家个]|谁|什么|怎么|客户$"
)
REFUTED = re.compile(r"(?:不是|不算|不用|并非|哪来|没有?|几个|多少|哪些|有什么|not|no|any)[^,。;!?\n]{0,3}$")
TRIES = 3  # stretches behind the words in which the name may stand
HEADED = re.compile(r"[^\n]{0,12}(?:新客户|新线索|线索|询盘|潜在客户|意向客户)[^\n]{0,14}\n")
LISTED = re.compile(r"(?:^|\n)[ \t]{0,4}[(]?(?:\d{1,2}|[一二三四五六七八九十]|[①-⑳]|[-•*·])[)、). ]{0,2}[ \t]{0,4}")


def find(folded: str, others: Sequence[Find]) -> Iterator[Find]:
    """Finds of kind "customer" whose rule is "called new", the value the words."""
    for said in CALLED.finditer(folded):
        if not REFUTED.search(folded, max(0, said.start() - 8), said.start()) and (
            name := _named(folded, said.end(), others, is_certain=not said["like"], tries=TRIES if said["noun"] else 1)
        ):
            yield _find(folded, *name)
    for said in AS_NEW.finditer(folded):
        yield _find(folded, *said.span("name"))
    if head := HEADED.match(folded):
        for mark in LISTED.finditer(folded, head.end() - 1):
            if name := _named(folded, mark.end(), others, is_certain=True, tries=1):
                yield _find(folded, *name)


def is_like_a_firm(name: str) -> bool:
    """Whether words begin with a place or end with a trade."""
    shape = shape_of(name)
    return len(name) >= 4 and (len(shape.cuts) > 1 or (bool(shape.town) and len(shape.rest) > 1))


def _find(folded: str, start: int, end: int) -> Find:
    return Find("customer", start, end, folded[start:end], folded[start:end], "called new")


def _named(folded: str, place: int, others: Sequence[Find], *, is_certain: bool, tries: int) -> tuple[int, int] | None:
    """The first stretch behind a place that may be a name; what tells where the customer came from is left out."""
    for _ in range(tries):
        lead = LEADS.match(folded, place)
        said = NAME.match(folded, lead.end() if lead else place)
        if said is None:
            return None
        name = TAIL.sub("", said[0]).strip(" .")
        if TOLD_OF_IT.search(name):
            place = said.end()
            continue
        is_person = any(f.kind == "person" and f.start == said.start() for f in others)
        if len(name) < 2 or is_person or NO_NAME.search(name) or not (is_certain or is_like_a_firm(name)):
            return None
        return said.start(), said.start() + len(name)
    return None
