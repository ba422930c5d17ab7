"""One plain sentence per code, in German and English. People read these and nothing else."""

from typing import Literal

from app.core.errors import ErrorCode

Language = Literal["de", "en"]

_MESSAGES: dict[ErrorCode, tuple[str, str]] = {
    ErrorCode.VIDEO_PRIVATE: ("Dieses Video ist privat.", "This video is private."),
    ErrorCode.VIDEO_DELETED: (
        "Dieses Video gibt es nicht mehr.",
        "This video is no longer available.",
    ),
    ErrorCode.VIDEO_MEMBERS_ONLY: (
        "Dieses Video ist nur für Kanalmitglieder.",
        "This video is for channel members only.",
    ),
    ErrorCode.VIDEO_AGE_RESTRICTED: (
        "Dieses Video hat eine Altersbeschränkung und braucht eine Anmeldung bei YouTube.",
        "This video is age-restricted and needs a YouTube sign-in.",
    ),
    ErrorCode.VIDEO_GEO_BLOCKED: (
        "Dieses Video ist in diesem Land gesperrt.",
        "This video is blocked in this country.",
    ),
    ErrorCode.VIDEO_PAID: (
        "Dieses Video kostet bei YouTube Geld.",
        "This video has to be paid for on YouTube.",
    ),
    ErrorCode.NOT_A_VIDEO: (
        "Das ist kein Link zu einem YouTube-Video.",
        "This is not a link to a YouTube video.",
    ),
    ErrorCode.VIDEO_UPCOMING: (
        "Dieses Video erscheint erst noch. Es wird dann von selbst ergänzt.",
        "This video is not out yet. It will be completed by itself once it is.",
    ),
    ErrorCode.VIDEO_LIVE: (
        "Dieses Video läuft gerade live. Danach wird es von selbst ergänzt.",
        "This video is live right now. It will be completed by itself afterwards.",
    ),
    ErrorCode.VIDEO_PROCESSING: (
        "YouTube verarbeitet dieses Video noch. Danach wird es von selbst ergänzt.",
        "YouTube is still processing this video. It will be completed by itself afterwards.",
    ),
    ErrorCode.IMPORT_CANCELLED: (
        "Angehalten, weil der Import abgebrochen wurde.",
        "Stopped, because its import was cancelled.",
    ),
    ErrorCode.CAPTIONS_NONE: (
        "Dieses Video hat keine Untertitel.",
        "This video has no captions.",
    ),
    ErrorCode.CAPTIONS_LOCKED: (
        "YouTube gibt die Untertitel dieses Videos nicht heraus.",
        "YouTube does not hand out the captions of this video.",
    ),
    ErrorCode.CAPTIONS_FAILED: (
        "Die Untertitel ließen sich nicht lesen oder erstellen.",
        "The captions could not be read or made.",
    ),
    ErrorCode.TRANSCRIPTION_BUDGET: (
        "Die Untertitel werden erstellt, sobald wieder Kontingent frei ist.",
        "The captions will be made as soon as there is quota again.",
    ),
    ErrorCode.AUDIO_TOO_LONG: (
        "Dieses Video ist zu lang, um Untertitel zu erstellen.",
        "This video is too long to make captions for.",
    ),
    ErrorCode.TRANSCRIPTION_OFF: (
        "Untertitel aus dem Ton sind nicht eingerichtet.",
        "Captions from the sound are not set up.",
    ),
    ErrorCode.TRANSCRIPTION_KEY_INVALID: (
        "Der Schlüssel für Untertitel aus dem Ton wird nicht angenommen. Bitte prüfe die Einstellungen.",
        "The key for captions from the sound is not accepted. Please check the settings.",
    ),
    ErrorCode.TRANSCRIPTION_MODEL_MISSING: (
        "Das Modell für Untertitel aus dem Ton fehlt und lässt sich nicht laden.",
        "The model for captions from the sound is missing and can’t be loaded.",
    ),
    ErrorCode.CAPTIONS_ALREADY_THERE: (
        "Dieses Video hat schon Untertitel.",
        "This video has captions already.",
    ),
    ErrorCode.VIDEO_NOT_READY: (
        "Dieses Video wird noch importiert.",
        "This video is still being imported.",
    ),
    ErrorCode.UPSTREAM_THROTTLED: (
        "YouTube bittet um etwas Geduld. Es geht von selbst weiter, nichts geht verloren.",
        "YouTube asks us to slow down. It goes on by itself, nothing is lost.",
    ),
    ErrorCode.UPSTREAM_BLOCKED: (
        "YouTube macht gerade eine Pause mit uns. Es geht von selbst weiter, nichts geht verloren.",
        "YouTube has paused us for a while. It goes on by itself, nothing is lost.",
    ),
    ErrorCode.UPSTREAM_DOWN: (
        "YouTube antwortet gerade nicht. Es geht von selbst weiter, nichts geht verloren.",
        "YouTube does not answer right now. It goes on by itself, nothing is lost.",
    ),
    ErrorCode.INVALID_REQUEST: (
        "Diese Anfrage ist unvollständig oder fehlerhaft.",
        "This request is incomplete or malformed.",
    ),
    ErrorCode.UNAUTHENTICATED: ("Bitte melde dich an.", "Please sign in."),
    ErrorCode.WRONG_CREDENTIALS: (
        "Benutzername oder Passwort stimmen nicht.",
        "The user name or the password is not right.",
    ),
    ErrorCode.TOO_MANY_SIGN_INS: (
        "Zu viele Versuche. Bitte warte kurz, bevor du es wieder versuchst.",
        "Too many attempts. Please wait a moment before you try again.",
    ),
    ErrorCode.PASSWORD_TOO_WEAK: (
        "Dieses Passwort ist zu leicht zu erraten. Nimm mindestens {limit} Zeichen, am besten mehrere "
        "Wörter.",
        "This password is too easy to guess. Use at least {limit} characters, best several words.",
    ),
    ErrorCode.LINK_EXPIRED: (
        "Dieser Anmeldelink gilt nicht mehr. Erstelle einen neuen mit „videothek users link“.",
        "This sign-in link is no longer valid. Make a new one with “videothek users link”.",
    ),
    ErrorCode.LINK_ONLY_HERE: (
        "Dieser Anmeldelink gilt nur auf dem Rechner, auf dem Videothek läuft. Einen für andere "
        "erstellt dort „videothek users link --anywhere“.",
        "This sign-in link only works on the machine that Videothek runs on. One for others is made "
        "there with “videothek users link --anywhere”.",
    ),
    ErrorCode.INVITATION_EXPIRED: (
        "Diese Einladung gilt nicht mehr. Bitte lass dir eine neue schicken.",
        "This invitation is no longer valid. Please ask for a new one.",
    ),
    ErrorCode.INVITATION_NOT_FOUND: (
        "Diese Einladung gibt es nicht mehr.",
        "This invitation is no longer there.",
    ),
    ErrorCode.INVALID_USERNAME: (
        "Ein Benutzername besteht aus bis zu 60 Buchstaben, Ziffern, Leerzeichen und . @ + - _ und "
        "beginnt mit einem Buchstaben oder einer Ziffer.",
        "A user name has up to 60 letters, digits, spaces and . @ + - _ and begins with a letter or a "
        "digit.",
    ),
    ErrorCode.USERNAME_TAKEN: (
        "Diesen Benutzernamen gibt es schon.",
        "This user name is taken.",
    ),
    ErrorCode.WAY_NOT_OFFERED: (
        "Auf diesem Weg kann man sich hier nicht anmelden.",
        "There is no signing in this way here.",
    ),
    ErrorCode.SIGN_IN_FAILED: (
        "Die Anmeldung hat nicht geklappt. Bitte beginne sie noch einmal.",
        "Signing in did not work. Please begin once more.",
    ),
    ErrorCode.PROVIDER_DOWN: (
        "Der Anmeldedienst antwortet gerade nicht. Mit einem Passwort kommst du trotzdem hinein.",
        "The sign-in service does not answer right now. A password still lets you in.",
    ),
    ErrorCode.NO_ACCOUNT_HERE: (
        "Für dich gibt es hier noch kein Konto. Bitte lass dich einladen, oder melde dich mit deinem "
        "Passwort an.",
        "There is no account for you here yet. Please ask for an invitation, or sign in with your "
        "password.",
    ),
    ErrorCode.ACCOUNT_NOT_LINKED: (
        "Ein Konto mit diesem Namen gibt es schon. Ist es deins, melde dich mit dem Passwort an und "
        "verbinde es in den Einstellungen.",
        "There is an account with this name already. If it is yours, sign in with the password and "
        "connect it in the settings.",
    ),
    ErrorCode.ACCOUNT_NOT_PROVEN: (
        "Ein Konto mit diesem Namen gibt es schon. Ist es deins, melde dich hier einmal mit dem "
        "Passwort an; danach geht es so.",
        "There is an account with this name already. If it is yours, sign in here with the password "
        "once; from then on this way works.",
    ),
    ErrorCode.IDENTITY_TAKEN: (
        "Diese Anmeldung gehört schon zu einem anderen Konto.",
        "This sign-in belongs to another account already.",
    ),
    ErrorCode.IDENTITY_NOT_FOUND: (
        "Diese Verbindung gibt es nicht mehr.",
        "This connection is no longer there.",
    ),
    ErrorCode.USER_NOT_FOUND: ("Diese Person gibt es hier nicht.", "There is no such person here."),
    ErrorCode.SESSION_NOT_FOUND: (
        "Dort ist niemand mehr angemeldet.",
        "Nobody is signed in there any more.",
    ),
    ErrorCode.NOT_FOUND: ("Das gibt es hier nicht.", "There is no such thing here."),
    ErrorCode.LIST_NOT_FOUND: ("Diese Liste gibt es nicht.", "There is no such list."),
    ErrorCode.LIST_READ_ONLY: (
        "Diese Liste ist nur zum Ansehen mit dir geteilt.",
        "This list is shared with you only to look at.",
    ),
    ErrorCode.LIST_OF_OTHER: (
        "Das kann nur, wem die Liste gehört.",
        "Only whoever owns the list can do that.",
    ),
    ErrorCode.SHARE_NOT_FOUND: (
        "Die Liste ist mit dieser Person nicht geteilt.",
        "The list is not shared with this person.",
    ),
    ErrorCode.VIDEO_NOT_FOUND: (
        "Dieses Video ist nicht in deiner Videothek.",
        "This video is not in your library.",
    ),
    ErrorCode.IMPORT_NOT_FOUND: ("Diesen Import gibt es nicht.", "There is no such import."),
    ErrorCode.IMPORT_IS_OVER: (
        "Dieser Import ist schon zu Ende.",
        "This import is over already.",
    ),
    ErrorCode.VIDEO_ALREADY_IN_LIST: (
        "Dieses Video ist schon in der Liste.",
        "This video is already in the list.",
    ),
    ErrorCode.NO_LINKS_FOUND: (
        "Darin ist kein Link zu einem YouTube-Video.",
        "There is no link to a YouTube video in it.",
    ),
    ErrorCode.FILE_UNREADABLE: (
        "Diese Datei ist weder Text noch ein bekannter Export.",
        "This file is neither text nor an export we know.",
    ),
    ErrorCode.ARCHIVE_TOO_LARGE: (
        "Dieses Archiv ist ausgepackt zu groß. Bitte nimm die Dateien darin einzeln.",
        "This archive is too large once unpacked. Please take the files in it one by one.",
    ),
    ErrorCode.UNDO_TOO_LATE: (
        "Ein Import lässt sich nur einen Tag lang rückgängig machen.",
        "An import can be undone for a day only.",
    ),
    ErrorCode.NOT_A_PLAYLIST: (
        "Das ist kein Link zu einer öffentlichen Playlist oder einem Kanal.",
        "This is not a link to a public playlist or a channel.",
    ),
    ErrorCode.FOLLOW_NOT_FOUND: (
        "Diese Liste folgt keiner Playlist und keinem Kanal.",
        "This list follows no playlist and no channel.",
    ),
    ErrorCode.TOKEN_NOT_FOUND: ("Diesen Zugang gibt es nicht.", "There is no such token."),
    ErrorCode.NOT_ALLOWED: (
        "Dieser Zugang darf das nicht.",
        "This token may not do that.",
    ),
    ErrorCode.TOO_MANY_ITEMS: (
        "Mehr als {limit} Zeilen auf einmal sind zu viele. Bitte teile sie auf.",
        "More than {limit} lines at once are too many. Please split them.",
    ),
    ErrorCode.TOO_MANY_SEARCHES: (
        "Mehr als {limit} Suchen lassen sich nicht merken. Bitte lösche erst eine.",
        "More than {limit} searches can’t be kept. Please delete one first.",
    ),
    ErrorCode.PAYLOAD_TOO_LARGE: (
        "Das ist zu groß auf einmal. Bitte teile es auf.",
        "This is too large at once. Please split it.",
    ),
    ErrorCode.TOO_MUCH_TO_READ: (
        "Das zu lesen braucht zu viel Zeit oder Arbeitsspeicher. Bitte teile es auf.",
        "Reading this takes too much time or memory. Please split it.",
    ),
    ErrorCode.REQUEST_TOO_SLOW: (
        "Es kam zu lange nichts mehr an. Bitte versuche es noch einmal.",
        "Nothing arrived for too long. Please try again.",
    ),
    ErrorCode.TOO_MANY_REQUESTS: (
        "Das waren sehr viele Anfragen auf einmal. Bitte warte kurz.",
        "Those were very many requests at once. Please wait a moment.",
    ),
    ErrorCode.TOO_BUSY: (
        "Der Server hat gerade sehr viel zu tun. Bitte versuche es gleich noch einmal.",
        "The server is very busy right now. Please try again in a moment.",
    ),
    ErrorCode.METHOD_NOT_ALLOWED: (
        "Das geht an dieser Stelle nicht.",
        "That is not possible here.",
    ),
    ErrorCode.NOT_READY: (
        "Die Videothek startet gerade. Bitte versuche es gleich noch einmal.",
        "The library is starting. Please try again in a moment.",
    ),
    ErrorCode.STORAGE_FULL: (
        "Auf dem Server ist kein Speicherplatz mehr frei. Was schon angenommen wurde, ist sicher.",
        "There is no disk space left on the server. What was accepted before is safe.",
    ),
    ErrorCode.STORAGE_READ_ONLY: (
        "In die Datenbank lässt sich gerade nichts schreiben. Was schon angenommen wurde, ist sicher.",
        "Nothing can be written to the database right now. What was accepted before is safe.",
    ),
    ErrorCode.STORAGE_UNAVAILABLE: (
        "Die Datenbank antwortet gerade nicht. Bitte versuche es gleich noch einmal; es ist nichts "
        "verloren.",
        "The database does not answer right now. Please try again in a moment; nothing is lost.",
    ),
    ErrorCode.INTERNAL: (
        "Das hat nicht geklappt. Bitte versuche es noch einmal; es ist nichts verloren.",
        "That did not work. Please try again; nothing is lost.",
    ),
}

MANY_VIDEOS: tuple[str, str] = (
    "Das ist eine Playlist oder ein Kanal, nicht ein einzelnes Video. "
    "Als Import kommen alle Videos daraus.",
    "This is a playlist or channel, not a single video. As an import all of its videos come.",
)

NO_CAPTIONS_AT_ALL: tuple[str, str] = (
    "Keines dieser Videos hat Untertitel.",
    "None of these videos has captions.",
)


def preferred_language(accept_language: str) -> Language:
    """The language to answer in: whichever of German and English the header names first."""
    for part in accept_language.lower().split(","):
        tag = part.strip()[:2]
        if tag == "de":
            return "de"
        if tag == "en":
            return "en"
    return "en"


def message_for(code: ErrorCode, language: Language) -> str:
    """The sentence for a code.

    Args:
        code: Any error code.
        language: ``de`` or ``en``.
    """
    return in_language(_MESSAGES[code], language)


def in_language(pair: tuple[str, str], language: Language) -> str:
    """Pick from a (German, English) pair."""
    return pair[0] if language == "de" else pair[1]
