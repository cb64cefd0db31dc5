"""Which digests come to whom unless they say otherwise, and what their word changes."""

from __future__ import annotations

import pytest

from crm.calendar import read_time
from crm.digests import DIGESTS, KINDS, Subscription, settled_for, standing
from crm.users import ROLES, Team, User


def _on(role: str, *, leads: bool = False, owns: bool = False) -> set[str]:
    user = User("李娜", role)
    return {kind for kind in KINDS if standing(kind, user, (), leads=leads, owns=owns).is_on}


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
    muted = standing("brief", rep, [Subscription("brief", 1, is_muted=True)], leads=False, owns=True)
    assert (muted.is_on, muted.at, muted.is_settled) == (False, "08:30", True)
    moved = standing("funnel", rep, [Subscription("funnel", 1, at="17:30")], leads=False, owns=True)
    assert (moved.is_on, moved.at, moved.is_settled) == (True, "17:30", True)


def _team(key: int, parent_id: int | None = None, manager_id: int | None = None) -> Team:
    team = Team(f"team {key}", parent_id, manager_id)
    team.id = key
    return team


def test_ones_own_word_goes_before_the_team_s_and_a_nearer_team_s_before_one_above() -> None:
    rep, teams = User("李娜", "rep", team_id=2), {1: _team(1), 2: _team(2, 1)}
    rep.id = 7
    above, near = Subscription("week", 9, team_id=1, at="10:00"), Subscription("week", 9, team_id=2, is_muted=True)
    own, of_teams = Subscription("week", 7), {1: {"week": above}, 2: {"week": near}}
    assert settled_for(rep, {}, of_teams, teams) == {"week": [near, above]}
    assert settled_for(rep, {"week": own}, of_teams, teams) == {"week": [own, near, above]}
    muted = standing("week", rep, [near, above], leads=False, owns=True)
    assert (muted.is_on, muted.at, muted.team_id) == (False, "10:00", 2)
    on = standing("week", rep, [own, near, above], leads=False, owns=True)
    assert (on.is_on, on.at, on.team_id) == (True, "10:00", None)


def test_what_is_settled_for_a_team_holds_for_whoever_leads_it_from_elsewhere() -> None:
    boss, teams = User("周岚", "manager", team_id=1), {1: _team(1), 2: _team(2, 1, manager_id=7), 3: _team(3, 1)}
    boss.id = 7
    of_teams = {key: {"week": Subscription("week", 9, team_id=key)} for key in teams}
    assert [one.team_id for one in settled_for(boss, {}, of_teams, teams)["week"]] == [1, 2]
