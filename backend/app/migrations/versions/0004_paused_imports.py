"""Which imports are paused is asked whenever a lane looks for work.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_paused = sa.text("state = 'paused'")
    op.create_index(
        "ix_imports_paused", "imports", ["id"], sqlite_where=is_paused, postgresql_where=is_paused
    )


def downgrade() -> None:
    op.drop_index("ix_imports_paused", table_name="imports")
