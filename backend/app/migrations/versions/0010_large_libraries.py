"""What costs the same in a library of any size: the stages of a list, and what is still under way.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_videos_list_id_import_stage_created_at_id",
        "videos",
        ["list_id", "import_stage", "created_at", "id"],
    )
    op.create_index(
        "ix_video_enrichments_captions_pending",
        "video_enrichments",
        ["video_id"],
        sqlite_where=sa.text("captions_pending = 1"),
        postgresql_where=sa.text("captions_pending"),
    )
    is_under_way = sa.text("state IN ('running', 'paused')")
    op.create_index(
        "ix_imports_under_way",
        "imports",
        ["user_id", "created_at"],
        sqlite_where=is_under_way,
        postgresql_where=is_under_way,
    )


def downgrade() -> None:
    op.drop_index("ix_imports_under_way", table_name="imports")
    op.drop_index("ix_video_enrichments_captions_pending", table_name="video_enrichments")
    op.drop_index("ix_videos_list_id_import_stage_created_at_id", table_name="videos")
