"""How many customers there are of each kind: by place, industry, tier, owner, source; with the asker's rights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.places import FORMS, place_of, places
from crm.policy import Actor
from storage.lists.customers import CustomersWanted, customers_where
from storage.people_tables import users
from storage.tables import customers

OPENING = 24  # characters of an address or a name that tell where a customer is
PER = ("province", "city", "industry", "tier", "owner", "source")


async def count_customers_per(
    session: AsyncSession, actor: Actor, wanted: CustomersWanted, per: str
) -> list[tuple[Any, int]]:
    """Of each kind how many of the customers wanted the actor sees, the most first; "" is what nobody has filled in.

    Kinds are names of places, words of records, or of owners (id, name).
    """
    columns = _COLUMNS[per]
    found = select(*columns, func.count(customers.c.id)).join(users, users.c.id == customers.c.owner_id)
    rows = await session.execute(found.where(*customers_where(actor, wanted)).group_by(*columns))
    counts: Counter[Any] = Counter()
    for *told, count in rows:
        counts[_kind(per, told)] += int(count)
    return sorted(counts.items(), key=lambda one: (one[0] == "", -one[1], str(one[0])))


def _kind(per: str, told: Sequence[Any]) -> Any:
    if per == "owner":
        return tuple(told)
    if per not in ("province", "city"):
        return told[0]
    known = [said for text in told if (said := place_of(text))]
    cities = [said for said in known if places()[said].within]
    said = (cities or known or [""])[0]
    return (places()[said].within or said if per == "province" else said) if said else told[0]


def _rough(regions: Sequence[str]) -> tuple[Any, ...]:
    """The region; address and name as well where it is one of those, which do not tell enough."""
    is_rough = func.lower(customers.c.region).in_(regions)
    others = (func.lower(func.substr(column, 1, OPENING)) for column in (customers.c.address, customers.c.name))
    return (customers.c.region, *(case((is_rough, other), else_="").label(None) for other in others))


def _with_cities() -> list[str]:
    """What a region says that names a province with several cities."""
    inner = {place.within for place in places().values() if place.within}
    return sorted(f"{name}{form}" for said in inner for name in places()[said].names for form in FORMS)


_COLUMNS: Mapping[str, tuple[Any, ...]] = {
    "province": _rough([""]),
    "city": _rough(["", *_with_cities()]),
    "industry": (customers.c.industry,),
    "tier": (customers.c.tier,),
    "owner": (customers.c.owner_id, users.c.name),
    "source": (customers.c.source,),
}
