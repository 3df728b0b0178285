"""Runs migrations on the connection that `opening` hands over (迁移环境)."""

from __future__ import annotations

from alembic import context

from gouji.screen.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
