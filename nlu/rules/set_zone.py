"""The sender tells in which time zone they are. Slots: place str as told, left out where the zone is only asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, told, whole

PLACE = r"(?P<{}>[^\s,。;!?:][^,。;!?]{{0,39}})"
SAID = re.compile(
    rf"{PLEASE}(?:把)?(?:我的?|本人)?时区(?:现在)?"
    r"(?:(?:改|设置?|换|调|切换|切)(?:成|为|到)|是|在|为|用|:| )[ ]?"
    + PLACE.format("a")
    + r"|/(?:zone|timezone) "
    + PLACE.format("b")
    + rf"|{PLEASE}(?:(?:set|change|switch|move|put) )?(?:my |the )?time ?zone(?: is now| is| to| should be|:| =)? "
    + PLACE.format("c")
)
ASKED = re.compile(
    r"/(?:zone|timezone)|(?:我的)?时区(?:是什么|是多少|是哪个|设置|怎么[改设]置?)?|(?:我(?:现在)?的?时区是?(?:什么|哪里|哪个))"
    r"|(?:what(?:'s| is) )?my time ?zone|time ?zone|(?:change|set) (?:my |the )?time ?zone"
)
ENDS = re.compile(r"(?:了|吧|时间|时区|这边| now| please| time| time ?zone)$")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if whole(scene, clause, ASKED):
        yield {}
    elif said := whole(scene, clause, SAID):
        place = told(scene, said, next(group for group in "abc" if said[group]))
        yield {"place": ENDS.sub("", place).strip() or place}


WORDS = ("时区", "zone")
RULES = (Rule("set_zone", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "我的时区是新加坡",
    "时区改成 Asia/Tokyo",
    "把我的时区改为伦敦",
    "my time zone is London",
    "set my timezone to America/New_York",
    "我的时区",
)
COUNTER_EXAMPLES = (
    "晨岚要求系统支持多个时区",
    "客户的时区是东京,开会定在下午3点",
    "the customer asked about time zones",
    "明天跟何总聊时区的事",
)
