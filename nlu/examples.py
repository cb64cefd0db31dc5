"""The small invented world in which every rule's examples and counter-examples are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from nlu.known import KnownContact, KnownCustomer, KnownDeal, KnownStage, KnownTask, KnownUser
from nlu.names import Names

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=timezone(timedelta(hours=8)))  # a Friday
SENDER = "林晓禾"
STAGES = (
    KnownStage("contact", "初步接触"),
    KnownStage("needs", "需求分析"),
    KnownStage("proposal", "方案报价"),
    KnownStage("bidding", "项目招标"),
    KnownStage("negotiation", "商务谈判"),
    KnownStage("won", "赢单"),
    KnownStage("lost", "输单"),
)


def example_names() -> Names:
    """Four customers, two of them of one short name, three colleagues and two tasks."""
    names = Names(
        stages=STAGES, competitors=("云杉软件", "Oakfield"), products=("仓储平台", "门禁系统", "WMS", "排产软件")
    )
    for customer in _CUSTOMERS:
        names.put_customer(customer)
    names.put_user(KnownUser("林晓禾", "林晓禾", ("晓禾",), "rep"))
    names.put_user(KnownUser("方一诺", "方一诺", ("一诺", "小方"), "presales"))
    names.put_user(KnownUser("石佳", "石佳", ("石总", "Joy"), "manager"))
    names.put_task(KnownTask(7, "给晨岚何总发修订方案", "林晓禾", "晨岚", date(2026, 11, 24)))
    names.put_task(KnownTask(8, "准备白鹭仓储平台演示环境", "方一诺", "白鹭", date(2026, 11, 27)))
    return names


_CUSTOMERS = (
    KnownCustomer(
        "晨岚",
        "杭州晨岚科技有限公司",
        ("晨岚",),
        (
            KnownContact("何建明", "何建明", "总经理", ("何总",)),
            KnownContact("陶欣", "陶欣", "采购经理", ()),
            KnownContact("蒋一舟", "蒋一舟", "技术部工程师", ()),
        ),
        (KnownDeal("排产软件二期", "排产软件二期", "needs"),),
        "林晓禾",
    ),
    KnownCustomer(
        "白鹭",
        "厦门白鹭物流股份有限公司",
        ("白鹭",),
        (KnownContact("沈若水", "沈若水", "采购经理", ("沈经理",)),),
        (KnownDeal("仓储平台", "仓储平台", "proposal"), KnownDeal("门禁系统", "门禁系统", "won", is_open=False)),
        "林晓禾",
    ),
    KnownCustomer(
        "星河苏州",
        "苏州星河纺织有限公司",
        ("星河",),
        (KnownContact("祝融", "祝融", "厂长", ("祝厂长",)),),
        (),
        "林晓禾",
    ),
    KnownCustomer(
        "星河长沙", "长沙星河医疗器械有限公司", ("星河",), (KnownContact("尹素", "尹素", "院长", ()),), (), "石佳"
    ),
    KnownCustomer(
        "Northwind",
        "Northwind Instruments Ltd.",
        ("Northwind",),
        (KnownContact("Lena Fischer", "Lena Fischer", "Purchasing Manager", ("Lena",)),),
        (KnownDeal("Sensor Rollout", "Sensor Rollout", "proposal"),),
        "林晓禾",
    ),
)
