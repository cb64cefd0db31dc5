"""Whose personal data is asked for: a contact by name, with what people call them and nobody else at their customer."""

from __future__ import annotations

from crm.customers import Contact
from crm.errors import NotFound
from handlers.turn import Ask, Choice, Turn
from nlu.normalise import normalise
from nlu.rule import Mention, Reading
from nlu.segment import is_ordinary, is_word
from nlu.short_forms import of_person
from storage.customers import contacts_of, customer_name
from storage.erasure.person import Person, contacts_named, person_of
from talk.message import Parts


async def whose_data(turn: Turn, reading: Reading) -> Person | Ask:
    """The person meant, also one whose making was undone; of several a question. Raises NotFound."""
    mention: Mention = reading.slots["contact"]
    told = turn.decisions.get("contact")
    keys = [told] if told else [key for key in (mention.key, *mention.candidates) if key is not None]
    found = await contacts_named(turn.session, mention.text, [int(key) for key in keys])
    if not found:
        raise NotFound(name=mention.text)
    if len(found) > 1:
        homes = {each.customer_id: await customer_name(turn.session, each.customer_id) for each in found}
        choices = tuple(
            Choice(
                "choose_contact",
                {"contact": each.id},
                {"parts": Parts((each.name, each.title, homes[each.customer_id]))},
            )
            for each in found
        )
        return Ask("which_of_that_name", reading, choices, f"contact:{mention.text}", {"name": mention.text})
    return await person_of(turn.session, found[0], await _forms(turn, found[0]))


async def _forms(turn: Turn, contact: Contact) -> list[str]:
    """What people call a contact, but for what is an ordinary word or may as well be somebody else there."""
    others = [each for each in await contacts_of(turn.session, contact.customer_id) if each.id != contact.id]
    taken = {form for each in others for form in _called(each)}
    return sorted(form for form in _called(contact) - taken if not is_ordinary(form) and not is_word(form))


def _called(contact: Contact) -> set[str]:
    return of_person(normalise(contact.name).plain.lower(), contact.title)
