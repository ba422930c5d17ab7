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
# The same words as on the page of an import.
_OUTCOMES: dict[ItemOutcome, _Pair] = {
    ItemOutcome.IMPORTED: ("Importiert", "Imported"),
    ItemOutcome.WITHOUT_CAPTIONS: ("Ohne Untertitel", "Without captions"),
    ItemOutcome.UNAVAILABLE: ("Nicht verfügbar", "Not available"),
    ItemOutcome.WAITING: ("Im Import", "Importing"),
    ItemOutcome.STOPPED: ("Gestoppt", "Stopped"),
    ItemOutcome.REMOVED: ("Nicht mehr da", "No longer here"),
    ItemOutcome.DUPLICATE: ("War schon da", "Already there"),
    ItemOutcome.REPEATED: ("Mehrfach", "Given twice"),
    ItemOutcome.REJECTED: ("Kein Video", "No video"),
    ItemOutcome.PLAYLIST: ("Playlist oder Kanal", "Playlist or channel"),
}
_READING: _Pair = ("Wird gelesen", "Being read")
_PAUSED: _Pair = ("Angehalten", "Paused")
_LATER: _Pair = ("Wartend", "Waiting")
_REASONS: dict[ReasonCode, _Pair] = {
    ReasonCode.PLAYLIST: (
        "Eine Playlist: Ihre Videos stehen in eigenen Zeilen.",
        "A playlist: its videos have lines of their own.",
    ),
    ReasonCode.CHANNEL: (
        "Ein Kanal: Seine Videos stehen in eigenen Zeilen.",
        "A channel: its videos have lines of their own.",
    ),
    ReasonCode.SUBSCRIPTION: (
        "Ein Kanal, den du abonniert hast, kein Video.",
        "A channel you subscribe to, not a video.",
    ),
    ReasonCode.PERSONAL_PLAYLIST: (
        "Diese Playlist siehst bei YouTube nur du. Google Takeout kann sie exportieren.",
        "Only you can see this playlist on YouTube. Google Takeout can export it.",
    ),
    ReasonCode.UNREADABLE: (
        "Dieser Teil ließ sich nicht lesen.",
        "This part could not be read.",
    ),
    ReasonCode.PLAYLIST_UNAVAILABLE: (
        "Diese Playlist oder dieser Kanal ist privat oder nicht mehr da.",
        "This playlist or channel is private or no longer there.",
    ),
    ReasonCode.PLAYLIST_EMPTY: ("Darin sind keine Videos.", "There are no videos in it."),
    ReasonCode.PLAYLIST_FAILED: ("Das ließ sich nicht nachsehen.", "It could not be looked up."),
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


def outcome_words(
    outcome: ItemOutcome,
    language: Language,
    *,
    paused: bool = False,
    later: bool = False,
    playlist: bool = False,
) -> str:
    """What became of a line.

    Args:
        outcome: As it is stored.
        language: Of the reader.
        paused: Somebody holds the import: nobody works on what is left.
        later: The video waits for a time of its own.
        playlist: The line links to a playlist or channel.
    """
    if outcome is ItemOutcome.WAITING and paused:
        return in_language(_PAUSED, language)
    if outcome is ItemOutcome.WAITING and later:
        return in_language(_LATER, language)
    if outcome is ItemOutcome.WAITING and playlist:
        return in_language(_READING, language)
    return in_language(_OUTCOMES[outcome], language)


def reason_words(reason: ReasonCode, language: Language) -> str:
    """Why a line is not imported as one video."""
    return in_language(_REASONS[reason], language)


def captions_words(source: CaptionsSource, language: Language) -> str:
    """Where the captions came from."""
    return in_language(_CAPTIONS[source], language)
