"""A superior replies in words to a visit they look at: kept with it, and told to whoever made it, who may answer."""

from __future__ import annotations

from crm import policy
from crm.comments import Comment
from crm.visits import Visit
from handlers.turn import Entry, Note, Turn
from nlu.rule import Understanding
from storage.comments import who_commented
from storage.customers import customer_name, visible_among
from storage.people import users_named
from talk.message import Outcome, Parts


async def commented(turn: Turn, visit_id: int, said: Understanding) -> Entry | None:
    """The comment as an entry; None where the words are something else, or the visit is not theirs to judge."""
    visit = await turn.ledger.get(Visit, visit_id)
    if visit is None or visit.withdrawn_at is not None or any(not one.is_guess for one in said.readings):
        return None
    held = policy.relations(turn.actor, visit.user_id)
    if not policy.may("comment_visit", held) or not await visible_among(turn.session, turn.actor, [visit.customer_id]):
        return None
    text = turn.text.strip()
    await turn.ledger.add(Comment(turn.actor.id, turn.ledger.now, text, visit_id=visit.id))
    name = await customer_name(turn.session, visit.customer_id)
    parts = Parts((name, visit.held_at or visit.held_on))
    told = Outcome("visit_commented_told", {"name": turn.actor.user.name, "parts": parts, "text": text}, wrote=False)
    people = {visit.user_id} if visit.user_id != turn.actor.id else set(await who_commented(turn.session, visit.id))
    people -= {turn.actor.id}
    turn.notes += [Note(user_id, told, visit_id=visit.id) for user_id in sorted(people)]
    names = list((await users_named(turn.session, sorted(people))).values())
    facts = {"parts": Parts((*parts, names or None)), "text": text}
    return Entry(0, None, (Outcome("visit_commented", facts, (), visit.customer_id),))
