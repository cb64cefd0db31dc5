"""Whether somebody is still in the groups by which they see something: asked of the channel, before anything is read.

Where the bot administers a group it hears who leaves; elsewhere nobody tells it. "Cannot tell" denies.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Protocol

from crm.policy import Actor
from storage.engine import Store
from storage.groups import Place, place_of_asker, unseen_groups, withdraw_members
from storage.ledger import Ledger
from talk.incoming import HAPPENED, Incoming

SECONDS = 5.0  # a channel that takes longer cannot tell


class Membership(Protocol):
    """Who can tell whether people are in groups."""

    async def is_member(self, channel: str, chat: str, person: str) -> bool | None:
        """Whether a person is in a group now; None where nobody can tell. Never raises."""
        ...


@dataclass(frozen=True)
class Standing:
    """The groups, by chat id, whose rights do not count for the speaker now, and those that they have left; of a tap
    that decides on somebody's request, where they stand.
    """

    barred: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()
    of_asker: Standing | None = None


EVERYWHERE = Standing()


async def heed(ledger: Ledger, actor: Actor, stands: Standing) -> Actor:
    """Somebody as one who acts, without the rights of groups in which nobody can tell that they are."""
    if stands.left:
        await withdraw_members(ledger.session, ledger.now, groups=stands.left, people=[actor.id])
    ledger.actor = replace(actor, barred=stands.barred) if stands.barred else actor
    return ledger.actor


async def standing(store: Store, membership: Membership | None, incoming: Incoming) -> Standing:
    """Where the speaker stands: each of their groups that the bot does not administer is asked for once."""
    if incoming.kind in HAPPENED:
        return EVERYWHERE
    chat = incoming.chat if incoming.is_group else ""
    own = await _standing(store, membership, Place(incoming.channel, incoming.speaker, chat))
    if incoming.kind != "tap":
        return own
    async with store.read.connect() as connection:
        asker = await place_of_asker(connection, incoming.button)
    return own if asker is None else replace(own, of_asker=await _standing(store, membership, asker))


async def _standing(store: Store, membership: Membership | None, place: Place) -> Standing:
    async with store.read.connect() as connection:
        groups = await unseen_groups(connection, place.channel, place.person, place.group)
    if not groups:
        return EVERYWHERE
    addresses = list(dict.fromkeys(address for _, address in groups))
    told = await asyncio.gather(*(_ask(membership, place, address) for address in addresses))
    is_in = dict(zip(addresses, told, strict=True))
    barred = frozenset(key for key, address in groups if not is_in[address])
    return Standing(barred, frozenset(key for key, address in groups if is_in[address] is False))


async def _ask(membership: Membership | None, place: Place, address: str) -> bool | None:
    if membership is None:
        return None
    try:
        async with asyncio.timeout(SECONDS):
            return await membership.is_member(place.channel, address, place.person)
    except TimeoutError:
        return None
