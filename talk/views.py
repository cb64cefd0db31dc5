"""What is longer than a sentence: the card of a message, the card of a customer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from talk.catalogue import has, say, told
from talk.definitions import definitions_blocks
from talk.forms import Reader
from talk.imports import preview_blocks
from talk.lists import list_blocks, record_blocks
from talk.message import Block, Items, Line, Outcome, Parts, Phrase, Quote, Title
from talk.start_code import StartCode


def card(
    done: Sequence[Outcome],
    waiting: Sequence[tuple[str, Mapping[str, Any]]],
    reader: Reader,
    *,
    title: str = "card_written",
) -> tuple[Block, ...]:
    """One card for one message: a title where something was written, what was done, and what waits for an answer."""
    blocks: list[Block] = []
    if any(outcome.wrote for outcome in done):
        blocks.append(Title(say(title, reader)))
    for outcome in done:
        blocks += outcome_blocks(outcome, reader)
    for key, facts in waiting:
        view = VIEWS.get(key)
        blocks += view(facts, reader) if view else [Line(say(key, reader, facts), mark=say("mark_waits", reader))]
    return tuple(blocks)


def outcome_blocks(outcome: Outcome, reader: Reader) -> list[Block]:
    """The lines of one outcome: its sentence, then a labelled line a field."""
    view = VIEWS.get(outcome.key)
    if view is not None:
        return view(outcome.facts, reader)
    label, mark = f"label_{outcome.key}", f"mark_{outcome.key}"
    head, set_apart = (say(key, reader) if has(key) else "" for key in (label, mark))
    sentence: list[Block] = [Line(say(outcome.key, reader, outcome.facts), label=head, mark=set_apart)]
    return sentence + [Line(told(value, reader), label=say(label, reader)) for label, value in outcome.fields]


def _customer_card(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    fields = [(label, value) for label, value in facts["fields"] if value]
    shown = record_blocks({"head": facts["name"], "fields": fields, "sections": facts["sections"]}, reader)
    return [shown[0], Line(told(facts["about"], reader)), *shown[1:]]


def _help(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    examples = tuple(say(f"help_example_{number}", reader) for number in range(1, 8))
    return [Line(say("help_shown", reader)), Items(examples), Line(say("help_undo", reader))]


def _write_policies(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    parts = [
        Items(tuple(told(entry, reader) for entry in entries), head=say(f"head_policy_{policy}", reader))
        for policy, entries in facts.items()
        if entries
    ]
    return [Title(say("write_policies_head", reader)), *parts]


def _ladders(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    parts = [
        Items(tuple(told(rung, reader) for rung in rungs), head=say(f"ladder_{kind}", reader))
        for kind, rungs in facts.items()
    ]
    return [Title(say("ladders_head", reader)), *parts]


def _digests(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    entries = tuple(told(entry, reader) for entry in facts["entries"])
    return [Items(entries, head=say("digests_shown", reader))]


def _invited(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    blocks: list[Block] = [Line(say("user_invited", reader, {"parts": facts["parts"]}))]
    names = {"name": facts["name"]}
    if facts["is_back"]:
        blocks.append(Line(say("invite_back", reader, names)))
    blocks.append(Line(say("invite_forward", reader, names)))
    return [*blocks, StartCode(facts["code"], otherwise=say("invite_shown_once", reader))]


def _calendar_link(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    link = StartCode(facts["code"], otherwise=say("calendar_link_shown_once", reader), at=facts["link"])
    return [Line(say("calendar_link_made", reader)), link]


def _users(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    head = say("users_listed", reader, {"count": facts["count"]})
    return [Items(tuple(told(entry, reader) for entry in facts["entries"]), head=head)]


def _hand_over(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    entries = tuple(told(entry, reader) for entry in facts["entries"])
    head = told(Parts((Phrase("hand_over_head", facts), facts["customers"], facts["page"])), reader)
    tasks = Line(say("hand_over_tasks", reader, facts))
    return [Title(head), *([Items(entries)] if entries else []), tasks]


def _merge(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    blocks: list[Block] = [Title(say("merge_head", reader)), Items(tuple(told(one, reader) for one in facts["both"]))]
    if facts["differs"]:
        entries = tuple(told(one, reader) for one in facts["differs"])
        blocks.append(Items(entries, head=say("head_merge_differs", reader)))
    return [*blocks, Line(say("merge_asked", reader, facts), mark=say("mark_waits", reader))]


def _comment(key: str, facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    return [Line(say(key, reader, facts)), Quote(facts["text"])]


def _teams(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    head = say("teams_listed", reader, {"teams": facts["teams"], "people": facts["people"]})
    blocks: list[Block] = [Items(tuple(told(entry, reader) for entry in facts["entries"]), head=head)]
    return blocks + [Line(told(value, reader), label=say(label, reader)) for label, value in facts["fields"]]


def _card_asked(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    """A card with its fields, and below them whose it is."""
    fields: list[Block] = [Line(told(value, reader), label=say(label, reader)) for label, value in facts["fields"]]
    head = Line(told(facts["who"], reader), label=say("label_whose_card", reader))
    return [head, *fields, Line(say("whose_card_asked", reader), mark=say("mark_waits", reader))]


def _birthday(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    return [
        Line(say("birthday_today", reader, {"parts": facts["parts"]})),
        Quote(say("birthday_greeting", reader, {"name": facts["name"]})),
    ]


VIEWS: dict[str, Callable[[Mapping[str, Any], Reader], list[Block]]] = {
    "whose_card": _card_asked,
    "birthday_today": _birthday,
    "customer_card": _customer_card,
    "definitions_shown": definitions_blocks,
    "hand_over_asked": _hand_over,
    "help_shown": _help,
    "import_preview": preview_blocks,
    "merge_asked": _merge,
    "listed": list_blocks,
    "record_card": record_blocks,
    "write_policies_shown": _write_policies,
    "ladders_shown": _ladders,
    "digests_shown": _digests,
    "user_invited": _invited,
    "calendar_link_made": _calendar_link,
    "users_listed": _users,
    "teams_listed": _teams,
    **{key: partial(_comment, key) for key in ("visit_commented_told", "customer_commented_told")},
}
