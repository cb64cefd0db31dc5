"""Customers as buttons: name, owner and last contact, so that one knows which is which."""

from __future__ import annotations

from collections.abc import Sequence

from crm.customers import Customer
from handlers.turn import Choice, Turn
from storage.customers import last_contacts
from storage.people import users_named
from talk.message import Parts, Word

CHOICES = 4  # as many buttons as one still reads at a glance


async def customer_choices(turn: Turn, found: Sequence[Customer]) -> tuple[Choice, ...]:
    """A choice for each of the customers, whom the speaker sees; the first few of them."""
    owners = await users_named(turn.session, [customer.owner_id for customer in found])
    last = await last_contacts(turn.session, [customer.id for customer in found])
    return tuple(
        Choice(
            "choose_customer",
            # Choosing is the confirmation too: whoever knows which customer it was has read the card.
            {"customer": customer.id, "confirmed": True},
            {
                "parts": Parts(
                    (customer.name, owners[customer.owner_id], last.get(customer.id, Word("never_contacted")))
                )
            },
        )
        for customer in found[:CHOICES]
    )
