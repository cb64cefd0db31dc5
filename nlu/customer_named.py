"""Which known customer a name in a text means; where a short name fits several, what else is said decides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from nlu.clauses import Clause
from nlu.deals_named import mentioned_deals, parts_of_name, text_of
from nlu.lexicon import word_set
from nlu.names import fold
from nlu.rule import Find, Key, Mention
from nlu.scene import Scene

HINTS = 64  # finds nearby that are looked at: more than people write
TWO = re.compile("[一-鿿]{2}")


def named(scene: Scene, clause: Clause, find: Find, current: Mention | None) -> Mention:
    """The customer that a find of kind "customer" means in its clause; several stay candidates."""
    text = scene.original(find.start, find.end)
    if isinstance(find.value, str):
        return Mention(text)
    candidates: tuple[Key, ...] = find.value
    if len(candidates) == 1:
        return Mention(text, candidates[0], by=find.rule if find.rule in ("learnt", "alike") else "")
    for hints in (clause.finds, _of_sentence(scene, clause), scene.finds):
        left = _narrowed(candidates, hints)
        if len(left) == 1:
            return Mention(text, left[0])
    if current and current.key in candidates:
        return Mention(text, current.key, by=current.by)
    if scene.focus and scene.focus.customer in candidates:
        return Mention(text, scene.focus.customer, by="focus")
    left = _by_rest_of_name(scene, clause, find) or [k for k in candidates if mentioned_deals(scene, k, clause.text)]
    return Mention(text, left[0]) if len(left) == 1 else Mention(text, None, tuple(left or candidates))


def _by_rest_of_name(scene: Scene, clause: Clause, find: Find) -> list[Key]:
    """Those candidates of whose full name more is said: right behind the short one (瑞丰农商), or in the sentence."""
    full = {key: fold(scene.names.customers[key].name).replace(find.text, "") for key in find.value}
    behind = TWO.match(scene.folded, find.end)
    if behind and (left := [key for key, name in full.items() if _in_order(behind[0], name)]):
        return left if len(left) < len(full) else []
    said = text_of(scene.sentence(clause))
    common = set.intersection(*(set(parts_of_name(name)) for name in full.values())) | word_set("common_deal_part")
    return [
        key for key, name in full.items() if any(part in said for part in parts_of_name(name) if part not in common)
    ]


def _in_order(few: str, name: str) -> bool:
    """Whether characters stand in a name in that order, as those of 农商 do in 农村商业银行."""
    rest = iter(name)
    return all(char in rest for char in few)


def _of_sentence(scene: Scene, clause: Clause) -> list[Find]:
    return [find for other in scene.sentence(clause) for find in other.finds]


def _narrowed(candidates: tuple[Key, ...], hints: Iterable[Find]) -> list[Key]:
    """Those candidates that people or deals found nearby belong to, or that are named outright elsewhere."""
    for find in islice(hints, HINTS):
        if find.kind == "person":
            owners = {customer for customer, _, _ in find.value.contacts}
        elif find.kind == "deal":
            owners = {customer for customer, _ in find.value}
        elif find.kind == "customer" and len(find.value) == 1 and not isinstance(find.value, str):
            owners = set(find.value)
        else:
            continue
        left = [key for key in candidates if key in owners]
        if len(left) == 1:
            return left
    return list(candidates)
