"""Captions from the sound in scripts that know no spaces, or run from right to left."""

from app.services.enrichment.captions import to_webvtt
from app.services.transcription.merging import HeardPart, merge
from app.services.transcription.pieces import width_of
from app.services.transcription.ports import Segment, Transcript, Word
from tests.unit.test_captions import assert_valid_webvtt
from tests.unit.test_merging import one, said


def test_chinese_and_japanese_are_broken_anywhere_but_before_a_full_stop() -> None:
    text = "我们今天要谈论的是图书馆里最古老的那本书，它已经有一千年的历史了。" * 3
    merged = one(Segment(0.0, 20.0, text), Segment(20.0, 22.0, "再见。"), language="Chinese")

    lines = [line for cue in merged.cues for line in cue.text.split("\n")]
    assert "".join(lines) == text + "再见。"
    assert all(line[0] not in "。，" for line in lines)
    assert all(width_of(line) <= 42 for line in lines)
    assert merged.language == "zh"


def test_signs_get_the_times_of_the_words_they_belong_to() -> None:
    words = (Word(1.0, 2.0, "図書"), Word(2.0, 2.5, "館"), Word(6.0, 7.0, "です"))
    merged = merge(
        [HeardPart(0.0, 9.0, Transcript("ja", (Segment(0.0, 8.0, "図書館です。"),), words))]
    )
    assert [(cue.start_seconds, cue.text) for cue in merged.cues] == [
        (1.0, "図書館"),
        (6.0, "です。"),
    ]


def test_thai_lines_break_where_words_do() -> None:
    words = ("สวัสดี", "ครับ", "วันนี้", "เรา", "จะ", "พูด", "ถึง", "หนังสือ") * 3
    heard = tuple(Word(n * 0.5, n * 0.5 + 0.5, word) for n, word in enumerate(words))
    text = "".join(words)
    merged = merge([HeardPart(0.0, 60.0, Transcript("thai", (Segment(0.0, 12.0, text),), heard))])

    lines = [line for cue in merged.cues for line in cue.text.split("\n")]
    assert "".join(lines) == text
    assert len(lines) == 2
    ends = {"".join(words[:n]) for n in range(len(words) + 1)}
    assert all("".join(lines[:n]) in ends for n in range(len(lines)))


def test_text_from_right_to_left_stays_in_the_order_in_which_it_is_said() -> None:
    text = "\u202bمرحبا بكم في المكتبة، اليوم نقرأ كتابا قديما.\u202c"
    merged = one(Segment(1.0, 5.0, text), language="arabic")
    assert said(merged) == text.strip("\u202b\u202c")
    assert merged.language == "ar"


def test_what_no_file_can_hold_is_left_out() -> None:
    merged = one(
        Segment(0.0, 2.0, "Good\x00 mor\x1bning,\n\ud800 all\ufeff <i>of</i> \ufffdyou --> &")
    )
    assert said(merged) == "Good morning, all <i>of</i> you --> &"
    assert_valid_webvtt(to_webvtt(merged.cues))
