"""The morning brief: what is on today, what is late, and the deals to push with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from crm.reports.briefing import Standing, ToPush, deals_to_push
from crm.reports.review import COHORT_DAYS
from jobs.pushing import To
from nlu.company_forms import without_form
from storage.lists.deals import DealRow, DealsWanted, list_deals
from storage.lists.tasks import TaskRow, TasksWanted, count_tasks, list_tasks
from storage.reports import conversions
from talk.message import Count, Offer, Outcome, Parts, Phrase, Word

SHOWN = 5  # tasks of a part
DAY = timedelta(days=1)
LONGER = 1.5  # times the average stay is longer than usual
ENOUGH = 5  # deals that have left a stage, for an average
LOOKED_AT = 300  # open deals of one person, the farthest first
_UNITS = {"silent": "count_working_days"}


async def brief(to: To) -> Outcome | None:
    """The brief of whoever it is told; None where there is nothing to tell."""
    today, mine = to.reader.today, frozenset({to.actor.id})
    due = TasksWanted(mine, since=today, until=today)
    late = TasksWanted(mine, late_on=today)
    sections = [await _tasks(to, "brief_today", due), await _tasks(to, "brief_late", late)]
    rows = await list_deals(to.session, to.actor, DealsWanted(mine), LOOKED_AT, 0)
    usual = await _usual_stays(to)
    pushed = deals_to_push([_standing(to, row, usual.get(row.stage.key)) for row in rows], today, to.calendar)
    if pushed:
        sections.append((Phrase("brief_push", {"n": len(pushed)}), [_line(one) for one in pushed]))
    told = [section for section in sections if section is not None]
    if not told:
        return None
    facts = {"head": Parts((Word("brief_head"), today)), "sections": told, "note": None}
    buttons = tuple(Offer(f"push_all_{what}", "push_all", {"what": what}) for what in ("today", "late"))
    return Outcome("listed", facts, wrote=False, offers=(buttons,))


async def _tasks(to: To, head: str, wanted: TasksWanted) -> tuple[Phrase, Sequence[Parts]] | None:
    count = await count_tasks(to.session, to.actor, wanted)
    if not count:
        return None
    rows = await list_tasks(to.session, to.actor, wanted, SHOWN, 0)
    more = [Parts((Phrase("and_more", {"n": count - len(rows)}),))] if count > len(rows) else []
    return Phrase(head, {"n": count}), [*(_task(row, to.reader.today) for row in rows), *more]


def _task(row: TaskRow, today: date) -> Parts:
    task = row.task
    when = task.due_at or (task.due_on if task.due_on != today else None)
    return Parts((f"#{task.id}", task.title, when, without_form(row.customer)))


async def _usual_stays(to: To) -> dict[str, int]:
    """By key of the stage: after how many days a deal has stood there longer than usual; few deals tell nothing."""
    until = datetime.combine(to.reader.today, time(), to.reader.zone)
    passed = await conversions(to.session, to.actor, None, until - COHORT_DAYS * DAY, until)
    return {one.key: round(LONGER * one.days) for one in passed if one.days is not None and one.left >= ENOUGH}


def _standing(to: To, row: DealRow, usual_days: int | None) -> Standing:
    deal = row.deal
    made_on = deal.created_at.astimezone(to.reader.zone).date()
    rate = row.stage.win_rate if deal.probability is None else deal.probability
    return Standing(
        deal.id,
        deal.name,
        row.customer,
        (deal.amount_minor or 0) * rate / 100,
        deal.close_on,
        row.contacted_on or made_on,
        row.entered_at.astimezone(to.reader.zone).date() if row.entered_at else made_on,
        usual_days,
    )


def _line(one: ToPush) -> Parts:
    """Deal · customer · why."""
    reasons = [
        Phrase(f"push_because_{why.key}", {"days": Count(why.days, _UNITS.get(why.key, "count_days"))})
        for why in one.reasons[:2]
    ]
    return Parts((one.deal.name, without_form(one.deal.customer), *reasons))
