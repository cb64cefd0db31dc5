"""Role × relation × verb against the records: what the table allows is what a query gives, and no more.

The cells are made from the table; a verb that code asks for and the table does not list fails, so does one that
nobody asks for.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from crm import policy
from crm.customers import Collaborator, Customer
from crm.errors import CustomerGone, NotAllowed
from crm.policy import MAY, Actor
from crm.users import ROLES, Chat, Team, User
from storage.customer_cards import card_parts
from storage.customers import allowed, held_customer, visible_among
from storage.engine import Store
from storage.people import actor_for

ROOT = Path(__file__).parents[2]
# How somebody stands to a customer, and which relation of the table that is.
STANDING = {
    "owner": "owner",
    "superior": "superior",
    "collaborator": "collaborator",
    "former collaborator": "other",
    "group member": "collaborator",
    "former group member": "other",
    "manager of another team": "other",
    "colleague of the owner": "other",
    "stranger": "other",
}
ASKING = {"customer_for", "customer_known", "customer_of", "may", "task_of", "allowed"}  # functions that take a verb


@dataclass
class Case:
    """Somebody and a customer."""

    session: AsyncSession
    actor: Actor
    customer: Customer


async def _case(session: AsyncSession, role: str, standing: str, now: datetime) -> Case:
    owner, actor = User("owner"), User("actor", role)
    session.add_all([owner, actor])
    await session.flush()
    leads = {"superior": actor.id, "manager of another team": None}.get(standing)
    home, elsewhere = Team("home", manager_id=leads), Team("elsewhere")
    session.add_all([home, elsewhere])
    await session.flush()
    owner.team_id = home.id
    actor.team_id = home.id if standing == "colleague of the owner" else elsewhere.id
    elsewhere.manager_id = actor.id if standing == "manager of another team" else None
    customer = Customer("华信", actor.id if standing == "owner" else owner.id, now)
    group = Chat("telegram", "-5", is_group=True)
    session.add_all([customer, group])
    await session.flush()
    shares = {
        "collaborator": Collaborator(customer.id, actor.id),
        "former collaborator": Collaborator(customer.id, actor.id, withdrawn_at=now),
        "group member": Collaborator(customer.id, actor.id, chat_id=group.id),
        "former group member": Collaborator(customer.id, actor.id, chat_id=group.id, withdrawn_at=now),
    }
    if standing in shares:
        session.add(shares[standing])
    await session.flush()
    return Case(session, await actor_for(session, actor), customer)


@pytest.mark.parametrize(("role", "standing"), list(itertools.product(ROLES, STANDING)))
async def test_what_the_table_allows_is_what_the_records_give(
    store: Store, now: datetime, role: str, standing: str
) -> None:
    async with store.writing()() as session:
        case = await _case(session, role, standing, now)
        for verb, holders in MAY.items():
            expected = STANDING[standing] in holders or (role == "admin" and "admin" in holders)
            held = await held_customer(session, case.actor, case.customer.id, is_writing=False)
            assert policy.may(verb, held[1]) is expected, verb
            if expected:
                assert (await allowed(session, held, verb)).id == case.customer.id
            else:
                with pytest.raises(NotAllowed) as refusal:
                    await allowed(session, held, verb)
                assert set(refusal.value.facts) == {"customer", "owner"}, verb
        sees = policy.may("see", held[1])
        assert bool(await visible_among(session, case.actor, [case.customer.id])) is sees
        with nullcontext() if sees else pytest.raises(CustomerGone):
            await card_parts(session, case.actor, case.customer.id)


@pytest.mark.parametrize("standing", STANDING)
async def test_a_leaver_gets_what_an_absent_record_gives(store: Store, now: datetime, standing: str) -> None:
    async with store.writing()() as session:
        case = await _case(session, "admin", standing, now)
        case.actor.user.is_active = False
        for key in (case.customer.id, 999):
            with pytest.raises(CustomerGone):
                await held_customer(session, case.actor, key, is_writing=False)
        assert await visible_among(session, case.actor, [case.customer.id]) == []
        with pytest.raises(CustomerGone):
            await card_parts(session, case.actor, case.customer.id)


def _calls() -> Iterator[ast.Call]:
    for folder in ("bot", "handlers", "jobs", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))


def _words(call: ast.Call) -> set[str]:
    told = [*call.args, *(word.value for word in call.keywords)]
    return {one.value for one in told if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_every_verb_that_is_asked_for_is_listed_and_every_listed_one_is_asked_for() -> None:
    asking = [call for call in _calls() if getattr(call.func, "attr", getattr(call.func, "id", "")) in ASKING]
    assert {word for call in asking for word in _words(call)} - set(MAY) == set()
    assert set(MAY) - {word for call in _calls() for word in _words(call)} == set()
