"""What is due is told: alone as a card, more than a few or what comes late as one list, never at night."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from crm.calendar import Calendar, Hours, moment, out_of_quiet
from crm.due import DueTask
from crm.policy import Actor
from crm.pushes import NO_STEP, NO_STEP_CUSTOMER, SILENT, Push
from crm.users import Chat, User
from jobs.birthdays import KIND as BIRTHDAY
from jobs.birthdays import birthday_items
from jobs.pushing import Item, Load, Post, To, post, put_posts
from jobs.silent_cards import customer_items, no_step_items, silent_items
from jobs.task_cards import task_items
from jobs.task_reminders import KIND as TASK
from jobs.task_reminders import plan_on
from jobs.unreached import KIND as NO_CHAT
from jobs.unreached import report, unreached_items
from storage.due_tasks import due_tasks, users_by_id
from storage.engine import Store
from storage.people import actor_for, private_chats, teams_by_id
from storage.pushes import claim_due, drop_pushes, hold, list_key, people_due, told_by, told_since
from storage.working_time import calendar_of
from talk.forms import reader_of
from talk.message import Count, Offer, Outcome, Parts, Phrase, Word

PEOPLE = 500  # told in one transaction
MOST_ALONE = 3  # so many at once are cards of their own
LATE = timedelta(minutes=10)  # what comes later than this comes as one list
BETWEEN = timedelta(minutes=1)  # and not within this time after something else
EXACT_FOR = timedelta(hours=1)  # a minute that somebody set breaks the quiet only near that minute
SHOWN = 8  # lines of a list under one head
IN_LIST = 6  # buttons of a list
ALL_OF = {  # what a button shows of a head that is too long for the list
    "head_push_due": "due",
    "head_push_late": "late",
    "head_push_late_below": "late_below",
    "head_push_silent_deal": "silent",
    "head_push_silent_below": "silent",
    "head_push_no_next_step": "no_step",
}

# kind -> what of it still holds. A new kind is one file and one line here.
KINDS: Mapping[str, Load] = {
    TASK: task_items,
    SILENT: silent_items,
    NO_STEP: no_step_items,
    NO_STEP_CUSTOMER: customer_items,
    BIRTHDAY: birthday_items,
    NO_CHAT: unreached_items,
}


@dataclass(frozen=True)
class Round:
    """What is known of the people who are told something in one transaction. Their `posts` are written together, and
    what was `told` is planned on.
    """

    session: AsyncSession
    now: datetime
    calendar: Calendar
    users: Mapping[int, User]
    chats: Mapping[int, Chat]
    leaders: Collection[int]
    told_just_now: Collection[int]
    tasks: Mapping[int, DueTask]
    told: list[Push] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)


async def send_pushes(store: Store, now: datetime) -> int:
    """Tell everybody what is due for them; how many messages that were."""
    async with store.reading()() as session:
        people = await people_due(session, now)
    sent = 0
    for start in range(0, len(people), PEOPLE):
        async with store.writing().begin() as session:
            sent += await _round(session, people[start : start + PEOPLE], now)
    return sent


async def _round(session: AsyncSession, people: Sequence[int], now: datetime) -> int:
    told_just_now = await told_since(session, people, now - BETWEEN)
    due: dict[int, list[Push]] = {}
    about: set[int] = set()
    for push in await claim_due(session, people, now):
        due.setdefault(push.user_id, []).append(push)
        if push.kind == TASK and push.thing_id is not None:
            about.add(push.thing_id)
    this = Round(
        session,
        now,
        await calendar_of(session),
        await users_by_id(session, people),
        await private_chats(session, people),
        {team.manager_id for team in (await teams_by_id(session)).values() if team.manager_id},
        told_just_now,
        await due_tasks(session, about),
    )
    for person, pushes in due.items():
        await _tell(this, person, pushes)
    await put_posts(session, this.posts)
    await plan_on(session, this.told, this.tasks, now)
    return len(this.posts)


async def _tell(this: Round, person: int, due: Sequence[Push]) -> None:
    """Tell one person what is due for them, as far as it may go now."""
    user, chat, now = this.users.get(person), this.chats.get(person), this.now
    if user is None:
        await drop_pushes(this.session, due)
        return
    if chat is None:
        await hold(this.session, [(push, _next_morning(user, this.calendar, now)) for push in due])
        await report(this.session, user, now)
        return
    going, held = _parted(this, user, due)
    await hold(this.session, held)
    if not going:
        return
    actor = await actor_for(this.session, user) if person in this.leaders else Actor(user)
    to = To(this.session, actor, chat, reader_of(user, now), this.calendar, now, this.tasks)
    await _send(this, to, going)


def _parted(this: Round, user: User, due: Sequence[Push]) -> tuple[list[Push], list[tuple[Push, datetime]]]:
    """What goes to a user now, and what waits until when."""
    going: list[Push] = []
    held: list[tuple[Push, datetime]] = []
    quiet = _quiet(this, user)
    for push in due:
        until = quiet.until(push)
        if until is None:
            going.append(push)
        else:
            held.append((push, until))
    if user.id in this.told_just_now and any(
        this.now - push.due_at > LATE for push in going
    ):  # the rest of it a tick later
        held += [(push, push.due_at) for push in going if not push.is_exact]
        going = [push for push in going if push.is_exact]
    return going, held


@dataclass(frozen=True)
class Quiet:
    """Until when it is quiet for somebody, None where it is not; and since when they are off, None where they work."""

    now: datetime
    night_until: datetime | None
    off_since: datetime | None
    off_until: datetime

    def until(self, push: Push) -> datetime | None:
        """Until when a push waits on: quiet hours, or a day off where it was due before; None: it goes now."""
        if push.is_exact and self.now - push.due_at < EXACT_FOR:
            return None
        if self.off_since is not None and push.due_at < self.off_since:
            return self.off_until
        return self.night_until


def _quiet(this: Round, user: User) -> Quiet:
    now, zone = this.now, ZoneInfo(user.zone)
    today = now.astimezone(zone).date()
    night_until = out_of_quiet(now, Hours.read(user.quiet_hours), zone)
    off_since = None if this.calendar.is_working_day(today) else datetime.combine(today, time(), zone)
    morning = _next_morning(user, this.calendar, now)
    return Quiet(now, night_until if night_until > now else None, off_since, morning)


def _next_morning(user: User, calendar: Calendar, now: datetime) -> datetime:
    zone, works = ZoneInfo(user.zone), Hours.read(user.working_hours)
    return moment(calendar.after(now.astimezone(zone).date(), 1), works.since, zone)


async def _send(this: Round, to: To, going: Sequence[Push]) -> None:
    """Tell what of it still holds."""
    items = [item for kind, load in KINDS.items() for item in await _load(to, kind, load, going)]
    about = {(item.push.kind, item.push.thing_id) for item in items}
    ids = {item.push.id for item in items}
    rest = [push for push in going if push.id not in ids]
    await drop_pushes(to.session, [push for push in rest if (push.kind, push.thing_id) not in about])
    if not items:
        return
    is_late = any(to.now - item.push.due_at > LATE for item in items)
    if len(items) > MOST_ALONE or (is_late and len(items) > 1):
        this.posts.append(post(to, list_key(to.actor.id, to.now), "reminder", _list(items)))
    else:
        for item in items:
            key = f"push:{item.push.key}"
            this.posts.append(post(to, key, "reminder", await item.card(to)))
            await told_by(to.session, [item.push], key)
    # A lower rung of what is told with a higher one is told by it as well.
    await told_by(to.session, [push for push in rest if (push.kind, push.thing_id) in about], "")
    this.told.extend(item.push for item in items)


async def _load(to: To, kind: str, load: Load, going: Sequence[Push]) -> list[Item]:
    of_kind = [push for push in going if push.kind == kind]
    return await load(to, of_kind) if of_kind else []


def _list(items: Sequence[Item]) -> Outcome:
    """One list in place of many messages: under each head its lines, the first of them with buttons."""
    heads: dict[str, list[Item]] = {}
    for item in items:
        heads.setdefault(item.head, []).append(item)
    sections = [(Phrase(head, {"n": len(some)}), _lines(some)) for head, some in heads.items()]
    settled = (item.offer for item in items if item.offer is not None)
    buttons = [offer() for offer in islice(settled, IN_LIST)]
    rows = [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]
    cut = dict.fromkeys(ALL_OF[head] for head, some in heads.items() if len(some) > SHOWN and head in ALL_OF)
    if cut:
        rows.append(tuple(Offer(f"push_all_{what}", "push_all", {"what": what}) for what in cut))
    head = Parts((Word("push_list"), Count(len(items), "count_entries")))
    facts = {"head": head, "sections": sections, "note": None}
    return Outcome("listed", facts, wrote=False, offers=tuple(rows))


def _lines(items: Sequence[Item]) -> list[Parts]:
    shown = [item.line() for item in items[:SHOWN]]
    more = len(items) - len(shown)
    return [*shown, Parts((Phrase("and_more", {"n": more}),))] if more else shown
