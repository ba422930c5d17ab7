"""Captions and descriptions made to keep the server busy: each of these took hours."""

import pytest

from app.services.enrichment.captions import CaptionFormatError, parse_captions
from app.services.enrichment.chapters import parse_description_chapters

MANY = 1_000_000


@pytest.mark.timeout(20)
def test_an_endless_attribute_in_broken_captions_is_passed_over() -> None:
    text = f"<tt><p {'a' * MANY}>&<x</p></tt>"

    with pytest.raises(CaptionFormatError):
        parse_captions(text.encode(), "ttml")


@pytest.mark.timeout(20)
def test_an_endless_line_of_points_in_a_description_is_passed_over() -> None:
    description = f"{'.' * MANY}x 0:00\nMitte 1:00\nEnde 2:00"

    chapters = parse_description_chapters(description, None)

    assert [chapter.start_seconds for chapter in chapters] == [0, 60, 120]


def test_points_that_lead_to_a_time_are_no_part_of_its_title() -> None:
    chapters = parse_description_chapters("Anfang .... 0:00\nMitte.... 1:00\nEnde ... 2:00", None)

    assert [chapter.title for chapter in chapters] == ["Anfang", "Mitte", "Ende"]
