"""What a model writes where nobody speaks."""

import re
from typing import Final

from app.services.transcription.pieces import clean, key_of
from app.services.transcription.ports import Segment

# Whisper's own threshold for silence, and what it takes to believe it.
_NO_SPEECH_PROB: Final = 0.6
_UNSURE_LOGPROB: Final = -1.0
# Speech compresses to about half its size; a phrase over and over to a third and less.
_MAX_COMPRESSION_RATIO: Final = 2.8
# A segment that begins when the clip is over was not heard; times are rounded to 20 ms.
_END_TOLERANCE_SECONDS: Final = 0.02

# Sounds, not words: [Music], (applause), *sighs*.
_SOUND: Final = re.compile(r"(?:\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫\s.…,!?-])+")
# The model learned from subtitles, and their farewells and credits stand where nobody speaks.
_FAREWELLS: Final = frozenset(
    key_of(text)
    for text in (
        "you",
        "thank you",
        "thank you very much",
        "thanks for watching",
        "thank you for watching",
        "please subscribe",
        "bye",
        "vielen dank",
        "vielen dank fürs zuschauen",
        "danke fürs zuschauen",
        "bis zum nächsten mal",
        "merci d'avoir regardé",
        "gracias por ver el video",
        "ご視聴ありがとうございました",
        "谢谢观看",
        "시청해주셔서 감사합니다",
    )
)
_CREDITS: Final = re.compile(
    r"amara\.org|untertitel(?:ung)?\s+(?:im auftrag|des zdf|von stephanie|der amara|aufgrund)"
    r"|sous-titr\w* (?:réalisés|st'|par la communauté)|字幕(?:由|by|志愿者)",
    re.IGNORECASE,
)


def is_invented(segment: Segment, duration_seconds: float) -> bool:
    """Whether nobody said what a segment says.

    Args:
        segment: In seconds of the clip.
        duration_seconds: How long the clip is.
    """
    if segment.start_seconds >= duration_seconds - _END_TOLERANCE_SECONDS:
        return True
    if (segment.compression_ratio or 0.0) > _MAX_COMPRESSION_RATIO:
        return True
    text = clean(segment.text)
    if not key_of(text) or _SOUND.fullmatch(text) or _CREDITS.search(text):
        return True
    return _is_silence(segment, text)


def _is_silence(segment: Segment, text: str) -> bool:
    if (segment.no_speech_prob or 0.0) <= _NO_SPEECH_PROB:
        return False
    is_unsure = segment.avg_logprob is not None and segment.avg_logprob < _UNSURE_LOGPROB
    return is_unsure or key_of(text) in _FAREWELLS
