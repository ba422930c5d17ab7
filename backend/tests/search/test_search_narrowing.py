"""Filters, sorting and paging; the same on both databases."""

import pytest

from tests.support.spoken import Shelf, marked, text_of, titles


async def test_no_question_shows_everything_by_date_without_moments(small: Shelf):
    newest = await small.find(sort="newest", limit=200)
    assert newest.total == len(newest.results)
    assert newest.total_is_exact
    assert not any(result.hits or result.hit_count for result in newest.results)
    assert not any(marked(result.title_parts) for result in newest.results)
    assert all(text_of(result.title_parts) for result in newest.results)
    assert await small.names(limit=200) == titles(newest)
    assert "secret" not in titles(newest)


async def test_each_filter_narrows(small: Shelf):
    everything = {"f1", "f2", "f3", "lighthouse", "f5"}
    assert set(await small.names("lighthouse")) == everything
    cases = [
        ({"list_id": small.list_id}, everything - {"f5"}),
        ({"channel": "Brandung"}, {"f2", "f3"}),
        ({"tag": "MEER"}, {"f1", "f2"}),
        ({"tag": "#see"}, {"f1"}),
        ({"tag": "nowhere"}, set()),
        ({"published_after": "2024-03-01"}, {"f2", "f3"}),
        ({"published_before": "2024-03-01"}, {"f1", "f2", "f5"}),
        ({"published_after": "2023-03-02", "published_before": "2024-03-02"}, {"f2"}),
        ({"min_duration_seconds": 600}, {"f2", "f3"}),
        ({"max_duration_seconds": 60}, {"f1", "f5"}),
        ({"min_duration_seconds": 60, "max_duration_seconds": 600}, {"f1", "f2"}),
        ({"language": "en"}, {"f1", "lighthouse", "f5"}),
        ({"language": "pt"}, {"f3"}),
        ({"language": "de"}, {"f2"}),
        ({"captions_source": "whisper"}, {"f3"}),
        ({"captions_source": "none"}, {"lighthouse"}),
        ({"channel": "Brandung", "language": "de", "tag": "meer"}, {"f2"}),
        ({"channel": "Brandung", "list_id": small.list_id, "language": "en"}, set()),
    ]
    for filters, expected in cases:
        found = await small.find("lighthouse", **filters)
        assert set(titles(found)) == expected, filters
        assert (found.total, found.total_is_exact) == (len(expected), True), filters
        assert not found.is_relaxed
        everywhere = await small.names(**filters, limit=200)
        assert expected <= set(everywhere), filters


async def test_filters_also_narrow_without_a_question(small: Shelf):
    assert set(await small.names(channel="Brandung")) == {"f2", "f3"}
    assert await small.names(captions_source="whisper", language="pt") == ["f3"]


async def test_what_is_filtered_away_is_not_found_by_asking_for_less(small: Shelf):
    found = await small.find("lighthouse xylophone", channel="Brandung")
    assert set(titles(found)) <= {"f2", "f3"}


async def test_videos_can_be_sorted(small: Shelf):
    async def order(sort: str) -> list[str]:
        return [name for name in await small.names("lighthouse", sort=sort) if name != "lighthouse"]

    assert await order("longest") == ["f3", "f2", "f1", "f5"]
    assert await order("shortest") == ["f5", "f1", "f2", "f3"]
    newest = await small.names("lighthouse", sort="newest")
    oldest = await small.names("lighthouse", sort="oldest")
    assert set(newest) == set(oldest) == {"f1", "f2", "f3", "lighthouse", "f5"}
    # A video of unknown length comes last, whichever way.
    assert (await small.names("lighthouse", sort="longest"))[-1] == "lighthouse"
    assert (await small.names("lighthouse", sort="shortest"))[-1] == "lighthouse"


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "longest", "shortest"])
async def test_all_pages_hold_everything_once(small: Shelf, sort: str):
    for query, limit in (("lighthouse", 1), ("-lighthouse", 7), ("", 11)):
        whole = await small.find(query, sort=sort, limit=200)
        assert whole.next_cursor is None
        totals: set[int] = set()
        paged = await small.pages(
            query, limit=limit, sort=sort, on_page=lambda page, seen=totals: seen.add(page.total)
        )
        assert paged == titles(whole)
        assert totals == {len(whole.results)}
