"""Other people's texts are text: nothing in them is lost, executed, or too long."""

import time

from tests.support.spoken import Shelf, Spoken, cues_of, marked, only, starts, text_of, titles

MARKUP = [
    "<script>alert('walrus')</script>",
    "<b>walrus</b> &amp; &lt;i&gt;",
    "walrus <mark>not ours</mark> ''' \"\"\" `x`",
    "%s walrus {0} ${jndi:ldap://x} {{ 7*7 }}",
    "Robert'); DROP TABLE videos;-- walrus",
    "walrus \\ \\u0000 \\x27 ^walrus +walrus tokens:walrus",
    "]]> walrus <![CDATA[",
]
BIDI = "\u202ewalrus\u202c \u2066isolate\u2069 \u200fא walrus\u200e"
CONTROLS = "wal\u00adrus? \x01walrus\x02 walrus\u200b \u2028walrus \x7f \ufeff"


async def test_markup_is_found_and_given_back_as_it_is(shelf: Shelf):
    await shelf.add(
        *(
            Spoken(f"x{n}", cues_of(text), title=text, channel=text, description=text, note=text)
            for n, text in enumerate(MARKUP)
        )
    )
    found = await shelf.find("walrus")
    assert {result.video.title for result in found.results} == set(MARKUP)
    for result in found.results:
        text = result.video.title or ""
        assert "".join(part.text for part in result.title_parts) == text
        assert "".join(part.text for part in result.channel_parts) == text
        assert text_of(result.description_parts) == " ".join(text.split())
        assert text_of(result.hits[0].parts) == " ".join(text.split())
        assert set(marked(result.title_parts)) == {"walrus"}
        assert set(marked(result.hits[0].parts)) == {"walrus"}
    assert titles(await shelf.find("script")) == [MARKUP[0]]
    assert titles(await shelf.find('"drop table"')) == [MARKUP[4]]


async def test_marks_of_direction_and_controls_are_kept_and_do_not_hide_words(shelf: Shelf):
    texts = [BIDI, CONTROLS]
    await shelf.add(*(Spoken(f"x{n}", cues_of(t), title=t) for n, t in enumerate(texts)))
    found = await shelf.find("walrus")
    assert {result.video.title for result in found.results} == set(texts)
    for result in found.results:
        text = result.video.title or ""
        assert "".join(part.text for part in result.title_parts) == text
        assert text_of(result.hits[0].parts) == " ".join(text.split())
        # No mark of direction is cut off with a word or into one.
        assert all("walrus" in part.replace("\u00ad", "") for part in marked(result.title_parts))
        assert not set("".join(marked(result.title_parts))) & set("\u202e\u202c\u2066\u2069")


async def test_a_line_of_a_megabyte_is_indexed_and_shown_in_a_glance(shelf: Shelf):
    million = "so it goes on " * 36_000 + "a walrus " + "and on and on " * 36_000
    started = time.process_time()
    await shelf.add(
        Spoken("spaces", [[0, 5, "before"], [5, 9, million], [9, 12, "after"]]),
        Spoken("no space", [[0, 5, "x" * 1_000_000], [5, 9, "a walrus"]]),
        Spoken("letters", [[0, 5, "木" * 60_000 + "鯨"], [5, 9, "a walrus"]], language="ja"),
        Spoken("marks", [[0, 5, "!" * 500_000 + "\u0301" * 500_000], [5, 9, "a walrus"]]),
        Spoken("title", title="walrus " * 20_000, description="walrus\n" * 100_000),
    )
    found = await shelf.find("walrus")
    assert len(found.results) == 5
    for result in found.results:
        for hit in result.hits:
            assert len("".join(part.text for part in hit.parts)) < 1_000
            assert len(hit.parts) < 200
        assert len(result.title_parts) < 1_000
        assert "".join(part.text for part in result.title_parts) == result.video.title
        assert len(result.description_parts or ()) < 200
    # A phrase across 1 MB, and the letter at its end.
    assert starts(await shelf.find('"goes on a walrus and on"')) == [5]
    assert starts(await shelf.find("鯨")) == [0]
    assert (await shelf.find("x" * 400)).total in (0, 1)
    assert time.process_time() - started < 30


async def test_a_video_of_a_hundred_thousand_words_is_searched_to_its_end(shelf: Shelf):
    lines = [f"line {n} of many and many" for n in range(20_000)]
    await shelf.add(Spoken("long", cues_of(*lines, seconds=1)))
    assert starts(await shelf.find('"line 19999 of many"')) == [19999]
    assert starts(await shelf.find('"line 10000"')) == [10000]
    found = only(await shelf.find("many"))
    assert found.hit_count >= 1_000
    assert len(found.hits) == 5


async def test_a_cue_without_words_does_not_move_the_others(shelf: Shelf):
    cues = cues_of("♪", "[Music]", "", "   ", "walrus", "...", "pelican\x01", "🐧", "the end")
    await shelf.add(Spoken("x", cues))
    assert starts(await shelf.find("walrus")) == [16]
    assert starts(await shelf.find("pelican")) == [24]
    assert starts(await shelf.find('"the end"')) == [32]
    assert starts(await shelf.find('"walrus pelican the"')) == [16]


async def test_strange_times_are_given_back(shelf: Shelf):
    cues = [[0, 0, "one walrus"], [1e-3, 1e-3, "two pelicans"], [359999.999, 360000, "three owls"]]
    await shelf.add(Spoken("x", cues))
    assert starts(await shelf.find("owl")) == [359999.999]
    assert starts(await shelf.find("pelican")) == [1e-3]
