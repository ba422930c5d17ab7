"""What all processes count, for the metrics.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "metric_totals",
        sa.Column("name", sa.String(length=80), primary_key=True),
        sa.Column("labels", sa.String(length=200), primary_key=True),
        sa.Column("value", sa.Float(53), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("metric_totals")
