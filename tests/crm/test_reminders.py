"""When somebody is told of a task: its hour, then the rungs of the ladder, each in the zone of who is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm.calendar import Calendar
from crm.ladders import DEFAULTS
from crm.reminders import Step, listeners, next_steps, task_steps
from crm.tasks import Task
from crm.users import User

SHANGHAI = ZoneInfo("Asia/Shanghai")
RUNGS = DEFAULTS["overdue_task"]
NOW = datetime(2026, 11, 20, 18, 30, tzinfo=SHANGHAI)


def _task(due_on: date | None = None, due_at: datetime | None = None, **more: object) -> Task:
    task = Task("call", 1, 1, NOW, due_on, due_at)
    for name, value in more.items():
        setattr(task, name, value)
    return task


def _user(key: int, **more: str) -> User:
    user = User(f"u{key}", **more)  # type: ignore[arg-type]
    user.id = key
    return user


def _told(task: Task, user: User, *roles: str) -> list[tuple[int, str]]:
    zone = ZoneInfo(user.zone)
    steps = task_steps(task, user, frozenset(roles), RUNGS, Calendar())
    return [(step.level, f"{step.at.astimezone(zone):%m-%d %H:%M}") for step in steps]


def test_a_days_task_is_told_as_work_begins_and_then_by_working_days() -> None:
    friday = _task(date(2026, 11, 20))
    assert _told(friday, _user(1), "rep") == [(0, "11-20 09:00"), (1, "11-23 09:00"), (2, "11-25 09:00")]
    assert _told(friday, _user(1), "superior") == [(2, "11-25 09:00")]
    assert _told(friday, _user(1), "upper") == [(3, "12-01 09:00")]


def test_a_moment_is_told_half_an_hour_before_even_at_night() -> None:
    night = _task(date(2026, 11, 20), datetime(2026, 11, 20, 22, 0, tzinfo=SHANGHAI))
    first = task_steps(night, _user(1), frozenset({"rep"}), (), Calendar())
    assert first == [Step(0, datetime(2026, 11, 20, 21, 30, tzinfo=SHANGHAI), is_exact=True)]


def test_the_hour_is_that_of_who_is_told() -> None:
    task = _task(date(2026, 11, 20))
    assert _told(task, _user(1, zone="America/New_York"), "superior") == [(2, "11-25 09:00")]
    early = _user(1, working_hours="06:00-15:00")
    assert _told(task, early, "rep")[0] == (0, "11-20 08:00"), "not before the quiet hours end"


def test_a_step_that_passed_is_told_once_the_last_alone() -> None:
    steps = task_steps(_task(date(2026, 11, 16)), _user(1), frozenset({"rep"}), RUNGS, Calendar())
    long_ago = NOW - timedelta(days=30)
    assert next_steps(steps, long_ago, NOW) == steps[2:]
    assert next_steps(steps, NOW, NOW) == []
    assert next_steps(steps, long_ago, NOW - timedelta(days=6))[0] == steps[0]


def test_a_step_still_waited_for_is_told_though_it_passed_before() -> None:
    steps = task_steps(_task(date(2026, 11, 16)), _user(1), frozenset({"rep"}), RUNGS, Calendar())
    assert next_steps(steps, NOW, NOW, waited={steps[-1].level}) == steps[-1:]


def test_what_was_set_after_its_hour_begins_with_the_first_rung() -> None:
    steps = task_steps(_task(date(2026, 11, 20)), _user(1), frozenset({"rep"}), RUNGS, Calendar())
    step = next_steps(steps, NOW, NOW)[0]
    assert (step.level, step.at) == (1, datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


def test_a_day_that_was_put_off_to_a_minute_is_told_at_that_minute() -> None:
    at = NOW + timedelta(hours=4)
    steps = task_steps(_task(date(2026, 11, 20), remind_at=at), _user(1), frozenset({"rep"}), RUNGS, Calendar())
    assert steps[0] == Step(0, at, is_exact=True)


def test_a_task_without_a_day_is_never_told() -> None:
    assert _told(_task(), _user(1), "rep", "superior", "upper") == []


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ([], {1: {"rep", "superior", "upper"}}),
        ([2], {1: {"rep"}, 2: {"superior", "upper"}}),
        ([2, 3], {1: {"rep"}, 2: {"superior"}, 3: {"upper"}}),
        ([2, 3, 4], {1: {"rep"}, 2: {"superior"}, 3: {"upper"}}),
    ],
)
def test_whoever_is_highest_stands_in_for_those_who_are_missing(
    above: list[int], expected: dict[int, set[str]]
) -> None:
    found = listeners(_user(1), [_user(key) for key in above])
    assert {key: set(roles) for key, (_, roles) in found.items()} == expected
