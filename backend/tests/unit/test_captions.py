"""Caption files as YouTube and people really make them, and what is written from them."""

import json
import re
import sys
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.enrichment._caption_words import clean
from app.services.enrichment.captions import (
    CaptionFormatError,
    CaptionsLocked,
    Cue,
    TrackChoice,
    choose_tracks,
    parse_captions,
    to_transcript,
    to_webvtt,
)


def texts(data: str | bytes, file_format: str) -> list[str]:
    data = data.encode() if isinstance(data, str) else data
    return [cue.text for cue in parse_captions(data, file_format)]


def json3(*events: dict[str, Any]) -> bytes:
    return json.dumps({"wireMagic": "pb3", "events": list(events)}).encode()


def line(start: int, text: str, length: int | None = 4000, **more: Any) -> dict[str, Any]:
    event = {"tStartMs": start, "segs": [{"utf8": text}], **more}
    return event if length is None else event | {"dDurationMs": length}


# Formats


def test_automatic_json3_lines_end_where_the_next_begins():
    data = json3(
        {"tStartMs": 0, "dDurationMs": 99_000, "id": 1},
        {"tStartMs": 1000, "dDurationMs": 5000,
         "segs": [{"utf8": "hello"}, {"utf8": " world", "tOffsetMs": 300}]},
        {"tStartMs": 2990, "dDurationMs": 3000, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        line(3000, "again"),
    )  # fmt: skip
    assert parse_captions(data, "json3") == [Cue(1, 3, "hello world"), Cue(3, 7, "again")]


def test_manual_json3_lines_may_overlap():
    cues = parse_captions(json3(line(0, "one", 5000), line(2000, "two", 5000)), "json3")
    assert cues == [Cue(0, 5, "one"), Cue(2, 7, "two")]


def test_a_json3_event_without_length_lasts_until_the_next():
    cues = parse_captions(json3(line(0, "one", None), line(3000, "two", None)), "json3")
    assert cues == [Cue(0, 3, "one"), Cue(3, 8, "two")]


def test_entities_escaped_twice_are_read_once():
    data = json3(line(0, "it&amp;#39;s &quot;R&amp;amp;B&quot; &lt;i&gt;live&lt;/i&gt;"))
    assert texts(data, "json3") == ['it\'s "R&B" live']
    assert texts('<transcript><text start="0">it&amp;#39;s</text></transcript>', "srv1") == ["it's"]


def test_controls_invisible_characters_and_lone_surrogates_vanish():
    data = json3(line(0, "a\u0000b\u200b\ud800 \u00a0 c\r\n\n  d\u001f"))
    assert texts(data, "json3") == ["ab c\nd"]


@pytest.mark.parametrize("data", [b'{"events": []}', b"WEBVTT\n\n", b"<transcript/>"])
def test_a_well_formed_file_without_cues_gives_none(data: bytes):
    assert parse_captions(data, "json3") == []


def test_rolling_webvtt_shows_each_line_once():
    data = """WEBVTT
Kind: captions
Language: en
Style:
::cue(c.colorCCCCCC) { color: rgb(204,204,204);
 }
##

00:00:00.000 --> 00:00:02.000 align:start position:0%
{blank}
An<00:00:00.500><c>d</c><c.colorCCCCCC><00:00:01.000><c> so</c></c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
And so<c.colorCCCCCC>
 </c>

00:00:02.010 --> 00:00:04.000 align:start position:0%
And so
no<00:00:03.000><c> no</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
no no
{blank}

00:00:04.010 --> 00:00:06.000 align:start position:0%
no no
no no
""".replace("{blank}", " ")  # a line with one space is not empty
    assert texts(data, "vtt") == ["And so", "no no", "no no"]


def test_a_line_said_twice_stays_twice_where_nothing_rolls():
    data = "WEBVTT\n\n" + "\n".join(f"00:0{n}.000 --> 00:0{n + 1}.000\nyes\n" for n in range(3))
    assert texts(data, "vtt") == ["yes"] * 3


def test_webvtt_notes_names_and_untimed_blocks_are_no_captions():
    data = (
        "WEBVTT - a title\n\nNOTE not this\n\nSTYLE\n::cue { color: red }\n\nname\n"
        "01:00.000 --> 01:02.000 line:0\n<v Anna>Hi &amp; bye</v>\n\nnot timed\n\n"
        "100:00:01.000 --> 100:00:02.000\nlate\n"
    )
    assert parse_captions(data.encode(), "vtt") == [
        Cue(60, 62, "Hi & bye"),
        Cue(360_001, 360_002, "late"),
    ]


def test_webvtt_without_its_first_line_is_read_all_the_same():
    assert texts("00:00.500 --> 00:07.000\nhello\n", "vtt") == ["hello"]


def test_srt_tolerates_points_missing_blanks_and_missing_texts():
    data = (
        "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>one</i>\n2\n00:00:02.5 -> 00:00:03\ntwo\n\n"
        "still two\n\n3\n00:00:04,000 --> 00:00:05,000\n\n4\nno time\n\n5\n"
        "00:00:06,000 --> broken\nfive\\Nlines\n\n6\nbroken --> 00:00:09,000\nlost\n"
    )
    assert texts(data, "srt") == ["one", "two\nstill two", "five\nlines"]


def test_srt_hides_tags_that_are_closed_and_shows_what_only_looks_like_one():
    data = "1\n00:00:01,000 --> 00:00:02,000\n<x a=1>in</x> <open>3 < 5 > 4 <font size=8>out\n"
    assert texts(data, "srt") == ["in <open>3 < 5 > 4 out"]


def test_sbv_is_read_as_well():
    assert parse_captions(b"0:00:01.000,0:00:02.500\none[br]two\n", "sbv") == [
        Cue(1, 2.5, "one\ntwo")
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_encoding_is_recognised(encoding: str):
    data = "1\n00:00:01,000 --> 00:00:02,000\nCafé où l'été\n".encode(encoding)
    assert texts(data, "srt") == ["Café où l'été"]


def test_one_broken_byte_does_not_spoil_utf8():
    data = "1\n00:00:01,000 --> 00:00:02,000\nÄpfel für größere ".encode() + b"\xff\n"
    assert texts(data, "srt")[0].startswith("Äpfel für größere")


def test_srv3_words_breaks_and_ruby_become_text():
    data = (
        '<?xml version="1.0" encoding="utf-8"?><timedtext format="3"><head><pen id="1"/></head>'
        '<body><p t="0" d="1000"><s>a</s><s t="10">b<br/>c</s> d</p>'
        '<p t="1000" d="900" a="1">\n</p><p t="1000" d="5000"><s p="1">漢</s><s>(</s><s>か</s>'
        "<s>)</s></p></body></timedtext>"
    )
    assert parse_captions(data.encode(), "srv3") == [Cue(0, 1, "ab\nc d"), Cue(1, 6, "漢(か)")]


def test_shadow_layers_and_animation_frames_become_one_line():
    frames = "".join(
        f'<p t="{t}" d="100"><s>{"la"[:n]}</s><s>{"la"[n:]}</s></p>' * 2
        for n, t in enumerate((0, 100, 200))
    )
    data = f'<timedtext format="3"><body>{frames}</body></timedtext>'
    assert parse_captions(data.encode(), "srv3") == [Cue(0, 0.3, "la")]


def test_ttml_is_read_as_well():
    data = (
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="00:00:01.000" '
        'end="00:00:03.000"><span>Hello</span><br>World&nbsp;&amp;&#x0001; all</p></div></body>'
        "</tt>"
    )
    assert parse_captions(data.encode(), "ttml") == [Cue(1, 3, "Hello\nWorld & all")]


def test_broken_but_complete_xml_gives_its_readable_cues():
    data = '<transcript><text start="1" dur="2">a < b</text><text start="3" dur="1">c</transcript>'
    assert parse_captions(data.encode(), "srv1") == [Cue(1, 3, "a < b")]


def test_the_content_is_believed_before_the_declared_format():
    assert texts("WEBVTT\n\n00:01.000 --> 00:02.000\na\n", "json3") == ["a"]
    assert texts('<transcript><text start="0" dur="1">a</text></transcript>', "vtt") == ["a"]
    assert texts('[{"text": "a", "start": 1.5, "duration": 2}]', "srv1") == ["a"]


def test_an_arrow_in_a_text_or_a_bracket_at_the_start_confuses_no_format():
    assert texts(json3(line(0, "a --> b")), "json3") == ["a --> b"]
    assert texts("[door]\n00:00:01,000 --> 00:00:02,000\nhello\n", "srt") == ["hello"]


# Errors


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_body_means_locked(data: bytes):
    with pytest.raises(CaptionsLocked):
        parse_captions(data, "json3")


@pytest.mark.parametrize(
    "data",
    [
        "some text", "1", "some text\n00:00:00,500 --> 00:00:07,000", '{"error": {"code": 404}}',
        '{"wireMagic": "pb3", "events": [{"tStartMs": 1, "segs": [{"ut', "[1, 2]", "[" * 100_000,
        '<transcript><text start="0" dur="1">cut', "<html><body><p>Sorry</p></body></html>",
        "<!DOCTYPE html><html></html>", "<rss><text start='1'>a</text></rss>", '{"events": 3}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("file_format", ["json3", "vtt", "srv1", "srv3", "srt"])
def test_what_is_no_caption_file_is_a_format_error(data: str, file_format: str):
    with pytest.raises(CaptionFormatError):
        parse_captions(data.encode(), file_format)


def test_an_unknown_format_is_a_format_error():
    with pytest.raises(CaptionFormatError):
        parse_captions(b"WEBVTT\n", "docx")


def test_xml_entities_are_never_defined_or_fetched():
    data = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><transcript><text start="0">&y;</text></transcript>'  # noqa: E501
    with pytest.raises(CaptionFormatError):
        parse_captions(data.encode(), "srv1")


# Writing


def test_webvtt_is_escaped_and_every_cue_has_a_length():
    cues = [Cue(0, 0, "a --> b\n\n<c> & d"), Cue(3600.0006, 3601.5, "e")]
    assert to_webvtt(cues) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:00.001\na --&gt; b\n&lt;c&gt; &amp; d\n"
        "\n01:00:00.001 --> 01:00:01.500\ne\n"
    )
    assert to_webvtt([]) == "WEBVTT\n"


def test_a_transcript_has_paragraphs_at_pauses_and_new_speakers():
    cues = [Cue(0, 1, "Hello\nthere"), Cue(1, 2, "you."), Cue(5, 6, "Later"), Cue(6, 7, ">> Hi")]
    assert to_transcript(cues) == "Hello there you.\n\nLater\n\n>> Hi\n"
    assert to_transcript([]) == ""
    assert to_transcript([Cue(0, 1, "日本"), Cue(1, 2, "語")]) == "日本語\n"


def test_a_transcript_without_pauses_has_paragraphs_all_the_same():
    cues = [Cue(n, n + 1, "seven words of nobody in particular here") for n in range(200)]
    paragraphs = to_transcript(cues).split("\n\n")
    assert all(400 < len(paragraph) < 1200 for paragraph in paragraphs[:-1])


# Choosing a track


def track(language: str, extra: str = "") -> list[dict[str, str]]:
    url = f"https://www.youtube.com/api/timedtext?v=x&lang={language}{extra}"
    return [{"ext": ext, "url": f"{url}&fmt={ext}"} for ext in ("json3", "srv1", "vtt")]


AUTOMATIC = {
    "en-orig": track("en"),
    "en": track("en"),
    **{code: track("en", f"&tlang={code}") for code in ("de", "fr", "af", "zh-Hans")},
}


@pytest.mark.parametrize(
    ("manual", "automatic", "wanted", "spoken", "expected"),
    [
        ({"de": track("de"), "en": track("en")}, AUTOMATIC, ["de"], "en", ("de", "manual")),
        ({"fr": track("fr"), "en": track("en")}, AUTOMATIC, ["de"], "en", ("en", "manual")),
        ({"fr": track("fr")}, AUTOMATIC, ["de"], "en", ("en", "auto")),
        ({"fr": track("fr")}, AUTOMATIC, ["de"], None, ("en", "auto")),
        ({"fr": track("fr")}, {}, ["de"], "en", ("fr", "manual")),
        ({"pt": track("pt"), "pt-BR": track("pt-BR")}, {}, ["pt-BR"], None, ("pt-BR", "manual")),
        ({"en-GB": track("en-GB")}, AUTOMATIC, ["en"], None, ("en-GB", "manual")),
        ({"en-eEY6OEpapPo": track("en")}, {}, ["en"], None, ("en", "manual")),
        ({"iw": track("iw")}, AUTOMATIC, ["he"], "en", ("iw", "manual")),
        ({"live_chat": [{"ext": "json", "url": "https://x"}]}, AUTOMATIC, [], None, ("en", "auto")),
        ({}, {"en-orig": track("en"), "es-orig": track("es")}, [], "es", ("es", "auto")),
        ({}, {"en": track("en", "&tlang=en")}, ["en"], "en", None),
        ({"live_chat": track("en")}, {}, [], None, None),
        ({"en": [{"ext": "json3"}], "de": None}, None, ["en"], None, None),
        (None, None, ["en"], "en", None),
    ],
)
def test_the_best_track_is_chosen_and_never_a_translation(
    manual: Any, automatic: Any, wanted: list[str], spoken: str, expected: tuple[str, str] | None
):
    choice = choose_tracks(manual, automatic, wanted_languages=wanted, original_language=spoken)
    chosen = choice.manual or choice.other
    assert (chosen and (chosen.language, chosen.kind)) == expected
    assert not choice.are_locked
    assert choice.manual is None or choice.manual.kind == "manual"


def test_a_track_that_can_be_fetched_is_better_than_a_locked_one():
    locked = {"en": track("en", "&exp=xpe")}
    choice = choose_tracks(locked, {"en-orig": track("en")}, wanted_languages=["en"])
    assert choice.manual is None
    assert choice.other is not None
    assert (choice.other.kind, choice.other.is_locked) == ("auto", False)
    only = choose_tracks(locked, {}, wanted_languages=["en"])
    assert only == TrackChoice(None, None, are_locked=True)


def test_json3_is_asked_for_even_where_only_other_formats_are_listed():
    url = "https://www.youtube.com/api/timedtext?v=x&lang=en&fmt=vtt"
    chosen = choose_tracks({"en": [{"ext": "vtt", "url": url}]}, {}).other
    assert chosen is not None
    assert chosen.url == url.replace("fmt=vtt", "fmt=json3")


# Whatever comes


def assert_sound(cues: list[Cue]) -> None:
    for cue in cues:
        assert 0 <= cue.start_seconds <= cue.end_seconds
        assert cue.text == cue.text.strip() != ""
        assert "\n\n" not in cue.text
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", cue.text)
    assert all(a.start_seconds <= b.start_seconds for a, b in pairwise(cues))


def assert_valid_webvtt(text: str) -> None:
    header, *blocks = text.rstrip("\n").split("\n\n")
    assert header == "WEBVTT"
    for block in blocks:
        timing, *payload = block.split("\n")
        assert re.fullmatch(r"\d{2,}:\d\d:\d\d\.\d{3} --> \d{2,}:\d\d:\d\d\.\d{3}", timing)
        start, end = timing.split(" --> ")
        assert (len(start), start) < (len(end), end)
        assert payload
        assert not any("-->" in row or "<" in row or not row for row in payload)


caption_pieces = st.one_of(
    st.text(max_size=10),
    st.sampled_from(
        ["WEBVTT\n\n", "00:00:01.000 --> 00:00:02,000\n", "0:00:01.000,0:00:02.000\n", "1\n",
         "\n\n", "\n", "-->", "<transcript>", "</transcript>", '<text start="1" dur="2">',
         "</text>", "<timedtext>", '<p t="1" d="2">', "</p>", "</timedtext>", "<s>", "</s>",
         "<br>", "&amp;", "&#0;", "&#xD800;", "<c>", "<00:00:01.000>", "{\\an8}", "\\N", "\x00",
         "\ufeff", '{"events": [', "]}", "&nbsp;", '{"tStartMs": 1, "segs": [{"utf8": "a"}]}',
         ",", "<!DOCTYPE x>", "<!--", "<![CDATA["]
    ),
)  # fmt: skip
formats = st.sampled_from(["json3", "vtt", "srv1", "srv3", "srt", "nonsense"])


@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(caption_pieces, max_size=25).map(
            lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
        ),
    ),
    formats,
)
def test_any_bytes_give_sound_cues_or_a_documented_error(data: bytes, file_format: str):
    try:
        cues = parse_captions(data, file_format)
    except (CaptionFormatError, CaptionsLocked):
        return
    assert_sound(cues)
    assert_valid_webvtt(to_webvtt(cues))
    to_transcript(cues)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
    max_leaves=5,
)
times = st.one_of(st.integers(-10, 10**6), json_values)
events = st.fixed_dictionaries(
    {},
    optional={
        "tStartMs": times,
        "dDurationMs": times,
        "aAppend": json_values,
        "segs": st.one_of(
            json_values,
            st.lists(
                st.fixed_dictionaries({}, optional={"utf8": st.one_of(st.text(), json_values)})
            ),
        ),
    },
)


@given(st.text(max_size=60))
def test_a_line_is_cleaned_alike_whether_it_looks_plain_or_not(text: str):
    # A style tag of no words makes it look otherwise.
    assert clean(text) == clean(text + "<b></b>")


@given(st.one_of(json_values, st.lists(events).map(lambda found: {"events": found})))
def test_any_json_gives_sound_cues_or_a_documented_error(document: Any):
    try:
        cues = parse_captions(json.dumps(document).encode(), "json3")
    except CaptionFormatError:
        return
    assert_sound(cues)
    assert_valid_webvtt(to_webvtt(cues))


@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 10**4), st.text(max_size=40)), max_size=20
    )
)
def test_what_is_written_as_webvtt_reads_back_as_the_same_words(rows: list[tuple[int, int, str]]):
    data = json3(*(line(start, text, length) for start, length, text in rows))
    once = parse_captions(data, "json3")
    words = {cue.text for cue in once}
    again = {cue.text for cue in parse_captions(to_webvtt(once).encode(), "vtt")}
    if not any(mark in text for text in words for mark in "<&{\\"):  # markup may unfold twice
        assert again == words


def _steps(data: bytes, file_format: str) -> int:
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        parse_captions(data, file_format)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    ("before", "piece", "after", "file_format"),
    [
        ("WEBVTT\n\n", "00:01.000 --> 00:02.000\na\n\n", "", "vtt"),
        ("", "1\n00:00:01,000 --> 00:00:02,000\na\n", "", "srt"),
        ("<transcript>", '<text start="1" dur="1">a</text>', "</transcript>", "srv1"),
        ("<timedtext><body>", '<p t="1"><s>a', "</timedtext>", "srv3"),
        ('{"events": [{}', ', {"tStartMs": 5, "segs": [{"utf8": "a"}]}', "]}", "json3"),
    ],
)
def test_the_work_grows_no_faster_than_the_file(
    before: str, piece: str, after: str, file_format: str
):
    def steps(count: int) -> int:
        return _steps((before + piece * count + after).encode(), file_format)

    try:
        assert steps(4000) <= 8.5 * steps(500)
    except CaptionFormatError:
        assert file_format == "srv3"  # unclosed: refused, however long


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["<", "<a", "{", "{\\", "&", "&amp", "<b ", "\\N", " ", "<br", "a "]
)
@pytest.mark.parametrize("file_format", ["vtt", "srt", "srv1"])
def test_a_megabyte_in_one_cue_comes_back(piece: str, file_format: str):
    text = piece * (1_000_000 // len(piece))
    data = (
        f'<transcript><text start="0">{text}</text></transcript>'
        if file_format == "srv1"
        else f"00:00:01.000 --> 00:00:02.000\n{text}x\n"
    )
    parse_captions(data.encode(), file_format)
