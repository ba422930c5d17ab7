"""Reading what people drop."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ReasonCode
from app.services.importing.items import InputItem, ItemSink
from app.services.importing.text import read_lines, read_urls


def lines_of(text: str, max_items: int = 10_000) -> list[InputItem]:
    sink = ItemSink(max_items)
    read_lines(text, sink)
    return sink.items


def elements_of(urls: list[str], max_items: int = 10_000) -> list[InputItem]:
    sink = ItemSink(max_items)
    read_urls(urls, sink)
    return sink.items


@given(st.text(max_size=2000))
def test_every_line_that_is_not_blank_is_an_item_and_is_told_apart(text: str) -> None:
    items = lines_of(text)

    lines = {item.line for item in items}
    expected = {
        number for number, row in enumerate(text.splitlines(), 1) if row.replace("\x00", "").strip()
    }
    assert lines == expected
    assert all((item.youtube_id is None) == (item.reason_code is not None) for item in items)
    assert all("\x00" not in item.text for item in items)


@given(st.lists(st.text(max_size=200), max_size=50))
def test_every_element_has_at_least_one_item(urls: list[str]) -> None:
    assert {item.line for item in elements_of(urls)} == set(range(1, len(urls) + 1))


def test_reading_stops_at_one_item_more_than_wanted() -> None:
    assert len(lines_of("x\n" * 1000, 10)) == 11
    assert len(elements_of(["x"] * 1000, 10)) == 11


def test_the_reason_of_a_line_without_a_video_is_told() -> None:
    rows = [
        "https://www.youtube.com/playlist?list=PLUl4u3cNGP61hsJNdULdudlRL493b-XZf",
        "https://www.youtube.com/@somebody",
        "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQQ",
        "just words",
    ]

    assert [item.reason_code for item in lines_of("\n".join(rows))] == [
        ReasonCode.PLAYLIST,
        ReasonCode.CHANNEL,
        ReasonCode.FOREIGN_HOST,
        ReasonCode.BAD_ID,
        ReasonCode.NO_LINK,
    ]
