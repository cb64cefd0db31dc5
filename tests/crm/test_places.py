"""Where a region, an address or a name begins."""

from __future__ import annotations

import pytest

from crm.places import place_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("江苏", "江苏"),
        ("江苏省", "江苏"),
        ("江苏省南京市玄武区", "南京"),
        ("南京玄武区", "南京"),
        ("Shanghai", "上海"),
        ("深圳华星光学技术有限公司", "深圳"),
        ("广西壮族自治区", "广西"),
        ("华东", ""),
        ("火星", ""),
        ("", ""),
    ],
)
def test_a_text_is_in_the_place_that_it_begins_with(text: str, place: str) -> None:
    assert place_of(text) == place
