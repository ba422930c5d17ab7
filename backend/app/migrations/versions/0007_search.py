"""Search: the analysed words of every video; tags, notes and places of videos; searches that are kept.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("videos", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("videos", sa.Column("position_seconds", sa.Float(precision=53), nullable=True))
    op.create_table(
        "video_tags",
        sa.Column("video_id", _ID, sa.ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.String(length=200), primary_key=True),
        sa.Column("name", sa.String(length=60), nullable=False),
    )
    op.create_index("ix_video_tags_key", "video_tags", ["key"])
    op.create_table(
        "saved_searches",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("user_id", _ID, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("search", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_saved_searches_user_id", "saved_searches", ["user_id"])
    # What search_documents refers to.
    op.create_index("uq_videos_id_list_id", "videos", ["id", "list_id"], unique=True)
    op.create_table(
        "search_documents",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("video_id", _ID, nullable=True),
        sa.Column("list_id", _ID, nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("video_id", name="uq_search_documents_video_id"),
        sa.ForeignKeyConstraint(
            ["video_id", "list_id"],
            ["videos.id", "videos.list_id"],
            name="fk_search_documents_video_id_videos",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_documents_language", "search_documents", ["language"])
    op.create_index("ix_search_documents_version", "search_documents", ["version"])
    op.create_table(
        "search_words",
        sa.Column(
            "document",
            _NUMBER,
            sa.ForeignKey("search_documents.number", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("cue_starts", sa.JSON(), nullable=False),
    )
    op.create_table(
        "search_pieces",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column(
            "document",
            sa.BigInteger(),
            sa.ForeignKey("search_documents.number", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.Column("pairs", sa.Text(), nullable=False),
    )
    op.create_index("ix_search_pieces_document", "search_pieces", ["document"])
    if op.get_bind().dialect.name == "sqlite":
        _index_in_sqlite()
    else:
        _index_in_postgresql()


def _index_in_sqlite() -> None:
    # The tokenizer only splits at spaces: our analyser has done the rest. Tokens hold letters, digits
    # and whatever is beyond ASCII; ^, + and = begin marked ones.
    tokenize = "tokenize=\"ascii tokenchars '^+='\""
    for table, key, column, detail in (
        # Beginnings of two and three letters are those of most words: they get an index of their own. A
        # token begins with its language.
        ("search_words", "document", "words", "none, prefix='3 4'"),
        ("search_pieces", "id", "tokens", "full"),
    ):
        op.execute(
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5("
            f"{column}, content='{table}', content_rowid='{key}', detail={detail}, {tokenize})"
        )
        op.execute(
            f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN "
            f"INSERT INTO {table}_fts (rowid, {column}) VALUES (new.{key}, new.{column}); END"
        )
        # Also where a document's removal takes them along: such deletes fire triggers too.
        op.execute(
            f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN "
            f"INSERT INTO {table}_fts ({table}_fts, rowid, {column}) "
            f"VALUES ('delete', old.{key}, old.{column}); END"
        )


def _index_in_postgresql() -> None:
    # Only the index is to be read for a search, whatever the planner thinks of frequent words: to look
    # for a token in the rows themselves, each text would have to be taken apart.
    only_the_index = " ".join(
        f"SET {setting} = off"
        for setting in ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan", "jit")
    )
    for table, key, expression in (
        ("search_words", "document", "words"),
        ("search_pieces", "id", "btrim(tokens || ' ' || pairs)"),
    ):
        # Small rows, the texts apart: finding a hundred thousand of them reads 10 MB, not 300.
        op.execute(f"ALTER TABLE {table} SET (toast_tuple_target = 128)")
        vector = f"array_to_tsvector(string_to_array({expression}, ' '))"
        op.execute(f"CREATE INDEX ix_{table}_tokens ON {table} USING gin (({vector}))")
        op.execute(
            f"CREATE FUNCTION {table}_with(wanted text, at_most bigint) RETURNS SETOF bigint "
            f"LANGUAGE sql STABLE ROWS 500 {only_the_index} AS "
            f"$$ SELECT {key}::bigint FROM {table} WHERE {vector} @@ wanted::tsquery LIMIT at_most $$"
        )
    op.execute(
        "CREATE FUNCTION search_pieces_within(wanted text, documents bigint[]) RETURNS SETOF bigint "
        f"LANGUAGE sql STABLE ROWS 500 {only_the_index} AS $$ SELECT id FROM search_pieces "
        f"WHERE {vector} @@ wanted::tsquery AND document = ANY(documents) $$"
    )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute("DROP FUNCTION search_pieces_within(text, bigint[])")
    for table in ("search_pieces", "search_words"):
        if is_sqlite:
            op.execute(f"DROP TRIGGER {table}_added")
            op.execute(f"DROP TRIGGER {table}_removed")
            op.execute(f"DROP TABLE {table}_fts")
        else:
            op.execute(f"DROP FUNCTION {table}_with(text, bigint)")
        op.drop_table(table)
    for table in ("search_documents", "saved_searches", "video_tags"):
        op.drop_table(table)
    op.drop_index("uq_videos_id_list_id", "videos")
    op.drop_column("videos", "position_seconds")
    op.drop_column("videos", "note")
