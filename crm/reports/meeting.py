"""What to ask at a meeting: one table of the gaps that the records of a customer show, and of what is still open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.deals import LONG_IN_STAGE_DAYS

ASKED = 5  # questions of one brief
ANSWER_DUE_DAYS = 3  # after so many days without a word a quote may be asked about
_CLAUSES = re.compile(r"[,。;!?\n\uff0c\uff1b\uff01\uff1f]|\.(?:\s|$)")
_PROMISE = re.compile(
    r"答应|承诺|保证|允诺|(?:会|再|尽快|下周|明天|月底)(?:给|回复|答复)我"
    r"|\b(?:promised|pledged|agreed to|committed to)\b"
    r"|\bwill (?:send us|get back|come back to us|let us know|sign|pay)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"[我咱][^,。]{0,6}(?:答应|承诺|保证|允诺)|(?:没有?|不|未|别|拒绝)(?:再|肯|愿|敢|能)?(?:答应|承诺|保证|允诺)|[吗么]$"
    r"|\b(?:i|we)(?:'ve| have)? (?:promised|pledged|agreed|committed)|\b(?:i|we)(?:'ll| will) |n't |\b(?:not|never)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class MeetingDeal:
    """An open deal as far as it is known. `has_budget`: a sum was told, be it of the deal or of what they can spend."""

    name: str
    entered_on: date
    has_budget: bool = True
    has_needs: bool = True
    has_next_step: bool = True
    close_on: date | None = None
    quoted_on: date | None = None
    heard_on: date | None = None  # the last contact about it
    competitors: Sequence[str] = ()


@dataclass(frozen=True)
class Meeting:
    """What is known of a customer before a meeting; `objection` is the last that they had, "" for none."""

    today: date
    deals: Sequence[MeetingDeal] = ()
    has_people: bool = True
    has_decision_maker: bool = True
    objection: str = ""


@dataclass(frozen=True)
class Question:
    """Something to ask: `key` names its words, which `facts` fill."""

    key: str
    facts: Mapping[str, Any]


def _people(meeting: Meeting) -> dict[str, Any] | None:
    return {} if not meeting.has_people else None


def _decides(meeting: Meeting) -> dict[str, Any] | None:
    return {} if meeting.has_people and not meeting.has_decision_maker else None


def _plans(meeting: Meeting) -> dict[str, Any] | None:
    return {} if not meeting.deals else None


def _objection(meeting: Meeting) -> dict[str, Any] | None:
    return {"text": meeting.objection} if meeting.objection and meeting.deals else None


def _quote(deal: MeetingDeal, today: date) -> dict[str, Any] | None:
    """A quote that is out for days, and nobody has spoken with them since."""
    sent = deal.quoted_on
    if sent is None or (today - sent).days < ANSWER_DUE_DAYS or (deal.heard_on is not None and deal.heard_on > sent):
        return None
    return {"day": sent}


def _close(deal: MeetingDeal, today: date) -> dict[str, Any] | None:
    return {"day": deal.close_on} if deal.close_on is not None and deal.close_on < today else None


def _stands(deal: MeetingDeal, today: date) -> dict[str, Any] | None:
    days = (today - deal.entered_on).days
    return {"days": days} if days > LONG_IN_STAGE_DAYS else None


def _against(deal: MeetingDeal, _today: date) -> dict[str, Any] | None:
    return {"names": list(deal.competitors)} if deal.competitors else None


def _if(lacks: Callable[[MeetingDeal], bool]) -> Callable[[MeetingDeal, date], dict[str, Any] | None]:
    return lambda deal, _today: {} if lacks(deal) else None


OF_CUSTOMER: tuple[tuple[str, Callable[[Meeting], dict[str, Any] | None]], ...] = (
    ("ask_who", _people),
    ("ask_who_decides", _decides),
    ("ask_plans", _plans),
    ("ask_objection", _objection),
)
# The most pressing first: of each kind all deals, then the next kind.
OF_DEAL: tuple[tuple[str, Callable[[MeetingDeal, date], dict[str, Any] | None]], ...] = (
    ("ask_quote", _quote),
    ("ask_close_passed", _close),
    ("ask_budget", _if(lambda deal: not deal.has_budget)),
    ("ask_needs", _if(lambda deal: not deal.has_needs)),
    ("ask_close", _if(lambda deal: deal.close_on is None)),
    ("ask_stands", _stands),
    ("ask_competitors", _against),
    ("ask_next_step", _if(lambda deal: not deal.has_next_step)),
)


def questions_for(meeting: Meeting) -> list[Question]:
    """What to ask, the most pressing first, no more than ASKED."""
    return list(_questions(meeting))[:ASKED]


def _questions(meeting: Meeting) -> Iterator[Question]:
    for key, of_customer in OF_CUSTOMER:
        if (found := of_customer(meeting)) is not None:
            yield Question(key, found)
    for key, of_deal in OF_DEAL:
        for deal in meeting.deals:
            if (found := of_deal(deal, meeting.today)) is not None:
                yield Question(key, {"deal": deal.name, **found})


def seen_of(names: Iterable[Sequence[str]]) -> list[str]:
    """The competitors of several records, each once, in the order in which they were met."""
    return list(dict.fromkeys(name for each in names for name in each))


def promised(words: str) -> list[str]:
    """The clauses of what was told of a visit in which they promise something; what we promise is a task."""
    told = (clause.strip() for clause in _CLAUSES.split(words))
    return [clause for clause in told if _PROMISE.search(clause) and not _OURS.search(clause)]
