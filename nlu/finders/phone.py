"""To come."""

from __future__ import annotations

from datetime import datetime

from nlu.normalise import Text
from nlu.rule import Find


def find(text: Text, now: datetime) -> list[Find]:
    """Nothing yet."""
    return []
