"""Put changes back one by one, or keep what somebody has changed since: what undoing and rewriting share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from crm.changes import SILENT_FIELDS, SILENT_OF_VISIT, Change
from crm.customers import Collaborator
from crm.tasks import Task
from crm.users import Chat
from handlers.groups.share_group import bind_as_said, may_be_bound
from handlers.may_stand import may_stand, seen_of
from handlers.task_of import tell_others
from handlers.turn import Note, Turn
from storage.changes import as_it_was, changed_by_others, later_change, later_of_fields, things_of
from storage.customers import customer_name
from storage.ledger import Former
from storage.people import users_named
from storage.tables import THINGS
from talk.message import Outcome, Phrase, Word

HOLDING = ("customer", "deal")  # kinds of records to which others belong
ALONE = frozenset({"user", "team", "chat"})  # each by itself: what becomes of one decides about the next
OF_SIGHT = frozenset({"owner_id", "shares_customer", "customer_id", "withdrawn_at"})


@dataclass(frozen=True)
class Now:
    """How things stand with a change: its record, who has changed the same since, and which customers are seen."""

    thing: Any
    later: Change | None
    seen: Collection[int] | None = None


@dataclass
class TakenBack:
    """What was put back; what stands, with its record and who changed it since (0: it is out of the speaker's sight);
    and what the message wrote before, for when it is rewritten.
    """

    back: list[Word] = field(default_factory=list)
    standing: list[tuple[Change, Any, int]] = field(default_factory=list)
    former: Former = field(default_factory=Former)
    tasks: dict[int, Task] = field(default_factory=dict)
    holds: Collection[str] = ()

    def held_by(self, change: Change) -> int | None:
        """Whose doing it is that what a change made must stay, because something stays that belongs to it."""
        if change.field or change.thing not in self.holds:
            return None
        pointer = f"{change.thing}_id"
        made = ((record, who) for kept, record, who in self.standing if not kept.field)
        return next((who for record, who in made if getattr(record, pointer, None) == change.thing_id), None)

    def keeps_deal(self, deal_id: int) -> bool:
        """Whether a deal stays as it is, be it in its stage alone."""
        is_held = "deal" in self.holds and any(
            kept.thing == "deal" and not kept.field and kept.thing_id == deal_id for kept, _, _ in self.standing
        )
        return is_held or ("deal", deal_id, "stage_id") in self.former.fixed

    async def told(self, turn: Turn) -> dict[str, Any]:
        """Facts for the words: `back`, and `kept` with names."""
        names = await users_named(turn.session, [user_id for _, _, user_id in self.standing])
        kept = left_as_it_is([(what_of(change), user_id) for change, _, user_id in self.standing], names)
        return {"back": list(dict.fromkeys(self.back)), "kept": kept}


def left_as_it_is(kept: Iterable[tuple[Word, int]], names: Mapping[int, str]) -> list[Phrase]:
    """What was left, each once: who changed it since, or (0) that the speaker may not change it now."""
    since = dict.fromkeys((what, names.get(who, "")) for what, who in kept)
    return [_left(what, name) for what, name in since]


def _left(what: Word, name: str) -> Phrase:
    if name:
        return Phrase("left_since", {"what": what, "name": name})
    is_of_people = what.key.startswith(("thing_user", "thing_team", "thing_chat"))
    return Phrase("left_barred" if is_of_people else "left_unseen", {"what": what})


async def take_back(turn: Turn, changes: Iterable[Change], *, notes: bool = True, told_anew: bool = False) -> TakenBack:
    """Put the changes back, the newest first as they are given. `notes`: colleagues hear of tasks taken from them.
    `told_anew`: what is put back is written again in other words, so that nothing stays without what it belongs to.
    """
    taken = TakenBack(holds=() if told_anew else HOLDING)
    # How a deal began goes with the deal: last, when it is known what becomes of that.
    for _, run in groupby(sorted(changes, key=_is_opening), key=_run_of):
        await _take_run(turn, list(run), taken, notes)
    for task in taken.tasks.values() if notes else ():
        tell_others(turn, task, "task_put_back_told")
    await turn.session.flush()
    turn.known.clear()
    return taken


def _is_opening(change: Change) -> bool:
    return change.thing == "stage_change"


def _run_of(change: Change) -> tuple[Any, ...]:
    """What changes have in common that are looked up together: fields of one kind of record. What gives or takes sight
    of a customer is a run of its own, for what was written before it is judged by what it leaves.
    """
    if not change.field or change.thing in ALONE:
        return (change.id,)
    return (change.thing, change.field if change.field in OF_SIGHT else "")


async def _take_run(turn: Turn, run: list[Change], taken: TakenBack, notes: bool) -> None:
    """Put back what was looked up together, each by itself where it is one."""
    if len(run) == 1:
        change = run[0]
        thing = await turn.session.get(THINGS[change.thing], change.thing_id, with_for_update=True)
        await _take_one(turn, change, Now(thing, await later_change(turn.session, change)), taken, notes)
        return
    await turn.session.flush()
    things = await things_of(turn.session, run)
    later, seen = await later_of_fields(turn.session, run), await seen_of(turn, things.values())
    for change in run:
        now = Now(things.get(change.thing_id), later.get(change.id), seen)
        await _take_one(turn, change, now, taken, notes)


async def _take_one(turn: Turn, change: Change, now: Now, taken: TakenBack, notes: bool) -> None:
    thing, held = now.thing, now.later.user_id if now.later else taken.held_by(change)
    if change.thing == "stage_change" and taken.keeps_deal(getattr(thing, "deal_id", 0)):
        return
    if not change.field:
        taken.former.records.append((change.entry, thing))
    before = as_it_was(change.thing, change.field, change.before) if change.field else None
    is_theirs = await may_stand(turn, change, thing, before, now.seen)
    if held is not None or not is_theirs:
        taken.standing.append((change, thing, held if held and is_theirs else 0))
        since = await changed_by_others(turn.session, change)
        taken.former.fixed |= {(c.thing, c.thing_id, c.field) for c in (change, *since) if c.field}
        return
    await _put_back(turn, change, thing, notes)
    if isinstance(thing, Task) and change.field:
        taken.tasks[thing.id] = thing
    if not is_silent(change):
        taken.back.append(what_of(change))


async def _put_back(turn: Turn, change: Change, thing: Any, notes: bool) -> None:
    if isinstance(thing, Chat):
        turn.ledger.put_back(change, thing, change.field, await may_be_bound(turn, change, thing))
        await bind_as_said(turn, thing)
        return
    if change.field:
        turn.ledger.put_back(change, thing, change.field, as_it_was(change.thing, change.field, change.before))
        if notes and isinstance(thing, Task) and change.field == "assignee_id":
            _tell_taken(turn, thing, change.after)
        return
    turn.ledger.put_back(change, thing, "withdrawn_at", turn.ledger.now)
    if notes and isinstance(thing, Task):
        for user_id in dict.fromkeys((thing.assignee_id, thing.giver_id)):
            _tell_taken(turn, thing, user_id)
    if notes and isinstance(thing, Collaborator) and thing.user_id != turn.actor.id:
        facts = {"name": turn.actor.user.name, "customer": await customer_name(turn.session, thing.customer_id)}
        turn.notes.append(Note(thing.user_id, Outcome("share_taken_back", facts, wrote=False)))


def _tell_taken(turn: Turn, task: Task, user_id: int) -> None:
    if user_id != turn.actor.id:
        facts = {"name": turn.actor.user.name, "title": task.title}
        turn.notes.append(Note(user_id, Outcome("task_taken_back", facts, wrote=False)))


def is_silent(change: Change) -> bool:
    """Whether a change only accompanies another that is told."""
    is_of_visit = change.thing == "visit" and change.field in SILENT_OF_VISIT
    return change.thing == "stage_change" or is_of_visit or change.field in SILENT_FIELDS


def what_of(change: Change) -> Word:
    """What a change was about, in words."""
    return Word(f"thing_{change.thing}_{change.field}" if change.field else f"thing_{change.thing}")
