"""Ways in: a code that is good once, kept as its hash alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LIFETIME = timedelta(days=7)
# Letters and digits that nobody takes for another. Twenty of them are a hundred bits: nobody guesses one, and from
# the hash nobody finds one.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 20


@dataclass(eq=False)
class Invite:
    """A code that lets `user_id` in; without a user it is the setup code, which makes the first admin.

    `language` is what the newcomer is answered in, "" where their messenger is to say it. `made_by_id` is nobody
    where the command line made it.
    """

    code_hash: str
    made_at: datetime
    expires_at: datetime
    user_id: int | None = None
    made_by_id: int | None = None
    language: str = ""
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


def hashed(code: str) -> str:
    """What is kept of a code. Case and blanks around it do not count: people copy by hand."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()
