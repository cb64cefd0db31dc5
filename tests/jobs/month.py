"""A month of the demo's company: a clock that runs on, people who work, and what reached each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import select

from crm.calendar import Calendar, Hours
from crm.users import User
from jobs.timetable import TIMETABLE
from storage.engine import Store
from storage.people_tables import identities, users
from storage.post_tables import outbox
from storage.push_tables import pushes
from storage.tables import customers, tasks
from tests.fakes import Clock, Office

STEP = timedelta(minutes=15)
ZONE = ZoneInfo("Asia/Shanghai")
WIDE = 18  # a column
AT_WORK = (time(10, 0), time(14, 0), time(17, 0))


@dataclass(frozen=True)
class Told:
    """One message that came by itself."""

    person: str
    at: datetime
    kind: str
    key: str
    text: str


@dataclass
class Month:
    """What came by itself, and who the reps are."""

    told: list[Told] = field(default_factory=list)
    reps: set[str] = field(default_factory=set)
    days: list[date] = field(default_factory=list)

    def a_day(self, who: set[str]) -> float:
        """The median of messages a person and working day."""
        counts = Counter((one.person, one.at.astimezone(ZONE).date()) for one in self.told if one.person in who)
        return median(counts[person, day] for person in who for day in self.days)

    def table(self) -> Iterator[str]:
        """A line a person: how many of each kind, the median and the most a day."""
        kinds = sorted({one.kind for one in self.told})
        yield f"{'':12}" + "".join(f"{kind:>{WIDE}}" for kind in kinds) + f"{'a day':>8}{'most':>6}"
        for person in sorted({one.person for one in self.told}):
            counts = Counter(one.kind for one in self.told if one.person == person)
            days = Counter(one.at.astimezone(ZONE).date() for one in self.told if one.person == person)
            line = "".join(f"{counts[kind]:>{WIDE}}" for kind in kinds)
            yield f"{person:12}{line}{self.a_day({person}):>8.1f}{max(days.values()):>6}"

    def by_day(self) -> Iterator[str]:
        """A line a person: how many on each day of the month."""
        days = sorted({one.at.astimezone(ZONE).date() for one in self.told})
        yield f"{'':12}" + "".join(f"{day.day:>4}" for day in days)
        counts = Counter((one.person, one.at.astimezone(ZONE).date()) for one in self.told)
        for person in sorted({one.person for one in self.told}):
            yield f"{person:12}" + "".join(f"{counts[person, day] or '·':>4}" for day in days)


async def live(store: Store, begin: datetime, days: int) -> Month:
    """Let so many days pass. Reps write of visits and finish tasks thrice a working day."""
    clock, month, draw = Clock(begin), Month(), Random(5)
    office = Office(store, clock)
    names = await people(store)
    month.reps = {user.name for user in names.values() if user.role == "rep"}
    seen = 0
    while clock() < begin + timedelta(days=days):
        local = clock().astimezone(ZONE)
        if Calendar().is_working_day(local.date()):
            month.days += [local.date()] if local.date() not in month.days else []
            if local.time().replace(second=0, microsecond=0) in AT_WORK:
                await _work(office, month.reps, draw)
        for job in TIMETABLE:
            await job.run(store, clock())
        await office.posted()
        seen = await _collect(store, month, names, seen, clock())
        clock.now += STEP
    return month


def at_night(month: Month, names: Mapping[str, User]) -> list[Told]:
    """Those told within somebody's quiet hours, where nobody had set the minute."""
    return [
        one
        for one in month.told
        if Hours.read(names[one.person].quiet_hours).hold(one.at.astimezone(ZoneInfo(names[one.person].zone)).time())
    ]


async def people(store: Store) -> dict[str, User]:
    """Everybody by address."""
    async with store.reading()() as session:
        rows = await session.execute(select(identities.c.address, User).join(User, users.c.id == identities.c.user_id))
        return dict(rows.all())


async def _work(office: Office, reps: set[str], draw: Random) -> None:
    for name in sorted(reps):
        async with office.store.reading()() as session:
            key = await session.scalar(select(users.c.id).where(users.c.name == name))
            mine = list(await session.scalars(select(customers.c.name).where(customers.c.owner_id == key)))
            still = (tasks.c.assignee_id == key, tasks.c.state == "open", tasks.c.due_on <= office.clock().date())
            due = list(await session.scalars(select(tasks.c.id).where(*still).order_by(tasks.c.due_on)))
        for task in due[: draw.randint(0, 3)]:
            await office.say(name, f"#{task} 完成了")
        days = draw.choice(["明天", "后天", "下周二", "三天后"])
        await office.say(name, f"刚拜访了{draw.choice(mine)},聊了进展,{days}提醒我发资料")


async def _collect(store: Store, month: Month, names: Mapping[str, User], seen: int, now: datetime) -> int:
    """Take note of the rows of the outbox since one that nobody's message caused."""
    async with store.reading()() as session:
        found = select(outbox.c.id, outbox.c.chat, outbox.c.kind, outbox.c.dedupe_key, outbox.c.body)
        rows = (await session.execute(found.where(outbox.c.id > seen).order_by(outbox.c.id))).all()
        by_post = dict((await session.execute(select(pushes.c.post, pushes.c.kind).where(pushes.c.post != ""))).all())
    for row in rows:
        if row.kind in ("reminder", "digest") and row.dedupe_key in by_post:
            kind = "list" if row.dedupe_key.startswith("push:list:") else by_post[row.dedupe_key]
            text = " ".join(str(block) for block in row.body["reply"]["blocks"])
            month.told.append(Told(names[row.chat].name, now, kind, row.dedupe_key, text))
    return rows[-1].id if rows else seen
