"""Alembic starts here. The connection is handed in by ``migrations.migrate``; there is no other way to run them."""

from alembic import context

from zonemap.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
