"""Playlists that are read, followed lists, imports into several lists, and API tokens.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)


def _reference(name: str, target: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _ID, sa.ForeignKey(f"{target}.id", ondelete="CASCADE"), nullable=nullable)


def upgrade() -> None:
    op.add_column("imports", sa.Column("label", sa.Text(), nullable=True))
    op.add_column(
        "imports", sa.Column("list_count", sa.Integer(), server_default="1", nullable=False)
    )
    op.add_column("lists", sa.Column("made_by_import_id", _ID, nullable=True))
    # A deleted import deletes its items, and each of them looks for its children.
    op.create_index("ix_import_items_parent_item_id", "import_items", ["parent_item_id"])
    op.create_table(
        "follows",
        sa.Column("id", _ID, primary_key=True),
        _reference("user_id", "users"),
        _reference("list_id", "lists"),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("asked_source", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("interval_hours", sa.Integer(), nullable=False),
        sa.Column("is_primed", sa.Boolean(), nullable=False),
        sa.Column("include_existing", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
    )
    op.create_index("ix_follows_list_id", "follows", ["list_id"], unique=True)
    op.create_index("ix_follows_user_id", "follows", ["user_id"])
    op.create_table(
        "followed_videos",
        sa.Column(
            "follow_id", _ID, sa.ForeignKey("follows.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("youtube_id", sa.String(length=11), primary_key=True),
    )
    op.create_table(
        "playlist_reads",
        sa.Column("id", _ID, primary_key=True),
        _reference("list_id", "lists"),
        _reference("import_id", "imports", nullable=True),
        _reference("item_id", "import_items", nullable=True),
        _reference("follow_id", "follows", nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("found_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("expected_count", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("run_at", sa.Float(precision=53), nullable=False),
        sa.Column("locked_by", sa.String(length=80), nullable=True),
        sa.Column("locked_until", sa.Float(precision=53), nullable=True),
    )
    op.create_index("ix_playlist_reads_list_id", "playlist_reads", ["list_id"])
    op.create_index("ix_playlist_reads_import_id", "playlist_reads", ["import_id"])
    op.create_index("ix_playlist_reads_item_id", "playlist_reads", ["item_id"], unique=True)
    op.create_index("ix_playlist_reads_follow_id", "playlist_reads", ["follow_id"], unique=True)
    op.create_index("ix_playlist_reads_state_run_at", "playlist_reads", ["state", "run_at"])
    op.create_table(
        "api_tokens",
        sa.Column("id", _ID, primary_key=True),
        _reference("user_id", "users"),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_api_tokens_user_id", "api_tokens", ["user_id"])
    op.create_index("ix_api_tokens_token_hash", "api_tokens", ["token_hash"], unique=True)


def downgrade() -> None:
    op.drop_table("api_tokens")
    op.drop_table("playlist_reads")
    op.drop_table("followed_videos")
    op.drop_table("follows")
    op.drop_index("ix_import_items_parent_item_id", table_name="import_items")
    op.drop_column("lists", "made_by_import_id")
    op.drop_column("imports", "list_count")
    op.drop_column("imports", "label")
