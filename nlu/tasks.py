"""Which known task a clause speaks of without its number."""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.known import KnownTask
from nlu.names import fold
from nlu.scene import Scene

SAID_AS_TASK = re.compile(r"任务|待办|那个|todo")


def likeliest(scene: Scene, clause: Clause, text: str) -> KnownTask | None:
    """The one task whose title shares most with a text: of the clause's customer, else of none; None where unclear."""
    key = clause.customer.key if clause.customer else None
    near = scene.names.tasks_of(key) if key is not None else ()
    own = scene.names.tasks_of(None)
    if key is None and scene.sender is not None:
        own = tuple(dict.fromkeys((*own, *scene.names.tasks_by(scene.sender))))
    scored = sorted(
        ((_shared(scene, task, text), str(task.key), task) for task in (*near, *own)), reverse=True, key=lambda s: s[:2]
    )
    if not scored or scored[0][0] < (1 if len(near) == 1 and _shared(scene, near[0], clause.text) else 2):
        return None
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        return None
    return scored[0][2]


def _shared(scene: Scene, task: KnownTask, text: str) -> float:
    """How much of a title stands in a text, the customer's own name left out."""
    title = fold(task.title)
    if task.customer in scene.names.customers:
        known = scene.names.customers[task.customer]
        people = [name for contact in known.contacts for name in (contact.name, *contact.short_names)]
        for name in (known.name, *known.short_names, *([] if SAID_AS_TASK.search(text) else people)):
            title = title.replace(fold(name), " ")
    latin = [word for word in re.findall(r"[a-z]{3,}", title) if re.search(rf"(?<![a-z]){word}", text)]
    runs = re.findall(r"[一-鿿]+", title)
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    return len(set(latin)) * 1.0 + sum(1 for pair in pairs if pair in text)
