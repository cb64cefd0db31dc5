"""Data is wanted as a file in other words: all of a customer, 把客户名单发我一份; what cannot be: as a PDF, by mail.

Slots as in export_list; customer Mention alone for all that is known of one; unable str (form, mail, topic) for what
cannot be done; how True where it is asked what can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customers_at
from nlu.question import question
from nlu.rule import Rule
from nlu.rules.answer_query_short import is_list_named
from nlu.rules.export_list import FORM, WHAT, form_of, list_named
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

SHEET = r"(?:file|sheet|spreadsheet|document|excel file)"
SENT = tuple(
    re.compile(PLEASE + pattern.replace("WHAT", WHAT).replace("FORM", FORM))
    for pattern in (
        r"(?:把|将)?WHAT(?:都|全部|全)?(?:[发传给]|发给)我(?:一份|一?个(?:文件|表格?)|存档|备份)(?:吧|FORM)?",
        r"(?:把|将)?(?P<list>[^,。;!?]{1,30}?(?:名单|清单|通讯录))(?:都|全部|全)?(?:[发传给]|发给)我(?:吧|看看|一下)?",
        r"(?:[发给传]我|给我来|我要|我想要|想要)(?:一份|一个|个)(?P<sheet>[^,。;!?]{1,30}?(?:名单|清单|通讯录|资料))",
        r"(?:我想要|想要)(?:一份|一个|个)WHAT的? ?FORM",
        rf"(?:send|give|get) me WHAT (?:as|in)(?: an?)? {SHEET}",
        rf"(?:send|give|get) me (?:an? )?(?:{SHEET}|copy|export) (?:of|with) WHAT",
    )
)
LIST_EN = re.compile(
    rf"{PLEASE}(?:send|give|get|export|download) (?:me )?(?:my |our |the |an? )?(?:full |complete )?"
    r"(?P<topic>customer|account|contact|deal|task|visit) (?:list|database)"
)
OF_LIST = {"customer": "customers", "account": "customers", "contact": "contact"}
DATA = r"(?:客户)?(?:的)?(?:全部|所有|完整|整个|一切)?(?:的)?(?:客户)?(?:资料|信息|数据|内容|记录|东西|情况|档案)?"
WHO = r"(?P<{}>[^,。;!?]{{2,40}}?)"
DATA_EN = r"(?:everything|all(?: the)?(?: data| records| info)?|the (?:data|records)|data|records)"
ONE = re.compile(
    rf"{PLEASE}(?:把|将)?{WHO.format('a')}(?:这家|这个)?{DATA}(?:都|全部|全)?(?:给我)?(?:导出|导成)(?:来|一下|一份)?(?:给我|发我)?"
    rf"|{PLEASE}(?:给我)?导出(?:一下|一份)?{WHO.format('b')}(?:这家|这个)?{DATA}(?:给我|发我)?"
    rf"|{PLEASE}(?:export|download) (?:{DATA_EN} )?(?:(?:about|of|for|on|at|from) )?{WHO.format('c')}(?:'s {DATA_EN})?"
)
NO_FORM = r"(?:pdf|word|docx?|pptx?|powerpoint|图片|截图|长图|picture|image)"
OF_WHAT = r"(?P<{}>[^,。;!?]{{0,24}}?)"
UNABLE = {  # each with a part that must name lists and nothing else
    "form": re.compile(
        rf"{PLEASE}(?:把|将)?{OF_WHAT.format('a')}(?:导出|导成|输出|另存|转成|存成|生成)(?:来|为|成|到)?"
        rf"(?:一?[个份张])? ?{NO_FORM}(?:文件|格式|版|文档)?(?:给我|发我)?"
        rf"|{PLEASE}(?:export|download|save|send me) {OF_WHAT.format('b')} ?(?:as|to|in|into)(?: an?)? {NO_FORM}"
        r"(?: file| document)?"
    ),
    "mail": re.compile(
        rf"{PLEASE}(?:把|将)?{OF_WHAT.format('a')}(?:都|全部)?(?:导出来?)?[, ]?(?:发到|发送到|发至|寄到|发)(?:我的?)?"
        r"(?:邮箱|邮件|e-?mail)(?:里|上)?"
        rf"|{PLEASE}e?-?mail me {OF_WHAT.format('b')}"
        rf"|{PLEASE}send {OF_WHAT.format('c')} (?:to my e-?mail|by e-?mail|to my inbox)"
    ),
    "topic": re.compile(
        rf"{PLEASE}(?:给我)?导出(?:一下|一份)?{OF_WHAT.format('a')}"
        r"(?:合同|报价单?|回款|应收|照片|图片|附件|文件|日报|周报|月报|业绩|报表)(?:给我|发我)?"
        rf"|{PLEASE}(?:export|download) {OF_WHAT.format('b')} ?"
        r"\b(?:contracts|quotes|payments|photos|pictures|attachments|files|reports?)"
    ),
}
HOW = re.compile(
    rf"{PLEASE}(?:怎么|怎样|如何|在哪里?)(?:才能|能|可以)?把?{OF_WHAT.format('a')}导出来?(?:成|为)?{OF_WHAT.format('b')}(?:啊|呢)?"
    rf"|{PLEASE}(?:能不能|可不可以|可以|能)(?:把)?{OF_WHAT.format('c')}导出来?(?:成|为)?{OF_WHAT.format('d')}(?:吗|么)"
    rf"|{OF_WHAT.format('e')}(?:怎么|如何|能不能|可以|能)导出来?(?:吗|么|呢|啊)?"
    rf"|(?:how (?:do|can) (?:i|we)|can (?:i|we)|is it possible to) (?:export|download) {OF_WHAT.format('f')}"
)
WANTING = re.compile(r"(?<!我)要|想|让")  # somebody else does: 白鹭要导出成pdf
FORMS = re.compile(rf"{FORM.replace('(?P<form>', '(?:')}|的|成|为|\b(?:to|as|in|an?)\b")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What is wanted, where the whole message says no more."""
    if len(scene.clauses) > 1 and clause.place:
        return
    found = _unable(scene, clause) or _how(scene, clause) or _sent(scene, clause) or _one(scene, clause)
    if found:
        yield found


def _unable(scene: Scene, clause: Clause) -> dict[str, Any]:
    for why, pattern in UNABLE.items():
        if _is_of_lists(scene, clause, pattern):
            return {"unable": why}
    return {}


def _how(scene: Scene, clause: Clause) -> dict[str, Any]:
    return {"how": True} if _is_of_lists(scene, clause, HOW) else {}


def _is_of_lists(scene: Scene, clause: Clause, pattern: re.Pattern[str]) -> bool:
    """Whether the whole message fits, and what it leaves open names lists, whosoever, and forms of files."""
    said = whole(scene, clause, pattern)
    if said is None:
        return False
    spans = [said.span(group) for group, words in said.groupdict().items() if words]
    if any(WANTING.search(scene.folded, start, end) for start, end in spans):
        return False
    return all(
        is_list_named(clause, start, end) or not FORMS.sub("", scene.folded[start:end]).strip() for start, end in spans
    )


def _sent(scene: Scene, clause: Clause) -> dict[str, Any]:
    """The list that is to be sent as a file."""
    if (said := whole(scene, clause, LIST_EN)) is not None:
        return question(scene, clause, OF_LIST.get(said["topic"], f"{said['topic']}s"))
    for pattern in SENT:
        if (said := whole(scene, clause, pattern)) is not None:
            told = said.groupdict()
            group = next(name for name in ("what", "list", "sheet") if told.get(name))
            if (slots := list_named(scene, clause, *said.span(group))) is not None:
                return slots | form_of(told.get("form"))
    return {}


def _one(scene: Scene, clause: Clause) -> dict[str, Any]:
    """The customer all of whose data is wanted."""
    said = whole(scene, clause, ONE)
    if said is None:
        return {}
    group = next(name for name in "abc" if said[name])
    named = customers_at(scene, *said.span(group))
    return {"customer": named[0]} if len(named) == 1 else {}


WORDS = (
    "导",
    "发我",
    "给我",
    "传我",
    "想要",
    "我要",
    "发到",
    "发至",
    "寄到",
    "邮箱",
    "转成",
    "存成",
    "另存",
    "生成",
    "输出",
)
WORDS_EN = ("export", "download", "send", "give", "get me", "mail", "save")
RULES = (Rule("export_list", "command", (), read, certain=True, whole=True, words=(*WORDS, *WORDS_EN)),)
EXAMPLES = (
    "导出晨岚",
    "把晨岚的资料导出来",
    "导出白鹭的全部数据",
    "把白鹭所有资料都导出来",
    "export everything about Northwind",
    "export Northwind",
    "把客户资料发我一份",
    "把我的客户发我一份",
    "客户名单发我",
    "给我一份客户清单",
    "我想要一份所有客户的表格",
    "send me all my contacts as a file",
    "send me my customer list",
    "give me a copy of my customers",
    "导出成pdf",
    "把客户导出成word",
    "export my customers as a pdf",
    "把客户名单发到我邮箱",
    "email me my customers",
    "导出合同",
    "导出晨岚的照片",
    "怎么导出客户",
    "客户列表能导出吗",
    "can I export my customers?",
    "能导出excel吗",
    "怎么把客户导出成excel",
)
COUNTER_EXAMPLES = (
    "晨岚要把数据导出来",
    "何总让我把资料发他一份",
    "把合同发我",
    "把晨岚的照片发我",
    "把报价发到何总邮箱",
    "把方案发我一份",
    "明天把客户名单发我一份",
    "晨岚说导出太慢",
    "白鹭要导出成pdf",
    "客户问能不能导出",
    "怎么导航到晨岚",
    "可以导出了",
    "晨岚的资料发我",
    "email me when Northwind signs",
    "send Lena the list",
    "Northwind wants to export everything",
)
