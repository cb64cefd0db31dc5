"""Which digests come to whom unless they say otherwise, and what their word changes."""

from __future__ import annotations

import pytest

from crm.calendar import read_time
from crm.digests import DIGESTS, KINDS, Subscription, standing
from crm.users import ROLES, User


def _on(role: str, *, leads: bool = False, owns: bool = False) -> set[str]:
    user = User("李娜", role)
    return {kind for kind in KINDS if standing(kind, user, None, leads=leads, owns=owns).is_on}


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("rep", {"brief", "week", "month"}),
        ("presales", {"brief"}),
        ("support", {"brief"}),
        ("finance", set()),
        ("manager", {"funnel", "week", "month"}),
        ("admin", set()),
    ],
)
def test_each_role_gets_its_own(role: str, kinds: set[str]) -> None:
    assert _on(role) == kinds


@pytest.mark.parametrize("role", ROLES)
def test_whoever_has_customers_or_tasks_gets_the_brief(role: str) -> None:
    assert "brief" in _on(role, owns=True)


def test_an_admin_gets_the_funnel_only_with_people_below() -> None:
    assert "funnel" not in _on("admin", owns=True)
    assert _on("admin", leads=True) == {"funnel", "week", "month"}


def test_every_kind_has_an_hour_of_its_own() -> None:
    assert {kind: f"{read_time(DIGESTS[kind].at):%H:%M}" for kind in KINDS} == {
        "brief": "08:30",
        "funnel": "18:00",
        "week": "09:00",
        "month": "09:00",
    }


def test_what_somebody_settled_outdoes_what_their_role_gets() -> None:
    rep = User("李娜", "rep")
    muted = standing("brief", rep, Subscription("brief", 1, is_muted=True), leads=False, owns=True)
    assert (muted.is_on, muted.at, muted.is_settled) == (False, "08:30", True)
    moved = standing("funnel", rep, Subscription("funnel", 1, at="17:30"), leads=False, owns=True)
    assert (moved.is_on, moved.at, moved.is_settled) == (True, "17:30", True)
