"""A group, or a topic of it, is bound to a deal or customer: by a button, by /bind, in words; once, and freed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from crm import policy
from crm.customers import Customer
from crm.deals import Deal
from crm.errors import NotFound
from crm.setting_errors import NotYoursToBind
from crm.users import User
from handlers.groups.members import come_in, free, owner_of_group
from handlers.groups.share_group import ask_owner, what_of
from handlers.groups.showing import show, told
from handlers.known import deals_known
from handlers.turn import Turn, bound_to
from nlu.group_words import Named, is_called, named_in
from nlu.names import fold
from storage.customers import visible_among
from storage.groups import bindable
from talk.message import Offer, Outcome, Parts, Word

CHOICES = 6
Found = tuple[Deal | None, Customer]


async def bind(turn: Turn, words: str) -> list[Outcome]:
    """Bind this group to what some words name; without any, or where several fit, offer what may be meant.

    Raises NotFound: an absent record and a hidden one alike. Raises NotYoursToBind.
    """
    if turn.bound is not None:
        return [await _bound_already(turn)]
    if not words:
        return [await choices_here(turn)]
    named = named_in(words, now=turn.now, names=turn.names, sender=turn.actor.id)
    seen = await visible_among(turn.session, turn.actor, [int(key) for key in named.customers])
    if not seen:
        raise NotFound(name=words)
    found = await _meant(turn, seen, named, words)
    return await _bind(turn, *found[0]) if len(found) == 1 else [_which(found)]


async def choices_here(turn: Turn) -> Outcome:
    """The speaker's open deals, the one that the group is called after first, then the one last worked on."""
    title = fold(turn.incoming.title or turn.chat.title)
    deals = await bindable(turn.session, turn.actor)
    ranked = sorted(deals, key=lambda found: -_likeness(turn, title, *found))
    return _which(ranked[:CHOICES]) if ranked else told("group_how_to_bind")


def _likeness(turn: Turn, title: str, deal: Deal, customer: Customer) -> int:
    """How much of a group's title names a deal: the deal itself, and the customer by any name of theirs."""
    known = turn.names.customers.get(customer.id)
    short = [fold(name) for name in (customer.name, *(known.short_names if known else ()))]
    return 2 * (fold(deal.name) in title) + any(name in title for name in short) if title else 0


async def _meant(turn: Turn, seen: Sequence[Customer], named: Named, words: str) -> list[Found]:
    """What the words may mean at the customers seen: the deals named, else any open deal and the customers themselves.

    Raises NotFound, NotYoursToBind.
    """
    deals = await bindable(turn.session, turn.actor, [customer.id for customer in seen])
    if named.deals or named.left:
        if found := [pair for pair in deals if _is_named(pair[0], named)]:
            return list(found[:CHOICES])
        await _refuse_named(turn, seen, named)
        raise NotFound(name=words)
    own = [customer for customer in seen if _may(turn, customer.owner_id)]
    if not own and not deals:
        owner = await turn.ledger.get(User, seen[0].owner_id)
        raise NotYoursToBind(owner=owner.name if owner else "—")
    return [*deals[: CHOICES - 1], *((None, customer) for customer in own)]


def _is_named(deal: Deal, named: Named) -> bool:
    return deal.id in named.deals or (not named.deals and is_called(deal.name, named.left))


async def _refuse_named(turn: Turn, seen: Sequence[Customer], named: Named) -> None:
    """Raise NotYoursToBind where it is a deal that the speaker sees, and somebody else's."""
    for customer in seen:
        for deal, _ in await deals_known(turn, customer.id):
            if _is_named(deal, named) and not _may(turn, deal.owner_id):
                owner = await turn.ledger.get(User, deal.owner_id)
                raise NotYoursToBind(owner=owner.name if owner else "—")


def _may(turn: Turn, owner_id: int | None) -> bool:
    return policy.may("bind_group", policy.relations(turn.actor, owner_id))


def _which(found: Sequence[Found]) -> Outcome:
    offers = tuple(
        (
            Offer(
                "button_group_bind",
                "group_bind",
                {"customer": customer.id, "deal": deal.id if deal else None},
                {"what": Parts((customer.name, deal.name if deal else None))},
            ),
        )
        for deal, customer in found
    )
    return Outcome("group_bind_to_what", wrote=False, offers=offers)


async def bind_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Bind the group in which the button stands, with the rights of now. Raises NotFound, NotYoursToBind."""
    if not turn.chat.is_group:
        raise NotFound(name="—")
    if turn.bound is not None:
        await show(turn, await _bound_already(turn))
        return
    seen = await visible_among(turn.session, turn.actor, [int(facts["customer"])])
    deal = await turn.ledger.get(Deal, facts["deal"])
    if not seen or (facts["deal"] is not None and (deal is None or deal.withdrawn_at is not None)):
        raise NotFound(name="—")
    await show(turn, *await _bind(turn, deal, seen[0]))


async def _bind(turn: Turn, deal: Deal | None, customer: Customer) -> list[Outcome]:
    """Raises NotYoursToBind."""
    owner_id = deal.owner_id if deal else customer.owner_id
    if not _may(turn, owner_id):
        owner = await turn.ledger.get(User, owner_id)
        raise NotYoursToBind(owner=owner.name if owner else "—")
    chat = turn.chat
    at = turn.ledger.now.astimezone(UTC).isoformat()
    to = {"customer": customer.id, "deal": deal.id if deal else None}
    turn.ledger.set(chat, binding={**to, "by": turn.actor.id, "at": at, "is_shared": False})
    turn.bound = bound_to(chat)
    await come_in(turn.ledger, chat, [turn.actor.id])
    watch = "group_sees_leaving" if chat.is_administrator else "group_asks_each_time"
    return [told("group_bound", what=await what_of(turn, chat)), told(watch), await ask_owner(turn, chat)]


async def unbind(turn: Turn) -> list[Outcome]:
    """Free this group. Raises NotYoursToBind."""
    if turn.bound is None:
        return [told("group_is_unbound")]
    owner_id = await owner_of_group(turn.ledger, turn.chat)
    if not _may(turn, owner_id):
        owner = await turn.ledger.get(User, owner_id)
        raise NotYoursToBind(owner=owner.name if owner else "—")
    what = await what_of(turn, turn.chat)
    await free(turn.ledger, turn.chat)
    turn.bound = None
    return [told("group_unbound", what=what)]


async def _bound_already(turn: Turn) -> Outcome:
    return told("group_bound_already", **await _what_and_whose(turn))


async def bound_where(turn: Turn) -> Outcome:
    """To what this group is bound, and whether its members see it."""
    shared = Word("group_is_shared" if turn.chat.is_shared else "group_is_not_shared")
    return told("group_bound_where", **await _what_and_whose(turn), shared=shared)


async def _what_and_whose(turn: Turn) -> dict[str, Any]:
    """What this group is bound to, in full for whoever may see it, masked for others; and who looks after it."""
    seen = await visible_among(turn.session, turn.actor, [turn.bound.customer_id] if turn.bound else [])
    owner = await turn.ledger.get(User, await owner_of_group(turn.ledger, turn.chat))
    whole = await what_of(turn, turn.chat)
    return {"what": whole if seen else Parts(whole[:1]), "owner": owner.name if owner else "—"}
