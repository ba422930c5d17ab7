"""The words of an import's report, in German and English."""

from app.core.errors import ReasonCode
from app.core.messages import Language, in_language
from app.models import CaptionsSource, ItemOutcome

_Pair = tuple[str, str]

_HEADER: tuple[_Pair, ...] = (
    ("Zeile", "Line"),
    ("Eingabe", "Input"),
    ("Ergebnis", "Outcome"),
    ("Grund", "Reason"),
    ("Titel", "Title"),
    ("Kanal", "Channel"),
    ("Video-ID", "Video id"),
    ("Adresse", "Address"),
    ("Untertitel", "Captions"),
)
_OUTCOMES: dict[ItemOutcome, _Pair] = {
    ItemOutcome.IMPORTED: ("importiert", "imported"),
    ItemOutcome.WITHOUT_CAPTIONS: ("ohne Untertitel", "without captions"),
    ItemOutcome.UNAVAILABLE: ("nicht verfügbar", "not available"),
    ItemOutcome.WAITING: ("wartet noch", "still waiting"),
    ItemOutcome.STOPPED: ("angehalten", "stopped"),
    ItemOutcome.REMOVED: ("entfernt", "removed"),
    ItemOutcome.DUPLICATE: ("war schon in der Liste", "was in the list already"),
    ItemOutcome.REPEATED: ("kam mehrfach vor", "was in the input more than once"),
    ItemOutcome.REJECTED: ("kein Video", "not a video"),
    ItemOutcome.PLAYLIST: ("Playlist oder Kanal", "playlist or channel"),
}
_REASONS: dict[ReasonCode, _Pair] = {
    ReasonCode.PLAYLIST: (
        "Playlists lassen sich noch nicht importieren.",
        "Playlists can't be imported yet.",
    ),
    ReasonCode.CHANNEL: ("Das ist ein Kanal, kein Video.", "This is a channel, not a video."),
    ReasonCode.NOT_A_VIDEO: (
        "Dieser Link führt nicht zu einem Video.",
        "This link does not lead to a video.",
    ),
    ReasonCode.FOREIGN_HOST: (
        "Dieser Link führt nicht zu YouTube.",
        "This link does not lead to YouTube.",
    ),
    ReasonCode.BAD_ID: (
        "Die Video-Kennung in diesem Link hat nicht die richtige Länge.",
        "The video id in this link does not have the right length.",
    ),
    ReasonCode.NO_LINK: (
        "Darin ist kein Link zu einem Video.",
        "There is no video link in it.",
    ),
}
_CAPTIONS: dict[CaptionsSource, _Pair] = {
    CaptionsSource.YOUTUBE_MANUAL: ("vom Kanal", "by the channel"),
    CaptionsSource.YOUTUBE_AUTO: ("von YouTube", "by YouTube"),
    CaptionsSource.WHISPER: ("von Whisper", "by Whisper"),
    CaptionsSource.NONE: ("keine", "none"),
}


def header(language: Language) -> list[str]:
    """The names of the columns."""
    return [in_language(pair, language) for pair in _HEADER]


def outcome_words(outcome: ItemOutcome, language: Language) -> str:
    """What became of a line."""
    return in_language(_OUTCOMES[outcome], language)


def reason_words(reason: ReasonCode, language: Language) -> str:
    """Why a line is not imported as one video."""
    return in_language(_REASONS[reason], language)


def captions_words(source: CaptionsSource, language: Language) -> str:
    """Where the captions came from."""
    return in_language(_CAPTIONS[source], language)
