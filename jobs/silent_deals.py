"""Deals that nobody contacts climb their ladder; those with nothing more to do are asked about once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crm.calendar import Hours, moment
from crm.due import Quiet
from crm.pushes import NO_STEP, NO_STEP_CUSTOMER, SILENT, Push
from crm.reminders import listeners
from crm.users import User, superiors
from jobs.task_reminders import Plan
from storage.due_deals import customers_without_step, quiet_deals
from storage.due_tasks import users_by_id
from storage.engine import Store
from storage.people import teams_by_id
from storage.pushes import put_pushes
from storage.working_time import calendar_of, rungs_for

NO_STEP_AFTER = 2  # working days after the last contact
GRACE = 3  # working days: what was due longer ago than this is in the digests, not told anew


async def plan_silent_deals(store: Store, now: datetime) -> int:
    """Put what the silence of deals calls for today: what is there already is left. Always 0: nothing is sent here."""
    async with store.writing().begin() as session:
        calendar, rungs = await calendar_of(session), await rungs_for(session, SILENT)
        plan = Plan(await users_by_id(session), await teams_by_id(session), rungs, calendar)
        today = _latest_today(now)
        first = calendar.after(today, -(max(rungs[-1].after, NO_STEP_AFTER) + GRACE + 1))
        silent = await quiet_deals(session, first, calendar.after(today, -rungs[0].after))
        last = calendar.after(today, -NO_STEP_AFTER)
        stuck = await quiet_deals(session, first, last, without_step=True)
        alone = await customers_without_step(session, first, last)
        pushes = [push for one in silent for push in _climbing(plan, one, now)]
        pushes += [push for one in [*stuck, *alone] for push in _asking(plan, one, now)]
        await put_pushes(session, pushes)
    return 0


def _latest_today(now: datetime) -> date:
    """The day that it is where it is latest: nobody's today is left out."""
    return (now + timedelta(hours=14)).date()


def _climbing(plan: Plan, quiet: Quiet, now: datetime) -> Iterator[Push]:
    """The highest rung that a silent deal has reached, to each whom it names."""
    owner = plan.people.get(quiet.owner_id)
    if owner is None:
        return
    above = [plan.people[key] for key in superiors(owner, plan.teams) if key in plan.people]
    for person, roles in listeners(owner, above).values():
        days = plan.calendar.between(quiet.contacted_on, _today(person, now))
        reached = [(level, rung) for level, rung in enumerate(plan.rungs, 1) if rung.after <= days]
        if not reached or days > reached[-1][1].after + GRACE:
            continue
        level, rung = reached[-1]
        if roles.intersection(rung.to):
            key = f"{SILENT}:{quiet.deal_id}:{quiet.contacted_on}:{level}:{person.id}"
            at = _morning(plan, person, quiet, rung.after)
            yield Push(key, SILENT, person.id, at, quiet.deal_id, quiet.customer_id, level)


def _asking(plan: Plan, quiet: Quiet, now: datetime) -> Iterator[Push]:
    """Once after a contact: what is the next step?"""
    owner = plan.people.get(quiet.owner_id)
    if owner is None:
        return
    days = plan.calendar.between(quiet.contacted_on, _today(owner, now))
    if NO_STEP_AFTER <= days <= NO_STEP_AFTER + GRACE:
        kind, thing = (NO_STEP, quiet.deal_id) if quiet.deal_id else (NO_STEP_CUSTOMER, quiet.customer_id)
        key = f"{kind}:{thing}:{quiet.contacted_on}:{owner.id}"
        at = _morning(plan, owner, quiet, NO_STEP_AFTER)
        yield Push(key, kind, owner.id, at, thing, quiet.customer_id)


def _today(person: User, now: datetime) -> date:
    return now.astimezone(ZoneInfo(person.zone)).date()


def _morning(plan: Plan, person: User, quiet: Quiet, after: int) -> datetime:
    """The beginning of work of the day that is so many working days after the last contact."""
    day = plan.calendar.after(quiet.contacted_on, after)
    return moment(day, Hours.read(person.working_hours).since, ZoneInfo(person.zone))
