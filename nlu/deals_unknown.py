"""How a deal stands that no customer has: its name is told, so that the answer is about it, not about other deals."""

from __future__ import annotations

import re

from nlu.asking import STATE
from nlu.clauses import Clause
from nlu.deals_named import parts_of_name
from nlu.lexicon import word_set
from nlu.names import fold
from nlu.rule import Mention
from nlu.scene import Scene

_POINTS = re.compile(r"[这那哪]")
ACRONYM = 3  # letters of crm, wms
SHORTEST = 3  # characters: 平台到哪步了 names none
_ASKING = re.compile(r"(?:请问|问一?下|看一?下|看看|查一?下|那个?|这个?|我们的?|咱们的?|我的)+")
_STANDS = re.compile(r"(?:(?:这个?|那个?)?(?:单子?|商机)|的|现在|目前|最近|如今|当前|有?什么|谈|做|走|推进?|跟|进展)+$")
_ENGLISH = re.compile(
    r"(?:how(?:'s| is| are)|(?:where|how) (?:are we|do we stand|is it|are things) (?:with|on)|status (?:of|on)"
    r"|progress (?:of|on|with)|what stage is|where is|any (?:news|progress|update) (?:on|about|with))"
    r" (?:the |our |my )?(?P<name>[a-z0-9][a-z0-9 '&/-]{2,38}?)(?: deal| opportunity)?"
    r"(?: (?:going|doing|coming along|now|at|in|these days|right now|today))*[?. ]*$"
)


def unknown_deal(scene: Scene, clause: Clause) -> Mention | None:
    """What a question after a deal calls it, where that sounds like a deal and is nothing else that is known."""
    said = _ENGLISH.search(clause.text)
    start, end = said.span("name") if said else _chinese(clause.text)
    name = clause.text[start:end]
    is_other = any(find.start < clause.start + end and clause.start + start < find.end for find in clause.finds)
    own = _own_part(name) if len(name) >= SHORTEST and not is_other else ""
    if not own or _is_named(scene, clause, own):
        return None
    return Mention(scene.original(clause.start + start, clause.start + end))


def _chinese(text: str) -> tuple[int, int]:
    asked = STATE.search(text)
    before = _STANDS.sub("", text[: asked.start()] if asked else "")
    lead = _ASKING.match(before)
    return (lead.end() if lead else 0, len(before))


def _own_part(name: str) -> str:
    """What a name says beside an ending that many have: 数据 of 数据中台, mes of mes二期, foobar of foobar rollout; ""
    where it does not end as deals do, or says no more than that (二期项目).
    """
    ends = word_set("ends_of_deals")
    if name.isascii():
        *said, last = name.split()
        return "" if last not in ends or all(word in ends and len(word) > ACRONYM for word in said) else " ".join(said)
    own = re.sub("|".join(end for end in ends if not end.isascii()), "", name).strip()
    is_one = name.endswith(tuple(ends)) and (own not in ends or name.endswith("期")) and not _POINTS.search(own)
    return own if is_one else ""


def _is_named(scene: Scene, clause: Clause, own: str) -> bool:
    """Whether a deal of the customer spoken of has part of that in its name."""
    about = clause.customer
    if about is None or about.key is None:
        return False
    return any(
        part in fold(deal.name) for deal in scene.names.customers[about.key].deals for part in parts_of_name(own)
    )
