"""What is due is told: alone as a card, more than a few or what comes late as one list, never at night."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from crm.calendar import Calendar, Hours, moment, out_of_quiet
from crm.policy import Actor
from crm.pushes import Push
from crm.users import Chat, User
from jobs.birthdays import KIND as BIRTHDAY
from jobs.birthdays import birthday_items
from jobs.pushing import Item, Load, To, post
from jobs.silent_cards import customer_items, no_step_items, silent_items
from jobs.silent_deals import NO_STEP, NO_STEP_CUSTOMER, SILENT
from jobs.task_cards import task_items
from jobs.task_reminders import KIND as TASK
from jobs.task_reminders import plan_on
from jobs.unreached import KIND as NO_CHAT
from jobs.unreached import report, unreached_items
from storage.due_tasks import users_by_id
from storage.engine import Store
from storage.people import actor_for, private_chats, teams_by_id
from storage.pushes import drop_pushes, due_pushes, hold, mark_told, people_due, told_since
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
    """What is known of the people who are told something in one transaction; `told` fills as they are."""

    session: AsyncSession
    now: datetime
    calendar: Calendar
    users: Mapping[int, User]
    chats: Mapping[int, Chat]
    leaders: Collection[int]
    told_just_now: Collection[int]
    told: list[Push] = field(default_factory=list)


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
    this = Round(
        session,
        now,
        await calendar_of(session),
        await users_by_id(session, people),
        await private_chats(session, people),
        {team.manager_id for team in (await teams_by_id(session)).values() if team.manager_id},
        await told_since(session, people, now - BETWEEN),
    )
    due: dict[int, list[Push]] = {}
    for push in await due_pushes(session, people, now):
        due.setdefault(push.user_id, []).append(push)
    sent = [await _tell(this, person, pushes) for person, pushes in due.items()]
    await plan_on(session, this.told, now)
    return sum(sent)


async def _tell(this: Round, person: int, due: Sequence[Push]) -> int:
    """Tell one person what is due for them, as far as it may go now. How many messages that were."""
    user, chat, now = this.users.get(person), this.chats.get(person), this.now
    if user is None:
        await drop_pushes(this.session, due)
        return 0
    if chat is None:
        await hold(this.session, [(push, _next_morning(user, this.calendar, now)) for push in due])
        await report(this.session, user, now)
        return 0
    held = {push.id: until for push in due if (until := _held_until(push, user, this.calendar, now)) is not None}
    await hold(this.session, [(push, held[push.id]) for push in due if push.id in held])
    going = [push for push in due if push.id not in held]
    if person in this.told_just_now and any(now - push.due_at > LATE for push in going):
        going = [push for push in going if push.is_exact]  # the rest of it a tick later
    if not going:
        return 0
    actor = await actor_for(this.session, user) if person in this.leaders else Actor(user)
    return await _send(To(this.session, actor, chat, reader_of(user, now), this.calendar, now), going, this.told)


def _held_until(push: Push, user: User, calendar: Calendar, now: datetime) -> datetime | None:
    """Until when a push waits on: quiet hours, or a day off where it was due before; None: it goes now."""
    if push.is_exact and now - push.due_at < EXACT_FOR:
        return None
    zone = ZoneInfo(user.zone)
    today = now.astimezone(zone).date()
    if push.due_at.astimezone(zone).date() < today and not calendar.is_working_day(today):
        return _next_morning(user, calendar, now)
    later = out_of_quiet(now, Hours.read(user.quiet_hours), zone)
    return later if later > now else None


def _next_morning(user: User, calendar: Calendar, now: datetime) -> datetime:
    zone, works = ZoneInfo(user.zone), Hours.read(user.working_hours)
    return moment(calendar.after(now.astimezone(zone).date(), 1), works.since, zone)


async def _send(to: To, going: Sequence[Push], told: list[Push]) -> int:
    """Tell what of it still holds, and note what was `told`. How many messages that were."""
    items = [item for kind, load in KINDS.items() for item in await _load(to, kind, load, going)]
    about = {(item.push.kind, item.push.thing_id) for item in items}
    ids = {item.push.id for item in items}
    rest = [push for push in going if push.id not in ids]
    await drop_pushes(to.session, [push for push in rest if (push.kind, push.thing_id) not in about])
    if not items:
        return 0
    is_late = any(to.now - item.push.due_at > LATE for item in items)
    if len(items) > MOST_ALONE or (is_late and len(items) > 1):
        key = f"push:list:{items[0].push.id}:{to.now.isoformat()}"
        await _post(to, key, _list(items), [item.push for item in items])
        sent = 1
    else:
        for item in items:
            await _post(to, f"push:{item.push.key}", await item.card(to), [item.push])
        sent = len(items)
    # A lower rung of what is told with a higher one is told by it as well.
    await mark_told(to.session, [push for push in rest if (push.kind, push.thing_id) in about], "", to.now)
    told += [item.push for item in items]
    return sent


async def _post(to: To, key: str, outcome: Outcome, told: Sequence[Push]) -> None:
    await post(to, key, "reminder", outcome)
    await mark_told(to.session, told, key, to.now)


async def _load(to: To, kind: str, load: Load, going: Sequence[Push]) -> list[Item]:
    of_kind = [push for push in going if push.kind == kind]
    return await load(to, of_kind) if of_kind else []


def _list(items: Sequence[Item]) -> Outcome:
    """One list in place of many messages: under each head its lines, the first of them with buttons."""
    heads: dict[str, list[Item]] = {}
    for item in items:
        heads.setdefault(item.head, []).append(item)
    sections = [(Phrase(head, {"n": len(some)}), _lines(some)) for head, some in heads.items()]
    buttons = [item.offer for item in items if item.offer is not None][:IN_LIST]
    rows = [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]
    cut = dict.fromkeys(ALL_OF[head] for head, some in heads.items() if len(some) > SHOWN and head in ALL_OF)
    if cut:
        rows.append(tuple(Offer(f"push_all_{what}", "push_all", {"what": what}) for what in cut))
    head = Parts((Word("push_list"), Count(len(items), "count_entries")))
    facts = {"head": head, "sections": sections, "note": None}
    return Outcome("listed", facts, wrote=False, offers=tuple(rows))


def _lines(items: Sequence[Item]) -> list[Parts]:
    shown = [item.line for item in items[:SHOWN]]
    more = len(items) - len(shown)
    return [*shown, Parts((Phrase("and_more", {"n": more}),))] if more else shown
