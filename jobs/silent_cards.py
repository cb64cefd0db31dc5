"""Silent deals, and what has no next step, as they are told: a line of a list, a card with a step to tap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm.due import Quiet
from crm.pushes import SILENT, Push
from jobs.pushing import Item, To
from jobs.rungs import in_words, is_high_risk
from nlu.company_forms import without_form
from storage.due_deals import customers_without_step, quiet_deals
from talk.message import Count, Offer, Outcome, Parts, Phrase, Word

LONG_AGO = date(1970, 1, 1)


async def silent_items(to: To, pushes: Sequence[Push]) -> list[Item]:
    """The deals among the pushes that are still open, seen, and as silent as they were."""
    keys = [push.thing_id for push in pushes if push.thing_id is not None]
    return _held(to, pushes, await quiet_deals(to.session, LONG_AGO, date.max, actor=to.actor, keys=keys))


async def no_step_items(to: To, pushes: Sequence[Push]) -> list[Item]:
    """The deals among the pushes for which nothing is open yet, and which nobody has contacted since."""
    keys = [push.thing_id for push in pushes if push.thing_id is not None]
    found = await quiet_deals(to.session, LONG_AGO, date.max, without_step=True, actor=to.actor, keys=keys)
    return _held(to, pushes, found)


async def customer_items(to: To, pushes: Sequence[Push]) -> list[Item]:
    """The same of customers without a deal."""
    keys = [push.thing_id for push in pushes if push.thing_id is not None]
    return _held(to, pushes, await customers_without_step(to.session, LONG_AGO, date.max, actor=to.actor, keys=keys))


def _held(to: To, pushes: Sequence[Push], found: Sequence[Quiet]) -> list[Item]:
    standing = {(quiet.deal_id or quiet.customer_id, quiet.contacted_on.isoformat()): quiet for quiet in found}
    newest: dict[int, Item] = {}
    for push in pushes:
        quiet = standing.get((push.thing_id or 0, push.key.split(":")[2]))
        before = newest.get(push.thing_id or 0)
        if quiet is not None and (before is None or push.level >= before.push.level):
            newest[push.thing_id or 0] = _item(to, push, quiet)
    return list(newest.values())


def _item(to: To, push: Push, quiet: Quiet) -> Item:
    is_own = quiet.owner_id == to.actor.id
    today = to.now.astimezone(to.reader.zone).date()
    days = Count(to.calendar.between(quiet.contacted_on, today), "count_working_days")
    name = Parts((quiet.deal or None, without_form(quiet.customer)))
    head = f"head_push_{push.kind}" if is_own or push.kind != SILENT else "head_push_silent_below"

    def line() -> Parts:
        return Parts((*name, Phrase("silent_for", {"days": days}), None if is_own else quiet.owner))

    async def card(to: To) -> Outcome:
        key = f"push_{push.kind}" if is_own else "push_silent_below"
        is_risk = await is_high_risk(to, SILENT, push)
        fields = (
            ("label_customer", quiet.customer if quiet.deal else None),
            ("label_last_contact", quiet.contacted_on if quiet.is_contacted else Word("never_contacted")),
            ("label_risk", Word("high_risk") if is_risk else None),
        )
        what = quiet.deal or quiet.customer
        facts = {"name": quiet.owner, "what": what, "parts": Parts((what,)), "days": days}
        told = tuple((label, value) for label, value in fields if value is not None)
        offers = _own_offers(quiet) if is_own else _superiors_offers(quiet)
        card = Outcome(key, facts, told, quiet.customer_id, wrote=False, offers=offers)
        return await in_words(to, SILENT, push, card)

    return Item(push, head, line, card)


def _own_offers(quiet: Quiet) -> tuple[tuple[Offer, ...], ...]:
    """A next step by tap, and the customer's card."""
    about = {"customer": quiet.customer_id, "deal": quiet.deal_id}
    steps = tuple(Offer(f"push_step_{by}", "push_step", {**about, "by": by}) for by in ("day", "monday"))
    return (steps, (Offer("button_customer", "customer", {"customer": quiet.customer_id}),))


def _superiors_offers(quiet: Quiet) -> tuple[tuple[Offer, ...], ...]:
    about = {"customer": quiet.customer_id, "deal": quiet.deal_id}
    first = (Offer("push_seen", "push_seen_deal", about), Offer("push_nudge", "push_nudge_deal", about))
    return (first, (Offer("button_customer", "customer", {"customer": quiet.customer_id}),))
