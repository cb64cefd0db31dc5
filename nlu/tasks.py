"""Which known tasks a clause speaks of: by number, by paraphrase, or by no more than a word that points (那个, it)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.known import KnownTask
from nlu.lexicon import word_set, words
from nlu.names import fold
from nlu.rule import Find
from nlu.scene import Scene
from nlu.titles import words_of

SAID_AS_TASK = re.compile(r"任务|待办|那个|todo")
REFERS = re.compile(
    r"(?:那|这)(?:个|条|件|项|事)|的事|(?:任务|待办)(?!是|有|量|书)|\btodo\b|\btask\b|(?:done|finished) with\b"
    r"|\b(?:that|this|the)(?: [a-z]+){0,2} (?:one|task|thing)\b"
)
# done to a task
DOES = r"[\s也都已经就终于先帮我请,]{0,6}(?:$|[推延挪改搞完做办弄发交给转让由关结顺移换划勾叫寄提销消删])"
NAMES_ONE = re.compile(
    rf"任务|待办|\btodo\b|\btask\b|(?<=[一-鿿a-z0-9])(?:那|这)(?:个|条|件|项)(?={DOES})"
    r"|\b(?:that|this|the)(?: [a-z]+){1,2} (?:one|task|thing)\b|(?:done|finished) with\b"
)
POINTS = re.compile(
    r"(?:(?:刚才|刚刚|上面|上)?(?:那|这)(?:一?个|一?条|一?件|一?项)(?:任务|待办|事)?|(?<!其)它|上一条)"
    rf"(?={DOES})"
    r"|\b(?:it|this|that)(?: (?:one|task|thing))?\b"
    r"(?='s|\s*(?:$|to\b|is\b|was\b|over\b|by\b|until\b|off\b|done\b|back\b|out\b|forward\b|[.!]))"
)
BARE_LEADS = re.compile(
    r"(?:push|move|mark|hand|give|assign|reassign|transfer|pass|done|finished|close|postpone|delay|with|tick|rename|call|to)"
)
MAY_REFER = re.compile(  # of REFERS and POINTS together: a clause without it refers to no task by words
    r"[那这它事]|任务|待办|上一条|it(?![a-z])|th(?:is|at|e)(?![a-z])|todo|task|done with|finished with"
)
LATIN, HAN = re.compile(r"[a-z]{3,}"), re.compile(r"[一-鿿]+")
FAR = 60  # characters that what tells of a task may stand away from what names it
AFTERTHOUGHT = 32  # characters of a clause that may rely on what the sentences before it name
SHORT = 24  # characters of a message that says of a task no more than that it is done or moved
MOST = 8  # tasks that may fit equally well; more than that say that nothing was named at all


def meant(scene: Scene, clause: Clause) -> list[dict[str, Any]]:
    """The tasks that a clause tells of, as slots: those numbered near it, else what its words, its sentence's, or those
    of the sentences before it paraphrase; else a task numbered elsewhere of which nothing was told there.
    """
    if numbered := numbered_near(scene, clause):
        return [{"task": find.value} for find in numbered]
    if not scene.names.tasks:
        return []
    near = [other for other in scene.sentence(clause) if abs(other.start - clause.start) < FAR]
    for text in (clause.text, "".join(other.text for other in near)):
        if told := told_task(scene, clause, text):
            return [told]
    if clause.all("customer") or len(clause.text) > AFTERTHOUGHT or POINTS.search(clause.text):
        return []
    untold = [c for c in scene.near(clause) if c.all("task") and not c.has("done", "move")]
    if untold:
        return [{"task": find.value} for find in untold[-1].all("task")]
    before = [c for c in scene.near(clause) if c.end <= clause.start and c.block == clause.block]
    told = told_task(scene, clause, "".join(c.text for c in before if clause.start - c.start < FAR))
    return [told] if told else []


def told_task(scene: Scene, clause: Clause, text: str) -> dict[str, Any]:
    """Which task a paraphrase means, as slots: `task` where one fits best, `tasks` where several do, else nothing."""
    found = likely(scene, clause, text)
    if len(found) == 1:
        return {"task": found[0].key}
    return {"tasks": tuple(task.key for task in found)} if found else {}


def numbered_near(scene: Scene, clause: Clause) -> Sequence[Find]:
    """The tasks numbered in a clause, else in the last one of its sentence before it that has some, else behind it."""
    if not scene.has_any("task"):
        return ()
    if here := _numbered(scene, clause):
        return here
    others = [(other, found) for other in scene.sentence(clause) if (found := _numbered(scene, other))]
    before = [found for other, found in others if other.start < clause.start]
    return before[-1] if before else others[0][1] if others else ()


def _numbered(scene: Scene, clause: Clause) -> Sequence[Find]:
    """A clause's numbered tasks, without a bare number that another customer's task happens to have."""
    found = clause.all("task")
    named = {clause.customer.key} if clause.customer and clause.all("customer") else set()
    return [
        find for find in found if find.rule != "bare" or not named or scene.names.tasks[find.value].customer in named
    ]


def unknown_task(scene: Scene, clause: Clause) -> dict[str, Any]:
    """The slots of a task that a clause refers to and nobody knows: `points` where it only points at the last one,
    else `title`, its words; nothing where the clause refers to no task.
    """
    if (pointed := POINTS.search(clause.text)) and not _says_more(scene, clause, pointed):
        before = scene.before(clause)
        is_told = before and before.block == clause.block and before.has("done") and SAID_AS_TASK.search(pointed[0])
        return {"title": words_of(scene, before)} if before and is_told else {"points": True}
    return {"title": words_of(scene, clause)} if NAMES_ONE.search(clause.text) else {}


def _says_more(scene: Scene, clause: Clause, pointed: re.Match[str]) -> bool:
    """Whether words around those that point name what is meant: 报价那个, the quote one; or the text tells of much."""
    before = clause.text[: pointed.start()].strip(" ,。把将给")
    if not pointed[0].isascii():
        return bool(re.search(r"[一-鿿]{2}$|[a-z0-9]$", before))
    last = before.split()[-1:]
    return bool(last and not BARE_LEADS.fullmatch(last[0])) or len(scene.folded.strip()) > 2 * SHORT


def likely(scene: Scene, clause: Clause, text: str) -> tuple[KnownTask, ...]:
    """The tasks whose titles share most with a text: of the clause's customer, else of a colleague it names, else the
    speaker's own, else of none.

    Several where they share equally much and none or several are the speaker's; none where nothing fits.
    """
    for find in scene.finds:
        if find.kind == "customer":
            text = text.replace(find.text, " ")  # a firm's name says nothing of what is to be done
    key = clause.customer.key if clause.customer else None
    theirs = [task for find in clause.all("user") for user in find.value for task in scene.names.tasks_by(user)]
    near = scene.names.tasks_of(key) if key is not None else ()
    own = scene.names.tasks_by(scene.sender) if scene.sender is not None else ()
    general = scene.names.tasks_of(None)
    if found := _best(scene, clause, text, near, is_near=True):
        return found
    if found := _best(scene, clause, text, theirs):
        return found
    if scene.has_any("customer", "person"):
        return _best(scene, clause, text, general)
    return _best(scene, clause, text, own, is_own=True) or _best(scene, clause, text, general)


def _best(
    scene: Scene, clause: Clause, text: str, tasks: Sequence[KnownTask], *, is_near: bool = False, is_own: bool = False
) -> tuple[KnownTask, ...]:
    scored = [(_shared(scene, task, text), task) for task in tasks]
    most = max((score for score, _ in scored), default=0.0)
    only = is_near and len(tasks) == 1 and most >= 1
    if most < _enough(scene, clause, text, only=only, is_own=is_own):
        return ()
    best = [task for score, task in scored if score == most]
    mine = [task for task in best if task.assignee == scene.sender]
    found = mine if mine and len(best) > 1 else best
    return tuple(found) if len(found) <= MOST else ()


def _enough(scene: Scene, clause: Clause, text: str, *, only: bool, is_own: bool) -> float:
    """How much must be shared: little where the words refer to a task, or are all that the speaker says of an own."""
    is_all = is_own and len(scene.clauses) == 1 and len(clause.text) <= SHORT
    return 0.5 if REFERS.search(text) or is_all else 1 if only else 2


def _shared(scene: Scene, task: KnownTask, text: str) -> float:
    """How much of a title stands in a text, the customer's own name left out; what names a deal tells less of a
    task.
    """
    title, deals = fold(task.title), ""
    if task.customer is not None and task.customer in scene.names.customers:
        known = scene.names.customers[task.customer]
        people = [name for contact in known.contacts for name in (contact.name, *contact.short_names)]
        for name in (known.name, *known.short_names, *([] if SAID_AS_TASK.search(text) else people)):
            title = title.replace(fold(name), " ")
        deals = " ".join(fold(deal.name) for deal in known.deals)
    latin, pairs, alike = _parts(title)
    said = [pair for pair in pairs if pair in text]
    of_deals = sum(pair in deals for pair in said)
    shared = sum(1.0 for word in latin if word in text and _begins_a_word(text, word))
    return shared + len(said) - 0.5 * of_deals + sum(0.5 for other in alike if other in text)


@lru_cache(maxsize=4096)
def _parts(title: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Of a title: its Latin words, every two neighbouring Chinese characters, and what the other language calls it."""
    latin = dict.fromkeys(word for word in LATIN.findall(title) if word not in word_set("empty_word"))
    pairs = dict.fromkeys(run[i : i + 2] for run in HAN.findall(title) for i in range(len(run) - 1))
    others = [(other, han) for han, other in same_in_english()]
    return tuple(latin), tuple(pairs), tuple(there for here, there in (*same_in_english(), *others) if here in title)


def _begins_a_word(text: str, word: str) -> bool:
    """Whether a Latin word stands somewhere in a text with no letter before it."""
    place = text.find(word)
    while place > 0 and "a" <= text[place - 1] <= "z":
        place = text.find(word, place + 1)
    return place >= 0


@lru_cache(maxsize=1)
def same_in_english() -> tuple[tuple[str, str], ...]:
    """(Chinese, English) words for what tasks are about, as the lexicon pairs them."""
    pairs = (entry.split(":") for entry in words("task_thing"))
    return tuple((han, other) for han, others in pairs for other in others.split("/"))


def named_in(scene: Scene, clause: Clause) -> list[tuple[dict[str, Any], int]]:
    """The tasks that a clause refers to by number or by words that refer, each with where those words end."""
    if numbered := clause.all("task"):
        return [({"task": find.value}, find.end) for find in numbered[-1:]]
    if not MAY_REFER.search(clause.text):
        return []
    said = REFERS.search(clause.text)
    pointed = POINTS.search(clause.text)
    if pointed and not _says_more(scene, clause, pointed):
        return [({"points": True}, clause.start + pointed.end())]
    if said is None:
        return []
    before = clause.text[: said.end()]
    told = told_task(scene, clause, before) or {"title": words_of(scene, clause)}
    return [(told, clause.start + said.end())]
