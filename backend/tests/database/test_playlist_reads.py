"""Whose playlist is read next, and by whom."""

from app.core.database import Database, UnitOfWork
from app.core.identifiers import new_id
from app.models import ImportState
from app.repositories import imports, playlist_reads
from app.services.playlists.read_queue import ReadQueue
from tests.support.library import add_import, add_list, owner_of

NOW = 1_000.0


async def add_read(
    unit: UnitOfWork,
    list_id: str,
    *,
    import_id: str | None = None,
    place: int = 0,
    **values: object,
) -> str:
    """A read that is due, for an item of an import unless it is a follow's."""
    item_id = new_id() if import_id else None
    if import_id:
        item = {"id": item_id, "import_id": import_id, "position": place, "line": place + 1}
        await imports.add_items(unit.session, [{**item, "text": "", "verdict": "playlist"}])
    row = {"id": new_id(), "list_id": list_id, "import_id": import_id, "item_id": item_id}
    await playlist_reads.add_many(
        unit.session,
        [{**row, "source": "playlist:PLx", "state": "waiting", "run_at": NOW, **values}],
    )
    return str(row["id"])


async def taken(database: Database, queue: ReadQueue) -> str | None:
    async with database.write() as unit:
        read = await queue.peek(unit)
        if read is not None:
            await queue.take(unit, read)
        return read.id if read else None


async def test_people_go_before_follows_and_an_import_reads_one_after_the_other(
    database_url: str,
) -> None:
    database = Database(database_url)
    async with database.write() as unit:
        list_id = await add_list(unit)
        for name in ("one", "two", "held"):
            state = ImportState.PAUSED if name == "held" else ImportState.RUNNING
            await add_import(unit, name, list_id, state)
        check = await add_read(unit, list_id, run_at=NOW - 500, priority=1)
        await add_read(unit, list_id, import_id="held", run_at=NOW - 900)
        second = await add_read(unit, list_id, import_id="one", place=1)
        first = await add_read(unit, list_id, import_id="one", place=0)
        later = await add_read(unit, list_id, import_id="two", run_at=NOW + 1)
        await add_read(unit, list_id, import_id="two", place=1, run_at=1e12)
        assert await owner_of(unit, list_id)
    mine, others = ReadQueue("host.mine"), ReadQueue("host.others")

    order = [await taken(database, queue) for queue in (mine, others, mine, others)]
    assert order == [first, later, check, None]
    async with database.write() as unit:
        assert await playlist_reads.hold_own(unit.session, first, "host.others") is None
        assert await playlist_reads.release_of(unit.session, ["host.mine"]) == 2
    assert await taken(database, others) == first
    async with database.write() as unit:
        row = await playlist_reads.hold_own(unit.session, first, "host.others")
        assert row is not None
        row.state = "done"
        row.locked_by = row.locked_until = None
    assert await taken(database, mine) == second
    await database.close()


async def test_two_processes_at_once_take_different_ones(database_url: str) -> None:
    database = Database(database_url)
    async with database.write() as unit:
        list_id = await add_list(unit)
        for name in ("one", "two"):
            await add_import(unit, name, list_id)
            await add_read(unit, list_id, import_id=name)
    if not database.is_sqlite:
        async with database.write() as first, database.write() as second:
            one = await ReadQueue("a").peek(first)
            two = await ReadQueue("b").peek(second)
        assert one is not None
        assert two is not None
        assert one.id != two.id
    assert await taken(database, ReadQueue("a")) != await taken(database, ReadQueue("b"))
    assert await taken(database, ReadQueue("a")) is None
    await database.close()
