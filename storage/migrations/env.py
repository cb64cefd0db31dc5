"""Alembic's entry: runs on the connection that storage.migrate hands in."""

from alembic import context

from storage.tables import mapper

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=mapper.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
