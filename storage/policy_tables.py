"""The table of what an admin settled about writing."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, String, Table

from crm.write_policies import POLICIES
from storage.columns import metadata, one_of, own_id, withdrawn

write_policies = Table(
    "write_policies",
    metadata,
    own_id(),
    Column("kind", String(32), nullable=False, unique=True),
    Column("policy", String(8), nullable=False),
    Column("limit_percent", Integer),
    withdrawn(),
    one_of("policy", POLICIES),
    CheckConstraint("limit_percent BETWEEN 0 AND 100", name="limit_percent"),
)
