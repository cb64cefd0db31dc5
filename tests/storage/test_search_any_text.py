"""Whatever is searched for: no error, nothing that the asker may not see, and an answer soon; on either engine."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.customers import Contact, Customer, ShortName
from storage.search import find, find_words
from storage.search.plan import plan
from storage.search.terms import Account, Person, as_text, terms_of
from tests.storage.firm import NOW, TODAY, Firm

PIECES = st.sampled_from(
    [
        *(
            "华信",
            "機密",
            "huaxin",
            "hx",
            "1234",
            "13800001234",
            "王总",
            "Acme",
            "科技",
            "有限公司",
            "NOT",
            "OR",
            "AND",
            "NEAR(",
        ),
        *(
            "*",
            '"',
            "'",
            "''",
            "\\",
            "%",
            "_",
            "^",
            ":",
            "(",
            ")",
            "&",
            "|",
            "!",
            "<->",
            ":*",
            "\0",
            "\ud800",
            "é",
            "İ",
            "😀",
            "𠀀",
        ),
        *(" ", "\n", "--", ";", "terms:", "rowid", "o1", "o2", "ﬁ", "①", "ß", "が", "한국"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=80))
ONCE_A_DATABASE = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


async def _secrets(firm: Firm) -> None:
    theirs = Customer("机密华信科技有限公司", firm.other.id, NOW, phone="021-13800001234", tax_id="91310000MA1K3XYZ0A")
    await firm.write(theirs)
    await firm.write(
        Contact(theirs.id, "王机密", "总经理", phone="13800001234"),
        ShortName(theirs.id, "Acme 1234"),
        ShortName(firm.customers["rep"].id, "机密 hx", learnt_by_id=firm.mate.id),
        firm.visit("other", TODAY, words="机密 1234 NOT OR"),
    )
    await firm.session.commit()


@ONCE_A_DATABASE
@given(TEXTS)
async def test_any_text_finds_only_what_one_sees(firm: Firm, text: str) -> None:
    if not (await firm.session.get(Customer, firm.customers["other"].id)):
        raise AssertionError("the firm is there")
    if not await find(firm.session, firm.other, "机密"):
        await _secrets(firm)
    seen = {firm.customers[name].id for name in ("rep", "shared")}
    assert {hit.customer_id for hit in await find(firm.session, firm.rep, text)} <= seen
    assert {hit.customer_id for hit in await find_words(firm.session, firm.rep, text)} <= seen
    await find(firm.session, firm.other, text)


@pytest.mark.parametrize(
    "text", ["华" * 4_000, "a" * 4_000, "xian" * 1_000, "1" * 4_000, "华信 " * 1_000, "%_" * 2_000]
)
async def test_a_very_long_text_is_answered_soon(firm: Firm, text: str) -> None:
    await firm.write(Customer("上海华信科技有限公司", firm.rep.id, NOW))
    began = time.perf_counter()
    found = await find(firm.session, firm.rep, text)
    assert len(found) <= 1
    assert time.perf_counter() - began < 2


@given(TEXTS)
def test_a_plan_is_made_of_terms_alone(text: str) -> None:
    for way in plan(text):
        assert len(way.clauses) < 80
        for term in (term for clause in way.clauses for term in clause):
            bare = term.removesuffix("*")
            assert bare
            assert as_text([bare]) == bare, "neither engine reads anything else into it"


@given(TEXTS, TEXTS)
def test_terms_are_the_same_each_time_and_none_is_lost_as_text(name: str, person: str) -> None:
    account = Account(1, name, 7, phone=person, people=[Person(1, person, name, name)])
    terms = terms_of(account)
    assert set(as_text(terms).split(" ")) == terms == terms_of(account)
