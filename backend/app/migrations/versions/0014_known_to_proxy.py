"""Whose word a proxy's is: members who made their account through it, or have signed in through it.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "users",
        sa.Column("is_known_to_proxy", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    # Until now a name was enough. Whoever was invited has chosen a password: who has none was made by
    # the proxy, unless a provider knows them; and who is in by it now goes on so.
    op.execute(
        "UPDATE users SET is_known_to_proxy = true WHERE role <> 'owner' AND ("
        "(password_hash IS NULL AND id NOT IN (SELECT user_id FROM linked_identities))"
        " OR id IN (SELECT user_id FROM sessions WHERE door = 'proxy'))"
    )


def downgrade() -> None:
    op.drop_column("users", "is_known_to_proxy")
