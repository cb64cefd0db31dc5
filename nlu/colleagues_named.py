"""Who and which customers stand at a place of a command: a colleague, known or not, and customers named in a row."""

from __future__ import annotations

import re

from nlu.lists import mention_of as customer_of
from nlu.pieces import mention_of
from nlu.rule import Find, Mention
from nlu.scene import Scene
from nlu.whole import is_full_name

COLLEAGUE = r"@?(?:[一-鿿·]{2,8}?|[a-z][\w'’.-]{0,30}(?: [a-z][\w'’.-]{0,30}){0,3}?)"
SOMEBODY = r"[^\s,。;!?:@/]{1,24}?(?: [^\s,。;!?:@/]{1,24}?){0,3}?"
CALLED = re.compile(r"[小老阿大][一-鿿]{1,2}|[一-鿿][总工姐哥]")
AT_A_CUSTOMER = re.compile(r"[一-鿿](?:总|董|主任|处长|科长|部长|院长|局长)|(?:mr|mrs|ms|dr)\b.*", re.IGNORECASE)
AROUND = re.compile(
    r"(?:[\s,、&]|和|跟|与|以及|及|还有|这|那|[两二三四五六七八九几]|家|个|的|\.|客户|公司|the|and|both|customers?|accounts?)*"
)
POINTED_AT = re.compile(r"[这那该](?:一?家|个)?(?:客户|公司)?|(?:this|that) (?:customer|account|one)|it")


def colleague_at(scene: Scene, start: int, end: int) -> Mention | None:
    """The colleague who is named by exactly these words; one whom nobody knows where they look like a name."""
    if start < 0:
        return None
    for find in scene.finds:
        if find.kind == "user" and find.start == start and find.end == end:
            return mention_of(scene, find)
    if any(_is_of_a_customer(find) and find.start < end and start < find.end for find in scene.finds):
        return None
    name = scene.original(start, end)
    return Mention(name) if is_full_name(name) or CALLED.fullmatch(name) else None


def addressed_at(scene: Scene, start: int, end: int) -> Mention | None:
    """The same with an @ before it; none of the titles by which a customer's people go."""
    start += scene.folded[start:end].startswith("@")
    if any(find.kind == "user" and (find.start, find.end) == (start, end) for find in scene.finds):
        return colleague_at(scene, start, end)
    if AT_A_CUSTOMER.fullmatch(scene.original(start, end)):
        return None
    if any(find.kind == "person" and find.start == start for find in scene.finds):
        return None
    return colleague_at(scene, start, end)


AND = re.compile(r"(?:[\s,、&]|和|跟|与|以及|及|还有|[两二三]|个|位|人|都|他们|@|and|both)*")


def several_at(scene: Scene, start: int, end: int) -> Mention | None:
    """The colleagues who stand there in a row and nothing else does, of whom one is to be chosen; None for fewer."""
    users = [find for find in scene.finds if find.kind == "user" and start <= find.start and find.end <= end]
    rest, place = "", start
    for find in users:
        rest, place = rest + scene.folded[place : find.start], find.end
    meant = [mention_of(scene, find) for find in users]
    keys = tuple(dict.fromkeys(key for one in meant for key in (one.key, *one.candidates) if key is not None))
    if len(users) < 2 or len(keys) < 2 or not AND.fullmatch(rest + scene.folded[place:end]):
        return None
    return Mention(scene.original(start, end), None, keys, by="several")


def customer_find_at(scene: Scene, start: int, end: int) -> Find | None:
    """The customer that the words at a place are, and nothing else."""
    return next((f for f in scene.finds if f.kind == "customer" and (f.start, f.end) == (start, end)), None)


def customer_in(scene: Scene, said: re.Match[str]) -> Mention | None:
    """The one customer that the match's first group with anything in it names (a, b, c … one for each way to say it);
    None where nobody or several are named there, or more than names.
    """
    group = next((group for group in "abcdefg" if said.groupdict().get(group)), None)
    named = customers_at(scene, *said.span(group)) if group else ()
    return named[0] if len(named) == 1 else None


def spoken_of(scene: Scene) -> Mention | None:
    """The customer spoken of last, or that the chat is about, for what names none."""
    key = scene.focus.customer if scene.focus else None
    known = scene.names.customers.get(key) if key is not None else None
    return Mention(known.name, key, by="focus") if known is not None else None


def _is_of_a_customer(find: Find) -> bool:
    """Whether something is a record, or somebody known at a customer."""
    return find.kind in ("customer", "deal", "task") or (find.kind == "person" and bool(find.value.contacts))


def customers_at(scene: Scene, start: int, end: int) -> tuple[Mention, ...]:
    """The customers that stand there and nothing else does, or the one spoken of where it is pointed at; else none."""
    if start < 0:
        return ()
    end += scene.folded.startswith(".", end)  # of Co., Ltd.
    found = [find for find in scene.finds if find.kind == "customer" and start <= find.start and find.end <= end]
    if not found:
        about = scene.focus.customer if scene.focus else None
        is_pointed = POINTED_AT.fullmatch(scene.folded[start:end].strip()) is not None
        return (Mention(scene.original(start, end), about, by="focus"),) if is_pointed and about is not None else ()
    rest, place = "", start
    for find in found:
        rest += scene.folded[place : find.start] + " "
        place = find.end
    rest += scene.folded[place:end]
    return tuple(customer_of(scene, find) for find in found) if AROUND.fullmatch(rest) else ()
