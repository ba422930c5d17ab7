"""Alembic's entry point: runs on the connection that ``app.migrations.runner`` hands over."""

from alembic import context

from app.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    compare_server_default=True,
    # SQLite can roll DDL back too, once the driver no longer commits by itself (see runner).
    transactional_ddl=True,
)

with context.begin_transaction():
    context.run_migrations()
