"""Lists that are shared, and where others than their owners stopped watching.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)


def _reference(name: str, target: str) -> sa.Column[str]:
    return sa.Column(name, _ID, sa.ForeignKey(target, ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "list_shares",
        _reference("list_id", "lists.id"),
        _reference("user_id", "users.id"),
        sa.Column("can_edit", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_list_shares_user_id", "list_shares", ["user_id"])
    op.create_table(
        "watch_positions",
        _reference("user_id", "users.id"),
        _reference("video_id", "videos.id"),
        sa.Column("position_seconds", sa.Float(precision=53), nullable=False),
    )
    op.create_index("ix_watch_positions_video_id", "watch_positions", ["video_id"])


def downgrade() -> None:
    op.drop_table("watch_positions")
    op.drop_table("list_shares")
