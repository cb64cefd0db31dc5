"""/status in a group: how what it is bound to stands; and who sees that."""

from __future__ import annotations

from crm.errors import CustomerGone
from handlers.customer_card import customer_card
from handlers.list_sharers import sharers_of
from handlers.queries.deal_card import deal_card
from handlers.turn import Bound, Turn
from storage.customers import customer_for
from storage.lists.deals import deals_among
from talk.message import Outcome


async def status_of(turn: Turn, bound: Bound) -> Outcome:
    """The card of the deal, or of the customer where the group is bound to all of it. Raises NotAllowed (masked),
    CustomerGone.
    """
    customer = await customer_for(turn.session, turn.actor, bound.customer_id)
    if bound.deal_id is None:
        return await customer_card(turn, customer)
    found = await deals_among(turn.session, turn.actor, [bound.deal_id])
    if not found:
        raise CustomerGone
    return await deal_card(turn, found[0])


async def seen_by(turn: Turn, bound: Bound) -> Outcome:
    """Who works on the customer, the members of the group among them. Raises NotAllowed (masked), CustomerGone."""
    return await sharers_of(turn, await customer_for(turn.session, turn.actor, bound.customer_id))
