"""Facts of a customer are asked for: 晨岚的地址, 晨岚在哪, Northwind's phone; of the one spoken of: 税号是多少.

Slots: customer Mention, wanted tuple of str (name, address, phone, tax_id, industry, size, source, region, tier, and of
its people email, wechat, birthday, title).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.facts_asked import WORDS, asked_at_end, facts_asked
from nlu.finders.company import is_like_a_name
from nlu.masked import of_one_customer
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.whole import ENDS


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks it of one customer."""
    wanted = next((facts for text in of_one_customer(scene, clause) if (facts := facts_asked(text))), ())
    if wanted:
        yield {"customer": clause.customer, "wanted": wanted}


def read_unknown(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The same of a company's name that nobody knows yet."""
    if len(scene.clauses) > 1 or (clause.customer is not None and clause.customer.by != "focus"):
        return
    of, wanted = asked_at_end(clause.text.rstrip(ENDS))
    name = scene.original(clause.start, clause.start + len(of))
    if wanted and is_like_a_name(name):
        yield {"customer": Mention(name), "wanted": wanted}


RULES = (
    Rule("look_up_customer", "command", (), read, certain=True, whole=True, words=WORDS, of_customer=True),
    Rule("look_up_customer", "command", (), read_unknown, certain=True, whole=True, words=WORDS),
)
EXAMPLES = (
    "晨岚地址",
    "青禾机电的电话是多少",
    "白鹭的地址在哪",
    "晨岚在哪里",
    "去晨岚怎么走",
    "帮我查一下晨岚的税号",
    "晨岚的开票信息发我一下",
    "晨岚电话",
    "晨岚 电话",
    "白鹭的联系方式",
    "怎么联系白鹭",
    "晨岚是做什么的",
    "白鹭有多少人",
    "晨岚从哪来的",
    "晨岚是重点客户吗",
    "晨岚的地址、电话和税号",
    "Northwind phone",
    "what's Northwind's address?",
    "the tax id of Northwind",
    "where is Northwind based?",
    "how big is Northwind",
    "what does Northwind do?",
)
COUNTER_EXAMPLES = (
    "晨岚地址是浦东大道1号",
    "晨岚的地址改成浦东大道1号",
    "晨岚电话改成021-68880001",
    "晨岚的税号是91310115MA1K4ABC12",
    "晨岚电话打不通",
    "跟晨岚要一下税号",
    "晨岚要我们的开票信息",
    "把地址发给晨岚",
    "晨岚的行业是医疗器械",
    "晨岚规模200人",
    "Northwind's address is 12 Long Road",
    "call Northwind",
    "send Northwind our address",
    "Northwind has 200 employees",
    "the Northwind location will close",
)
