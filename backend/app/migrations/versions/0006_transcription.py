"""Captions made from the sound: transcripts under way, their parts, and what they cost.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)


def upgrade() -> None:
    op.add_column("lanes", sa.Column("quota", sa.JSON(none_as_null=True), nullable=True))
    op.add_column(
        "video_enrichments", sa.Column("sound_track", sa.JSON(none_as_null=True), nullable=True)
    )
    op.create_table(
        "transcriptions",
        sa.Column("video_id", _ID, sa.ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("captions_code", sa.String(length=40), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("resumes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("part_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("parts_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fresh_addresses", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_table(
        "transcription_parts",
        sa.Column("id", _ID, primary_key=True),
        sa.Column(
            "video_id",
            _ID,
            sa.ForeignKey("transcriptions.video_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=False),
        sa.Column("voiced_ms", sa.Integer(), nullable=False),
        sa.Column("is_half", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_sent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sound", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.UniqueConstraint(
            "video_id", "start_ms", name="uq_transcription_parts_video_id_start_ms"
        ),
    )
    op.create_index("ix_transcription_parts_video_id", "transcription_parts", ["video_id"])
    op.create_table(
        "transcription_usage",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("video_id", _ID, nullable=False),
        sa.Column("import_id", _ID, nullable=True),
        sa.Column("billed_ms", sa.BigInteger(), nullable=False),
        sa.Column("cost_micros", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_transcription_usage_at", "transcription_usage", ["at"])
    op.create_index("ix_transcription_usage_video_id", "transcription_usage", ["video_id"])
    op.create_index("ix_transcription_usage_import_id", "transcription_usage", ["import_id"])


def downgrade() -> None:
    op.drop_table("transcription_usage")
    op.drop_table("transcription_parts")
    op.drop_table("transcriptions")
    op.drop_column("video_enrichments", "sound_track")
    op.drop_column("lanes", "quota")
