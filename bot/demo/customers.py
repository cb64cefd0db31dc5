"""The demo's customers and the people who work there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.demo.data import Days, load
from crm.customers import Collaborator, Contact, Customer, ShortName
from crm.users import User


@dataclass(frozen=True)
class Account:
    """A customer, the people there (who decides comes first), and who looks after it."""

    customer: Customer
    contacts: list[Contact]
    owner: User


async def win_accounts(session: AsyncSession, users: Mapping[str, User], days: Days, draw: Random) -> list[Account]:
    """Write all customers with short names, contacts and those they are shared with."""
    rows = load("customers")["customers"]
    customers = [_customer(index, row, users, days, draw) for index, row in enumerate(rows)]
    session.add_all(customers)
    await session.flush()
    accounts = [
        Account(customer, people, users[row[-1]])
        for customer, people, row in zip(customers, _contacts(customers, draw), rows, strict=True)
    ]
    for account, row in zip(accounts, rows, strict=True):
        session.add_all(ShortName(account.customer.id, text) for text in row[1])
        session.add_all(account.contacts)
    session.add_all(_shared(accounts, users))
    await session.flush()
    return accounts


def _customer(index: int, row: list[Any], users: Mapping[str, User], days: Days, draw: Random) -> Customer:
    name, _, industry, region, tier, size, owner = row
    return Customer(
        name=name,
        owner_id=users[owner].id,
        created_at=days.past(draw.randint(190, 400)),
        industry=industry,
        region=region,
        size=size,
        tier=tier,
        source=draw.choice(load("deals")["sources"]),
        phone=f"199-0000-{2001 + index}",
        address=f"{region}示例路{draw.randint(1, 999)}号",
    )


def _shared(accounts: list[Account], users: Mapping[str, User]) -> Iterator[Collaborator]:
    for index, account in enumerate(accounts):
        if index % 6 == 0:
            yield Collaborator(account.customer.id, users["林晓"].id)
        if index % 9 == 4:
            yield Collaborator(account.customer.id, users["吴桐"].id)


def _contacts(customers: list[Customer], draw: Random) -> Iterator[list[Contact]]:
    """The contacts of each customer: those of the stories, and two drawn ones for everybody else."""
    told = load("customers")["contacts"]
    used = {row[0] for rows in told.values() for row in rows}
    number = 1000
    for customer in customers:
        found = told.get(customer.name) or _drawn(customer, used, draw)
        people = [Contact(customer.id, name, title, role) for name, title, role in found]
        for person in people:
            number += 1
            person.phone, person.email = f"199-0000-{number}", f"contact{number}@example.com"
            if number % 7 == 0:
                person.birthday = f"{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        yield people


def _drawn(customer: Customer, used: set[str], draw: Random) -> list[list[str]]:
    names = load("customers")["people"]
    prefix = "english_" if customer.name.isascii() else ""
    head, (title, role) = draw.choice(names[f"{prefix}heads"]), draw.choice(names[f"{prefix}others"])
    return [[_name(prefix, used, draw), head, "decision_maker"], [_name(prefix, used, draw), title, role]]


def _name(prefix: str, used: set[str], draw: Random) -> str:
    names = load("customers")["people"]
    while True:
        if prefix:
            name = f"{draw.choice(names['english_first'])} {draw.choice(names['english_last'])}"
        else:
            name = draw.choice(names["surnames"]) + draw.choice(names["given"])
        if name not in used:
            used.add(name)
            return name
