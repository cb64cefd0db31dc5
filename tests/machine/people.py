"""Random people write, edit, correct, tap and undo while the desk dies under them: the records are as a model says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from jobs.expire_questions import expire_questions
from tests.fakes import Seen
from tests.machine import world
from tests.machine.buttons import Shown
from tests.machine.driver import COUNTED, QUIET, DrivenDesk
from tests.machine.frail import AT_COMMIT, Death
from tests.machine.sayings import (
    CALLED,
    SHARED_NAME,
    STAGES,
    WAN,
    Correction,
    Joke,
    Moved,
    Planned,
    Report,
    Saying,
    Settled,
    Sized,
)
from tests.machine.told import MENDABLE, Told

people = st.sampled_from(["李娜", "李娜", "周岚", "周岚", "王磊", "何远征"])
names = st.sampled_from(["华信", "华信", "深圳华星", "杭州华星"])
sums = st.sampled_from([70, 80, 85, 90, 120, 300]).map(lambda wan: wan * WAN)
titles = st.sampled_from(["发报价", "寄样品", "整理合同", "安排演示"])
ahead = st.integers(1, 12)
back = st.integers(0, 3)
channels = st.sampled_from(["onsite", "phone", "wechat"])
one_death = st.builds(Death, statement=st.integers(AT_COMMIT, 40), restarts=st.booleans())
deaths: st.SearchStrategy[list[Death]] = st.one_of(
    st.just([]), st.just([]), st.lists(one_death, min_size=1, max_size=2)
)


class DeskMachine(DrivenDesk):
    """People by chance."""

    # --- rules: people say things

    @rule(who=people, called=st.one_of(names, st.just(SHARED_NAME)), days=back, channel=channels,
          budget=st.none() | sums, todo=titles, due=st.none() | ahead, dying=deaths)  # fmt: skip
    def reports(  # noqa: PLR0917 - what hypothesis draws
        self, who: str, called: str, days: int, channel: str, budget: int | None, todo: str,
        due: int | None, dying: list[Death],
    ) -> None:  # fmt: skip
        report = Report(called, self._day(-days), channel, budget)
        self._say(who, replace(report, todo=todo, due=self._day(due)) if due else report, dying)

    @rule(who=people, called=names, amount=sums, dying=deaths)
    def sizes(self, who: str, called: str, amount: int, dying: list[Death]) -> None:
        self._say(who, Sized(called, amount), dying)

    @rule(who=people, called=names, stage=st.sampled_from([*STAGES, "won", "lost"]), dying=deaths)
    def moves(self, who: str, called: str, stage: str, dying: list[Death]) -> None:
        if called == "杭州华星" and stage not in ("contact", "needs", "lost"):
            stage = "needs"  # nobody knows its amount, which the later stages want
        self._say(who, Moved(called, stage), dying)

    @rule(who=people, todo=titles, due=ahead, to=st.sampled_from(["", "李娜", "王磊"]), dying=deaths)
    def plans(self, who: str, todo: str, due: int, to: str, dying: list[Death]) -> None:
        self._say(who, Planned(todo, self._day(due), to), dying)

    def _numbers(self) -> list[int]:
        return [t.number for t in self.model.records if t.kind == "task" and t.number is not None]

    @precondition(lambda self: self._numbers())
    @rule(who=people, data=st.data(), field=st.sampled_from(["state", "due", "title", "assignee"]), todo=titles,
          due=ahead, to=st.sampled_from(["李娜", "王磊"]), dying=deaths)  # fmt: skip
    def settles(  # noqa: PLR0917 - what hypothesis draws
        self, who: str, data: Any, field: str, todo: str, due: int, to: str, dying: list[Death]
    ) -> None:
        number = self._any(data, self._numbers())
        value = {"state": "done", "due": self._day(due), "title": todo + "终稿", "assignee": to}[field]
        self._say(who, Settled(number, field, value), dying)

    # --- rules: people think again

    def _mine(self) -> list[Told]:
        return [told for told in self.model.told if id(told) in self.messages]

    @precondition(lambda self: self._mine())
    @rule(data=st.data(), dying=deaths)
    def edits(self, data: Any, dying: list[Death]) -> None:
        told = self._any(data, self._mine()[-8:])
        saying = data.draw(self._other(told))
        self.clock.forward(minutes=1)
        self.desk.deaths = dying
        about = self._about(told)
        sizes = self._sizes(told.by, saying, about)
        note(f"{self.clock.now:%d %H:%M} {told.by} edits {told.saying.words()} -> {saying.words()}")
        seen = self.run(self.office.edit(told.by, saying.words(), message=self.messages[id(told)]))
        if not told.has_card:
            self._told_by_edit(told, saying, seen)
            return
        if saying.words() == told.saying.words() and not told.is_undone:
            self.quiet.add(self.run(self._rows("SELECT max(id) AS id FROM inbox"))[0].id)
        elif self.clock.now - told.at <= MENDABLE:
            COUNTED["edit" if saying.facts(sizes=False) else "edit to a joke"] += 1
            if about and not told.chosen:
                told.chosen = about
            self.model.retell(told, saying, self.clock.now, sizes=sizes)
        self._handled(seen, told)

    def _about(self, told: Told) -> str:
        """The customer that the shared name was found to mean in a message."""
        if getattr(told.saying, "customer", "") != SHARED_NAME:
            return ""
        return told.chosen or self.model.customer_meant(told.by, SHARED_NAME)

    def _told_by_edit(self, told: Told, saying: Saying, seen: list[Seen]) -> None:
        """A message that wrote nothing is read as it is now."""
        message = self.messages.pop(id(told))
        new = Told(len(self.model.told), told.by, self.clock.now, saying, self._sizes(told.by, saying))
        self.model.say(new, self.clock.now)
        self.messages[id(new)] = message
        self._handled(seen, new)

    def _other(self, told: Told) -> st.SearchStrategy[Any]:
        """What a message may be edited into: a part changed or dropped, another thing, a joke."""
        saying, today = told.saying, told.at.date() if told.has_card else self.clock.now.date()
        days = st.integers(1, 12).map(lambda n: today + timedelta(days=n))
        past = st.integers(0, 3).map(lambda n: today - timedelta(days=n))
        called = st.sampled_from([*CALLED, *([SHARED_NAME] if self._is_plain(told) else [])])
        reports = st.builds(Report, called, past, channels, st.none() | sums)
        ways = [st.just(saying), st.just(Joke()), reports, st.builds(Sized, names, sums)]
        if isinstance(saying, Report):
            ways += [
                sums.map(lambda amount: replace(saying, budget=amount)),
                st.just(replace(saying, budget=None)),
                st.just(replace(saying, due=None, todo="")),
                st.builds(lambda due, todo: replace(saying, due=due, todo=todo), days, titles),
                past.map(lambda day: replace(saying, day=day)),
                names.map(lambda name: replace(saying, customer=name)),
            ]
        if (isinstance(saying, Settled) and saying.field == "due") or isinstance(saying, Planned):
            name = "value" if isinstance(saying, Settled) else "due"
            ways.append(days.map(lambda due: replace(saying, **{name: due})))  # type: ignore[arg-type]
        if isinstance(saying, Sized):
            ways.append(sums.map(lambda amount: replace(saying, amount=amount)))
        return st.one_of(ways)

    def _still_asked(self, told: Told, question: Any) -> bool:
        return self.model.is_asked(told, question, self.clock.now)

    def _is_plain(self, told: Told) -> bool:
        return told.has_card and getattr(told.saying, "customer", "") == SHARED_NAME

    @precondition(lambda self: any(told.has_card for told in self.model.told))
    @rule(data=st.data(), replies=st.booleans(), dying=deaths)
    def corrects(self, data: Any, replies: bool, dying: list[Death]) -> None:
        carded = [told for told in self.model.told if told.has_card]
        told = self._any(data, carded[-8:])
        ways = self._corrections(told.saying)
        self.clock.forward(minutes=1)
        if not ways or (replies and id(told) not in self.cards):
            return
        said: Correction = data.draw(st.one_of(ways))
        if not replies and self._meant(told.by, said) is not told:
            return
        self.desk.deaths = dying
        more = {"reply_to": self.cards[id(told)]} if replies else {}
        note(f"{self.clock.now:%d %H:%M} {told.by}> {said.words()} {'(reply)' if replies else ''}")
        seen = self.run(self.office.say(told.by, said.words(), **more))
        if not told.is_undone and self.clock.now - told.at <= MENDABLE:
            COUNTED[f"corrected {said.field}"] += 1
            self.model.retell(told, said.mended(told.saying), self.clock.now)
        self._handled(seen, told)

    def _meant(self, who: str, said: Correction) -> Told | None:
        """The message that a correction means which replies to none: the last that holds what is wrong, or the last."""
        carded = [told for told in self.model.told if told.by == who and told.has_card]
        late = self.clock.now - timedelta(hours=24)
        last = sorted((t for t in carded if t.at >= late), key=lambda t: (t.at, t.number), reverse=True)[:5]
        held = [told for told in last if not told.is_undone and said.wrong is not None and self._holds(told, said)]
        return next(iter([*held, *last]), None)

    def _holds(self, told: Told, said: Correction) -> bool:
        values = {getattr(told.saying, name, None) for name in ("budget", "amount", "day", "due", "value")}
        return said.wrong in values

    def _corrections(self, saying: Saying) -> list[st.SearchStrategy[Correction]]:
        """The ways in which a saying can be mended in words."""
        ways: list[st.SearchStrategy[Correction]] = []
        days = ahead.map(self._day)
        if isinstance(saying, Report | Sized):
            name = "budget" if isinstance(saying, Report) else "amount"
            wrong = getattr(saying, name)
            if wrong is not None:
                ways.append(sums.map(lambda right: Correction(name, right, wrong)))
        if isinstance(saying, Report):
            ways.append(back.map(lambda n: Correction("day", self._day(-n), saying.day)))
            ways.append(names.map(lambda name: Correction("customer", name)))
        due = getattr(saying, "due", None) or (
            saying.value if isinstance(saying, Settled) and saying.field == "due" else None
        )
        if due:
            ways.append(days.map(lambda right: Correction("due", right)))
            ways.append(days.map(lambda right: Correction("due", right, due)))
        return ways

    @rule(who=people, dying=deaths)
    def undoes_in_words(self, who: str, dying: list[Death]) -> None:
        self.clock.forward(minutes=1)
        self.desk.deaths = dying
        last = self.model.last_of(who)
        asked = [
            told
            for told in self.model.told
            if told.by == who and any(self.model.is_asked(told, q, self.clock.now) for q in told.asks.values())
        ]
        note(f"{self.clock.now:%d %H:%M} {who}> 撤销")
        seen = self.run(self.office.say(who, "撤销"))
        told = last
        if asked and (last is None or asked[-1].number > last.number):
            told = asked[-1]
        if told is None:
            self._handled(seen)
            return
        done = self.model.undo(told)
        if done is None:
            told.is_undone = True
        read = self._handled(seen, None if done is None else told, done)
        COUNTED["undone, some kept" if done and done.kept else "undone"] += 1
        assert bool(done and done.kept) is ("没有动" in read or "没有撤" in read), read

    # --- rules: people tap

    @precondition(lambda self: self.shown)
    @rule(data=st.data(), dying=deaths)
    def taps(self, data: Any, dying: list[Death]) -> None:
        does = data.draw(st.sampled_from(["answer", "redo", "undo", ""]))
        shown = [one for one in self.shown if one.does == does] or [one for one in self.shown if one.does in QUIET]
        if not shown:
            return
        button: Shown = self._any(data, self._any(data, [shown[-3:], shown[-3:], shown]))
        who = data.draw(st.sampled_from([button.who, button.who, button.who, *world.PEOPLE]))
        self.clock.forward(minutes=1)
        self.desk.deaths = dying
        note(f"{self.clock.now:%d %H:%M} {who} taps {button} of {button.told}")
        seen = self.run(self._tap(button, who))
        told, undoing = button.told, None
        COUNTED[f"tap {button.does}" if who == button.who else "tap of another"] += 1
        if who != button.who:
            self._handled(seen)
            return
        if button.does == "undo" and told is not None:
            undoing = self.model.undo(told)
        elif button.does == "redo" and button.undoing is not None:
            COUNTED["redone" if self.model.redo(button.undoing) is not None else "not redone"] += 1
        elif (asked := button.question) is not None and told is not None and self._still_asked(told, asked):
            COUNTED[f"answered {asked.kind}"] += 1
            self.model.answer(told, asked, button.decision)
        self._handled(seen, told, undoing)

    async def _tap(self, button: Shown, who: str) -> list[Seen]:
        return await self.office._handle(
            kind="tap",
            button=button.token,
            tap="tap",
            chat=button.chat,
            speaker=self.chats[who],
            message=button.message,
        )

    # --- rules: the world goes on

    @rule(hours=st.sampled_from([0.4, 1, 5, 25, 60]), repeats=st.booleans())
    def time_passes(self, hours: float, repeats: bool) -> None:
        if repeats and self.last is not None:
            who, what = self.last
            before = self.run(self.desk._counts())
            self.run(self.office.say(who, **what))
            assert self.run(self.desk._counts()) == before
        self.clock.forward(hours=hours)
        self.run(expire_questions(self.store, self.clock.now))
