"""Reads ``verbose_json``, as Whisper's servers write it. Pure."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from app.services.transcription.ports import Segment, Transcript, Word

# Names as Whisper writes them (openai/whisper, tokenizer.py), with the codes that others write: ISO
# 639-1, or 639-3 where there is none.
_LANGUAGES = """
en:english zh:chinese de:german es:spanish ru:russian ko:korean fr:french ja:japanese
pt:portuguese tr:turkish pl:polish ca:catalan nl:dutch ar:arabic sv:swedish it:italian
id:indonesian hi:hindi fi:finnish vi:vietnamese he:hebrew uk:ukrainian el:greek ms:malay
cs:czech ro:romanian da:danish hu:hungarian ta:tamil no:norwegian th:thai ur:urdu hr:croatian
bg:bulgarian lt:lithuanian la:latin mi:maori ml:malayalam cy:welsh sk:slovak te:telugu
fa:persian lv:latvian bn:bengali sr:serbian az:azerbaijani sl:slovenian kn:kannada et:estonian
mk:macedonian br:breton eu:basque is:icelandic hy:armenian ne:nepali mn:mongolian bs:bosnian
kk:kazakh sq:albanian sw:swahili gl:galician mr:marathi pa:punjabi si:sinhala km:khmer sn:shona
yo:yoruba so:somali af:afrikaans oc:occitan ka:georgian be:belarusian tg:tajik sd:sindhi
gu:gujarati am:amharic yi:yiddish lo:lao uz:uzbek fo:faroese tk:turkmen nn:nynorsk mt:maltese
sa:sanskrit lb:luxembourgish my:myanmar bo:tibetan tl:tagalog mg:malagasy as:assamese tt:tatar
haw:hawaiian ln:lingala ha:hausa ba:bashkir jw:javanese su:sundanese yue:cantonese my:burmese
ca:valencian nl:flemish es:castilian zh:mandarin pa:panjabi ro:moldavian si:sinhalese
"""
_CODES: Mapping[str, str] = {
    name: code for code, name in (pair.split(":") for pair in _LANGUAGES.split())
}
_CODE_CHARACTERS = 3


def read_transcript(answer: Any) -> Transcript:
    """What was heard.

    Args:
        answer: The parsed JSON of an answer.

    Raises:
        ValueError: It is no such answer.
    """
    if not isinstance(answer, dict):
        raise ValueError("no object")  # noqa: TRY004 - one kind of error for all that is wrong
    segments = answer.get("segments")
    if segments is None and not answer.get("words"):
        # A text alone has no times, so no captions can be made of it; no text at all is silence.
        if answer.get("text") != "":
            raise ValueError("no segments")
        segments = []
    return Transcript(
        language=language_code(answer.get("language")),
        segments=tuple(_in_order([_segment(each) for each in segments or []])),
        words=tuple(_in_order([_word(each) for each in answer.get("words") or []])),
    )


def language_code(name: object) -> str | None:
    """The code of a language that an answer names, in whichever way.

    Args:
        name: "English", "english", "en".
    """
    if not isinstance(name, str):
        return None
    name = name.strip().lower()
    if name in _CODES:
        return _CODES[name]
    is_code = name.isascii() and name.isalpha() and 1 < len(name) <= _CODE_CHARACTERS
    return name if is_code else None


def _segment(data: Any) -> Segment:
    start, end = _times(data)
    return Segment(
        start_seconds=start,
        end_seconds=end,
        text=_text(data["text"]),
        avg_logprob=_optional(data.get("avg_logprob")),
        no_speech_prob=_optional(data.get("no_speech_prob")),
        compression_ratio=_optional(data.get("compression_ratio")),
    )


def _word(data: Any) -> Word:
    start, end = _times(data)
    return Word(start, end, _text(data["word"]))


def _times(data: Any) -> tuple[float, float]:
    start, end = _optional(data["start"]), _optional(data["end"])
    if start is None or end is None:
        raise ValueError("no times")
    start = max(0.0, start)
    return start, max(start, end)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")  # noqa: TRY004 - see above
    # No column holds NUL.
    return value.replace("\x00", "")


def _optional(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)


def _in_order(items: list[Any]) -> list[Any]:
    return sorted(items, key=lambda item: item.start_seconds)
