"""Comments: what one colleague says to another about a task or a visit, kept with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

KINDS = ("comment", "progress", "trouble")


@dataclass(eq=False)
class Comment:
    """Words about one task or one visit: how far it is, what keeps somebody from it, what a superior thinks of it."""

    user_id: int
    created_at: datetime
    text: str
    kind: str = "comment"
    task_id: int | None = None
    visit_id: int | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)
