"""The slots of a question whose topic is known: about whom and what, whose, of which period, narrowed to what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from nlu.asking import MINE, MY_OWN, POINTS_BACK, STATE, asked_for, nobody
from nlu.clauses import Clause
from nlu.deals_unknown import unknown_deal
from nlu.lists import parts_of
from nlu.rule import Find, Mention, Reading, When
from nlu.scene import Scene
from nlu.settle import deal_of, person_of
from nlu.teams import team_named

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
ASKS = ("ask", "question", "wants_mark", "wants_word", "wants_show", "wants_help")  # what may ask at all
Likelihood = tuple[int, bool, str]  # how strong, a customer's card before others, which topic
QUESTIONS = frozenset({"answer_query", "brief_customer", "look_up_customer"})
LOOKS = QUESTIONS | {"show_files"}
OF_THE_TALK = ("contact", "competitors", "tickets", "deals", "quotes", "receivables", "contracts")
OF_PEOPLE = ("customers", "deals", "tasks", "schedule", "visits", "funnel", "forecast", "performance")
OF_TEAMS = ("deals", "visits", "funnel", "forecast", "performance")
OF_NO_CUSTOMER = ("knowledge", "customers", "funnel", "forecast", "performance", "schedule")
OF_A_PERIOD = ("forecast", "performance")
CALLED = "小老阿"  # 小黄上周跑了几家 asks of a colleague, though a contact may be called so too
OF_NOBODY = ("knowledge", "contact", "competitors")
OF_THE_FIRM = ("receivables", "contracts", "tickets")  # 我们还有多少应收 asks for the firm's
UNTIL = re.compile(r"前|before|\bby\b|(?:截至|截止到?)$|(?:up to|until|till|through|\bto) ?$")
SINCE = re.compile(r"(?:\bsince|自从?) ?$")
UP_TO_NOW = re.compile(r"(?:到现在|到今天|到目前|至今|以来|until now|to date|so far)")
REST = re.compile(r"(?:rest of|remainder of|left of) ?$|剩下?的?$")
LATELY = re.compile(r"最近|近|过去|(?:the )?(?:past|last) \w")
LONGER_THAN = re.compile(r"(?:超过|超出?|over |than )$")
NOT_DONE = re.compile(r"n't |\b(?:not|no|never) ")  # haven't seen in 60 days
EACH = re.compile(r"分开|分别|各|each|separately|split")
COUNTS_CUSTOMERS = re.compile(r"[几哪些多少个]+家|几个客|客户|customers|accounts")


def topic_of(clause: Clause) -> str | None:
    """The first topic that a word of the clause stands for; a word within a stage's name is none (方案报价阶段)."""
    stages = clause.all("stage")
    said = {
        word.group
        for word in clause.words
        if not any(stage.start <= word.start and word.end <= stage.end for stage in stages)
    }
    return next((topic for topic in TOPICS if f"ask_{topic}" in said), None)


def questions(scene: Scene, clause: Clause, topic: str) -> Iterator[dict[str, Any]]:
    """The slots of a question about a topic, once for every customer and every colleague that it names."""
    slots = question(scene, clause, topic)
    customers = customers_asked(scene, clause) if "customer" in slots else []
    people = colleagues(scene, clause) if "user" in slots else []
    yield slots | ({"customer": customers[0]} if len(customers) > 1 else {})
    for customer in customers[1:]:
        yield slots | {"customer": customer}
    for user in people[1:]:
        yield slots | {"user": user}


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


def customers_asked(scene: Scene, clause: Clause) -> list[Mention]:
    """The customers that a question names one after the other: in its clause, else in its sentence before it."""
    for other in (clause, *reversed([c for c in scene.sentence(clause) if c.start < clause.start])):
        if other.all("customer"):
            return [part.customer for part in parts_of(scene, other) if part.customer]
    return []


def known_by(scene: Scene, clause: Clause) -> dict[str, Any]:
    """The person or deal that stands for the customer, as a slot, where no customer is named."""
    stands = [] if scene.has_any("customer") else clause.all("person", "deal")
    return {"known_by": scene.original(stands[0].start, stands[0].end)} if stands else {}


def _about(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    """The customer and deal asked about, and the person where that is the topic."""
    if topic in OF_NO_CUSTOMER:
        return {}
    customer = clause.customer if _is_of_customer(scene, clause, topic) else None
    if topic == "deals" and not _is_said(scene, clause) and (unknown := unknown_deal(scene, clause)):
        return {"deal": unknown}
    if customer is None:
        return _deals_of_that_name(scene, clause) if topic == "deals" else {}
    found: dict[str, Any] = {"customer": customer} | known_by(scene, clause)
    if topic in ("deals", "contracts") and (deal := deal_of(scene, clause, fill=False)):
        found["deal"] = deal
    people = clause.all("person")
    if topic == "contact" and people and (person := person_of(scene, clause, people[0], customer)):
        found["contact"] = person
    return found


def _is_of_customer(scene: Scene, clause: Clause, topic: str) -> bool:
    """Whether the clause's customer is asked about, be it only carried over from what was said before."""
    if _is_said(scene, clause):
        return True
    if topic == "deals":
        return _is_of_the_talk(clause)  # 上个月丢了哪些单 is not about the customer last spoken of
    if topic == "visits":
        is_told = clause.customer is not None and clause.customer.by != "focus"
        return is_told and not clause.all("user") and not COUNTS_CUSTOMERS.search(clause.text)
    return topic in OF_THE_TALK


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
    if not of_customer and (named := colleagues(scene, clause)):
        return {"user": named[0]}
    if topic in OF_TEAMS and (team := team_named(scene, clause)):
        return {"team": team}
    known = scene.sender in scene.names.users if scene.sender is not None else False
    if known and scene.sender is not None and _is_mine(scene, clause, topic):
        return {"user": Mention(scene.names.users[scene.sender].name, scene.sender)}
    stranger = nobody(scene, clause) if topic in OF_PEOPLE else None
    if stranger is not None and (stranger.text[0] in CALLED or not _is_said(scene, clause)):
        return {"user": stranger}
    return {}


def _is_mine(scene: Scene, clause: Clause, topic: str) -> bool:
    if topic in OF_THE_FIRM:
        return MY_OWN.search(clause.text) is not None
    return MINE.search(clause.text) is not None or any(MY_OWN.search(c.text) for c in scene.sentence(clause))


def colleagues(scene: Scene, clause: Clause) -> list[Mention]:
    """The colleagues whose doings are asked for, each once: those of the clause, else of its sentence, else of what
    follows where it says "each": 小李和李娜各跑了几家.
    """
    beside = scene.after(clause)
    each = [beside] if beside and EACH.search(beside.text) else []
    for other in (clause, *scene.sentence(clause), *each):
        if users := _named_in(other):
            named = (_colleague(scene, find) for find in users)
            return list({mention.key or mention.candidates: mention for mention in named}.values())
    return []


def _named_in(clause: Clause) -> list[Find]:
    """A clause's colleagues; who may as well be one of its customer's people is none."""
    people = {find.start for find in clause.all("person")} if clause.all("customer") else set()
    return [find for find in clause.all("user") if find.start not in people]


def _colleague(scene: Scene, find: Find) -> Mention:
    text, keys = scene.original(find.start, find.end), find.value
    return Mention(text, keys[0]) if len(keys) == 1 else Mention(text, None, tuple(keys))


def _period(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    """The days asked about; a period still running ends with its own end, a mere end has no beginning."""
    find = None if topic in ("contact", "knowledge") else _time_asked(scene, clause, topic)
    if find is None:
        return {}
    when: When = find.value
    since, until, today = when.on, when.last_day, scene.now.date()
    before, after = scene.folded[max(0, find.start - 14) : find.start], scene.folded[find.end : find.end + 10]
    if since and until == today - timedelta(days=1) > since and LATELY.match(find.text):
        until = today
    if since and REST.search(before):
        since = max(since, today)
    if UNTIL.search(scene.folded[find.start : find.end + 2]) or UNTIL.search(before[-9:]):
        since = None
    elif since and since <= today and (SINCE.search(before) or UP_TO_NOW.match(after)):
        until = today
    return {name: day for name, day in (("since", since), ("until", until)) if day}


def _time_asked(scene: Scene, clause: Clause, topic: str) -> Find | None:
    """The clause's time; else the nearest one told before it in its sentence, or behind it where it asks alone."""
    sentence = scene.sentence(clause)
    earlier = [f for c in reversed(sentence) if c.start < clause.start for f in _times(scene, c)]
    alone = sum(topic_of(c) is not None for c in sentence) <= 1
    later = [f for c in sentence if alone and c.start > clause.start for f in _times(scene, c)]
    near = [*_times(scene, clause), *earlier[:1], *later]
    if not near and topic in OF_A_PERIOD and (before := scene.before(clause)) and before.has("ask_performance"):
        near = list(_times(scene, before))  # 四季度完成多少了?预计还能进来多少?
    return near[0] if near else None


def _times(scene: Scene, clause: Clause) -> Sequence[Find]:
    """A clause's times that can bound what is asked: none of a thing's own (去年那批设备), no mere length."""
    return [
        find
        for find in clause.all("when")
        if find.rule != "just"
        and not scene.folded.startswith("那", find.end)
        and not LONGER_THAN.search(scene.folded, max(0, find.start - 5), find.start)
        and not (find.text.startswith("in ") and NOT_DONE.search(scene.folded, clause.start, find.start))
    ]


def _narrowed(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if topic == "deals":
        if stage := clause.first("stage"):
            found["stage"] = stage.value
        elif clause.has("deal_lost"):
            found["stage"] = "lost"
    is_late = clause.has("ask_overdue") or (
        topic == "receivables" and any(c.has("ask_overdue") for c in scene.near(clause))
    )
    if is_late and topic in ("receivables", "tasks"):
        found["overdue"] = True
    return found


def one_question_each(scene: Scene, left: list[Reading]) -> list[Reading]:
    """A clause asks for one topic, the likeliest; what only its sentence's other question could mean is not asked."""
    asked = [r for r in left if r.intent in QUESTIONS]
    if len(asked) < 2:
        return left
    clauses = {scene.text.span(c.start, c.end): c for c in scene.clauses}
    best: dict[tuple[str, int], Likelihood] = {}
    for reading in asked:
        for place in _places(clauses[reading.start, reading.end]):
            best[place] = max(best.get(place, _likelihood(reading)), _likelihood(reading))
    return [r for r in left if r.intent not in QUESTIONS or _is_asked(r, clauses[r.start, r.end], best)]


def _is_asked(reading: Reading, clause: Clause, best: Mapping[tuple[str, int], Likelihood]) -> bool:
    """Whether a reading is the likeliest of its clause and, where no word stands for its topic, of its sentence."""
    of_clause, of_sentence = (best[place] for place in _places(clause))
    topic = reading.slots.get("topic", "customer")
    by_itself = clause.has(f"ask_{topic}", "wants_more")
    return _likelihood(reading) == (of_clause if by_itself else of_sentence)


def _places(clause: Clause) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("clause", clause.place), ("sentence", clause.sentence)


def _likelihood(reading: Reading) -> Likelihood:
    return reading.strength, reading.intent == "look_up_customer", str(reading.slots.get("topic", ""))
