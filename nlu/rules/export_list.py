"""The sender wants a list as a file: 导出我的客户, 把商机导出成excel, export my deals as csv, 王总的名片.

Slots as in answer_query, narrowed or not, and form str (xlsx, csv, vcf, ics) where one is told. The whole message must
name the list and nothing else; without a list, the one shown last is meant: 导出, export it as csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.filters.found import OF_CUSTOMERS
from nlu.filters.scan import scan
from nlu.filters.slots import list_slots
from nlu.question import question
from nlu.rule import Rule
from nlu.rules.answer_query_person import whom_at
from nlu.rules.answer_query_short import is_list_named
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

FORMS = {
    "xlsx": r"(?:excel|xlsx?|spreadsheet|电子表格|表格)",
    "csv": r"csv",
    "vcf": r"(?:vcf|vcard|v-card|名片)",
    "ics": r"(?:ics|ical|icalendar|日历)",
}
FORM = rf"(?P<form>{'|'.join(FORMS.values())})(?: ?(?:文件|格式|表|file|sheet|format))?"
WHAT = r"(?P<what>[^,。;!?]{1,40}?)"
SAID = tuple(
    re.compile(PLEASE + pattern.replace("WHAT", WHAT).replace("FORM", FORM))
    for pattern in (
        r"(?:把|将)?WHAT(?:都|全部|全)?(?:给我)?(?:导出|导成|输出|另存)(?:来|一下|一份)?"
        r"(?:(?:成|为|到|用)?(?:一?[个份])? ?FORM)?(?:给我|发我)?",
        r"(?:给我)?(?:导出|导一[下份])(?:一下|一份)?WHAT(?:[ ,]?(?:成|为|到|用)? ?FORM)?(?:给我|发我)?",
        r"(?:(?:给我|发我|我要|要)(?:一份)?)?WHAT的? ?FORM(?:发我|给我)?",
        r"(?:export|download) (?:me )?WHAT(?: (?:as|to|in|into)(?: an?)? ?FORM)?",
        r"(?:send|give) me WHAT (?:as|in)(?: an?)? FORM",
    )
)
TOPICS = (  # the last word of the list named says which
    ("contact", re.compile(r"(?:联系人|通讯录|\bcontacts?|\bpeople)$")),
    ("tasks", re.compile(r"(?:任务|待办(?:事项)?|\btasks|\bto-?dos?)$")),
    ("visits", re.compile(r"(?:拜访|跟进)(?:记录)?$|\b(?:visits|meetings)$")),
    ("schedule", re.compile(r"(?:日程|行程|\bschedule|\bcalendar|\bagenda)$")),
    ("deals", re.compile(r"(?:商机|单子|项目|\bdeals|\bopportunities|\bpipeline)$")),
    ("customers", re.compile(r"(?:客户|\bcustomers|\baccounts)$")),
)
ALL = r"(?:我的)?(?:全部|所有|一切)(?:的)?(?:数据|资料|内容|信息|东西|记录)?"
SHOWN = tuple(
    re.compile(PLEASE + pattern.replace("FORM", FORM))
    for pattern in (
        r"(?:(?:把|将)?(?:(?:这个?|这些|上面的?|刚才的?)(?:客户|商机)?)?(?:列表|名单|清单|结果)?(?:都|全部)?(?:给我)?)?"
        r"(?:导出|导成|输出)(?:来|一下)?(?:(?:成|为|到)?(?:一?[个份])? ?FORM)?(?:给我|发我)?",
        r"导出(?:这个?|这些)(?:列表|名单|清单|客户|商机|结果)?",
        rf"(?:导出{ALL}|(?:把|将)?{ALL}(?:都|全都|全)?(?:给我)?导出(?:来)?)(?:(?:成|为|到)?(?:一?[个份])? ?FORM)?",
        r"(?:export|download) (?:everything|it all|all(?: of it)?(?: (?:of )?(?:my|our|the))?(?: data| records)?)"
        r"(?: (?:as|to|in|into)(?: an?)? FORM)?",
        r"(?:export|download)(?: (?:it|this|these|them|that|(?:the|this) list))?(?: (?:as|to|in|into)(?: an?)? FORM)?",
    )
)
LISTED = re.compile(r"(?:的?(?:名单|清单|列表|资料|数据)|(?<=[a-z]) (?:list|data))$")
OF_WHOM = re.compile(r" (?:at|of|from|for|in|by|with) .*")
OF_PERSON = re.compile(
    r"的?(?:电子)?名片(?:发我|给我)?"
    r"|的?(?:联系方式|电话)?(?:导出|导成|存)(?:成|为)? ?(?:一?[个张份])? ?(?:vcf|v-?card|名片)(?:文件)?(?:发我|给我)?"
    r"|(?:'s)? (?:v-?card|business card|card)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The list that is to be a file."""
    if len(scene.clauses) > 1:
        return
    for pattern in SHOWN:
        if (shown := whole(scene, clause, pattern)) is not None:
            yield form_of(shown.groupdict().get("form"))
            return
    for pattern in SAID:
        said = whole(scene, clause, pattern)
        if said is not None and (slots := list_named(scene, clause, *said.span("what"))) is not None:
            yield slots | form_of(said["form"])
            return


def list_named(scene: Scene, clause: Clause, start: int, end: int) -> dict[str, Any] | None:
    """The list that [start, end) of the message names, and nothing else; None where it names none."""
    what = LISTED.sub("", scene.folded[start:end].rstrip())
    end = start + len(what)
    topic = next((topic for topic, word in TOPICS if word.search(OF_WHOM.sub("", what))), "")
    narrowed = _narrowed(scene, clause, start, end)
    if narrowed is not None and (topic in ("", narrowed["topic"]) or narrowed["topic"] in OF_CUSTOMERS):
        return narrowed
    return question(scene, clause, topic) if topic and is_list_named(clause, start, end) else None


def form_of(said: str | None) -> dict[str, Any]:
    """The form that is told, as a slot."""
    form = next((form for form, word in FORMS.items() if said and re.fullmatch(word, said)), "")
    return {"form": form} if form else {}


def _narrowed(scene: Scene, clause: Clause, start: int, end: int) -> dict[str, Any] | None:
    """What narrows the list that a part of the message names, if all of the part is understood: 上海的重点客户."""
    found = scan(scene, clause, start, end)
    is_narrowed = (found.conditions or found.sort) and not found.rest and not found.names_customer
    return list_slots(scene, found) if is_narrowed else None


def read_card(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The person whose card is wanted, as one that a telephone takes."""
    people = clause.all("person")
    if len(scene.clauses) > 1 or len({find.start for find in people}) != 1:
        return
    after = scene.folded[people[0].end : clause.end].rstrip(" 。.!?")
    before = re.sub(PLEASE, "", scene.folded[clause.start : people[0].start])
    customers = clause.all("customer")
    for find in customers:
        before = before.replace(find.text, "")
    if OF_PERSON.fullmatch(after) and re.fullmatch(r"(?:给我|发我|导出|把|将|(?:export|send me|give me) )?的?", before):
        yield {"topic": "contact", "form": "vcf"} | whom_at(scene, clause, people[0])


WORDS = (
    "导出",
    "导成",
    "导一",
    "输出",
    "另存",
    "表格",
    "日历",
    "export",
    "download",
    *("excel", "xls", "csv", "vcf", "ics"),
)
RULES = (
    Rule("export_list", "command", (), read, whole=True, words=(*WORDS, "spreadsheet", "vcard")),
    Rule("export_list", "command", (), read_card, ("person",), whole=True, words=("名片", "card")),
)
EXAMPLES = (
    "导出我的客户",
    "导出上海的客户",
    "导出上海的重点客户",
    "export deals over 300k in negotiation as csv",
    "把商机导出成excel",
    "导出白鹭的联系人",
    "把我的任务导出来",
    "导出本月的拜访记录",
    "导出我的日程",
    "我的客户的excel表发我",
    "我要一份客户的excel表",
    "给我一份客户清单 excel",
    "导出通讯录",
    "导出",
    "导出成csv",
    "导出所有数据",
    "全部导出",
    "export everything",
    "把这个列表导出来",
    "export this list",
    "export my deals as csv",
    "export my customers",
    "export contacts at Northwind as vcard",
    "何总的名片",
    "把何总的联系方式导出成vcard",
    "send me Lena's vcard",
)
COUNTER_EXAMPLES = (
    "晨岚要导出功能",
    "把客户名单导出来发给何总",
    "明天把商机导出成excel给何总",
    "客户说数据导出很慢",
    "何总给了名片",
    "export is slow at Northwind",
    "send Lena the excel",
)
