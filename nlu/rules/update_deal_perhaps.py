"""What a clause may say of a deal: won, lost, sum, stage, chance, day of signing. The ranker says whether it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.instalments import REST, parts_in
from nlu.mood import ahead
from nlu.reasons import reason_of
from nlu.rule import Rule
from nlu.rules.update_deal import LOST_THING
from nlu.rules.update_deal_new import WORDS, wanted_in
from nlu.scene import Scene
from nlu.telling import about, due_at, sums

OF_PRICE = re.compile(  # what a share beside it is of
    r"便宜|贵|降价|涨价?|砍|首付|预付|[定订]金|尾款|压价|让利|平过|高出|[比低高]我[们哋]|每[期笔次]|cheaper"
)
HOW_LIKELY = re.compile(r"(?:成交|签约|签单|赢单|成单|中标)的?(?:概率|几率|机率|可能|机会|率)")

Slots = Iterator[dict[str, Any]]


def read_won(scene: Scene, clause: Clause) -> Slots:
    """Won, where the clause has a word that goes with it and no day still to come."""
    is_won = not clause.has("not_won") and not HOW_LIKELY.search(clause.text)
    if clause.customer and is_won and not ahead(scene, clause):
        yield about(scene, clause) | {"stage": "won"}


def read_lost(scene: Scene, clause: Clause) -> Slots:
    """Lost, and why."""
    if clause.customer and not LOST_THING.search(clause.text):
        why = reason_of(scene, clause)
        yield about(scene, clause) | {"stage": "lost"} | ({"lost_reason": why} if why else {})


def read_won_briefly(scene: Scene, clause: Clause) -> Slots:
    """Won, in whatever words: a short message about a deal."""
    if _is_brief(scene, clause):
        yield from read_won(scene, clause)


def read_lost_briefly(scene: Scene, clause: Clause) -> Slots:
    """Lost, in whatever words."""
    if _is_brief(scene, clause):
        yield from read_lost(scene, clause)


def _is_brief(scene: Scene, clause: Clause) -> bool:
    """Whether a message says no more than a few words, about somebody with a deal, and tells no value of it."""
    tells = clause.all("money", "percent", "stage", "phone", "email", "task")
    return not tells and len(scene.folded) <= BRIEF and "deal" in about(scene, clause)


def read_amount(scene: Scene, clause: Clause) -> Slots:
    """The clause's last sum as the deal's."""
    slots = about(scene, clause)
    found = sums(scene, clause)
    if "deal" in slots and found:
        yield slots | {"amount": found[-1].value}


def read_budget(scene: Scene, clause: Clause) -> Slots:
    """The clause's last sum as what the customer can spend, said without the word for it: 最多拿得出80万."""
    if not clause.has("budget"):
        yield from read_amount(scene, clause)


def read_stage(scene: Scene, clause: Clause) -> Slots:
    """The clause's last stage; whether a deal is won or lost is weighed with all that says so."""
    stage = clause.all("stage")[-1].value
    if clause.customer and stage not in ENDS:
        yield about(scene, clause) | {"stage": stage}


def read_called_won(scene: Scene, clause: Clause) -> Slots:
    """Won, by the name that the stage goes by."""
    if any(find.value == "won" for find in clause.all("stage")):
        yield from read_won(scene, clause)


def read_called_lost(scene: Scene, clause: Clause) -> Slots:
    """Lost, by the name that the stage goes by."""
    if any(find.value == "lost" for find in clause.all("stage")):
        yield from read_lost(scene, clause)


def read_probability(scene: Scene, clause: Clause) -> Slots:
    """The clause's last share, where it comes off no price and is no part of a payment."""
    shares = [f for f in clause.all("percent") if f.rule not in ("discount", "split") and 0 < f.value <= 100]
    is_other = clause.customer is None or clause.has("no_chance") or OF_PRICE.search(clause.text) is not None
    if shares and not is_other and not _is_paid_so(scene, clause):
        yield about(scene, clause) | {"probability": shares[-1].value}


def _is_paid_so(scene: Scene, clause: Clause) -> bool:
    """Whether the clause tells a part of a payment."""
    near = [c for c in scene.near(clause) if c.customer == clause.customer]
    if sum(len(c.all("percent")) for c in near) < 2 and not any(c.has("terms") or REST.search(c.text) for c in near):
        return False
    return any(part.clause is clause for part in parts_in(scene, near))


def read_close(scene: Scene, clause: Clause) -> Slots:
    """The clause's coming day, where signing is spoken of in it or beside it."""
    if not clause.customer or not (
        clause.has(*CLOSING) or any(c.has(*CLOSING) or c.all("stage", "percent") for c in scene.sentence(clause))
    ):
        return
    at = due_at(scene, clause)
    if at is not None and ahead(scene, clause) and not clause.has("approve"):
        yield about(scene, clause) | {"close_on": at}


def read_wanted(scene: Scene, clause: Clause) -> Slots:
    """What somebody wants who has no open deal that could be meant."""
    if clause.customer and clause.customer.key is None and not clause.customer.candidates:
        yield from wanted_in(scene, clause)


BRIEF = 80  # characters of a message that may be all about one thing
ENDS = ("won", "lost")
CLOSING = ("signing", "close_on", "target_close", "deal_won", "clinched")
RULES = (
    Rule("update_deal", "won", ("signing", "deal_won", "clinched"), read_won, perhaps=True, of_customer=True),
    Rule("update_deal", "lost", ("losing", "deal_lost", "fallen"), read_lost, perhaps=True, of_customer=True),
    Rule("update_deal", "lost", (), read_lost, ("competitor",), perhaps=True, of_customer=True),
    Rule("update_deal", "won", (), read_won_briefly, ("customer", "person", "deal"), perhaps=True, of_customer=True),
    Rule("update_deal", "lost", (), read_lost_briefly, ("customer", "person", "deal"), perhaps=True, of_customer=True),
    Rule("update_deal", "amount", (), read_amount, ("money",), perhaps=True, of_customer=True),
    Rule("update_deal", "budget", ("can_spend",), read_budget, ("money",), perhaps=True, of_customer=True),
    Rule("update_deal", "stage", (), read_stage, ("stage",), perhaps=True, of_customer=True),
    Rule("update_deal", "won", (), read_called_won, ("stage",), perhaps=True, of_customer=True),
    Rule("update_deal", "lost", (), read_called_lost, ("stage",), perhaps=True, of_customer=True),
    Rule("update_deal", "probability", (), read_probability, ("percent",), perhaps=True, of_customer=True),
    Rule("update_deal", "wanted", (), read_wanted, perhaps=True, words=WORDS, of_customer=True),
    Rule("update_deal", "close", (), read_close, ("when",), perhaps=True, of_customer=True),
)
EXAMPLES = ("白鹭签了",)
COUNTER_EXAMPLES = ("谢谢大家", "今天去了晨岚,见了何总")
