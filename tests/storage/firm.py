"""A small firm with records made by hand, for lists, counts and sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Customer
from crm.deals import Deal
from crm.pipelines import Stage
from crm.policy import Actor
from crm.reports.funnel import FunnelReport
from crm.tasks import Task
from crm.visits import Visit
from storage.reports import funnel_report

SHANGHAI = timezone(timedelta(hours=8))
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, 30, tzinfo=SHANGHAI)
MIDNIGHT = datetime(2026, 11, 20, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
TOMORROW = MIDNIGHT + DAY


@dataclass
class Firm:
    """Two reps under a manager, one rep elsewhere; a customer each, one of them shared; the stages of a pipeline."""

    session: AsyncSession
    rep: Actor
    mate: Actor
    boss: Actor
    other: Actor
    customers: dict[str, Customer]
    stages: dict[str, Stage]

    async def write(self, *things: object) -> None:
        self.session.add_all(things)
        await self.session.flush()

    def deal(self, name: str, stage: str = "proposal", **fields: object) -> Deal:
        customer = self.customers[str(fields.pop("at", "rep"))]
        made = fields.pop("made", NOW - 60 * DAY)
        here = self.stages[stage]
        deal = Deal(customer.id, name, here.pipeline_id, here.id, customer.owner_id, made)  # type: ignore[arg-type]
        for field, value in fields.items():
            setattr(deal, field, value)
        return deal

    def visit(self, at: str, on: date, by: Actor | None = None, **fields: object) -> Visit:
        customer = self.customers[at]
        words = str(fields.pop("words", "聊了聊"))
        return Visit(customer.id, by.id if by else customer.owner_id, on, NOW, words, **fields)  # type: ignore[arg-type]

    def task(self, title: str, due: date | None, who: Actor | None = None, at: str = "", **fields: object) -> Task:
        who = who or self.rep
        task = Task(title, who.id, who.id, NOW, due, customer_id=self.customers[at].id if at else None)
        for field, value in fields.items():
            setattr(task, field, value)
        return task


async def funnel_of(firm: Firm, actor: Actor | None = None, people: Any = None, **span: datetime) -> FunnelReport:
    """The funnel of some people, or of all that the actor (the boss) sees; of today unless told."""
    since, until = span.get("since", MIDNIGHT), span.get("until", TOMORROW)
    return await funnel_report(firm.session, actor or firm.boss, people, since, until, TODAY)
