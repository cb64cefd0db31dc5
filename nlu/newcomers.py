"""People introduced by name in a message, known or not: 新来的采购主管许青禾, 叫张三, Olivia Chen, their CFO.

Somebody called by surname and title only (张工) is found by `finders.people`; here is who stands beside a word that
introduces: a kind of work, "is called", "contact:", a relation of somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from nlu.clauses import Clause
from nlu.latin_names import either as _either
from nlu.latin_names import introduced as _latin
from nlu.lexicon import word_set, words
from nlu.rule import Find, Mention
from nlu.scene import Scene
from nlu.segment import is_act, is_ordinary
from nlu.settle import person_of
from nlu.short_forms import surname_of

BEHIND = (  # what may follow a name without a pause
    r"(?=[\s,。;:!?()、/|·\d+]|$|手机|电话|微信|邮箱|邮件|座机|生日|号码|这个人|这人|说|讲|[是也都在管负会来过陪跟和同与及今刚以后对就还要想反问打发拉去调接分兼的先一睇话嘅了倾升走离辞退]|[a-z])"
)
WITHIN = 8  # characters of a title before the word that it ends with
BACK = 2  # clauses before one in which its person may have been announced
FORWARD = 60  # characters behind a clause in which its person's title may stand
LEADS = re.compile(  # what stands before a title and is no part of it
    r"(?:的|个|位|了|咗|为|[展交博论]会|广告|介绍的?|平台|拜访|前任|前(?![台厅端])|原|新来|新任|新|由|见|和|与|跟|同|是|叫|找|问|让|请|给|带|们|哋|家|有|换|嘅|在|[他她佢]|:|,|(?<=[一-鿿])\s|\s(?=[一-鿿])|来|那边|这边|介绍|人)(?=.)"
)
LATIN_LEADS = re.compile(
    r"\b(?:their|the|new|a|an|is|was|his|her|our|and|with|met|has|to|from|by|me|us|as|now|brought|joined|them)\b ",
    re.IGNORECASE,
)
SURNAMED = re.compile(
    rf"复?姓(?P<surname>{'|'.join(sorted(word_set('surname'), key=len, reverse=True))})(?=[\s,。;!?()]|$)"
)
CAPITALS = re.compile(r"[A-Z][a-zà-ÿ]{1,16}[ -][A-Z]|[的嘅叫][A-Z]")  # a full name, or any behind 他们采购部的
FULL_NAME = re.compile(r",? ?(?:名?叫|全名)?(?P<name>[一-鿿]{2,4})(?=[\s,。;!?]|$)")  # 姓闻,闻敏
UNIT = re.compile(r"[的嘅][a-z]")  # 他们采购部的Cindy
NO_GIVEN_NAME = re.compile(r"^[那都和来时但由从位还明另]|[了的着么们个这那都还就也与在是有不没给把来去说边头口]")
CALLED_NEW = ("name8", "name10", "name11")  # of the pattern's names those that stand with a word for a change
OF_FIRM = re.compile(r"公司|项目|方案|系统|合同|设备$")


class Newcomer(NamedTuple):
    """Somebody introduced: where the name stands, who is meant, the title given ("" where none), and whether they are
    called new without one.
    """

    start: int
    end: int
    who: Mention
    title: str
    is_called_new: bool = False


def newcomers(scene: Scene, clause: Clause) -> Sequence[Newcomer]:
    """Who is introduced in a clause, in order; the title may stand in the clause before or in the next one."""
    if clause.introduced is None:
        clause.introduced = _newcomers(scene, clause)
    return clause.introduced


def _newcomers(scene: Scene, clause: Clause) -> list[Newcomer]:
    start = next(c.start for c in scene.clauses[max(0, clause.place - BACK) :] if c.sentence == clause.sentence)
    end = min(scene.sentence(clause)[-1].end, clause.end + FORWARD)
    if scene.introducing is None:
        scene.introducing = [hint.start() for hint in _hints().finditer(scene.folded)]
    at = bisect_left(scene.introducing, start)
    is_hinted = at < len(scene.introducing) and scene.introducing[at] < end
    if not is_hinted and not UNIT.search(clause.text):
        return []
    found: dict[int, Newcomer] = {}
    for one in (*_by_surname(scene, clause), *_by_name(scene, clause, start, end)):
        found.setdefault(one.start, one)
    return [found[place] for place in sorted(found)]


def _by_name(scene: Scene, clause: Clause, start: int, end: int) -> Iterator[Newcomer]:
    patterns = []
    if _may_introduce(scene.folded, start, end):
        patterns.append((_chinese(), scene.folded))
    if CAPITALS.search(scene.text.plain, start, end):
        patterns.append((_latin(), scene.text.plain))
    for pattern, text in patterns:
        for said in pattern.finditer(text, start, end):
            groups = {key: said.span(key) for key, value in said.groupdict().items() if value}
            name = next(span for key, span in groups.items() if key.startswith("name"))
            title = next(
                (_without_leads(scene, *span) for key, span in groups.items() if key.startswith("title")), None
            )
            if clause.start <= name[0] < clause.end and _may_be_name(scene, *name) and not _is_known(clause, title):
                said_before = _title_told(scene, start, name[0]) if title is None else ""
                if (groups.get("name5") or groups.get("name12")) and not said_before:
                    continue  # a mere name introduces nobody
                is_new = any(key in CALLED_NEW for key in groups)
                yield Newcomer(*name, _mention(scene, clause, *name), _title(scene, title) or said_before, is_new)


def _may_introduce(text: str, start: int, end: int) -> bool:
    """Whether the long pattern is worth trying: a title or such a word with a name next to it, or after a pause."""
    beside, before, paused, any_title = _chinese_hints()
    if beside.search(text, start, end) or before.search(text, start, end):
        return True
    return bool(paused.search(text, max(0, start - 1), end) and any_title.search(text, start, end))


def _by_surname(scene: Scene, clause: Clause) -> Iterator[Newcomer]:
    """生管黄小姐, the plant manager Mr. Engel, 院长姓覃."""
    for find in clause.all("person"):
        if find.value.contacts:
            continue
        before = _title_before().search(scene.folded, max(0, find.start - FORWARD // 2), find.start)
        if before:
            yield Newcomer(
                find.start,
                find.end,
                Mention(scene.original(find.start, find.end)),
                _title(scene, _without_leads(scene, *before.span())),
            )
    for said in SURNAMED.finditer(scene.folded, clause.start, clause.end):
        job = _title_before().search(scene.folded, clause.start, said.start())
        title = _title(scene, _without_leads(scene, *job.span())) if job else ""
        title = title or _title_told(scene, clause.start, said.start())
        full = FULL_NAME.match(scene.folded, said.end())
        if full and full["name"].startswith(said["surname"]):
            yield Newcomer(*full.span("name"), Mention(scene.original(*full.span("name"))), title)
        elif title:
            last = next((word for word in _jobs() if title.endswith(word)), "")
            yield Newcomer(said.start(), said.end(), Mention(scene.original(*said.span("surname")) + last), title)


def _is_known(clause: Clause, title: tuple[int, int] | None) -> bool:
    """Whether what looks like a title is somebody by itself: 姜厂长."""
    return title is not None and any(_overlap(find, *title) for find in clause.all("person"))


def _title_told(scene: Scene, start: int, end: int) -> str:
    """The title that the words before tell of whoever is named then: 新来了个副站长,叫…; 原采购经理离职,接任者…."""
    told = _post().search(scene.folded, max(0, start - FORWARD // 2), end)
    return scene.original(*told.span("title")) if told else ""


def _without_leads(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """The span of a title without what leads up to it."""
    text = scene.text.plain[start:end]
    leads = (LATIN_LEADS if text.isascii() else LEADS).finditer(text)
    firms = (find.end for find in scene.finds if find.kind == "customer" and start < find.end < end)
    return max(start + max((lead.end() for lead in leads), default=0), *firms, start), end


def _title(scene: Scene, span: tuple[int, int] | None) -> str:
    title = scene.original(*span) if span else ""
    return "" if OF_FIRM.search(title) else title


def _may_be_name(scene: Scene, start: int, end: int) -> bool:
    name = scene.folded[start:end]
    if any(
        f.kind in ("customer", "user", "when", "deal", "competitor") and f.start < end and start < f.end
        for f in scene.finds
    ):
        return False
    if name.isascii() or re.match("[a-z]", name):
        return word_set("job").isdisjoint(name.split()) and name.split()[-1] not in word_set("salutation")
    if name[0] in "小阿老" and len(name) == 2:
        return True
    surname = surname_of(name)
    rest = name[len(surname) :]
    return (
        bool(surname)
        and bool(rest)
        and rest not in word_set("person_title")
        and not NO_GIVEN_NAME.search(name)
        and not is_ordinary(name)
        and not is_act(name)
    )


def _mention(scene: Scene, clause: Clause, start: int, end: int) -> Mention:
    text = scene.original(start, end)
    for find in clause.all("person"):
        if _overlap(find, start, end):
            known = person_of(scene, clause, find, clause.customer)
            if known and known.key is not None and known.text == text:
                return known
    return Mention(text)


def _overlap(find: Find, start: int, end: int) -> bool:
    return find.start < end and start < find.end


@lru_cache(maxsize=1)
def _jobs() -> tuple[str, ...]:
    """The Chinese words that a title ends with, the longest first."""
    return tuple(sorted((word for word in words("job") if not word.isascii()), key=len, reverse=True))


@lru_cache(maxsize=1)
def _title_before() -> re.Pattern[str]:
    """A title at the end of a stretch."""
    latin = _either("job", latin=True)
    return re.compile(
        rf"(?:[一-鿿a-z]{{0,{WITHIN}}}?{_one_of('|'.join(_jobs()) + '|it')}|\b(?:[a-z]+ ){{0,3}}?(?:{latin}),?) ?$"
    )


@lru_cache(maxsize=1)
def _post() -> re.Pattern[str]:
    """A post that changes hands."""
    return re.compile(
        rf"(?:新来|新嚟|新任|新调来|新换|来|嚟|换|原)(?:了|的|咗|嘅)?(?:一?[个位名])?(?P<title>[一-鿿]{{0,6}}?(?:{'|'.join(_jobs())}))"
        r"(?![部经主总])"
    )


@lru_cache(maxsize=1)
def _hints() -> re.Pattern[str]:
    """Any word that introduces somebody."""
    every = (*words("job"), *words("introducing"), *words("relation"))
    others = ("@", "guy", "lady", "chap", "bloke", " lad", " man", "woman", "person", "face", "new ", *"0123456789")
    others += ("replac", "over from", "succe", "in for ", "in the place of", "instead of")
    return re.compile("|".join(re.escape(word) for word in sorted((*every, *others), key=len, reverse=True)))


@lru_cache(maxsize=1)
def _chinese_hints() -> tuple[re.Pattern[str], ...]:
    """What is quickly looked for first: a word that introduces with what may be a name behind it, or before it."""
    jobs = _jobs_in_chinese()
    every = f"{jobs}|{_either('introducing', latin=False)}|{_either('relation', latin=False)}"
    heads = "".join(sorted({surname[0] for surname in word_set("surname")} | set("小阿老")))
    return (
        re.compile(rf"(?:{every})(?:名?叫做?|是|为|:|[ ,]|了){{0,2}}[{heads}]"),
        re.compile(rf"[ ,(、/|][一-鿿a-z]{{0,{WITHIN}}}?(?:{jobs})"),
        re.compile(rf"[,;:][{heads}]"),
        re.compile(every),
    )


def _jobs_in_chinese() -> str:
    return f"{_either('job', latin=False)}|it|cto|ceo|cfo|coo|cio|vp|gm"


def _one_of(words: str) -> str:
    """A pattern for one of many words, tried only where a character stands that one of them begins with."""
    return f"(?=[{''.join(sorted({word[0] for word in words.split('|')}))}])(?:{words})"


@lru_cache(maxsize=1)
def _chinese() -> re.Pattern[str]:
    surnames = sorted(word_set("surname"), key=len, reverse=True)
    single, surname = "".join(surname for surname in surnames if len(surname) == 1), _one_of("|".join(surnames))
    called = rf"(?:{surname}[一-鿿]{{1,2}}?)"
    name = rf"(?:{called}|[{single}]{{2}}[一-鿿]{{2}}|[小阿老]{surname}){BEHIND}"
    job = rf"(?:[一-鿿a-z]{{0,{WITHIN}}}?{_one_of(_jobs_in_chinese())})"
    ends = r"(?=[\s,。;)、\d]|$)"
    says = _one_of(f"{_either('introducing', latin=False)}|{_either('relation', latin=False)}")
    return re.compile(
        rf"(?P<title1>{job})(?:名?叫做?|是|为|:|[ ,])?(?P<name1>{name})"
        rf"|{says}(?:是|为|叫做?|:|[ ,]|了){{0,2}}(?P<name2>{name})"
        rf"(?:[ ,(、/|]{{1,2}}(?:现在)?是?(?P<title2>{job}|[一-鿿]{{2,4}}部){ends})?"
        rf"|{says}(?:是|为|叫做?|:|[ ,]|了){{0,2}}(?P<name7>{called})(?P<title7>{_either('job', latin=False)}){ends}"
        rf"|(?:^|(?<=[\s,。;:、(]))(?P<name3>{name})[ ,(、/|]{{1,2}}(?P<title3>{job}){ends}"
        rf"|(?<=[,;:])(?P<name5>{name})(?=[,;。!]|$)"
    )
