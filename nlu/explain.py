"""How a message was understood, step by step, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from nlu.clauses import Clause
from nlu.known import Focus
from nlu.names import Names
from nlu.ranker import kind_of, levels, model, told_by
from nlu.rule import Key, Reading, Rule, Understanding
from nlu.scene import Scene, lay_out
from nlu.settle import settle
from nlu.understand import proposals, understand

TELLING = 4  # cues shown for and against


def explain(text: str, *, now: datetime, names: Names, sender: Key | None = None, focus: Focus | None = None) -> str:
    """Lines: the normalised text, what was found where, what each clause is about, which rules proposed and how the
    ranker weighed that, what was decided, and the readings.
    """
    read = understand(text, now=now, names=names, sender=sender, focus=focus)
    scene = lay_out(text, now, names, sender, focus)
    settle(scene)
    return "\n".join((*_found(read), *_clauses(scene), *_decided(read)))


def _found(read: Understanding) -> Iterator[str]:
    yield f"text      {read.normalised!r}"
    for find in read.finds:
        where = f"[{find.start}:{find.end}]"
        yield f"find      {find.kind:<10} {where} {find.text!r} = {find.value!r}  ({find.rule or '-'})"


def _clauses(scene: Scene) -> Iterator[str]:
    """Each clause with all that was proposed of it, whether it stands and why."""
    for clause in scene.clauses:
        about = clause.customer.text if clause.customer else "-"
        groups = " ".join(sorted(clause.groups))
        yield f"clause    [{clause.start}:{clause.end}] {clause.text.strip()!r} about {about}; words: {groups or '-'}"
        for rule, reading in proposals(scene, clause, _any):
            weighed = _weighed(scene, clause, rule, kind_of(rule, reading.slots))
            yield f"step        proposed {reading.intent}/{reading.rule} {weighed}: {_slots(reading)}"


def _any(scene: Scene, clause: Clause, rule: Rule, kind: str) -> int:
    return 1


def _weighed(scene: Scene, clause: Clause, rule: Rule, kind: str) -> str:
    """The ranker's score of what a rule proposes, with the most telling cues for and against."""
    if rule.certain:
        return "stands: certain"
    tables = model().tables
    if kind not in tables:
        return "falls: only perhaps" if rule.perhaps else "stands: not weighed"
    weighed = [tables.get(level, {}) for level in levels(kind)]
    told = [(sum(table.get(cue, 0) for table in weighed), cue) for cue in told_by(scene, clause, rule, kind)]
    score = sum(weight for weight, _ in told)
    most = sorted(told, key=lambda pair: -abs(pair[0]))[:TELLING]
    why = " ".join(f"{cue}{weight:+d}" for weight, cue in most)
    return f"{'stands' if score > 0 else 'falls'} at {score:+d} ({why})"


def _decided(read: Understanding) -> Iterator[str]:
    for step in read.trace:
        yield f"step      {step}"
    for reading in read.readings:
        yield f"reading   {reading.intent} [{reading.start}:{reading.end}] {_slots(reading)}  ({reading.rule or '-'})"


def _slots(reading: Reading) -> str:
    return ", ".join(f"{slot}={value!r}" for slot, value in reading.slots.items())
