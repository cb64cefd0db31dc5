"""A firm of many reps with one customer each, for measuring: every one of them can tell of the same visit."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice, product

from sqlalchemy import select

from crm.customers import Contact, Customer
from crm.deals import Deal, DealFact
from crm.pipelines import Stage
from crm.users import Identity, Team, User
from storage.deal_tables import pipelines, stages
from storage.engine import open_store
from storage.pipelines import prepare

FIRST_ID = 10_001
_NAMES = [a + b for a, b in product("华金海宏瑞博远恒盛鑫泰嘉诚科联创", "信达威利康美源丰驰朗毅锐铭")]
VISIT = "今天下午去了{name},跟王总聊了ERP二期,他说预算80万左右,嫌用友贵,下周三前给修订报价,推进到商务谈判"


def people(count: int) -> list[int]:
    """The messenger's ids of the reps."""
    return list(range(FIRST_ID, FIRST_ID + count))


def visit(person: int) -> str:
    """What a rep says of a visit to their own customer."""
    return VISIT.format(name=_NAMES[person - FIRST_ID])


def cast(count: int) -> dict[str, object]:
    """The same reps as the double's people."""
    return {"people": [{"id": person, "name": f"Rep {person}"} for person in people(count)]}


async def found(database: str, count: int) -> None:
    """Make the database, with everything that the visit speaks of. At most as many reps as there are names."""
    store = open_store(database)
    now = datetime.now(UTC)
    await prepare(store)
    async with store.writing().begin() as session:
        of_standard = (
            stages.c.pipeline_id == select(pipelines.c.id).where(pipelines.c.key == "standard").scalar_subquery()
        )
        stage = await session.scalar(select(Stage).where(of_standard, stages.c.key == "proposal"))
        team = Team("Sales")
        session.add(team)
        await session.flush()
        users = [User(f"Rep {person}", team_id=team.id) for person in people(count)]
        session.add_all(users)
        await session.flush()
        session.add_all(Identity(user.id, "telegram", str(p)) for user, p in zip(users, people(count), strict=True))
        customers = [
            Customer(f"{name}电子科技有限公司", user.id, now)
            for name, user in zip(islice(_NAMES, count), users, strict=True)
        ]
        session.add_all(customers)
        await session.flush()
        session.add_all(Contact(each.id, "王强", "总经理", "decision_maker") for each in customers)
        assert stage
        deals = [
            Deal(each.id, "ERP二期", stage.pipeline_id, stage.id, each.owner_id, now, 75_000_000) for each in customers
        ]
        session.add_all(deals)
        await session.flush()
        session.add_all(DealFact(deal.id, "quote_sent", now, deal.owner_id) for deal in deals)
    await store.close()
