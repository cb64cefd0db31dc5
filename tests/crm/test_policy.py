"""The policy's table, walked cell by cell, and the tree of teams it rests on."""

from __future__ import annotations

import itertools

import pytest

from crm.policy import MAY, RELATIONS, Actor, may, relations
from crm.users import ROLES, Team, User, superiors, teams_below


def _user(key: int, role: str = "rep", team_id: int | None = None, *, is_active: bool = True) -> User:
    user = User(f"user {key}", role, team_id, is_active=is_active)
    user.id = key
    return user


def _team(key: int, parent_id: int | None, manager_id: int | None) -> Team:
    team = Team(f"team {key}", parent_id, manager_id)
    team.id = key
    return team


@pytest.mark.parametrize(("verb", "relation"), list(itertools.product(MAY, RELATIONS)))
def test_every_verb_is_decided_for_every_relation(verb: str, relation: str) -> None:
    assert may(verb, {relation}) is (relation in MAY[verb])
    assert relation != "other" or not may(verb, {relation})


def test_an_unlisted_verb_is_a_bug() -> None:
    with pytest.raises(KeyError):
        may("read_minds", {"admin"})


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_a_role_alone_gives_nobody_a_stranger_s_customer(role: str) -> None:
    assert relations(Actor(_user(1, role)), owner_id=2) == {"other"}


def test_relations_follow_from_owner_sharers_and_the_people_below() -> None:
    assert relations(Actor(_user(1)), 1) == {"owner"}
    assert relations(Actor(_user(1)), 2, {1}) == {"collaborator"}
    assert relations(Actor(_user(3, "manager"), frozenset({1, 2})), 2) == {"superior"}
    assert "admin" in relations(Actor(_user(9, "admin")), 2)
    assert relations(Actor(_user(1)), 2, giver_id=1) == {"giver"}


@pytest.mark.parametrize("verb", ["finish_task", "move_task", "rename_task", "hand_over_task"])
def test_a_task_is_changed_by_its_assignee_its_giver_and_their_superiors_alone(verb: str) -> None:
    doer, giver = 2, 1
    assert may(verb, relations(Actor(_user(doer)), doer, giver_id=giver))
    assert may(verb, relations(Actor(_user(giver)), doer, giver_id=giver))
    assert may(verb, relations(Actor(_user(3, "manager"), frozenset({giver})), doer, giver_id=giver))
    assert not may(verb, relations(Actor(_user(4)), doer, {4}, giver_id=giver))


def test_a_leaver_holds_no_relation_at_all() -> None:
    gone = Actor(_user(1, "admin", is_active=False))
    assert relations(gone, 1, {1}) == set()
    assert not any(may(verb, relations(gone, 1)) for verb in MAY)


TREE = {t.id: t for t in (_team(1, None, 10), _team(2, 1, 20), _team(3, 2, 30), _team(4, 2, None))}


def test_superiors_are_named_nearest_first() -> None:
    assert superiors(_user(5, team_id=3), TREE) == [30, 20, 10]
    assert superiors(_user(6, team_id=4), TREE) == [20, 10]
    assert superiors(_user(30, "manager", 3), TREE) == [20, 10]
    assert superiors(_user(7), TREE) == []


def test_teams_below_reach_to_the_leaves() -> None:
    assert teams_below(10, TREE) == {1, 2, 3, 4}
    assert teams_below(20, TREE) == {2, 3, 4}
    assert teams_below(30, TREE) == {3}
    assert teams_below(5, TREE) == set()
