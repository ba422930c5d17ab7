"""Signing in at a provider, and through which door a browser came in.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "linked_identities",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("user_id", _ID, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("shown_name", sa.String(length=100), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.UniqueConstraint("issuer", "subject", name="uq_linked_identities_issuer_subject"),
    )
    op.create_index("ix_linked_identities_user_id", "linked_identities", ["user_id"])
    op.create_table(
        "spent_flows",
        sa.Column("state_hash", sa.String(length=64), primary_key=True),
        sa.Column("expires_at", _TIME, nullable=False),
    )
    # Nobody noted it of those that are signed in already.
    op.add_column("sessions", sa.Column("door", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("sessions", "door")
    op.drop_table("spent_flows")
    op.drop_table("linked_identities")
