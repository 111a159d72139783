"""Runs migrations on the connection that `schema.migrate` hands over, in its transaction."""

from alembic import context

from retention_desktop.models.tables import metadata
from retention_desktop.vault.migrations import is_ours

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=is_ours,
    render_as_batch=True,
)
context.run_migrations()
