"""A colleague who was shut out is to come back. Slots: user Mention, by words alone: leavers are known to no finder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.rules.deactivate_user import ACCOUNT, NAME, named
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

BACK = r"(?:重新启用|启用|恢复|重新开通|解冻|解封|激活)"
SAID = re.compile(
    rf"{PLEASE}{BACK}(?:一下|了)?[ @]?(?:同事|用户|员工|账号|账户)?[ @:]?{NAME.format('a')}(?:{ACCOUNT})?"
    rf"|{PLEASE}把[ @]?{NAME.format('b')}(?:{ACCOUNT})?{BACK}(?:了|一下)?"
    rf"|{PLEASE}(?:reactivate|re-activate|reinstate|unblock|restore access for) (?:user |colleague )?"
    rf"@?{NAME.format('c')}(?:'s (?:account|access))?"
    rf"|{PLEASE}(?:re-enable|enable|restore) @?{NAME.format('d')}'s (?:account|access)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    said = whole(scene, clause, SAID)
    if said is not None and (user := named(scene, said, "abcd")) is not None:
        yield {"user": user}


WORDS = (
    "启用",
    "恢复",
    "开通",
    "解冻",
    "解封",
    "激活",
    "reactivate",
    "re-activate",
    "reinstate",
    "unblock",
    "restore",
    "enable",
)
RULES = (Rule("reactivate_user", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = ("启用张伟", "恢复王晓梅的账号", "reactivate Jane Doe", "把李雷恢复了")
COUNTER_EXAMPLES = ("恢复供货", "启用新系统", "晨岚恢复合作了", "恢复正常", "enable the feature", "激活老客户")
