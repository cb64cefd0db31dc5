"""The slots of a question whose topic is known: about whom and what, whose, of which period, narrowed to what."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from nlu.asking import MINE, POINTS_BACK, STATE, asked_for, nobody
from nlu.clauses import Clause
from nlu.rule import Find, Mention, When
from nlu.scene import Scene
from nlu.settle import deal_of, person_of

TOPICS = (
    "knowledge",
    "contact",
    "competitors",
    "tickets",
    "quotes",
    "receivables",
    "forecast",
    "funnel",
    "performance",
    "schedule",
    "tasks",
    "visits",
    "contracts",
    "deals",
)
OF_THE_TALK = ("contact", "competitors", "tickets", "deals", "quotes", "receivables", "contracts")
OF_PEOPLE = ("customers", "deals", "tasks", "schedule", "visits", "funnel", "forecast", "performance")
OF_NO_CUSTOMER = ("knowledge", "customers", "funnel", "forecast", "performance", "schedule")
OF_NOBODY = ("knowledge", "contact", "competitors")
OF_THE_FIRM = ("receivables", "contracts", "tickets")  # 我们还有多少应收 asks for the firm's
UNTIL = re.compile(r"前|before|\bby\b")
LONGER_THAN = ("超过", "超", "超出", "over ", "than ")


def topic_of(clause: Clause) -> str | None:
    """The first topic that a word of the clause stands for; a word within a stage's name is none (方案报价阶段)."""
    stages = clause.all("stage")
    said = {
        word.group
        for word in clause.words
        if not any(stage.start <= word.start and word.end <= stage.end for stage in stages)
    }
    return next((topic for topic in TOPICS if f"ask_{topic}" in said), None)


def question(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    """All slots of a question about a topic."""
    about = _about(scene, clause, topic)
    return (
        {"topic": topic}
        | asked_for(scene, clause, topic)
        | about
        | _whose(scene, clause, topic, of_customer=topic == "deals" and "customer" in about)
        | _period(scene, clause, topic)
        | _narrowed(scene, clause, topic)
    )


def known_by(scene: Scene, clause: Clause) -> dict[str, Any]:
    """The person or deal that stands for the customer, as a slot, where no customer is named."""
    stands = [] if scene.has_any("customer") else clause.all("person", "deal")
    return {"known_by": scene.original(stands[0].start, stands[0].end)} if stands else {}


def _about(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    """The customer and deal asked about, and the person where that is the topic."""
    if topic in OF_NO_CUSTOMER:
        return {}
    is_said = _is_said(scene, clause)
    customer = clause.customer if is_said or topic in OF_THE_TALK else None
    if topic == "deals" and not is_said and not _is_of_the_talk(clause):
        customer = None  # 上个月丢了哪些单 is not about the customer last spoken of
    if customer is None:
        return _deals_of_that_name(scene, clause) if topic == "deals" else {}
    found: dict[str, Any] = {"customer": customer} | known_by(scene, clause)
    if topic in ("deals", "contracts") and (deal := deal_of(scene, clause, fill=False)):
        found["deal"] = deal
    people = clause.all("person")
    if topic == "contact" and people and (person := person_of(scene, clause, people[0], customer)):
        found["contact"] = person
    return found


def _is_of_the_talk(clause: Clause) -> bool:
    """Whether a clause about deals that names no customer is about the named deal's, or the one last spoken of."""
    named = clause.first("deal")
    if named is not None:
        return clause.customer is not None and any(key == clause.customer.key for key, _ in named.value)
    return bool(STATE.search(clause.text) or POINTS_BACK.search(clause.text))


def _deals_of_that_name(scene: Scene, clause: Clause) -> dict[str, Any]:
    """Deals of several customers that go by the name said."""
    named = clause.first("deal")
    keys = tuple(dict.fromkeys(key for _, key in named.value)) if named else ()
    return {"deal": Mention(scene.original(named.start, named.end), None, keys)} if named and len(keys) > 1 else {}


def _is_said(scene: Scene, clause: Clause) -> bool:
    return any(c.all("customer", "person") for c in scene.sentence(clause))


def _whose(scene: Scene, clause: Clause, topic: str, *, of_customer: bool) -> dict[str, Any]:
    if topic in OF_NOBODY:
        return {}
    for other in (clause, *scene.sentence(clause)):
        users = [
            f for f in other.all("user") if not any(p.start == f.start and clause.customer for p in other.all("person"))
        ]
        if users and not of_customer:
            return {"user": _colleague(scene, users[0])}
    known = scene.sender in scene.names.users if scene.sender is not None else False
    if known and scene.sender is not None and MINE.search(clause.text) and topic not in OF_THE_FIRM:
        return {"user": Mention(scene.names.users[scene.sender].name, scene.sender)}
    if topic in OF_PEOPLE and not _is_said(scene, clause) and (stranger := nobody(scene, clause)):
        return {"user": stranger}
    return {}


def colleagues(scene: Scene, clause: Clause) -> list[Mention]:
    """The colleagues that a clause names, each once: 小李和李娜各跑了几家."""
    named = (_colleague(scene, find) for find in clause.all("user"))
    return list({mention.key or mention.candidates: mention for mention in named}.values())


def _colleague(scene: Scene, find: Find) -> Mention:
    text, keys = scene.original(find.start, find.end), find.value
    return Mention(text, keys[0]) if len(keys) == 1 else Mention(text, None, tuple(keys))


def _period(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    """The days asked about; a period still running ends with its own end, a mere end has no beginning."""
    earlier = [f for c in scene.sentence(clause) if c.start < clause.start for f in c.all("when")]
    alone = sum(any(c.has(f"ask_{t}") for t in TOPICS) for c in scene.sentence(clause)) <= 1
    later = [f for c in scene.sentence(clause) if alone for f in c.all("when")]
    times = [
        f
        for f in clause.all("when") or earlier or later
        if f.rule != "just" and not scene.folded[: f.start].endswith(LONGER_THAN)
    ]
    if not times or topic in ("contact", "knowledge"):
        return {}
    when: When = times[0].value
    since, until = when.on, when.last_day
    if UNTIL.search(scene.folded[times[0].start : times[0].end + 2]):
        since = None
    found: dict[str, date] = {}
    if since:
        found["since"] = since
    if until:
        found["until"] = until
    return found


def _narrowed(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if topic == "deals":
        if stage := clause.first("stage"):
            found["stage"] = stage.value
        elif clause.has("deal_lost"):
            found["stage"] = "lost"
    if clause.has("ask_overdue") or (topic == "receivables" and any(c.has("ask_overdue") for c in scene.near(clause))):
        found["overdue"] = True
    return found
