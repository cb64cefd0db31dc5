"""Digests: what comes by itself at an hour of the day, to whom unless they change it, and who changed what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

KINDS = ("brief", "funnel", "week", "month")


@dataclass(eq=False)
class Subscription:
    """What somebody settled about a digest: a person for themselves (`user_id`), or a manager for a group (`chat_id`)
    that shall see the figures of `team_id`. `at` is HH:MM in the zone of `user_id`, "" for the digest's own hour.
    """

    kind: str
    user_id: int
    chat_id: int | None = None
    team_id: int | None = None
    at: str = ""
    is_muted: bool = False
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)
