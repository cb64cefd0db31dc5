"""When a customer was last contacted is read from the index alone, without a look at each visit.

Revision: last_contacts, after usernames
"""

from alembic import op

revision = "last_contacts"
down_revision = "usernames"
branch_labels = None
depends_on = None

OLD = "ix_visits_customer_id_held_on"
NEW = "ix_visits_of_customer"


def upgrade() -> None:
    op.create_index(NEW, "visits", ["customer_id", "withdrawn_at", "held_on", "deal_id"])
    op.drop_index(OLD, "visits")


def downgrade() -> None:
    op.create_index(OLD, "visits", ["customer_id", "held_on"])
    op.drop_index(NEW, "visits")
