"""Indexes of what customers, visits and notes are found by; filled after the climb where terms are of a new version.

Revision: terms, after number_keys
"""

from alembic import op

revision = "terms"
down_revision = "number_keys"
branch_labels = None
depends_on = None

INDEXES = ("customer_terms", "visit_terms", "note_terms")


def upgrade() -> None:
    op.execute("CREATE TABLE term_version (version integer PRIMARY KEY)")
    for name in INDEXES:
        if op.get_bind().dialect.name == "sqlite":
            how = "detail=none, columnsize=0, tokenize='ascii'"
            op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(terms, {how})")
        else:
            op.execute(f"CREATE TABLE {name} (id bigint PRIMARY KEY, terms tsvector NOT NULL)")
            # Without a list of what waits to be indexed: each search would read it.
            op.execute(f"CREATE INDEX ix_{name}_terms ON {name} USING gin (terms) WITH (fastupdate = off)")


def downgrade() -> None:
    for name in INDEXES:
        op.execute(f"DROP TABLE {name}")
    op.execute("DROP TABLE term_version")
