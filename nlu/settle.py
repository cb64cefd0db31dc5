"""Who and what is meant: the customer of each clause, its people, its deal. What cannot be settled stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlu.clauses import Clause
from nlu.customer_named import named
from nlu.deals_named import mentioned_deals, text_of
from nlu.finders.people import Person, is_titled
from nlu.known import KnownContact, KnownDeal
from nlu.names import fold
from nlu.own_deals import customer_called_by_deal
from nlu.rule import Find, Key, Mention
from nlu.scene import Scene
from nlu.short_forms import surname_of

GENERAL_TITLES = frozenset({"总", "老师", "姐", "哥", "生", "先生", "女士", "小姐", "经理", "老板", "工"})
ONLY_TOLD_BY = re.compile(r"[^,。;]{0,8}(?:介绍|转介绍|推荐)")


def settle(scene: Scene) -> None:
    """Give every clause the customer that it is about.

    A listed item without one of its own is about the one that the lines above are about, under a further heading only
    where they are about one alone.
    """
    current: Mention | None = None
    above: list[Mention] = []
    before: Clause | None = None
    for clause in scene.clauses:
        if clause.listed and (before is None or clause.block != before.block):
            is_further = before is not None and clause.heading != before.heading
            current = None if not above or (is_further and above[-1] != above[0]) else above[-1]
        said = _said(scene, clause, current) or _returned_to(clause, above)
        clause.customer = current = said or current
        if not clause.listed and said:
            above.append(said)
        before = clause
    _fill_back(scene)
    unnamed = [clause for clause in scene.clauses if clause.customer is None]
    if scene.focus and scene.focus.customer in scene.names.customers:
        for clause in unnamed:
            clause.customer = _focused(scene)
    elif len(unnamed) == len(scene.clauses) and (of_deal := customer_called_by_deal(scene)) is not None:
        for clause in unnamed:
            clause.customer = _known(scene, of_deal, "")


def _returned_to(clause: Clause, named: Sequence[Mention]) -> Mention | None:
    """The customer that 前面那家 or "the former" means: the one named before the last."""
    if not clause.has("former") or not named:
        return None
    return next((earlier for earlier in reversed(named) if earlier != named[-1]), None)


def _fill_back(scene: Scene) -> None:
    """A clause before the first customer of its block, or of a message about one customer, is about that one."""
    if all(clause.customer for clause in scene.clauses):
        return
    named = {c.customer for c in scene.clauses if c.customer}
    for clause in reversed(scene.clauses):
        if clause.customer is None:
            later = [c.customer for c in scene.block(clause) if c.customer and c.start > clause.start]
            clause.customer = later[0] if later else next(iter(named)) if len(named) == 1 else None


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
    if not clause.finds:
        return None
    for find in clause.all("customer"):
        if ONLY_TOLD_BY.match(scene.folded, find.end) and (current or scene.brings_new):
            continue
        return named(scene, clause, find, current)
    if any(ONLY_TOLD_BY.match(scene.folded, f.end) for f in clause.all("person")) and (current or scene.brings_new):
        return None
    if current and current.key is None and not current.candidates and scene.brings_new:
        return None  # whoever is met at a customer that nobody knows yet is one of its people
    for kind in ("person", "deal"):
        for find in clause.all(kind):
            if mention := _implied(scene, clause, find, current):
                return mention
    return None


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
    if find.start in clause.colleagues:
        return not current or current.key not in owners
    if any(scene.names.customers[owner].name[:2] in clause.text for owner in owners if owner in scene.names.customers):
        return False  # 去沧州找冯部长: the place that their firm is named by tells
    is_theirs = current is not None and not current.candidates and is_titled(find.text)
    is_own_item = clause.listed and not any(c.all("customer") for c in scene.block(clause))
    if is_theirs and is_own_item and find.rule != "short form":
        return False  # a further item names somebody as recorded elsewhere
    return is_theirs and owners.isdisjoint(scene.named_keys)


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
    if find.start in clause.colleagues or _is_of_another(scene, person, find.text):
        return None
    alike = _by_surname(scene, key, person)
    return Mention(text, alike.key) if alike else Mention(text)


def _is_of_another(scene: Scene, person: Person, said: str) -> bool:
    """Whether somebody known works at another customer: told by more than a title, or that customer is named too."""
    if person.contacts and not is_titled(said):
        return True
    return not {owner for owner, _, _ in person.contacts}.isdisjoint(scene.named_keys)


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
        if deals := mentioned_deals(scene, customer.key, text):
            return Mention(deals[0].name, deals[0].key) if len(deals) == 1 else None
    of_customer = [c for c in scene.near(clause) if c.customer and c.customer.key == customer.key]
    if len(deals := mentioned_deals(scene, customer.key, text_of(of_customer))) == 1:
        return Mention(deals[0].name, deals[0].key)
    if focused := _focused_deal(scene, customer.key):
        return Mention(focused.name, focused.key)
    still_open = [deal for deal in scene.names.customers[customer.key].deals if deal.is_open]
    if fill and len(still_open) == 1:
        return Mention(still_open[0].name, still_open[0].key, by="only")
    return None


def _scopes(scene: Scene, clause: Clause) -> Iterator[str]:
    """The clause, its sentence and its block as far as they are about its customer, where they say more."""
    yield clause.own_words
    sentence = [c for c in scene.sentence(clause) if c.customer == clause.customer]
    block = [c for c in scene.block(clause) if c.customer == clause.customer]
    if len(sentence) > 1:
        yield text_of(sentence)
    if len(block) > len(sentence):
        yield text_of(block)


def _focused_deal(scene: Scene, customer: Key) -> KnownDeal | None:
    if scene.focus is None or scene.focus.customer != customer or scene.focus.deal is None:
        return None
    return scene.names.deal(customer, scene.focus.deal)


def _deal_in_common(scene: Scene, clause: Clause) -> Mention | None:
    """What several candidates' deal is called, where all of them have one of that name."""
    if not clause.customer or not clause.customer.candidates:
        return None
    for find in clause.all("deal"):
        return Mention(scene.original(find.start, find.end))
    return None
