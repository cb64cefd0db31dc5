"""Half a year of the demo's deals written down: moves, the facts that allowed them, visits and next steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.demo.data import Days, load
from bot.demo.plans import Plan
from crm.deals import Deal, DealFact, StageChange
from crm.money import Money
from crm.pipelines import Stage
from crm.tasks import Task
from crm.visits import Visit

Stages = Mapping[tuple[str, str], Stage]
_BEFORE = timedelta(minutes=1)  # what allowed a move was known before it
_QUIET = 20  # between two moves further apart than that there was a call


@dataclass(frozen=True)
class Setting:
    """What every deal is written with: the days, the stages by pipeline and key, each rep's superior, the dice."""

    days: Days
    stages: Stages
    superiors: Mapping[int, int]
    draw: Random


async def write_deals(session: AsyncSession, plans: list[Plan], setting: Setting) -> None:
    """Write all deals with their history."""
    deals = [_deal(plan, setting) for plan in plans]
    session.add_all(deals)
    await session.flush()
    for plan, deal in zip(plans, deals, strict=True):
        history = _History(plan, deal, setting)
        for part in (history.moves(), history.facts(), history.visits(), history.tasks()):
            session.add_all(part)
    await session.flush()


def _deal(plan: Plan, setting: Setting) -> Deal:
    ended = None if plan.is_open else setting.days.past(plan.entered[-1], len(plan.stages) - 1)
    closes = setting.days.ahead(plan.closes) if plan.closes is not None else None
    stage = setting.stages[plan.pipeline, plan.stages[-1]]
    return Deal(
        customer_id=plan.account.customer.id,
        name=plan.name,
        pipeline_id=stage.pipeline_id,
        stage_id=stage.id,
        owner_id=plan.account.owner.id,
        created_at=setting.days.past(plan.entered[0]),
        amount_minor=None if plan.amount is None else Money.of(plan.amount).minor,
        close_on=ended.date() if ended else closes,
        competitors=list(plan.competitors),
        lost_reason=plan.lost_reason,
        closed_at=ended,
    )


class _History:
    """One deal's past, told as records."""

    def __init__(self, plan: Plan, deal: Deal, setting: Setting) -> None:
        self.plan, self.deal, self.setting = plan, deal, setting
        self.owner = plan.account.owner
        self.language = "en" if self.owner.language == "en" else "zh"

    def entered(self, stage: str) -> datetime:
        """When the deal entered a stage."""
        place = self.plan.stages.index(stage)
        return self.setting.days.past(self.plan.entered[place], place)

    def moves(self) -> Iterator[StageChange]:
        """Every move, the first out of nowhere."""
        before: Stage | None = None
        for key in self.plan.stages:
            stage = self.setting.stages[self.plan.pipeline, key]
            yield StageChange(self.deal.id, before.id if before else None, stage.id, self.entered(key), self.owner.id)
            before = stage

    def facts(self) -> Iterator[DealFact]:
        """What was stated, each a little before the move that asks for it."""
        stages = self.plan.stages
        asked = stages.index("negotiation") if "negotiation" in stages else len(stages) - 1
        if self.plan.quoted is not None:
            yield self._fact("quote_sent", self.setting.days.past(self.plan.quoted, asked) - _BEFORE)
        if "proposal" in stages:
            yield self._fact("needs_known", self.entered("proposal") - _BEFORE)
        if "bidding" in stages:
            at = self.entered("bidding")
            yield self._fact("bid_date", at - _BEFORE, (at + timedelta(35)).date().isoformat())
        if "won" in stages:
            at = self.entered("won")
            yield self._fact("contract_date", at - _BEFORE, at.date().isoformat())

    def _fact(self, key: str, at: datetime, value: str = "") -> DealFact:
        return DealFact(self.deal.id, key, at, self.owner.id, value)

    def visits(self) -> Iterator[Visit]:
        """A visit with every move, one in every quiet stretch, and the last contact."""
        for key in self.plan.stages:
            yield self._visit(key, self.entered(key))
        for before, after in pairwise(self.plan.entered):
            if before - after > _QUIET:
                yield self._visit("between", self.setting.days.past((before + after) // 2, 3))
        if self.plan.contacted < self.plan.entered[-1]:
            yield self._visit("between", self.setting.days.past(self.plan.contacted, 6))

    def _visit(self, stage: str, at: datetime) -> Visit:
        draw, data = self.setting.draw, load("deals")
        contact = draw.choice(self.plan.account.contacts) if stage == "between" else self.plan.account.contacts[0]
        need, objection = draw.choice(data["needs"][self.language]), draw.choice(data["objections"][self.language])
        return Visit(
            customer_id=self.deal.customer_id,
            user_id=self.owner.id,
            held_on=at.date(),
            created_at=at,
            words=self._say("told", stage, contact=contact.name, need=need, objection=objection),
            kind="phone" if stage == "contact" else draw.choice(data["kinds"]),
            deal_id=self.deal.id,
            contact_ids=[contact.id],
            competitors=list(self.plan.competitors) if stage == "proposal" else [],
            needs=need if stage == "needs" else "",
            objections=objection if stage in ("proposal", "between") else "",
        )

    def tasks(self) -> Iterator[Task]:
        """A step done for every stage that was left behind, and the next one where there is one."""
        for number, (left, entered) in enumerate(pairwise(self.plan.stages)):
            task = self._task(left, self.entered(left), is_given=number == 2)
            task.due_on, task.state, task.done_at = self.entered(entered).date(), "done", self.entered(entered)
            yield task
        if self.plan.due is not None:
            made = self.setting.days.past(self.plan.contacted, 6)
            task = self._task(self.plan.stages[-1], made, is_given=self.deal.id % 5 == 0)
            task.title = self.plan.task or task.title
            task.due_on = self.setting.days.ahead(self.plan.due)
            yield task

    def _task(self, stage: str, at: datetime, *, is_given: bool) -> Task:
        return Task(
            title=self._say("tasks", stage, contact=self.plan.account.contacts[0].name),
            assignee_id=self.owner.id,
            giver_id=self.setting.superiors[self.owner.id] if is_given else self.owner.id,
            created_at=at,
            customer_id=self.deal.customer_id,
            deal_id=self.deal.id,
        )

    def _say(self, table: str, stage: str, **holes: Any) -> str:
        words = load("deals")[table][self.language][stage]
        words = self.setting.draw.choice(words) if isinstance(words, list) else words
        customer = self.plan.account.customer.name
        said: str = words.format(customer=customer, deal=self.deal.name, reason=self.plan.lost_reason, **holes)
        return said
