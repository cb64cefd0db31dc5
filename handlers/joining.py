"""`/start CODE`: how somebody comes in. Whatever is wrong with a code, the answer is the same line."""

from __future__ import annotations

import re

from crm.invites import Invite
from crm.policy import Actor
from crm.users import Chat, Identity, Team, User
from handlers import post
from handlers.colleagues import LONGEST_NAME, one_line
from handlers.turn import Note, Turn
from nlu.names import fold
from storage import inbox
from storage.invites import has_admin, invite_of, take_invite, withdraw_code
from storage.ledger import Ledger
from storage.people import actor_for, all_users, chat_at, identities_of, identity_at, other_admins
from talk.incoming import Incoming
from talk.message import Outcome, Word
from talk.views import outcome_blocks

SAID = re.compile(r"\s{0,8}/start(?:@\w{1,64})?\s{1,8}(?P<code>\S.{0,127})\s{0,8}")


async def hand_in(ledger: Ledger, incoming: Incoming, known: Turn | None) -> bool:
    """Take a code that somebody sends, and answer. False where the message is none of that.

    `known` is the turn of a colleague. What was received is kept no longer: the code may still be good.
    """
    said = SAID.fullmatch(incoming.text) if incoming.kind == "text" else None
    if said is None:
        return False
    await inbox.forget(ledger.session, incoming.id)
    turn = known or stranger_turn(ledger, incoming)
    if incoming.is_group:  # others have read it
        await withdraw_code(ledger.session, said["code"], ledger.now)
        outcome = Outcome("code_refused", wrote=False)
    elif known is not None:
        outcome = await _known(known, said["code"])
    else:
        turn, outcome = await _stranger(turn, said["code"])
    await post.reply(turn, tuple(outcome_blocks(outcome, turn.reader)))
    for note in turn.notes:
        await post.tell(turn, note)
    return True


def stranger_turn(ledger: Ledger, incoming: Incoming) -> Turn:
    """The turn of somebody who is not in: nothing of it is kept."""
    stranger = Actor(User(incoming.speaker_name, language=_language(incoming) or "zh"))
    return Turn(ledger, incoming, Chat(incoming.channel, incoming.chat, incoming.topic), stranger, "")


def _language(incoming: Incoming) -> str:
    if not incoming.language:
        return ""
    return "zh" if incoming.language.startswith("zh") else "en"


async def _known(turn: Turn, code: str) -> Outcome:
    """A colleague's code is of use only where it is the setup code: they become the first admin."""
    invite = await invite_of(turn.session, code, turn.ledger.now)
    is_setup = invite is not None and invite.user_id is None and not await has_admin(turn.session, turn.chat.channel)
    if invite is None or not is_setup or not await take_invite(turn.session, invite, turn.ledger.now):
        return Outcome("in_already", {"name": turn.actor.user.name}, wrote=False)
    _log_for_good(turn.ledger, turn.actor.user, role="admin")
    return _welcome(turn)


async def _stranger(turn: Turn, code: str) -> tuple[Turn, Outcome]:
    """Let the person in whom the code is for; their turn from then on, and the welcome."""
    invite = await invite_of(turn.session, code, turn.ledger.now)
    user = await _meant(turn, invite) if invite else None
    if invite is None or user is None or not await take_invite(turn.session, invite, turn.ledger.now):
        return turn, Outcome("code_refused", wrote=False)
    if invite.user_id is None:
        turn.session.add(user)
        await turn.session.flush()
        turn.ledger.actor = Actor(user)
        turn.ledger.inbox_id = None
        await turn.ledger.add(user)
    joined = await _bound(turn, user, _language(turn.incoming) if not invite.language else "")
    await _tell_of(joined, invite)
    return joined, _welcome(joined)


async def _meant(turn: Turn, invite: Invite) -> User | None:
    """Whom an invite lets in here, None where it does not: who has left comes back by their own invite alone."""
    incoming = turn.incoming
    holder = await identity_at(turn.session, incoming.channel, incoming.speaker)
    if holder is not None and holder.user_id != invite.user_id:
        return None
    if invite.user_id is None:
        if await has_admin(turn.session, incoming.channel):
            return None
        return User(await _free_name(turn), "admin", language=turn.actor.user.language)
    user = await turn.ledger.get(User, invite.user_id)
    if user is None or user.withdrawn_at is not None:
        return None
    is_in = user.is_active and await identities_of(turn.session, user.id)
    return None if is_in else user


async def _bound(turn: Turn, user: User, language: str) -> Turn:
    """Bind the person's id on this channel to the user, in the place of any former one."""
    ledger, incoming = turn.ledger, turn.incoming
    mine = [each for each in await identities_of(ledger.session, user.id) if each.channel == incoming.channel]
    if mine:
        mine[0].address = incoming.speaker
    else:
        ledger.session.add(Identity(user.id, incoming.channel, incoming.speaker))
    ledger.actor = await actor_for(ledger.session, user)
    here = {"is_active": True, "joined_at": ledger.now}
    _log_for_good(ledger, user, **here, **({"language": language} if language else {}))
    await _take_the_lead(ledger, user)
    chat = await chat_at(ledger.session, incoming.channel, incoming.chat, incoming.topic)
    if chat is None:
        chat = await ledger.add(Chat(incoming.channel, incoming.chat, incoming.topic))
    chat.is_active = True
    return Turn(ledger, incoming, chat, ledger.actor, "")


async def _take_the_lead(ledger: Ledger, user: User) -> None:
    """A manager whose team has nobody to lead it leads it from now on; before they came it had nobody to be asked."""
    team = await ledger.get(Team, user.team_id) if user.role == "manager" else None
    leader = await ledger.get(User, team.manager_id) if team else None
    if team is not None and (leader is None or not leader.is_active):
        ledger.set(team, manager_id=user.id)
        await ledger.session.flush()
        ledger.actor = await actor_for(ledger.session, user)


def _log_for_good(ledger: Ledger, user: User, **fields: object) -> None:
    """Write fields as no message's doing: to undo a message does not put anybody out."""
    ledger.inbox_id = None
    ledger.set(user, **fields)


async def _tell_of(turn: Turn, invite: Invite) -> None:
    """Tell the inviter, or every admin where the command line invited, that somebody came in."""
    user = turn.actor.user
    admins = [admin.id for admin in await other_admins(turn.session, user.id)]
    told = admins if invite.made_by_id is None else [invite.made_by_id]
    facts = {"name": user.name, "messenger": turn.incoming.speaker_name or user.name}
    turn.notes += [
        Note(key, Outcome("colleague_joined", facts, wrote=False), at_once=True) for key in told if key != user.id
    ]


def _welcome(turn: Turn) -> Outcome:
    user = turn.actor.user
    facts = {"name": user.name, "role": Word(f"user_role_{user.role}")}
    key = "admin_welcomed" if user.role == "admin" else "colleague_welcomed"
    return Outcome(key, facts, wrote=False)


async def _free_name(turn: Turn) -> str:
    """The name as the messenger has it, with a number where a colleague has it already."""
    name = one_line(turn.incoming.speaker_name)[:LONGEST_NAME] or turn.incoming.speaker
    taken = {fold(user.name) for user in await all_users(turn.session)}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *numbered) if fold(each) not in taken)
