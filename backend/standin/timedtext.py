"""Caption files in YouTube's formats."""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from standin.catalog import Video
from standin.speech import Line, speech_of

_WRAP_AT = 42
_SCROLL_LEAD_MS = 10
_NO_DURATION_EVERY = 17


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of text with its time."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line of an automatic track at its place in the video."""

    start_ms: int
    line: Line


def timed_lines(video: Video, language: str) -> list[TimedLine]:
    """Return the lines of a video's automatic track."""
    lines = []
    for spoken in speech_of(video, language):
        at = spoken.start_ms
        for line in spoken.sentence.lines:
            lines.append(TimedLine(at, line))
            at += line.duration_ms
    return lines


def manual_cues(video: Video, language: str) -> list[Cue]:
    """Return the cues of a track a person has written: whole sentences, two lines at most."""
    end_ms = video.duration_seconds * 1000
    cues = []
    for spoken in speech_of(video, language):
        start, text = spoken.start_ms, spoken.sentence.text
        end = min(start + spoken.sentence.duration_ms, end_ms)
        cut = _middle_space(text)
        if len(text) > 2 * _WRAP_AT and cut:
            between = start + (end - start) * cut // len(text)
            cues.append(Cue(start, between, _wrapped(text[:cut])))
            cues.append(Cue(between, end, _wrapped(text[cut + 1 :])))
        else:
            cues.append(Cue(start, end, _wrapped(text)))
    return cues


def _middle_space(text: str) -> int:
    spaces = [index for index, char in enumerate(text) if char == " "]
    return min(spaces, key=lambda index: abs(index - len(text) // 2), default=0)


def _wrapped(text: str) -> str:
    cut = _middle_space(text)
    return f"{text[:cut]}\n{text[cut + 1 :]}" if len(text) > _WRAP_AT and cut else text


@lru_cache(maxsize=96)
def render(video: Video, language: str, kind: str, form: str) -> bytes:
    """Return a caption file.

    Args:
        video: Whose captions.
        language: Language code of the track.
        kind: `asr` for an automatic track, else empty.
        form: YouTube's `fmt` parameter; an unknown one gives the oldest format, as there.
    """
    if form == "json3":
        body = _json3_auto(video, language) if kind == "asr" else _json3_manual(video, language)
    elif form == "vtt":
        body = _vtt_auto(video, language) if kind == "asr" else _vtt_manual(video, language)
    else:
        cues = _plain_cues(video, language, kind)
        writer = {"srv3": _srv3, "srv2": _srv2, "ttml": _ttml, "srt": _srt}.get(form, _srv1)
        body = writer(cues)
    return body.encode()


def _plain_cues(video: Video, language: str, kind: str) -> list[Cue]:
    if kind != "asr":
        return manual_cues(video, language)
    return [
        Cue(timed.start_ms, timed.start_ms + timed.line.duration_ms, timed.line.text)
        for timed in timed_lines(video, language)
    ]


def _json3(events: Iterator[str] | list[str]) -> str:
    head = (
        '{"wireMagic":"pb3","pens":[{}],"wsWinStyles":[{},{"mhModeHint":2,"juJustifCode":0,'
        '"sdScrollDir":3}],"wpWinPositions":[{},{"apPoint":6,"ahHorPos":20,"avVerPos":100,'
        '"rcRows":2,"ccCols":40}],"events":['
    )
    return head + ",\n".join(events) + "]}"


def _json3_auto(video: Video, language: str) -> str:
    lines = timed_lines(video, language)
    end_ms = video.duration_seconds * 1000
    window = f'{{"tStartMs":0,"dDurationMs":{end_ms},"id":1,"wpWinPosId":1,"wsWinStyleId":1}}'
    events = [window]
    for index, timed in enumerate(lines):
        # A line stays until the one after the next appears, so events overlap as on YouTube.
        until = lines[index + 2].start_ms if index + 2 < len(lines) else end_ms
        length = f'"dDurationMs":{max(until - timed.start_ms, 1)},'
        if index % _NO_DURATION_EVERY == _NO_DURATION_EVERY - 1:
            length = ""
        segments = timed.line.segments_json
        events.append(f'{{"tStartMs":{timed.start_ms},{length}"wWinId":1,"segs":{segments}}}')
        if index + 1 < len(lines):
            scroll = lines[index + 1].start_ms - _SCROLL_LEAD_MS
            events.append(
                f'{{"tStartMs":{scroll},"dDurationMs":{max(until - scroll, 1)},"wWinId":1,'
                '"aAppend":1,"segs":[{"utf8":"\\n"}]}'
            )
    return _json3(events)


def _json3_manual(video: Video, language: str) -> str:
    return (
        '{"wireMagic":"pb3","pens":[{}],"wsWinStyles":[{}],"wpWinPositions":[{}],"events":['
        + ",\n".join(
            f'{{"tStartMs":{cue.start_ms},"dDurationMs":{cue.end_ms - cue.start_ms},'
            f'"segs":[{{"utf8":{json.dumps(cue.text, ensure_ascii=False)}}}]}}'
            for cue in manual_cues(video, language)
        )
        + "]}"
    )


def _stamp(milliseconds: int, comma: str = ".") -> str:
    seconds, milli = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{comma}{milli:03}"


def _vtt_manual(video: Video, language: str) -> str:
    blocks = [
        f"{_stamp(cue.start_ms)} --> {_stamp(cue.end_ms)}\n{html.escape(cue.text, quote=False)}"
        for cue in manual_cues(video, language)
    ]
    return f"WEBVTT\nKind: captions\nLanguage: {language}\n\n" + "\n\n".join(blocks) + "\n"


def _vtt_auto(video: Video, language: str) -> str:
    blocks, before = [], " "
    for timed in timed_lines(video, language):
        start, end = timed.start_ms, timed.start_ms + timed.line.duration_ms
        words = zip(timed.line.words[1:], timed.line.offsets_ms[1:], strict=True)
        tagged = timed.line.words[0] + "".join(
            f"<{_stamp(start + offset)}><c> {word}</c>" for word, offset in words
        )
        hold = end - _SCROLL_LEAD_MS
        place = " align:start position:0%"
        blocks.append(f"{_stamp(start)} --> {_stamp(hold)}{place}\n{before}\n{tagged}")
        blocks.append(f"{_stamp(hold)} --> {_stamp(end)}{place}\n{timed.line.text}\n ")
        before = timed.line.text
    return f"WEBVTT\nKind: captions\nLanguage: {language}\n\n" + "\n\n".join(blocks) + "\n"


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}".rstrip("0").rstrip(".")


def _srv1(cues: list[Cue]) -> str:
    rows = "".join(
        f'<text start="{_seconds(cue.start_ms)}" dur="{_seconds(cue.end_ms - cue.start_ms)}">'
        # YouTube escapes twice in this format.
        f"{html.escape(html.escape(cue.text), quote=False)}</text>"
        for cue in cues
    )
    return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{rows}</transcript>'


def _srv2(cues: list[Cue]) -> str:
    rows = "".join(
        f'<text t="{cue.start_ms}" d="{cue.end_ms - cue.start_ms}">{html.escape(cue.text)}</text>'
        for cue in cues
    )
    return f'<?xml version="1.0" encoding="utf-8" ?><timedtext>{rows}</timedtext>'


def _srv3(cues: list[Cue]) -> str:
    rows = "\n".join(
        f'<p t="{cue.start_ms}" d="{cue.end_ms - cue.start_ms}">{html.escape(cue.text)}</p>'
        for cue in cues
    )
    return (
        '<?xml version="1.0" encoding="utf-8" ?><timedtext format="3">\n'
        f"<body>\n{rows}\n</body>\n</timedtext>"
    )


def _ttml(cues: list[Cue]) -> str:
    rows = "\n".join(
        f'<p begin="{_stamp(cue.start_ms)}" end="{_stamp(cue.end_ms)}">'
        f"{html.escape(cue.text).replace(chr(10), '<br />')}</p>"
        for cue in cues
    )
    return (
        '<?xml version="1.0" encoding="utf-8" ?>\n'
        '<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="">\n'
        f"<body><div>\n{rows}\n</div></body></tt>"
    )


def _srt(cues: list[Cue]) -> str:
    return "\n".join(
        f"{index}\n{_stamp(cue.start_ms, ',')} --> {_stamp(cue.end_ms, ',')}\n{cue.text}\n"
        for index, cue in enumerate(cues, 1)
    )
