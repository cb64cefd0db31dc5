"""Who and what is meant: the customer of each clause, its people, its deal. What cannot be settled stays open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from nlu.clauses import Clause
from nlu.finders.people import Person, is_titled
from nlu.known import KnownContact, KnownDeal
from nlu.lexicon import word_set
from nlu.names import fold
from nlu.rule import Find, Key, Mention
from nlu.scene import Scene
from nlu.short_forms import surname_of

GENERAL_TITLES = frozenset({"总", "老师", "姐", "哥", "生", "先生", "女士", "小姐", "经理", "老板", "工"})
ONLY_TOLD_BY = re.compile(r"[^,。;]{0,8}(?:介绍|转介绍|推荐)")


def settle(scene: Scene) -> None:
    """Give every clause the customer that it is about."""
    current: Mention | None = None
    header: Mention | None = None
    block = 0
    for clause in scene.clauses:
        if clause.listed and clause.block != block:
            current = header
        block = clause.block
        said = _said(scene, clause, current)
        current = said or current
        clause.customer = current
        if not clause.listed and said:
            header = said
    _fill_back(scene)
    for clause in scene.clauses:
        if clause.customer is None and scene.focus and scene.focus.customer in scene.names.customers:
            clause.customer = _focused(scene)


def _fill_back(scene: Scene) -> None:
    """A clause before the first customer of its block, or of a message about one customer, is about that one."""
    named = {c.customer for c in scene.clauses if c.customer}
    for clause in reversed(scene.clauses):
        if clause.customer is None:
            later = [c.customer for c in scene.block(clause) if c.customer and c.start > clause.start]
            clause.customer = later[0] if later else named.copy().pop() if len(named) == 1 else None


def _known(scene: Scene, key: Key | None, text: str) -> Mention | None:
    if key is None or key not in scene.names.customers:
        return None
    return Mention(text or scene.names.customers[key].name, key)


def _focused(scene: Scene) -> Mention | None:
    """The chat's customer, marked as what the message does not say by itself."""
    known = _known(scene, scene.focus.customer, "") if scene.focus else None
    return replace(known, by="focus") if known else None


def _said(scene: Scene, clause: Clause, current: Mention | None) -> Mention | None:
    """The customer that a clause itself names: by name, by a person or a deal known at one only."""
    for find in clause.all("customer"):
        if ONLY_TOLD_BY.match(scene.folded, find.end) and (current or _is_called_new(scene)):
            continue
        return _named(scene, clause, find, current)
    if any(ONLY_TOLD_BY.match(scene.folded, f.end) for f in clause.all("person")) and (
        current or _is_called_new(scene)
    ):
        return None
    if current and current.key is None and not current.candidates and _is_called_new(scene):
        return None  # whoever is met at a customer that nobody knows yet is one of its people
    for kind in ("person", "deal"):
        for find in clause.all(kind):
            if mention := _implied(scene, clause, find, current):
                return mention
    return None


def _is_called_new(scene: Scene) -> bool:
    return any(find.rule == "called new" for find in scene.finds)


def _named(scene: Scene, clause: Clause, find: Find, current: Mention | None) -> Mention:
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
    by_deal = [key for key in candidates if _mentioned_deals(scene, key, clause.text)]
    return Mention(text, by_deal[0]) if len(by_deal) == 1 else Mention(text, None, tuple(candidates))


def _of_sentence(scene: Scene, clause: Clause) -> list[Find]:
    return [find for other in scene.sentence(clause) for find in other.finds]


def _narrowed(candidates: tuple[Key, ...], hints: Iterable[Find]) -> list[Key]:
    """Those candidates that people or deals found nearby belong to, or that are named outright elsewhere."""
    for find in hints:
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


def _implied(scene: Scene, clause: Clause, find: Find, current: Mention | None) -> Mention | None:
    """The customer that a person or a deal stands for, None where it stays the current one or several fit."""
    if find.kind == "person":
        best = max((strength for _, _, strength in find.value.contacts), default=0)
        owners = [c for c, _, s in find.value.contacts if s == best]
        everyone = {c for c, _, _ in find.value.contacts}
        if _is_anybody(scene, clause, find, current, everyone):
            return None
    else:
        owners = [customer for customer, _ in find.value]
        everyone = set(owners)
    owners = list(dict.fromkeys(owners))
    if not owners or (current and current.key in everyone):
        return None
    if scene.focus and scene.focus.customer in everyone:
        return _focused(scene)
    if current and current.candidates:
        left = [key for key in current.candidates if key in everyone]
        if len(left) == 1:
            return _known(scene, left[0], current.text)
    if find.kind == "deal" and current is not None:
        return None
    return _known(scene, owners[0], "") if len(owners) == 1 else None


def _is_anybody(scene: Scene, clause: Clause, find: Find, current: Mention | None, owners: set[Key]) -> bool:
    """Whether a person tells no customer: a colleague is called so too, or where one customer alone is named, 王总 is
    theirs.
    """
    if any(f.kind == "user" and f.start == find.start for f in clause.finds):
        return not current or current.key not in owners
    if any(scene.names.customers[owner].name[:2] in clause.text for owner in owners if owner in scene.names.customers):
        return False  # 去沧州找冯部长: the place that their firm is named by tells
    is_theirs = current is not None and not current.candidates and is_titled(find.text)
    return is_theirs and owners.isdisjoint(_named_keys(scene))


def people_of(scene: Scene, clause: Clause, customer: Mention | None = None) -> tuple[Mention, ...]:
    """The customer's people that a clause names, each once; colleagues and other customers' people left out."""
    customer = customer or clause.customer
    found: dict[Key | str, Mention] = {}
    for find in clause.all("person"):
        if mention := person_of(scene, clause, find, customer):
            found[mention.key if mention.key is not None else mention.text] = mention
    return tuple(found.values())


def person_of(scene: Scene, clause: Clause, find: Find, customer: Mention | None) -> Mention | None:
    """Whom a find of kind "person" means at a customer; None for a colleague or somebody of another customer."""
    person: Person = find.value
    text = scene.original(find.start, find.end)
    key = customer.key if customer else None
    for owner, contact, _ in person.contacts:
        if owner == key:
            return Mention(text, contact)
    if any(f.kind == "user" and f.start == find.start for f in clause.finds) or _is_of_another(
        scene, person, find.text
    ):
        return None
    alike = _by_surname(scene, key, person)
    return Mention(text, alike.key) if alike else Mention(text)


def _is_of_another(scene: Scene, person: Person, said: str) -> bool:
    """Whether somebody known works at another customer: told by more than a title, or that customer is named too."""
    if person.contacts and not is_titled(said):
        return True
    return not {owner for owner, _, _ in person.contacts}.isdisjoint(_named_keys(scene))


def _named_keys(scene: Scene) -> set[Key]:
    """The known customers that a message may name."""
    named = (find for find in scene.finds if find.kind == "customer" and not isinstance(find.value, str))
    return {key for find in named for key in find.value}


def _by_surname(scene: Scene, customer: Key | None, person: Person) -> KnownContact | None:
    """The one contact of that surname, where the title said is one that people give to anybody."""
    if customer is None or customer not in scene.names.customers or person.title not in GENERAL_TITLES:
        return None
    alike = [c for c in scene.names.customers[customer].contacts if surname_of(fold(c.name)) == person.surname]
    return alike[0] if len(alike) == 1 and person.title == "总" else None


def deal_of(scene: Scene, clause: Clause, *, fill: bool = True) -> Mention | None:
    """The deal that a clause is about: named in it, in its sentence or block; else (`fill`) the only open one."""
    if fill not in clause.deals:
        clause.deals[fill] = _deal_of(scene, clause, fill=fill)
    return clause.deals[fill]


def _deal_of(scene: Scene, clause: Clause, *, fill: bool) -> Mention | None:
    customer = clause.customer
    if customer is None or customer.key is None or customer.key not in scene.names.customers:
        return _deal_in_common(scene, clause)
    for text in _scopes(scene, clause):
        if deals := _mentioned_deals(scene, customer.key, text):
            return Mention(deals[0].name, deals[0].key) if len(deals) == 1 else None
    of_customer = [c for c in scene.near(clause) if c.customer and c.customer.key == customer.key]
    if len(deals := _mentioned_deals(scene, customer.key, _text_of(of_customer))) == 1:
        return Mention(deals[0].name, deals[0].key)
    if focused := _focused_deal(scene, customer.key):
        return Mention(focused.name, focused.key)
    still_open = [deal for deal in scene.names.customers[customer.key].deals if deal.is_open]
    if fill and len(still_open) == 1:
        return Mention(still_open[0].name, still_open[0].key, by="only")
    return None


def _scopes(scene: Scene, clause: Clause) -> Iterator[str]:
    """The clause, its sentence and its block, each only where it says more than the one before."""
    yield clause.text
    sentence, block = scene.sentence(clause), scene.block(clause)
    if len(sentence) > 1:
        yield _text_of(sentence)
    if len(block) > len(sentence):
        yield _text_of(block)


def _focused_deal(scene: Scene, customer: Key) -> KnownDeal | None:
    if scene.focus is None or scene.focus.customer != customer or scene.focus.deal is None:
        return None
    return scene.names.deal(customer, scene.focus.deal)


def _text_of(clauses: Iterable[Clause]) -> str:
    return "".join(clause.text for clause in clauses)


def _deal_in_common(scene: Scene, clause: Clause) -> Mention | None:
    """What several candidates' deal is called, where all of them have one of that name."""
    if not clause.customer or not clause.customer.candidates:
        return None
    for find in clause.all("deal"):
        return Mention(scene.original(find.start, find.end))
    return None


def _mentioned_deals(scene: Scene, customer: Key, text: str) -> list[KnownDeal]:
    """The customer's deals that a text names best; several where they are named equally well, open ones first."""
    deals = scene.names.customers[customer].deals
    own = fold(scene.names.customers[customer].name)
    scores = {deal.key: _named_by(fold(deal.name), text, own) for deal in deals}
    best = max(scores.values(), default=0.0)
    if best < 1:
        return []
    named = [deal for deal in deals if scores[deal.key] == best]
    still_open = [deal for deal in named if deal.is_open]
    return still_open or named


def _named_by(deal: str, text: str, customer: str) -> float:
    """How much of a deal's name a text holds: 100 for all of it, else a point a part, half a point a common part."""
    if deal in text:
        return 100.0 + len(deal)
    common = word_set("common_deal_part")
    return sum(0.5 if part in common else 1.0 for part in _parts(deal) if part in text and part not in customer)


@lru_cache(maxsize=4096)
def _parts(deal: str) -> tuple[str, ...]:
    """Latin words, and every two neighbouring Chinese characters."""
    latin = [word for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", deal) if len(word) >= 2]
    latin += re.findall(r"[a-z0-9](?=[一-鿿])[一-鿿]", deal)
    runs = re.findall(r"[一-鿿]+", deal)
    return tuple(dict.fromkeys([*latin, *(run[i : i + 2] for run in runs for i in range(len(run) - 1))]))
