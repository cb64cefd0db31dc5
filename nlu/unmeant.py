"""What a message says and does not mean as news: told in jest, or only supposed."""

from __future__ import annotations

from nlu.question import LOOKS
from nlu.rule import Reading
from nlu.scene import Scene

OF_BUSINESS = ("customer", "person", "user", "deal", "task")
OF_DEALS = frozenset({"update_deal", "note_contract", "note_payment"})


def without_jests(scene: Scene, left: list[Reading]) -> list[Reading]:
    """What is told in jest, as another sentence of the line says, reports nothing."""
    if not scene.says("in_jest"):
        return left
    jests = {other.place for clause in scene.clauses if clause.has("in_jest") for other in scene.block(clause)}
    spans = {scene.text.span(clause.start, clause.end) for clause in scene.clauses if clause.place in jests}
    return [r for r in left if r.intent in LOOKS or (r.start, r.end) not in spans]


def without_pastimes(scene: Scene, left: list[Reading]) -> list[Reading]:
    """谁去爬山, 中午吃什么: a question about pastimes that names nothing of the business asks for no record."""
    if not scene.says("pastime") or scene.has_any(*OF_BUSINESS) or "客户" in scene.folded:
        return left
    return [r for r in left if r.intent != "answer_query" or not r.is_guess]


def without_supposed(scene: Scene, left: list[Reading]) -> list[Reading]:
    """What a deal would come to is no news of it wherever in the sentence it stands behind the "if"."""
    if not scene.says("conditional"):
        return left
    spans = {
        scene.text.span(clause.start, clause.end)
        for clause in scene.clauses
        if any(other.has("conditional") and other.place < clause.place for other in scene.sentence(clause))
    }
    return [r for r in left if r.intent not in OF_DEALS or (r.start, r.end) not in spans]
