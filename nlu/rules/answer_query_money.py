"""What is known of a customer's money is asked for: 晨岚的钱, 白鹭的报价, money of Northwind.

Slots as in answer_query: topic money, quotes, contracts or receivables, and customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customer_in
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

WHO = r"(?P<{}>[^,。;!?]{{1,40}}?)"
WHAT = (
    r"(?P<money{0}>钱(?:款)?|账|帐|账目|资金|金额|款项|money|finances|figures)"
    r"|(?P<quotes{0}>报价单?|quotes?|quotations?)|(?P<contracts{0}>合同|contracts?)"
    r"|(?P<receivables{0}>回款|收款|付款|应收|payments|receivables)"
)
ALSO = r"(?:(?:和|跟|、|/| and )(?:报价单?|合同|回款|收款|付款|应收|钱|quotes?|contracts?|payments))*"
SAID = re.compile(
    rf"{PLEASE}(?:给我)?(?:看看|看一?下|查看|查一?下)?{WHO.format('a')}(?:这家|那边)?的(?:{WHAT.format(1)}){ALSO}(?:情况|记录|往来|明细)?"
    rf"|{PLEASE}(?:(?:show me|give me|show) )?(?:the )?(?:{WHAT.format(2)}){ALSO} (?:of|for|with|at) {WHO.format('b')}"
    rf"|{PLEASE}(?:(?:show me|give me|show) )?{WHO.format('c')}(?:'s|')? (?:{WHAT.format(3)}){ALSO}"
)
TOPICS = ("money", "quotes", "contracts", "receivables")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message names it, and one customer."""
    said = whole(scene, clause, SAID)
    if said is not None and (customer := customer_in(scene, said)):
        topic = next(topic for topic in TOPICS for place in "123" if said[topic + place])
        yield {"topic": topic, "customer": customer}


WORDS = (
    *("的钱", "的账", "的帐", "的资金", "的金额", "的款项", "的报价", "的合同", "的回款", "的收款", "的付款", "的应收"),
    *("money", "finances", "figures", "quote", "quotation", "contract", "payments", "receivables"),
)
RULES = (Rule("answer_query", "money", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "晨岚的钱",
    "看看白鹭的报价",
    "晨岚的报价和合同",
    "白鹭的回款情况",
    "Northwind's money",
    "quotes for Northwind",
)
COUNTER_EXAMPLES = (
    "晨岚的报价发了",
    "晨岚的合同签了",
    "白鹭的回款到了30万",
    "催一下白鹭的回款",
    "send the contract for Northwind",
    "Northwind's quote went out today",
)
