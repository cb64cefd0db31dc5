"""A target of a person or a team: set by whoever stands above, and shown with what has been reached of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crm import policy
from crm.errors import InvalidTarget, NotYourPeople, NotYoursToSet
from crm.money import Money, is_sum
from crm.reports.attainment import Goal
from crm.targets import MOST, SUMS, Target, days_of, month_of, quarter_of
from crm.users import Team, User
from handlers.queries.asked import Whose, settled
from handlers.teams import company, leads_team, own_team, teams_seen
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Amount, Reading
from storage.people import people_of, teams_by_id
from storage.reports import performance_report
from storage.targets import settle_target
from talk.definitions import definitions_offer
from talk.message import Outcome, Parts, Phrase, Span, Word
from talk.reports import attained_line


@dataclass(frozen=True)
class Holder:
    """Whose target it is: a person or a team, and what they are called."""

    label: Any
    whose: User | Team


async def set_target(turn: Turn, reading: Reading) -> list[Result]:
    """Set the target told, or show those there are.

    Raises NotYoursToSet, NotYourPeople, InvalidPeriod, InvalidTarget.
    """
    holder = await _holder(turn, reading)
    if isinstance(holder, Ask):
        return [holder]
    value = reading.slots.get("value")
    period = str(turn.decisions.get("period") or reading.slots.get("period") or "")
    if period:
        days_of(period)
    if value is None:
        return [await _shown(turn, holder, period)]
    await _check_may_set(turn, holder)
    goal = _goal(value, reading.slots.get("measure"))
    if not period:
        return [_ask_period(turn, reading, holder, goal)]
    return [await _set(turn, holder, period, goal)]


async def _holder(turn: Turn, reading: Reading) -> Holder | Ask:
    """Whose target is meant. Where nobody is named: of whoever leads a team the team's, else their own."""
    asked = await settled(turn, reading)
    if isinstance(asked, Ask):
        return asked
    if asked.user is not None:
        return _person(turn, asked.user)
    if asked.team is not None:
        return Holder(asked.team.name, asked.team)
    if asked.has("mine"):
        return _person(turn, turn.actor.user)
    team = await own_team(turn) if not asked.has("all") else await company(turn)
    if team is not None:
        return Holder(team.name, team)
    if asked.has("everyone") or asked.has("all"):
        raise NotYourPeople(name=Word("whose_all" if asked.has("all") else "whose_team"))
    return _person(turn, turn.actor.user)


def _person(turn: Turn, user: User) -> Holder:
    return Holder(Word("whose_me") if user.id == turn.actor.id else user.name, user)


async def _check_may_set(turn: Turn, holder: Holder) -> None:
    if isinstance(holder.whose, User):
        may = policy.may("set_target", policy.relations(turn.actor, holder.whose.id))
    else:
        may = leads_team(turn.actor, holder.whose, await teams_by_id(turn.session))
    if not may:
        raise NotYoursToSet(name=holder.label)


def _goal(value: Amount | int, measure: str | None) -> Goal:
    """What was told, as a goal. Raises InvalidTarget."""
    if isinstance(value, Amount):
        money: Money = value.low
        if measure not in (None, *SUMS) or value.high is not None or not is_sum(money):
            raise InvalidTarget(value=money)
        return Goal(SUMS[0], money.minor, money.currency)
    if measure is None or measure in SUMS or not 0 < value <= MOST:
        raise InvalidTarget(value=value)
    return Goal(measure, value)


def _ask_period(turn: Turn, reading: Reading, holder: Holder, goal: Goal) -> Ask:
    facts = {"who": holder.label, "measure": Word(f"measure_{goal.measure}"), "goal": goal.shown}
    periods = (month_of(turn.today), quarter_of(turn.today))
    choices = tuple(Choice("choose_period", {"period": one}, {"days": Span(*days_of(one))}) for one in periods)
    return Ask("which_target_period", reading, choices, "target:period", facts)


async def _set(turn: Turn, holder: Holder, period: str, goal: Goal) -> Result:
    is_person = isinstance(holder.whose, User)
    user_id, team_id = (holder.whose.id, None) if is_person else (None, holder.whose.id)
    told = Target(period, goal.measure, goal.value, user_id, team_id, goal.currency)
    wrote = await settle_target(turn.ledger, told) is not None
    facts = {
        "who": holder.label,
        "days": Span(*days_of(period)),
        "measure": Word(f"measure_{goal.measure}"),
        "goal": goal.shown,
    }
    return Outcome("target_set" if wrote else "target_unchanged", facts, wrote=wrote)


async def _shown(turn: Turn, holder: Holder, period: str) -> Outcome:
    """The targets of a period, of this month and quarter where none is told, with what has been reached."""
    owner = await _whose(turn, holder)
    sections = []
    for one in (period,) if period else (month_of(turn.today), quarter_of(turn.today)):
        days = days_of(one)
        report = await performance_report(
            turn.session,
            turn.actor,
            owner.people,
            *days,
            turn.reader.zone,
            team_id=owner.team_id,
        )
        lines = [attained_line(each) for each in report.attainments]
        if lines:
            sections.append((Span(*days), lines))
    what = Parts((Phrase("list_targets", {"who": holder.label}), Span(*days_of(period)) if period else None))
    if not sections:
        return Outcome("no_target", {"what": what}, wrote=False)
    offers = ((definitions_offer("performance"),),)
    return Outcome("listed", {"head": what, "sections": sections, "note": None}, wrote=False, offers=offers)


async def _whose(turn: Turn, holder: Holder) -> Whose:
    team = holder.whose
    if isinstance(team, User):
        return Whose(frozenset({team.id}), holder.label)
    if team.id not in await teams_seen(turn):
        raise NotYourPeople(name=holder.label)
    return Whose(await people_of(turn.session, team), holder.label, is_several=True, team_id=team.id)
