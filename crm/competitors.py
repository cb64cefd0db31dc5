"""Names of competitors that ship; an admin's own list comes later. Data."""

SHIPPED = (
    "用友",
    "金蝶",
    "浪潮",
    "鼎捷",
    "泛微",
    "致远",
    "纷享销客",
    "销售易",
    "SAP",
    "Oracle",
    "Salesforce",
    "HubSpot",
)
