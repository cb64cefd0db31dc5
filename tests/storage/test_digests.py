"""What people and managers settle about digests is one row each, and found again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from sqlalchemy import select

from crm.digests import Subscription
from crm.policy import Actor
from crm.users import Chat, Team, User
from storage.digests import (
    own_subscriptions,
    settle_digest,
    standings_of,
    subscriptions_in,
    subscriptions_of,
    team_subscriptions,
)
from storage.engine import Store
from storage.ledger import Ledger, open_ledger
from storage.push_tables import subscriptions


@pytest.fixture
async def ledger(store: Store, now: datetime) -> AsyncIterator[Ledger]:
    async with open_ledger(store, now) as ledger:
        user = User(name="周岚", role="manager")
        ledger.session.add(user)
        await ledger.session.flush()
        ledger.actor = Actor(user)
        yield ledger


async def _settled(ledger: Ledger) -> list[Subscription]:
    """All that anybody settled and has not been taken back."""
    return list(await ledger.session.scalars(select(Subscription).where(subscriptions.c.withdrawn_at.is_(None))))


async def test_a_digest_is_moved_and_muted_in_one_row(ledger: Ledger) -> None:
    user = ledger.actor.user
    assert await settle_digest(ledger, user, "funnel", at="17:30")
    assert await settle_digest(ledger, user, "funnel", is_muted=True)
    assert not await settle_digest(ledger, user, "funnel", is_muted=True)
    found = await subscriptions_of(ledger.session, user.id)
    assert {kind: (one.at, one.is_muted) for kind, one in found.items()} == {"funnel": ("17:30", True)}
    assert len(await _settled(ledger)) == 1


async def test_what_was_taken_back_begins_anew(ledger: Ledger) -> None:
    user = ledger.actor.user
    await settle_digest(ledger, user, "week", at="10:00")
    (taken,) = await _settled(ledger)
    ledger.set(taken, withdrawn_at=ledger.now)
    await ledger.session.flush()
    assert await subscriptions_of(ledger.session, user.id) == {}
    assert await settle_digest(ledger, user, "week", is_muted=True)
    await ledger.session.flush()
    (again,) = await _settled(ledger)
    assert (again.id, again.at, again.is_muted) == (taken.id, "", True)


async def test_a_group_s_digest_is_apart_from_the_manager_s_own_and_one_a_team(ledger: Ledger) -> None:
    user, chat = ledger.actor.user, Chat("telegram", "-1", is_group=True)
    teams = [Team("一组"), Team("二组")]
    ledger.session.add_all([chat, *teams])
    await ledger.session.flush()
    for team in teams:
        assert await settle_digest(ledger, user, "funnel", chat=chat, team_id=team.id)
        assert not await settle_digest(ledger, user, "funnel", is_muted=False, chat=chat, team_id=team.id)
    assert await subscriptions_of(ledger.session, user.id) == {}
    assert [one.team_id for one in await subscriptions_in(ledger.session, chat.id)] == [team.id for team in teams]
    await settle_digest(ledger, user, "funnel", is_muted=True, chat=chat, team_id=teams[0].id)
    await ledger.session.flush()
    assert [one.team_id for one in await subscriptions_in(ledger.session, chat.id)] == [teams[1].id]
    assert len(await _settled(ledger)) == 2


async def test_the_standings_hold_defaults_and_what_was_settled(ledger: Ledger) -> None:
    await settle_digest(ledger, ledger.actor.user, "brief", at="07:45")
    told = {one.kind: (one.at, one.is_on) for one in await standings_of(ledger.session, ledger.actor)}
    assert told == {
        "brief": ("07:45", True),
        "funnel": ("18:00", True),
        "week": ("09:00", True),
        "month": ("09:00", True),
    }


async def test_a_team_s_digest_is_one_row_whoever_settles_it_and_apart_from_ones_own(ledger: Ledger) -> None:
    user, other, team = ledger.actor.user, User("何远征", "manager"), Team("一组")
    ledger.session.add_all([other, team])
    await ledger.session.flush()
    assert await settle_digest(ledger, user, "week", at="10:00")
    assert await settle_digest(ledger, user, "week", at="08:30", team_id=team.id)
    assert await settle_digest(ledger, other, "week", is_muted=True, team_id=team.id)
    await ledger.session.flush()
    (mine,) = (await subscriptions_of(ledger.session, user.id)).values()
    assert (mine.at, mine.team_id) == ("10:00", None)
    assert await subscriptions_of(ledger.session, other.id) == {}
    found = (await team_subscriptions(ledger.session))[team.id]["week"]
    assert (found.user_id, found.at, found.is_muted) == (other.id, "08:30", True)
    assert (await own_subscriptions(ledger.session)).keys() == {user.id}


async def test_a_member_s_standings_hold_what_the_team_settled(ledger: Ledger) -> None:
    user, team = ledger.actor.user, Team("一组")
    ledger.session.add(team)
    await ledger.session.flush()
    user.team_id = team.id
    await settle_digest(ledger, user, "brief", at="07:45", team_id=team.id)
    told = {one.kind: (one.at, one.is_on, one.team_id) for one in await standings_of(ledger.session, ledger.actor)}
    assert (told["brief"], told["week"]) == (("07:45", True, team.id), ("09:00", True, None))
