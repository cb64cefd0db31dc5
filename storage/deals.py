"""Deals with their stages and facts, as skills and cards need them."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.deals import Deal, DealFact, Evidence, known_facts
from crm.pipelines import Pipeline, Stage
from crm.policy import Actor
from storage.deal_tables import deal_facts, deals, pipelines, stages
from storage.tables import contacts, customers, visits
from storage.visibility import sees_customer

_DEALS_OF = (
    select(Deal, Stage)
    .join(Stage, stages.c.id == deals.c.stage_id)
    .where(deals.c.customer_id == bindparam("customer_id"), deals.c.withdrawn_at.is_(None))
    .order_by((stages.c.outcome == "open").desc(), deals.c.id.desc())
)
_STAGES_OF = select(Stage).where(stages.c.pipeline_id == bindparam("pipeline_id")).order_by(stages.c.position)
_FACTS_OF = (
    select(DealFact)
    .where(deal_facts.c.deal_id == bindparam("deal_id"), deal_facts.c.withdrawn_at.is_(None))
    .order_by(deal_facts.c.id)
)


async def stages_of(session: AsyncSession, pipeline_id: int) -> list[Stage]:
    """The stages of a pipeline in order."""
    return list(await session.scalars(_STAGES_OF, {"pipeline_id": pipeline_id}))


async def all_stages(session: AsyncSession) -> list[Stage]:
    """The stages of every pipeline, by position."""
    return list(await session.scalars(select(Stage).order_by(stages.c.position, stages.c.pipeline_id)))


async def pipeline_by_key(session: AsyncSession, key: str) -> Pipeline:
    """The pipeline of that key; a missing one is a bug in the set-up."""
    return (await session.scalars(select(Pipeline).where(pipelines.c.key == key))).one()


async def deals_of(session: AsyncSession, customer_id: int) -> list[tuple[Deal, Stage]]:
    """A customer's deals with their stages, open ones first, newest first."""
    rows = await session.execute(_DEALS_OF, {"customer_id": customer_id})
    return [(deal, stage) for deal, stage in rows]


async def open_deals_called(session: AsyncSession, actor: Actor, name: str, limit: int) -> list[tuple[Deal, Stage]]:
    """Open deals whose name holds the words, of customers that the actor sees, the newest first."""
    standing = (deals.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), stages.c.outcome == "open")
    found = (
        select(Deal, Stage)
        .join(Stage, stages.c.id == deals.c.stage_id)
        .join(customers, customers.c.id == deals.c.customer_id)
        .where(*standing, deals.c.name.icontains(name, autoescape=True), sees_customer(actor))
    )
    rows = await session.execute(found.order_by(deals.c.id.desc()).limit(limit))
    return [(deal, stage) for deal, stage in rows]


async def facts_of(session: AsyncSession, deal_id: int) -> dict[str, DealFact]:
    """The stated facts of a deal by name, the newest of each."""
    return {fact.key: fact for fact in await session.scalars(_FACTS_OF, {"deal_id": deal_id})}


async def evidence_for(session: AsyncSession, deal: Deal) -> Evidence:
    """What the records of the customer say about a deal: one statement."""
    at_customer = (
        contacts.c.customer_id == deal.customer_id,
        contacts.c.withdrawn_at.is_(None),
        contacts.c.left_on.is_(None),
    )
    told = (
        visits.c.customer_id == deal.customer_id,
        visits.c.withdrawn_at.is_(None),
        or_(visits.c.deal_id == deal.id, visits.c.deal_id.is_(None)),
    )
    row = (
        await session.execute(
            select(
                exists().where(*at_customer),
                exists().where(*at_customer, contacts.c.role == "decision_maker"),
                exists().where(*told, visits.c.needs != ""),
                exists().where(*told, visits.c.budget_minor.is_not(None)),
            )
        )
    ).one()
    return Evidence(contact=bool(row[0]), decision_maker=bool(row[1]), needs=bool(row[2]), budget=bool(row[3]))


async def known_of(session: AsyncSession, deal: Deal) -> set[str]:
    """The names of all facts known of a deal, stated or read from the records."""
    return known_facts(deal, await facts_of(session, deal.id), await evidence_for(session, deal))
