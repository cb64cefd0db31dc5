"""Tasks and visits as an iCalendar, for a calendar programme to show or to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

ICS = "text/calendar"
AN_HOUR = timedelta(hours=1)
EVERY = timedelta(minutes=30)  # how often a subscriber is asked to look again


@dataclass(frozen=True)
class Item:
    """Something of a day, or of a moment where a clock time is known. `key` stays as long as it is the same thing."""

    key: str
    title: str
    when: date | datetime
    changed_at: datetime
    about: str = ""


def to_ics(name: str, items: Iterable[Item]) -> bytes:
    """The calendar of that name."""
    from icalendar import Calendar  # noqa: PLC0415 - few processes ever write one, and it takes long to load

    calendar = Calendar()
    for key, value in (("prodid", "-//Genjin//Genjin//ZH"), ("version", "2.0"), ("x-wr-calname", name)):
        calendar.add(key, value)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    for item in items:
        calendar.add_component(_event(item))
    return bytes(calendar.to_ical())


def _event(item: Item) -> Event:
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{item.key}@genjin")
    event.add("dtstamp", item.changed_at.astimezone(UTC))
    event.add("summary", item.title)
    if isinstance(item.when, datetime):
        event.add("dtstart", item.when.astimezone(UTC))
        event.add("dtend", (item.when + AN_HOUR).astimezone(UTC))
    else:
        event.add("dtstart", item.when)
        event.add("dtend", item.when + timedelta(days=1))
    if item.about:
        event.add("description", item.about)
    return event
