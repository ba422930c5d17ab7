"""How far a video's import has come.

Videos that are there already were finished when they were added, so they become complete; new ones
start at the beginning.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Adding a column with a constant default rewrites no row on either database, and SQLite can't
    # change a default afterwards: so the columns get the final default and old rows are set once.
    op.add_column(
        "videos", sa.Column("import_progress", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column(
        "videos",
        sa.Column("import_stage", sa.String(length=20), server_default="created", nullable=False),
    )
    op.execute("UPDATE videos SET import_progress = 100, import_stage = 'complete'")
    op.execute("UPDATE video_enrichments SET stage = 'complete'")
    op.create_index("idx_videos_import_stage", "videos", ["import_stage"])
    op.create_index(
        "ix_videos_import_id_import_stage", "videos", ["import_id", "import_stage"]
    )


def downgrade() -> None:
    op.drop_index("ix_videos_import_id_import_stage", table_name="videos")
    op.drop_index("idx_videos_import_stage", table_name="videos")
    op.drop_column("videos", "import_stage")
    op.drop_column("videos", "import_progress")
