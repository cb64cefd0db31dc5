"""People as cards: what other programmes and we ourselves read of them."""

from __future__ import annotations

import vobject

from nlu.vcards import read_vcards
from talk.vcards import Person, to_vcf


def test_all_that_is_known_of_a_person_is_on_the_card_and_read_back() -> None:
    jane = Person("Jane Doe", "Acme", "CTO", "13800001111", "021-58880000", "jane@acme.example", "janed", "1970-05-10")
    (read,) = read_vcards(to_vcf([jane]))
    told = (read.name, read.company, read.title, *read.phones, read.email, read.wechat, read.birthday)
    assert told == tuple(vars(jane).values())


def test_a_birthday_without_a_year_is_a_whole_day_for_others_and_none_for_us() -> None:
    data = to_vcf([Person("王建国", birthday="02-29")])
    assert vobject.readOne(data.decode()).bday.value == "1604-02-29"
    assert read_vcards(data)[0].birthday == "02-29"
