"""Who works on a customer with its owner, on which deal and by which group; what a group is bound to.

Revision: shared_work, after leaner_pushes
"""

import sqlalchemy as sa
from alembic import op

revision = "shared_work"
down_revision = "leaner_pushes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("collaborators") as table:
        table.drop_constraint(op.f("uq_collaborators_customer_id_user_id"), type_="unique")
        for name, target in (("deal_id", "deals"), ("chat_id", "chats")):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_collaborators_{name}"), target, [name], ["id"])
        table.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index(op.f("ix_collaborators_customer_id_user_id"), ["customer_id", "user_id"])
        table.create_index(op.f("ix_collaborators_chat_id"), ["chat_id"])
    with op.batch_alter_table("chats") as table:
        for name, target in (("customer_id", "customers"), ("deal_id", "deals")):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_chats_{name}"), target, [name], ["id"])
            table.create_index(op.f(f"ix_chats_{name}"), [name])
