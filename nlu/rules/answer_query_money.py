"""What is known of a customer's money is asked for: 晨岚的钱, 白鹭还欠多少, 晨岚买过什么, quotes for Northwind.

Slots as in answer_query: topic money, quotes, contracts or receivables, and customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.facts_asked import THERE
from nlu.masked import C, topic_of_one
from nlu.rule import Rule
from nlu.scene import Scene

OF = rf"{C}{THERE}的?"
LOOK = r"(?:请|麻烦|帮我|给我|我想)?(?:(?:看|查|列|说)(?:一?下|看|查|说)?)?"
TELL = r"(?:please |can you )?(?:(?:show|tell|give) me |show |list |check )?(?:about )?(?:the |any |our )?"
PAID = r"(?:回款|收款|付款|应收款?|欠款|账款|尾款|首付款?|货款|定金|款项?|钱款?)"
OWED = r"(?:回款|应收款?|欠款|账款|尾款)"  # which nobody reports by the bare word, as 付款 is
NAMED = rf"(?:{PAID}|账目?|帐|资金|金额)"
ALSO = r"(?:(?:和|跟|、|/)(?:报价单?|合同|回款|收款|付款|应收|钱)){0,3}"
ALSO_EN = r"(?:(?:/| and )(?:quotes?|contracts?|payments)){0,3}"
STATE = r"(?:的?(?:情况|进度|状态|记录|往来|明细|历史|怎么样|咋样|如何|是?多少|有多少|呢))"
SO_FAR = r"(?:还|现在|一共|总共|目前|已经|已|到底|至今|累计|共|都){0,3}"
MANY = r"(?:多少|几)(?:万|笔|个)?"
COMES = r"(?:付|结|打|给|回|交|到|收)"
DONE = r"(?:账|帐|清|到|齐|来|完)?(?:了|过)?"
US = r"(?:了|过|着|我们?|咱们?){0,3}"
FROM_US = r"(?:跟我们?|在我们这里?|从我们这里?)?"
BUYS = r"(?:签|买|成交|下单?|花|采购|订|用)(?:了|过|的是|着){1,2}"
WHAT = r"(?:什么|啥|哪些|哪几样)(?:东西|产品|系统|单子|货)?"
DUE_EN = r"(?:balance|payments?|payment status|payment history|receivables?|arrears|debts?|(?:unpaid |open )?invoices)"
SAYS = {
    "quotes": (
        rf"{LOOK}{C}{THERE}的报价单?{ALSO}{STATE}?",
        rf"{TELL}(?:quotes?|quotations?){ALSO_EN} (?:of|for|with|at) {C}",
        rf"{TELL}{C}(?:'s|')? (?:quotes?|quotations?){ALSO_EN}",
    ),
    "contracts": (
        rf"{LOOK}{C}{THERE}的合同{ALSO}{STATE}?",
        rf"{TELL}contracts?{ALSO_EN} (?:of|for|with|at) {C}|{TELL}{C}(?:'s|')? contracts?{ALSO_EN}",
    ),
    "money": (
        rf"{LOOK}{OF}{SO_FAR}{FROM_US}{BUYS}{US}(?:{MANY}(?:钱|单子?|金额|合同)?|{WHAT})(?:了|呢|啊)?",
        rf"{LOOK}{OF}(?:成交{US}{MANY}(?:钱|单)?|成交额|成交金额|合同总?额|合同金额|签约额|签单额|采购额|总金额)(?:是?多少|有多少)?",
        rf"{TELL}(?:money|finances|figures){ALSO_EN} (?:of|for|with|at) {C}",
        rf"{TELL}{C}(?:'s|')? (?:money|finances|figures|contract value|total value|purchases|orders|order history)",
        rf"{TELL}what (?:has|have|did) {C} (?:bought|buy|ordered?|signed|purchased?)(?: (?:from us|so far))?",
        rf"{TELL}how much (?:has|have|did|is|are) {C} (?:bought|signed|spent|spend|worth)(?: (?:from|for|with) us)?",
    ),
    "receivables": (
        rf"{LOOK}(?:{C}{THERE}的{NAMED}{ALSO}{STATE}?|{OF}(?:{PAID}{STATE}|{OWED}))(?:呢|啊)?",
        rf"{LOOK}{OF}{SO_FAR}(?:欠|差|剩|{COMES}){US}{MANY}{PAID}?(?:没{COMES}?{DONE})?(?:了|呢|啊)?",
        rf"{LOOK}{OF}{SO_FAR}有?(?:{MANY}|哪些|什么)的?{PAID}?还?[没未]{COMES}{DONE}的?",
        rf"{LOOK}{OF}{PAID}?{SO_FAR}{COMES}{DONE}{PAID}?了?(?:吗|没有?|嘛)",
        rf"{LOOK}{OF}{PAID}?(?:什么时候|啥时候|何时|哪天)(?:能|会|要|该)?{COMES}(?:{PAID}|账)?",
        rf"{TELL}how much (?:money )?(?:do|does|did|has|have) {C} (?:still )?(?:owed?|paid|pay)(?: us)?(?: so far)?",
        rf"(?:has|have|did) {C} (?:already |fully )?pa(?:id|y)(?: us| yet| up| the (?:invoice|deposit|bill)){{0,2}}",
        rf"{TELL}what (?:do|does|has|have|did) {C} (?:still )?(?:owed?|pa(?:id|y))(?: us)?(?: so far)?",
        rf"{TELL}{C}(?:'s)? (?:outstanding )?{DUE_EN}|{TELL}(?:outstanding )?{DUE_EN} (?:of|from|for|by|at|with) {C}",
    ),
}
SAID = {topic: re.compile("|".join(patterns)) for topic, patterns in SAYS.items()}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks it of one customer."""
    if topic := topic_of_one(scene, clause, SAID):
        yield {"topic": topic, "customer": clause.customer}


RULES = (Rule("answer_query", "money", (), read, certain=True, whole=True, of_customer=True),)
EXAMPLES = (
    "晨岚的钱",
    "看看白鹭的报价",
    "晨岚的报价和合同",
    "白鹭的回款情况",
    "Northwind's money",
    "quotes for Northwind",
    "晨岚回款情况",
    "晨岚还欠多少",
    "白鹭付了多少钱",
    "晨岚的钱到了吗",
    "白鹭付款了吗",
    "白鹭还有多少没付",
    "晨岚什么时候付款",
    "how much does Northwind owe us?",
    "has Northwind paid yet?",
    "payment status of Northwind",
    "晨岚买过什么",
    "晨岚签了多少钱",
    "白鹭的合同金额",
    "what has Northwind bought?",
)
COUNTER_EXAMPLES = (
    "晨岚的报价发了",
    "晨岚的合同签了",
    "白鹭的回款到了30万",
    "催一下白鹭的回款",
    "send the contract for Northwind",
    "Northwind's quote went out today",
    "晨岚回款30万",
    "晨岚付了30万",
    "白鹭还欠30万",
    "晨岚说付款要走流程",
    "晨岚付款",
    "晨岚付款了",
    "晨岚的钱到了",
    "晨岚买了两台设备",
    "晨岚签了",
    "Northwind paid 30k",
    "Northwind paid",
)
