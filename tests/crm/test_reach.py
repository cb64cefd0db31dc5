"""What a telephone number and an e-mail address look like."""

from __future__ import annotations

import pytest

from crm.reach import is_email, is_phone


@pytest.mark.parametrize(
    "phone",
    [
        "13800138000",
        "138 0013 8000",
        "+86 138-0013-8000",
        "021-58880000",
        "0571-88886666转801",
        "0755 2345678",
        "58880000",
        "400-820-8820",
        "09-1234-5678",
        "+65 6123 4567",
        "+1 (415) 555-0100",
        "415-555-0100",
    ],
)
def test_a_number_of_a_known_kind_is_one(phone: str) -> None:
    assert is_phone(phone)


@pytest.mark.parametrize("phone", ["138001380", "1380013800", "138001380001", "12345678901", "+12", "110"])
def test_a_number_with_too_few_or_too_many_digits_is_none(phone: str) -> None:
    assert not is_phone(phone)


@pytest.mark.parametrize("address", ["wang@example.com", "li.na+crm@mail.example.cn"])
def test_an_address_is_one(address: str) -> None:
    assert is_email(address)


@pytest.mark.parametrize("address", ["wang.example.com", "wang@", "@example.com", "wang@example", "a b@example.com"])
def test_what_lacks_a_part_is_no_address(address: str) -> None:
    assert not is_email(address)
