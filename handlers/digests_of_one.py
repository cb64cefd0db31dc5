"""Nothing comes by itself of one colleague or one customer alone: that is said, with what can be done instead.

What is told stands in `set_digest.toml`.
"""

from __future__ import annotations

from datetime import timedelta

from crm import policy
from crm.errors import NotYourPeople
from handlers.colleague_of import colleague_of
from handlers.customer_of import customer_of
from handlers.queries.pages import look
from handlers.turn import Ask, Turn
from nlu.rule import Mention, Reading
from talk.message import Outcome


async def nothing_of_one(turn: Turn, reading: Reading) -> Outcome | Ask:
    """Raises NoSuchColleague, NotYourPeople, NotAllowed (masked), CustomerGone."""
    return await (_of_customer(turn, reading) if "customer" in reading.slots else _of_user(turn, reading))


async def _of_customer(turn: Turn, reading: Reading) -> Outcome | Ask:
    customer = await customer_of(turn, reading, "see")
    if isinstance(customer, Ask):
        return customer
    asked = Reading("show_timeline", {"customer": Mention(customer.name, customer.id)})
    offers = ((look("page_timeline", asked),),)
    facts = {"customer": customer.name}
    return Outcome("digest_not_of_customer", facts, (), customer.id, wrote=False, offers=offers)


async def _of_user(turn: Turn, reading: Reading) -> Outcome | Ask:
    user = await colleague_of(turn, reading, "user")
    if isinstance(user, Ask):
        return user
    if not policy.may("see", policy.relations(turn.actor, user.id)):
        raise NotYourPeople(name=user.name)
    monday = turn.today - timedelta(days=turn.today.weekday())
    slots = {"topic": "visits", "user": Mention(user.name, user.id)}
    asked = Reading("answer_query", {**slots, "since": monday, "until": monday + timedelta(days=6)})
    offers = ((look("digest_their_visits", asked, user=user.name),),)
    return Outcome("digest_not_of_user", {"user": user.name}, wrote=False, offers=offers)
