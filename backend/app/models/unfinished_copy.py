"""How far a copy into this database has come: a table that is there only while one is under way."""

from sqlalchemy import BigInteger, Boolean, Column, MetaData, String, Table, Text

UNFINISHED_COPY = Table(
    "unfinished_copy",
    # No migration knows it: a library that is whole does not have it.
    MetaData(),
    Column("step", String(100), primary_key=True),
    # Which library is copied; see repositories.database_state.
    Column("origin", String(64), nullable=False),
    # The key of the last row that has come, as JSON; of an index that is made last, the statement.
    Column("place", Text, nullable=False),
    Column("row_count", BigInteger, nullable=False),
    Column("is_done", Boolean, nullable=False),
)
