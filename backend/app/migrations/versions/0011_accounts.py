"""The owner and members, invitations, and browsers that are signed in as people see them.

Revision ID: 0011
Revises: 0010
"""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_TIME = sa.DateTime(timezone=True)


def _of_user() -> sa.Column[str]:
    return sa.Column("user_id", _ID, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    op.add_column(
        "users", sa.Column("role", sa.String(length=20), server_default="member", nullable=False)
    )
    # As the application chose them until now: by name, or who was there first.
    op.execute(
        "UPDATE users SET role = 'owner' WHERE id = (SELECT id FROM users "
        "ORDER BY CASE WHEN username = 'owner' THEN 0 ELSE 1 END, created_at, id LIMIT 1)"
    )
    op.add_column(
        "sign_in_links",
        sa.Column("is_for_anywhere", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("id", _ID, primary_key=True),
        _of_user(),
        sa.Column("client", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("last_seen_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_table(
        "invitations",
        sa.Column("id", _ID, primary_key=True),
        _of_user(),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=100), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
    )
    op.create_index("ix_invitations_user_id", "invitations", ["user_id"])
    op.create_index("ix_invitations_code_hash", "invitations", ["code_hash"], unique=True)
    _make_sessions_of_tokens()


def _make_sessions_of_tokens() -> None:
    """Every browser that is signed in stays so, each in a session of its own."""
    connection = op.get_bind()
    tokens = sa.table(
        "refresh_tokens",
        sa.column("token_hash", sa.String),
        sa.column("user_id", sa.String),
        sa.column("expires_at", _TIME),
    )
    known = connection.execute(sa.select(tokens)).all()
    op.drop_table("refresh_tokens")
    refresh_tokens = op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.String(length=64), primary_key=True),
        sa.Column(
            "session_id", _ID, sa.ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("used_at", _TIME, nullable=True),
    )
    op.create_index("ix_refresh_tokens_session_id", "refresh_tokens", ["session_id"])
    sessions = sa.table(
        "sessions",
        *(
            sa.column(name)
            for name in ("id", "user_id", "client", "address", "created_at", "last_seen_at")
        ),
        sa.column("expires_at", _TIME),
    )
    now = datetime.now(UTC)
    for token in known:
        session_id = str(uuid.uuid4())
        connection.execute(
            sa.insert(sessions).values(
                id=session_id,
                user_id=token.user_id,
                client="",
                address="",
                created_at=sa.literal(now, _TIME),
                last_seen_at=sa.literal(now, _TIME),
                expires_at=token.expires_at,
            )
        )
        connection.execute(
            sa.insert(refresh_tokens).values(
                token_hash=token.token_hash, session_id=session_id, expires_at=token.expires_at
            )
        )


def downgrade() -> None:
    op.drop_table("refresh_tokens")
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.String(length=64), primary_key=True),
        _of_user(),
        sa.Column("expires_at", _TIME, nullable=False),
    )
    op.create_index("ix_refresh_tokens_user_id", "refresh_tokens", ["user_id"])
    op.drop_table("invitations")
    op.drop_table("sessions")
    op.drop_column("sign_in_links", "is_for_anywhere")
    op.drop_column("users", "role")
