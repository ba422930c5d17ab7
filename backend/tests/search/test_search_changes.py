"""The search follows what happens to videos."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import VideothekError
from app.models import ImportStage, SearchDocument, Video, VideoEnrichment, VideoTag
from app.repositories import search_index, search_texts, video_steps
from app.services.search import catch_up, ranking, search_service
from app.services.search.analysis import ANALYSER_VERSION
from app.services.search.catch_up import SearchCatchUp, index_everything
from app.services.search.indexing import index_soon, index_video
from tests.support.spoken import Shelf, Spoken, add_person, cues_of, marked, only, starts, titles


async def _change(shelf: Shelf, video_id: str, **values: Any) -> None:
    """Change what is said in a video, or of it, and index it anew."""
    cues = values.pop("cues", None)
    async with shelf.database.write() as unit:
        if cues is not None:
            await unit.session.execute(
                update(VideoEnrichment)
                .where(VideoEnrichment.video_id == video_id)
                .values(cues=cues, language=values.get("language", "en"))
            )
        if values:
            await unit.session.execute(update(Video).where(Video.id == video_id).values(**values))
        await index_video(unit.session, video_id)


async def test_a_removed_video_is_never_found_again(shelf: Shelf):
    gone, _ = await shelf.add(
        Spoken("gone", cues_of("a walrus", "and a pelican")), Spoken("here", cues_of("a walrus"))
    )
    async with shelf.database.write() as unit:
        await unit.session.execute(delete(Video).where(Video.id == gone))
    assert await shelf.names("walrus") == ["here"]
    assert await shelf.names("pelican") == []
    assert await shelf.names("pelic*") == []
    assert (await shelf.find("walrus")).total == 1
    # Nor does what comes after it inherit anything.
    await shelf.add(Spoken("new", cues_of("a flamingo")), first=2)
    assert await shelf.names("pelican") == []
    assert await shelf.names("flamingo") == ["new"]


async def test_a_list_takes_its_videos_along_when_it_is_removed(shelf: Shelf):
    async with shelf.database.write() as unit:
        user_id, list_id, kept_id = await add_person(unit, "other", "two", "three")
    await shelf.add(Spoken("gone", cues_of("a walrus")), list_id=list_id)
    await shelf.add(Spoken("kept", cues_of("a walrus")), list_id=kept_id)
    async with shelf.database.write() as unit:
        await unit.session.execute(delete(Video).where(Video.list_id == list_id))
    assert await shelf.names("walrus", user_id=user_id) == ["kept"]


async def test_a_moved_video_is_found_in_its_new_list(shelf: Shelf):
    (video_id,) = await shelf.add(Spoken("x", cues_of("a walrus")))
    async with shelf.database.write() as unit:
        user_id, list_id = await add_person(unit, "other", "two")
        await unit.session.execute(
            update(Video).where(Video.id == video_id).values(list_id=list_id)
        )
    assert await shelf.names("walrus") == []
    assert await shelf.names("walrus", user_id=user_id, list_id=list_id) == ["x"]


async def test_other_captions_replace_the_words_of_the_old_ones(shelf: Shelf):
    (video_id,) = await shelf.add(Spoken("x", cues_of("hello", "a walrus", "on the rocks")))
    await _change(shelf, video_id, cues=cues_of("der Pinguin", "am Südpol"), language="de")
    assert await shelf.names("walrus") == []
    assert await shelf.names('"on the rocks"') == []
    assert starts(await shelf.find("pinguine")) == [0]
    assert (await shelf.find("pinguin")).total == 1


async def test_title_tags_and_note_follow_too(shelf: Shelf):
    (video_id,) = await shelf.add(Spoken("x", cues_of("hello"), tags=("Eule",), note="Dachs"))
    await _change(shelf, video_id, title="Biber", note="Luchs")
    async with shelf.database.write() as unit:
        await unit.session.execute(delete(VideoTag).where(VideoTag.video_id == video_id))
        unit.session.add(VideoTag(video_id=video_id, key="uhu", name="Uhu"))
        await unit.session.flush()
        await index_video(unit.session, video_id)
    for query in ("biber", "luchs", "uhu", "hello"):
        assert await shelf.names(query) == ["Biber"], query
    for query in ("eule", "dachs"):
        assert await shelf.names(query) == [], query


async def test_indexing_again_changes_nothing(shelf: Shelf):
    (video_id,) = await shelf.add(Spoken("x", cues_of("a walrus", "and a pelican")))
    before = await shelf.find("walrus pelican")
    for _ in range(3):
        await _change(shelf, video_id)
    assert await shelf.find("walrus pelican") == before


async def test_a_change_that_is_taken_back_is_not_found(shelf: Shelf):
    (video_id,) = await shelf.add(Spoken("x", cues_of("a walrus")))

    async def change_and_fail() -> None:
        async with shelf.database.write() as unit:
            await unit.session.execute(
                update(VideoEnrichment)
                .where(VideoEnrichment.video_id == video_id)
                .values(cues=cues_of("a pelican"))
            )
            await index_video(unit.session, video_id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change_and_fail()
    assert await shelf.names("walrus") == ["x"]
    assert await shelf.names("pelican") == []


async def test_the_same_video_in_two_lists_is_found_twice(shelf: Shelf):
    async with shelf.database.write() as unit:
        user_id, one, two = await add_person(unit, "other", "two", "three")
    await shelf.add(Spoken("x", cues_of("a walrus")), list_id=one)
    await shelf.add(Spoken("x", cues_of("a walrus")), list_id=two)
    assert await shelf.names("walrus", user_id=user_id) == ["x", "x"]
    assert await shelf.names("walrus", user_id=user_id, list_id=two) == ["x"]


async def test_a_video_without_captions_or_title_does_no_harm(shelf: Shelf):
    (video_id, *_) = await shelf.add(
        Spoken("x"), Spoken("y", cues_of("", "   ", "!!!")), Spoken("z", cues_of("a walrus"))
    )
    await _change(shelf, video_id, title=None, channel=None)
    assert await shelf.names("walrus") == ["z"]
    assert (await shelf.find()).total >= 2


async def _add_lost(
    shelf: Shelf, *videos: Spoken, stage: ImportStage = ImportStage.ERROR
) -> list[str]:
    """Videos that were gone before the import reached them, as they are before they are indexed."""
    ids = await shelf.add(*videos)
    async with shelf.database.write() as unit:
        lost = {"title": None, "channel": None, "import_stage": stage}
        await unit.session.execute(update(Video).where(Video.id.in_(ids)).values(**lost))
        await unit.session.execute(delete(SearchDocument).where(SearchDocument.video_id.in_(ids)))
    return ids


async def _indexed(shelf: Shelf) -> set[str]:
    async with shelf.database.read() as session:
        return {each for each in await session.scalars(select(SearchDocument.video_id)) if each}


async def _is_behind(shelf: Shelf) -> bool:
    async with shelf.database.read() as session:
        return await search_index.is_behind(session, ANALYSER_VERSION) or bool(
            await search_texts.missing(session, also_complete=True)
        )


async def _catch_up(shelf: Shelf) -> None:
    task = asyncio.create_task(SearchCatchUp(shelf.database).run())
    try:
        async with asyncio.timeout(10):
            while await _is_behind(shelf):  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.02)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_video_without_a_title_is_found_by_what_was_written_of_it(shelf: Shelf):
    noted, tagged, bare = await _add_lost(
        shelf,
        Spoken("a", note="Zwiebelkuchen am Freitag"),
        Spoken("b", tags=("verloren",)),
        Spoken("c"),
    )
    async with shelf.database.write() as unit:
        await index_soon(unit, [noted, tagged, bare])
    found = only(await shelf.find("Zwiebelkuchen"))
    assert (found.video.id, found.video.title, found.title_parts) == (noted, None, [])
    assert marked(found.description_parts) == ["Zwiebelkuchen"]
    for filters in ({"query": "verloren"}, {"tag": "verloren"}):
        assert only(await shelf.find(**filters)).video.id == tagged
    everything = await shelf.find()
    assert {result.video.id for result in everything.results} == {noted, tagged, bare}
    assert (everything.total, everything.total_is_exact) == (3, True)
    # Its id is all that the page shows of it.
    (gone,) = (each.video for each in everything.results if each.video.id == bare)
    assert only(await shelf.find(gone.youtube_id)).video.id == bare


async def test_a_video_that_is_still_to_be_read_is_not_searched_yet(shelf: Shelf):
    ids = await _add_lost(shelf, Spoken("a"), stage=ImportStage.CREATED)
    async with shelf.database.write() as unit:
        await index_soon(unit, ids)
    assert (await shelf.find()).results == []


async def test_a_video_that_loses_its_only_words_is_found_no_more(shelf: Shelf):
    waiting = (Spoken(f"x{n}", note="Zwiebelkuchen") for n in range(22))
    ids = await _add_lost(shelf, *waiting, stage=ImportStage.CREATED)
    await _catch_up(shelf)
    assert (await shelf.find("zwiebelkuchen")).total == 22
    async with shelf.database.write() as unit:
        await unit.session.execute(update(Video).values(note=None))
        await index_soon(unit, ids[:1])
    assert (await shelf.find("zwiebelkuchen")).total == 21
    async with shelf.database.write() as unit:
        await index_soon(unit, ids)
    await _catch_up(shelf)
    assert (await shelf.find("zwiebelkuchen")).results == []
    assert (await shelf.find()).total_is_exact
    assert await _indexed(shelf) == set()


async def test_whoever_makes_the_index_anew_takes_what_has_no_title_along(shelf: Shelf):
    lost = await _add_lost(
        shelf, Spoken("a", note="Dachs"), Spoken("b", tags=("Eule",)), Spoken("c")
    )
    await shelf.add(Spoken("here", cues_of("a walrus")), first=5)
    told: list[tuple[int, int]] = []
    assert await index_everything(shelf.database, lambda *each: told.append(each)) == 4
    assert told[-1] == (4, 4)
    assert set(lost) < await _indexed(shelf)
    assert not await _is_behind(shelf)
    async with shelf.database.write() as unit:
        await unit.session.execute(delete(SearchDocument))
    await _catch_up(shelf)
    assert len(await _indexed(shelf)) == 4


async def test_a_title_that_comes_after_a_note_is_found(shelf: Shelf):
    (video_id,) = await _add_lost(shelf, Spoken("a", note="Dachs"))
    async with shelf.database.write() as unit:
        await index_video(unit.session, video_id)
        await video_steps.describe(unit.session, video_id, {"title": "Der Uhu", "channel": None})
    assert not (await shelf.find("dachs")).total_is_exact
    await _catch_up(shelf)
    assert await shelf.names("uhu dachs") == ["Der Uhu"]
    async with shelf.database.write() as unit:
        await video_steps.describe(unit.session, video_id, {"title": "Der Uhu"})
    assert not await _is_behind(shelf)


async def test_the_id_that_youtube_gave_a_video_finds_it(shelf: Shelf):
    names = ("-dQw4w9WgXc", "a_b-c_d-e_f", "___________", "Bratapfelki")
    ids = await shelf.add(*(Spoken(f"x{n}", cues_of("bratapfelki")) for n in range(4)))
    async with shelf.database.write() as unit:
        for video_id, name in zip(ids, names, strict=True):
            await unit.session.execute(
                update(Video).where(Video.id == video_id).values(youtube_id=name)
            )
    for video_id, name in zip(ids, names, strict=True):
        found = await shelf.find(f" {name} ")
        assert (only(found).video.id, found.total, found.is_relaxed) == (video_id, 1, False)
        for place in (
            "www.youtube.com/watch?list=PL1&t=3&v=",
            "youtu.be/",
            "m.youtube.com/shorts/",
        ):
            assert only(await shelf.find(f"https://{place}{name}")).video.id == video_id, place
    # The words of a link are no words of a video.
    assert await shelf.names("https://youtu.be/dQw4w9WgXcQ") == []
    assert len(await shelf.names("bratapfelki")) == 4
    assert await shelf.names("A_b-c_d-e_f") == []
    assert await shelf.names(names[1], channel="Nobody") == []
    async with shelf.database.write() as unit:
        user_id, _ = await add_person(unit, "other", "two")
    assert await shelf.names(names[1], user_id=user_id) == []


async def test_an_empty_library_is_searched_too(shelf: Shelf):
    for query in ("walrus", '"a walrus"', "walr*", "-walrus", "walrus -pelican", "a b", "寺", ""):
        found = await shelf.find(query)
        assert (found.results, found.total, found.total_is_exact) == ([], 0, True), query


async def test_a_list_that_is_not_there_is_said_to_be_missing(shelf: Shelf):
    async with shelf.database.write() as unit:
        _, theirs = await add_person(unit, "other", "two")
    for list_id in ("nothing", theirs):
        for query in ("walrus", ""):
            with pytest.raises(VideothekError) as error:
                await shelf.find(query, list_id=list_id)
            assert error.value.code == "list_not_found"


async def test_a_cursor_that_is_not_ours_is_refused(shelf: Shelf):
    await shelf.add(*(Spoken(f"x{n}", cues_of("a walrus")) for n in range(3)))
    cursors = ["nonsense", "%%%", "bnVsbA", "W10", "WzFd", "WyJhIiwiYiJd", "e30", "A" * 500]
    for query in ("walrus", ""):
        for cursor in cursors:
            with pytest.raises(VideothekError) as error:
                await shelf.find(query, cursor=cursor)
            assert error.value.code == "invalid_request"


async def test_a_cursor_of_another_question_breaks_nothing(shelf: Shelf):
    await shelf.add(*(Spoken(f"x{n}", cues_of("a walrus", "a pelican")) for n in range(6)))
    sorts = ("relevance", "newest", "longest")
    cursors = [
        (await shelf.find(query, sort=sort, limit=2)).next_cursor
        for query in ("walrus", "")
        for sort in sorts
    ]
    assert all(cursors)
    for cursor in cursors:
        for sort in sorts:
            for query in ("pelican", "nothing", ""):
                try:
                    found = await shelf.find(query, sort=sort, limit=2, cursor=cursor)
                except VideothekError as error:
                    assert error.code == "invalid_request"  # noqa: PT017 - either way is right
                else:
                    assert len(found.results) <= 2


async def test_of_very_many_that_may_have_a_phrase_so_many_are_confirmed_as_are_asked_for(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
):
    """Where the index says it all, on SQLite, they are counted."""
    monkeypatch.setattr(ranking, "_LIKELY_MAX", 60)
    monkeypatch.setattr(ranking, "_CERTAIN", 20)
    monkeypatch.setattr(ranking, "_CONFIRMED_FIRST", 5)
    monkeypatch.setattr(search_service, "_NEWCOMERS", 0)
    # Each has the pairs of "walrus eats pelican", every second one has the three words together.
    said = ("walrus eats pelican", "walrus eats, and one eats pelican")
    await shelf.add(*(Spoken(f"x{n}", cues_of(said[n % 2])) for n in range(100)))
    having = [f"x{n}" for n in range(98, -1, -2)]
    phrase = '"walrus eats pelican"'
    for sort in ("relevance", "newest"):
        assert sorted(await shelf.pages(phrase, sort=sort, limit=7)) == sorted(having), sort
        found = await shelf.find(phrase, sort=sort, limit=7)
        everything = await shelf.find(phrase, sort=sort, limit=50)
        assert titles(everything)[:7] == titles(found)
        assert (everything.total, everything.total_is_exact) == (50, True)
        known = (50, True) if shelf.database.is_sqlite else (20, False)
        assert (found.total, found.total_is_exact) == known
    # Where it is in few of them, all are looked into.
    await shelf.add(Spoken("only", cues_of("walrus eats pelican eats walrus")), first=200)
    found = await shelf.find('"pelican eats walrus"')
    assert (titles(found), found.total, found.total_is_exact) == (["only"], 1, True)
    found = await shelf.find('"walrus eats pelican eats"')
    assert (titles(found), found.total, found.total_is_exact) == (["only"], 1, True)


async def test_beyond_the_limit_a_bounded_set_is_looked_at(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
):
    assert ranking.RANKED_MAX == 1000
    # The benchmark asks ten thousand.
    monkeypatch.setattr(ranking, "RANKED_MAX", 100)
    monkeypatch.setattr(ranking, "_LIKELY_MAX", 120)
    count = 110
    await shelf.add(
        *(Spoken(f"x{n}", cues_of(f"a walrus and number n{n}")) for n in range(count)),
        Spoken("best", cues_of("a walrus, a walrus"), title="Walrus"),
    )
    for sort in ("relevance", "newest", "longest"):
        for query in ("walrus", '"walrus and number"'):
            found = await shelf.find(query, sort=sort, limit=40)
            seen = (len(found.results), found.total, found.total_is_exact)
            assert seen == (40, 100, False), (sort, query)
        found = await shelf.find('"and number n55"', sort=sort)
        assert (titles(found), found.total, found.total_is_exact) == (["x55"], 1, True), sort
    # What is best is among those that are ranked, however old it is.
    assert titles(await shelf.find("walrus", limit=1)) == ["Walrus"]
    assert titles(await shelf.find("walrus n77")) == ["x77"]
    assert titles(await shelf.find("n109")) == ["x109"]
    for query in ("walrus", "", "walrus -n5 -n6"):
        pages = await shelf.pages(query, limit=40)
        assert len(pages) == len(set(pages)) == 100, query
    # Somebody else's videos do not fill the bounded set.
    async with shelf.database.write() as unit:
        user_id, list_id = await add_person(unit, "small", "tiny")
    await shelf.add(Spoken("mine", cues_of("a walrus")), list_id=list_id)
    await shelf.add(*(Spoken(f"y{n}", cues_of("a walrus")) for n in range(101)), first=500)
    found = await shelf.find("walrus", user_id=user_id)
    assert (titles(found), found.total, found.total_is_exact) == (["mine"], 1, True)
    assert marked(only(found).hits[0].parts) == ["walrus"]


async def test_several_workers_that_catch_up_at_once_index_each_video_once(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
):
    ids = await _add_lost(shelf, *(Spoken(f"x{n}", note="Dachs") for n in range(35)))
    indexed: list[str] = []

    async def note(session: AsyncSession, video_id: str) -> None:
        indexed.append(video_id)
        await index_video(session, video_id)

    monkeypatch.setattr(catch_up, "index_video", note)
    await asyncio.gather(*(_catch_up(shelf) for _ in range(3)))

    assert sorted(indexed) == sorted(ids)
