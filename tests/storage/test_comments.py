"""Comments on visits, on either engine: which visits somebody may comment on, and what they see said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crm.comments import Comment
from crm.policy import Actor
from storage.comments import who_commented
from storage.judged_visits import judged_visits, last_judged
from storage.lists.comments import CommentsWanted, count_comments, list_comments_of
from tests.storage.firm import DAY, NOW, TODAY, Firm


async def test_a_superior_judges_the_visits_of_people_below_and_nobody_elses(firm: Firm) -> None:
    old, new = firm.visit("rep", TODAY - DAY), firm.visit("rep", TODAY)
    mates, others = firm.visit("mate", TODAY), firm.visit("other", TODAY)
    gone, taken_back = firm.visit("gone", TODAY), firm.visit("rep", TODAY, withdrawn_at=NOW)
    every = (old, new, mates, others, gone, taken_back)
    await firm.write(*every)
    keys = [visit.id for visit in every]
    found = {
        name: {row.visit.id for row in await judged_visits(firm.session, actor, keys)}
        for name, actor in (("boss", firm.boss), ("rep", firm.rep), ("other", firm.other))
    }
    assert found == {"boss": {old.id, new.id, mates.id}, "rep": {old.id, new.id}, "other": {others.id}}
    assert await judged_visits(firm.session, replace(firm.boss, below=frozenset()), keys) == []


async def test_of_each_customer_the_last_visit_of_somebody_below_is_meant(firm: Firm) -> None:
    old, new, mates = firm.visit("rep", TODAY - DAY), firm.visit("rep", TODAY), firm.visit("mate", TODAY - 2 * DAY)
    own = firm.visit("rep", TODAY, firm.boss)
    await firm.write(old, new, mates, own)
    assert [row.visit for row in await last_judged(firm.session, firm.boss, 5)] == [new, mates]
    assert [row.visit for row in await last_judged(firm.session, firm.boss, 1)] == [new]
    by_mate = await last_judged(firm.session, firm.boss, 5, people_among=[firm.mate.id])
    at_rep = await last_judged(firm.session, firm.boss, 5, customers_among=[firm.customers["rep"].id])
    assert ([row.visit for row in by_mate], [row.visit for row in at_rep]) == ([mates], [new])
    assert await last_judged(firm.session, firm.rep, 5) == []


async def test_somebody_who_has_left_judges_nothing(firm: Firm) -> None:
    visit = firm.visit("rep", TODAY)
    await firm.write(visit)
    firm.boss.user.is_active = False
    assert await judged_visits(firm.session, firm.boss, [visit.id]) == []
    assert await last_judged(firm.session, firm.boss, 5) == []


@pytest.mark.parametrize(
    ("who", "seen"), [("rep", ["还有一句", "好"]), ("boss", ["还有一句", "好"]), ("mate", []), ("other", [])]
)
async def test_comments_are_seen_by_whoever_sees_the_customer_the_newest_first(
    firm: Firm, who: str, seen: list[str]
) -> None:
    visit = firm.visit("rep", TODAY)
    await firm.write(visit)
    said = [Comment(firm.boss.id, NOW, text, visit_id=visit.id) for text in ("好", "还有一句", "收回")]
    said[2].withdrawn_at = NOW
    await firm.write(*said)
    actor: Actor = getattr(firm, who)
    wanted = CommentsWanted(firm.customers["rep"].id)
    rows = await list_comments_of(firm.session, actor, wanted, 5, 0)
    assert [row.comment.text for row in rows] == seen
    assert await count_comments(firm.session, actor, wanted) == len(seen)
    assert await count_comments(firm.session, actor, CommentsWanted(user_id=firm.mate.id)) == 0
    assert await who_commented(firm.session, "visit", visit.id) == [firm.boss.id]
