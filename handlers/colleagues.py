"""What becomes of colleagues: invited, switched off, let back in. For the skills and for the command line alike.

Whether the speaker may do so is asked before.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crm import policy
from crm.errors import AdminsOnly, AlreadyIn, InvalidValue, LastAdmin, NotFound, NotIn
from crm.invites import ALPHABET, LENGTH, LIFETIME, Invite, hashed
from crm.policy import Actor
from crm.users import User
from nlu.names import fold
from storage import outbox
from storage.calendar_links import withdraw_link
from storage.cards import close_cards
from storage.groups import withdraw_members
from storage.imports import drop_imports
from storage.invites import keep_invite, withdraw_invites, withdraw_invites_by
from storage.ledger import Ledger
from storage.people import all_users, identities_of, other_admins, reached_users

LONGEST_NAME = 60


@dataclass(frozen=True)
class Invited:
    """Who was invited, with the code that lets them in; `is_back` where they were here before."""

    user: User
    code: str
    is_new: bool
    is_back: bool


def demand(actor: Actor, verb: str) -> None:
    """Raise AdminsOnly unless the actor may do it to colleagues."""
    if not policy.may(verb, policy.relations(actor, None)):
        raise AdminsOnly


async def invite(ledger: Ledger, name: str, by: User | None, language: str = "", **told: Any) -> Invited:
    """Make a way in for somebody, which voids any other of theirs. `told` are fields of the user: role, team_id, zone.

    A leaver stays outside until the code is used. Raises AlreadyIn, InvalidValue.
    """
    known, has_come = await whom_to_invite(ledger.session, name)
    said = {field: value for field, value in told.items() if value is not None}
    if known is None:
        user = await ledger.add(User(one_line(name), language=language or (by.language if by else "zh"), **said))
    else:
        user = known
        here = {} if has_come else {"withdrawn_at": None, "is_active": True}
        ledger.set(user, **here, **({"language": language} if language else {}), **said)
    code, now = draw_code(), ledger.now
    by_id = by.id if by else None
    await keep_invite(ledger.session, Invite(hashed(code), now, now + LIFETIME, user.id, by_id, language))
    return Invited(user, code, known is None, has_come)


async def whom_to_invite(session: AsyncSession, name: str) -> tuple[User | None, bool]:
    """The user whom a name already stands for, where it may be invited, and whether they ever came.

    Raises AlreadyIn, InvalidValue.
    """
    if not one_line(name) or len(one_line(name)) > LONGEST_NAME:
        raise InvalidValue(value=one_line(name)[:LONGEST_NAME])
    everybody, reached = await all_users(session), await reached_users(session)
    said = fold(one_line(name))
    here = [user for user in everybody if user.is_active and user.id in reached]
    if taken := [user for user in here if is_called(user, said)]:
        raise AlreadyIn(name=taken[0].name)
    known = next((user for user in everybody if fold(user.name) == said), None)
    return known, known is not None and known.id in reached


async def deactivate(ledger: Ledger, user: User) -> None:
    """End everything of somebody at once: chats, buttons, questions, sheets on their way in, what waits to be sent to
    them, and the invites that are for them or that they made.

    Raises NotIn, LastAdmin.
    """
    if not user.is_active:
        raise NotIn(name=user.name)
    if user.role == "admin" and not await other_admins(ledger.session, user.id):
        raise LastAdmin(name=user.name)
    ledger.set(user, is_active=False)
    await withdraw_invites(ledger.session, user.id, ledger.now)
    await withdraw_invites_by(ledger.session, user.id, ledger.now)
    await close_cards(ledger.session, user.id)
    await withdraw_link(ledger.session, user.id)
    await drop_imports(ledger.session, user.id)
    await withdraw_members(ledger.session, ledger.now, people=[user.id])
    for identity in await identities_of(ledger.session, user.id):
        await outbox.drop(ledger.session, identity.channel, identity.address)


async def reactivate(ledger: Ledger, user: User) -> None:
    """Let a leaver in again, as they were. Raises AlreadyIn."""
    if not ledger.set(user, is_active=True):
        raise AlreadyIn(name=user.name)


async def colleague(session: AsyncSession, name: str, *, is_active: bool | None = None) -> User:
    """The colleague of a full name, else the only one who is called so. Raises NotFound.

    `is_active` looks among those who are in, or among the leavers, alone.
    """
    said = fold(one_line(name))
    standing = [user for user in await all_users(session) if user.withdrawn_at is None]
    among = [user for user in standing if is_active in (None, user.is_active)]
    exact = [user for user in among if fold(user.name) == said]
    called = exact or [user for user in among if is_called(user, said)]
    if len(called) != 1:
        raise NotFound(name=name)
    return called[0]


async def make_setup_code(session: AsyncSession, now: Any) -> str:
    """A new code for the first admin; one made before is void. The caller commits."""
    code = draw_code()
    await keep_invite(session, Invite(hashed(code), now, now + LIFETIME))
    return code


def is_called(user: User, said: str) -> bool:
    """Whether a folded name is the user's, or what others call them."""
    return said in (fold(name) for name in (user.name, *user.short_names))


def draw_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def one_line(name: str) -> str:
    """A name without blanks around it and with single ones in it."""
    return " ".join(name.split())
