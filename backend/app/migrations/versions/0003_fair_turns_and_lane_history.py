"""Batches take turns in a lane, and a lane remembers its last hour.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("batch", sa.String(36), server_default="", nullable=False))
    op.add_column("jobs", sa.Column("handed_back_at", sa.Float(53), nullable=True))
    op.add_column("jobs", sa.Column("suspicion", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE jobs SET batch = coalesce("
        "(SELECT import_id FROM videos WHERE videos.id = jobs.video_id), '')"
    )
    op.drop_index("ix_jobs_lane_priority_id", table_name="jobs")
    op.create_index(
        "ix_jobs_lane_priority_batch_id", "jobs", ["lane", "priority", "batch", "id"]
    )
    op.add_column("lanes", sa.Column("history", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("lanes", "history")
    op.drop_index("ix_jobs_lane_priority_batch_id", table_name="jobs")
    op.create_index("ix_jobs_lane_priority_id", "jobs", ["lane", "priority", "id"])
    op.drop_column("jobs", "suspicion")
    op.drop_column("jobs", "handed_back_at")
    op.drop_column("jobs", "batch")
