"""The live index of known names: what may be named, and every short form of it. Who is meant is decided elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from crm.calendar import PUBLISHED
from nlu import phrases
from nlu.forms import FULL, GENERATED, RECORDED, SETTLED, Forms, Named
from nlu.index import Few, Index, value_of
from nlu.known import KnownContact, KnownCustomer, KnownDeal, KnownStage, KnownTask, KnownUser
from nlu.phrases import Parts, fold, same_length_lower
from nlu.records import Records
from nlu.rule import Key
from nlu.slips import Slips
from nlu.spots import GIVEN_UNTIL, Spots

__all__ = ["FULL", "GENERATED", "RECORDED", "SETTLED", "Named", "Names", "Place", "fold", "same_length_lower"]
_OPEN = 1024  # customers whose forms are kept
_AT_ONCE = 2000  # customers whose names are folded together


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands in a text, and what it may stand for, the strongest only."""

    start: int
    end: int
    named: tuple[Named, ...]


class Names:
    """Known names by key and by phrase, and the working days. Everything put in is found from the next text on."""

    def __init__(
        self,
        *,
        stages: Iterable[KnownStage] = (),
        competitors: Iterable[str] = (),
        products: Iterable[str] = (),
    ) -> None:
        self.stages: tuple[KnownStage, ...] = tuple(stages)
        self.competitors: tuple[str, ...] = tuple(competitors)
        self.products: tuple[str, ...] = tuple(products)
        self.calendar = PUBLISHED
        self.customers = Records()
        self.users: dict[Key, KnownUser] = {}
        self.tasks: dict[Key, KnownTask] = {}
        self._assignee_tasks: dict[Key | None, dict[Key, None]] = {}
        self._customer_tasks: dict[Key | None, dict[Key, None]] = {}
        self.index = Index(phrases.WEAK)
        self.slips = Slips()
        self.surnames = Few()
        self._forms: dict[int, Forms] = {}
        self._user_forms: dict[int, dict[str, Named]] = {}
        self._user_numbers: dict[Key, int] = {}

    def put_customer(self, customer: KnownCustomer) -> None:
        """Know a customer with its contacts and deals, in place of what was known under its key."""
        self.put_customers((customer,))

    def put_customers(self, customers: Iterable[KnownCustomer]) -> None:
        """Know many customers: faster than one by one. What finds slips of the pen waits until somebody asks."""
        left = iter(customers)
        while some := list(islice(left, _AT_ONCE)):
            if len({customer.key for customer in some}) < len(some):
                some = list({customer.key: customer for customer in some}.values())
            for customer in some:
                if customer.key in self.customers:
                    self.drop_customer(customer.key)
            parts = phrases.parts_of(some)
            self._add(parts, list(map(self.customers.put, some, parts.shapes)))

    def _add(self, parts: Parts, numbers: list[int]) -> None:
        keys, values, surnames = phrases.phrases_of(parts, numbers, given_until=GIVEN_UNTIL)
        self.index.add(keys, values)
        for surname, number in surnames:
            self.surnames.put(surname, number)
        self.slips.put(parts, numbers)

    def drop_customer(self, key: Key) -> None:
        """Know a customer no more; silent where it was not known."""
        number = self.customers.number(key)
        if number is not None:
            parts = phrases.parts_of([self.customers.at(number)])
            keys, values, surnames = phrases.phrases_of(parts, [number], given_until=GIVEN_UNTIL)
            self.index.remove(keys, values)
            for surname, _ in surnames:
                self.surnames.drop(surname, number)
            self.slips.drop(parts, [number])
            self.customers.drop(key)
            self._forms.pop(number, None)

    def settle(self) -> None:
        """Do now what the first messages would wait for."""
        self.index.settle()
        self.slips.settle()

    def put_user(self, user: KnownUser) -> None:
        """Know a colleague, in place of what was known under the key."""
        self.drop_user(user.key)
        self.users[user.key] = user
        number = self._user_numbers.setdefault(user.key, len(self._user_numbers))
        self._user_forms[number] = {
            form: Named("user", user.key, None, strength) for form, strength in phrases.forms_of_user(user).items()
        }
        keys = phrases.of_user(user)
        self.index.add(keys, [value_of(phrases.USER, number)] * len(keys))

    def drop_user(self, key: Key) -> None:
        """Know a colleague no more; silent where not known."""
        if (user := self.users.pop(key, None)) is not None:
            keys = phrases.of_user(user)
            self.index.remove(keys, [value_of(phrases.USER, self._user_numbers[key])] * len(keys))

    def put_task(self, task: KnownTask) -> None:
        """Know an open task, in place of what was known under its key."""
        self.drop_task(task.key)
        self.tasks[task.key] = task
        self._customer_tasks.setdefault(task.customer, {})[task.key] = None
        self._assignee_tasks.setdefault(task.assignee, {})[task.key] = None

    def drop_task(self, key: Key) -> None:
        """Know a task no more; silent where not known."""
        if (task := self.tasks.pop(key, None)) is not None:
            _forget(self._customer_tasks, task.customer, key)
            _forget(self._assignee_tasks, task.assignee, key)

    def tasks_of(self, customer: Key | None) -> tuple[KnownTask, ...]:
        """The open tasks about a customer, or with None those about no customer."""
        return tuple(self.tasks[key] for key in self._customer_tasks.get(customer, ()))

    def tasks_by(self, assignee: Key) -> tuple[KnownTask, ...]:
        """The open tasks of a colleague."""
        return tuple(self.tasks[key] for key in self._assignee_tasks.get(assignee, ()))

    def contact(self, customer: Key, key: Key) -> KnownContact | None:
        """A contact of a customer by key."""
        known = self.customers.get(customer)
        return next((c for c in known.contacts if c.key == key), None) if known else None

    def deal(self, customer: Key, key: Key) -> KnownDeal | None:
        """A deal of a customer by key."""
        known = self.customers.get(customer)
        return next((d for d in known.deals if d.key == key), None) if known else None

    def meant_by(self, text: str) -> tuple[Key, ...]:
        """The customers that words stand for, whatever anybody has been taught."""
        customers = self._named_for_all(text)
        best = max((named.strength for named in customers), default=0)
        return tuple(dict.fromkeys(named.key for named in customers if named.strength == best))

    def recorded_as(self, text: str) -> tuple[Key, ...]:
        """The customers that go by exactly these words, in full or recorded for all."""
        return tuple(dict.fromkeys(named.key for named in self._named_for_all(text) if named.strength >= RECORDED))

    def _named_for_all(self, text: str) -> list[Named]:
        folded = fold(text)
        entries = Spots(folded, self).firms().get((0, len(folded)), ())
        return [named for named in entries if named.only_for is None and named.strength < SETTLED]

    def places(
        self, folded: str, sender: Key | None = None, about: Key | None = None, unseen: Collection[Key] = ()
    ) -> list[Place]:
        """Every place in a folded text where a known name stands, overlapping ones too. People and deals that many
        share count for the customers named and for the one that the chat is `about`; those of the customers `unseen`
        are nobody and nothing.
        """
        number = self.customers.number(about)
        found = []
        for (start, end), entries in sorted(Spots(folded, self).search(() if number is None else (number,)).items()):
            seen = [one for one in entries if one.kind == "customer" or one.customer not in unseen] if unseen else None
            if named := _strongest(entries if seen is None else seen, sender):
                found.append(Place(start, end, named))
        return found

    def forms(self, number: int) -> Forms:
        """All that a customer goes by, by its number."""
        forms = self._forms.get(number)
        if forms is None:
            if len(self._forms) >= _OPEN:
                del self._forms[next(iter(self._forms))]  # the oldest
            forms = self._forms[number] = Forms(self.customers.at(number), self.customers.shape(number))
        return forms

    def user_forms(self, number: int) -> dict[str, Named]:
        """All that a colleague goes by, by the number."""
        return self._user_forms[number]


def _forget(index: dict[Key | None, dict[Key, None]], under: Key | None, key: Key) -> None:
    del index[under][key]
    if not index[under]:
        del index[under]


def _strongest(entries: Collection[Named], sender: Key | None) -> tuple[Named, ...]:
    """Of each kind the strongest; what the sender taught outweighs all."""
    if len(entries) == 1:
        return tuple(named for named in entries if named.only_for is None or named.only_for == sender)
    open_to = [named for named in entries if named.only_for is None or named.only_for == sender]
    if taught := tuple([named for named in open_to if named.only_for is not None]):
        return taught
    best: dict[str, int] = {}
    for kind, _, _, strength, _ in open_to:
        if strength > best.get(kind, -1):
            best[kind] = strength
    return tuple([named for named in open_to if named.kind == "contact" or named.strength == best[named.kind]])
