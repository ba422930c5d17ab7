"""The schema's history: every step up and down, with rows in the tables."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Engine, make_url

from app.migrations.runner import migrate_to
from app.models import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    templates: Any = request.getfixturevalue("postgres_templates")
    with templates.empty(tmp_path) as url:
        yield url


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    url = make_url(empty_url)
    engine = create_engine(url.set(drivername=url.drivername.replace("+aiosqlite", "")))
    yield engine
    engine.dispose()


def fill_before_import_progress(engine: Engine) -> None:
    """A library as it was before imports had stages."""
    now = datetime(2025, 5, 1, tzinfo=UTC).replace(tzinfo=None)
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO users (id, username, created_at) VALUES ('u', 'owner', :now)",
            "INSERT INTO lists (id, user_id, name, created_at) VALUES ('l', 'u', 'Alt', :now)",
            "INSERT INTO videos (id, list_id, youtube_id, title, created_at)"
            " VALUES ('v1', 'l', 'aaaaaaaaaa1', 'Eins', :now), ('v2', 'l', 'aaaaaaaaaa2', 'Zwei', :now)",
            "INSERT INTO video_enrichments (video_id) VALUES ('v1')",
        ):
            connection.execute(text(statement), {"now": now} if ":now" in statement else {})


def stages(engine: Engine) -> dict[str, tuple[int, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, import_progress, import_stage FROM videos"))
        return {row[0]: (row[1], row[2]) for row in rows}


def test_videos_from_before_imports_had_stages_become_complete_and_new_ones_begin(
    empty_url: str, engine: Engine
) -> None:
    migrate_to(empty_url, "0001")
    fill_before_import_progress(engine)

    migrate_to(empty_url, "0002")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO videos (id, list_id, youtube_id, created_at)"
                " VALUES ('v3', 'l', 'aaaaaaaaaa3', :now)"
            ),
            {"now": datetime(2025, 6, 1, tzinfo=UTC).replace(tzinfo=None)},
        )

    assert stages(engine) == {
        "v1": (100, "complete"),
        "v2": (100, "complete"),
        "v3": (0, "created"),
    }
    indexes = {index["name"]: index for index in inspect(engine).get_indexes("videos")}
    assert indexes["idx_videos_import_stage"]["column_names"] == ["import_stage"]


def test_the_import_fields_can_be_taken_back_and_added_again_without_losing_a_video(
    empty_url: str, engine: Engine
) -> None:
    migrate_to(empty_url, "0001")
    fill_before_import_progress(engine)
    migrate_to(empty_url, "head")

    migrate_to(empty_url, "0001", down=True)
    columns = {column["name"] for column in inspect(engine).get_columns("videos")}
    assert not columns & {"import_progress", "import_stage"}
    with engine.connect() as connection:
        titles = connection.execute(text("SELECT title FROM videos ORDER BY id")).scalars().all()
        kept = connection.execute(text("SELECT count(*) FROM video_enrichments")).scalar_one()
    assert (titles, kept) == (["Eins", "Zwei"], 1)

    migrate_to(empty_url, "head")
    assert set(stages(engine).values()) == {(100, "complete")}


def test_every_migration_can_be_undone(empty_url: str, engine: Engine) -> None:
    migrate_to(empty_url, "head")
    migrate_to(empty_url, "base", down=True)

    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def _is_said_by_models(name: str | None, kind: str, _parents: object) -> bool:
    """Full-text search is the database's own: FTS5's tables, and indexes over expressions.

    On PostgreSQL the queue is the engine's, and ``jobs`` a view of it.
    """
    if kind == "table":
        return "_fts" not in (name or "") and "procrastinate" not in (name or "")
    return name not in {"ix_search_words_tokens", "ix_search_pieces_tokens"}


def test_the_models_and_the_migrations_say_the_same(empty_url: str, engine: Engine) -> None:
    migrate_to(empty_url, "head")

    with engine.connect() as connection:
        views = inspect(connection).get_view_names()
        options = {
            "compare_type": True,
            "include_name": _is_said_by_models,
            "include_object": lambda _object, name, *_rest: name not in views,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
        for view in views:
            shown = [column["name"] for column in inspect(connection).get_columns(view)]
            assert sorted(shown) == sorted(Base.metadata.tables[view].columns.keys())


def test_jobs_of_an_older_library_move_into_the_engine_and_back(
    empty_url: str, engine: Engine
) -> None:
    migrate_to(empty_url, "0001")
    fill_before_import_progress(engine)
    migrate_to(empty_url, "0007")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO jobs (lane, kind, video_id, priority, run_at, batch, attempts,"
                " handed_back_at, suspicion) VALUES"
                " ('oembed', 'title', 'v1', 1, 1700000000.25, 'b', 3, 1700000001.5, 2),"
                " ('player', 'extract', 'v2', 0, 0, '', 0, NULL, 0)"
            )
        )
    columns = "lane, kind, video_id, priority, run_at, batch, attempts, handed_back_at, suspicion"

    def jobs() -> list[Any]:
        with engine.connect() as connection:
            return list(connection.execute(text(f"SELECT {columns} FROM jobs ORDER BY id")))

    before = jobs()

    migrate_to(empty_url, "0008")
    assert jobs() == before
    migrate_to(empty_url, "0007", down=True)
    assert jobs() == before
    with engine.connect() as connection:
        locks = connection.execute(text("SELECT locked_by, locked_until FROM jobs")).all()
    assert locks == [(None, None)] * 2


def test_members_whom_a_proxy_let_in_by_their_name_go_on_so_and_others_do_not(
    empty_url: str, engine: Engine
) -> None:
    migrate_to(empty_url, "0013")
    now = {"now": datetime(2026, 5, 1, tzinfo=UTC).replace(tzinfo=None)}
    people = [
        ("owner", "NULL", "owner"),
        ("made", "NULL", "member"),
        ("invited", "'x'", "member"),
        ("inside", "'x'", "member"),
        ("elsewhere", "NULL", "member"),
    ]
    with engine.begin() as connection:
        for name, password, role in people:
            columns = "id, username, password_hash, role, created_at"
            values = f"'{name}', '{name}', {password}, '{role}', :now"
            connection.execute(text(f"INSERT INTO users ({columns}) VALUES ({values})"), now)
        columns = "id, user_id, issuer, subject, shown_name, created_at"
        values = "'i', 'elsewhere', 'https://x', '1', 'x', :now"
        connection.execute(
            text(f"INSERT INTO linked_identities ({columns}) VALUES ({values})"), now
        )
        columns = "id, user_id, client, address, door, created_at, last_seen_at, expires_at"
        for name, door in (("inside", "proxy"), ("invited", "password"), ("owner", "proxy")):
            values = f"'{name}', '{name}', '', '', '{door}', :now, :now, :now"
            connection.execute(text(f"INSERT INTO sessions ({columns}) VALUES ({values})"), now)

    migrate_to(empty_url, "0014")
    with engine.connect() as connection:
        known = connection.execute(text("SELECT id FROM users WHERE is_known_to_proxy ORDER BY id"))
        assert list(known.scalars()) == ["inside", "made"]

    migrate_to(empty_url, "0013", down=True)
    assert "is_known_to_proxy" not in {one["name"] for one in inspect(engine).get_columns("users")}


async def test_processes_that_start_at_once_migrate_one_after_the_other(empty_url: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(migrate_to, empty_url, "head") for _ in range(4)))
