"""Telephone numbers and tax ids are found by an index: the last digits of the one, the other in capitals.

Revision: number_keys, after comments
"""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "number_keys"
down_revision = "comments"
branch_labels = None
depends_on = None

BATCH = 10_000


def upgrade() -> None:
    for table, columns in (("customers", ("phone_key", "tax_key")), ("contacts", ("phone_key",))):
        for name in columns:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    fill_keys()


def fill_keys() -> None:
    """What the records hold already, a batch at a time."""
    _fill("customers", "phone", "phone_key", _last_digits)
    _fill("contacts", "phone", "phone_key", _last_digits)
    _fill("customers", "tax_id", "tax_key", lambda told: "".join(told.split()).upper())


def _last_digits(told: str) -> str:
    digits = re.sub(r"[^0-9]", "", told)
    return digits[-7:] if len(digits) >= 7 else ""


def _fill(table: str, source: str, target: str, key: Callable[[str], str]) -> None:
    connection = op.get_bind()
    rows = sa.table(table, sa.column("id"), sa.column(source), sa.column(target))
    last = 0
    told = sa.select(rows.c.id, rows.c[source]).where(rows.c[source] != "").order_by(rows.c.id).limit(BATCH)
    write = sa.update(rows).where(rows.c.id == sa.bindparam("row")).values({target: sa.bindparam("key")})
    while found := connection.execute(told.where(rows.c.id > last)).all():
        connection.execute(write, [{"row": row, "key": key(value)} for row, value in found])
        last = found[-1][0]
