"""What the command says, in the language of the terminal."""

import os
import unicodedata
from typing import Any

from app.cli.doctor_words import DOCTOR_WORDS
from app.cli.library_words import LIBRARY_WORDS
from app.core.messages import Language, in_language

_Pair = tuple[str, str]

# German, English. With a number: `_one` for one, `_other` for all others.
_WORDS: dict[str, _Pair] = {
    "no_server": (
        "Hier läuft keine Videothek. Starte sie mit „videothek serve“, oder setze "
        "VIDEOTHEK_SERVER_URL.",
        "There is no Videothek running here. Start it with “videothek serve”, or set "
        "VIDEOTHEK_SERVER_URL.",
    ),
    "away": (
        "Unter {url} antwortet keine Videothek.",
        "No Videothek answers at {url}.",
    ),
    "lost": (
        "Die Verbindung zu {url} ist abgerissen. Mit „videothek imports“ siehst du, was angekommen ist.",
        "The connection to {url} broke. “videothek imports” shows what has arrived.",
    ),
    "bad_url": (
        "VIDEOTHEK_SERVER_URL ist keine Adresse: sie beginnt mit http:// oder https://.",
        "VIDEOTHEK_SERVER_URL is no address: it begins with http:// or https://.",
    ),
    "no_videothek": (
        "Unter {url} antwortet etwas anderes als eine Videothek.",
        "What answers at {url} is no Videothek.",
    ),
    "no_token": (
        "Setze VIDEOTHEK_API_TOKEN: einen Zugang erstellst du in den Einstellungen der Videothek.",
        "Set VIDEOTHEK_API_TOKEN: you make a token in the library's settings.",
    ),
    "not_signed_in": (
        "Die Videothek unter {url} nimmt diesen Zugang nicht an.",
        "The library at {url} does not accept this token.",
    ),
    "no_database": (
        "Die Datenbank dieser Videothek lässt sich nicht lesen: {reason}",
        "The database of this library can't be read: {reason}",
    ),
    "unexpected": (
        "Das hat nicht geklappt: {reason}",
        "That did not work: {reason}",
    ),
    "interrupted": ("Abgebrochen.", "Interrupted."),
    "file_missing": ("{name} lässt sich nicht lesen: {reason}", "{name} can't be read: {reason}"),
    "type_links": (
        "Füge Links ein. Strg+D beendet die Eingabe.",
        "Paste links. Ctrl+D ends the input.",
    ),
    "accepted_one": ("1 Video angenommen", "1 video accepted"),
    "accepted_other": ("{n} Videos angenommen", "{n} videos accepted"),
    "duplicate_one": ("1 war schon da", "1 was there already"),
    "duplicate_other": ("{n} waren schon da", "{n} were there already"),
    "repeated_one": ("1 mehrfach", "1 given twice"),
    "repeated_other": ("{n} mehrfach", "{n} given twice"),
    "rejected_one": ("1 Zeile ohne Video", "1 line without a video"),
    "rejected_other": ("{n} Zeilen ohne Video", "{n} lines without a video"),
    "playlist_one": ("1 Playlist oder Kanal", "1 playlist or channel"),
    "playlist_other": ("{n} Playlists oder Kanäle", "{n} playlists or channels"),
    "goes_on": (
        "Der Import läuft auf dem Server weiter. Zusehen: videothek imports show {id} --wait",
        "The import goes on at the server. Watch it: videothek imports show {id} --wait",
    ),
    "progress": ("{done} von {total}", "{done} of {total}"),
    "reading_one": ("1 Playlist wird gelesen", "1 playlist is being read"),
    "reading_other": ("{n} Playlists werden gelesen", "{n} playlists are being read"),
    "server_away": (
        "Der Server antwortet gerade nicht. Sobald er wieder da ist, geht es weiter.",
        "The server does not answer right now. As soon as it is back, this goes on.",
    ),
    "resumes": ("{why} Weiter um {at}.", "{why} It goes on at {at}."),
    "held": (
        "Der Import ist angehalten. Fortsetzen: videothek imports resume {id}",
        "The import is paused. Resume it: videothek imports resume {id}",
    ),
    "left_moments": ("weniger als eine Minute", "less than a minute left"),
    "left_minutes_one": ("noch etwa 1 Minute", "about 1 minute left"),
    "left_minutes_other": ("noch etwa {n} Minuten", "about {n} minutes left"),
    "left_hours_one": ("noch etwa 1 Stunde", "about 1 hour left"),
    "left_hours_other": ("noch etwa {n} Stunden", "about {n} hours left"),
    "left_days_one": ("noch etwa 1 Tag", "about 1 day left"),
    "left_days_other": ("noch etwa {n} Tage", "about {n} days left"),
    # The summary: the same words as on the page.
    "cancelled": ("Abgebrochen.", "Cancelled."),
    "undone": ("Der Import wurde rückgängig gemacht.", "The import was undone."),
    "imported_one": ("1 Video importiert.", "1 video imported."),
    "imported_other": ("{n} Videos importiert.", "{n} videos imported."),
    "removed_one": ("1 nicht mehr da", "1 no longer here"),
    "removed_other": ("{n} nicht mehr da", "{n} no longer here"),
    "without_one": ("1 ohne Untertitel", "1 without captions"),
    "without_other": ("{n} ohne Untertitel", "{n} without captions"),
    "captions_later_one": ("1 bekommt noch Untertitel", "1 gets captions later"),
    "captions_later_other": ("{n} bekommen noch Untertitel", "{n} get captions later"),
    "unavailable_one": ("1 nicht verfügbar", "1 not available"),
    "unavailable_other": ("{n} nicht verfügbar", "{n} not available"),
    "waiting_one": ("1 noch im Import", "1 still importing"),
    "waiting_other": ("{n} noch im Import", "{n} still importing"),
    "on_hold_one": ("1 angehalten", "1 paused"),
    "on_hold_other": ("{n} angehalten", "{n} paused"),
    "later_one": ("1 kommt später", "1 comes later"),
    "later_other": ("{n} kommen später", "{n} come later"),
    "stopped_one": ("1 gestoppt", "1 stopped"),
    "stopped_other": ("{n} gestoppt", "{n} stopped"),
    "unread_one": ("1 Playlist nicht verfügbar", "1 playlist not available"),
    "unread_other": ("{n} Playlists nicht verfügbar", "{n} playlists not available"),
    "why_video_private": ("privat", "private"),
    "why_video_deleted": ("gelöscht", "deleted"),
    "why_video_members_only": ("nur für Mitglieder", "members only"),
    "why_video_age_restricted": ("mit Altersgrenze", "age-restricted"),
    "why_video_geo_blocked": ("in diesem Land gesperrt", "blocked in this country"),
    "why_video_paid": ("kostenpflichtig", "paid"),
    "why_not_a_video": ("kein Video", "no video"),
    "why_other": ("Grund unbekannt", "unknown reason"),
    **DOCTOR_WORDS,
    # Imports.
    "no_imports": ("Noch keine Importe.", "No imports yet."),
    "no_such_import": (
        "Es gibt keinen Import, der mit {id} beginnt.",
        "There is no import that begins with {id}.",
    ),
    "many_imports": (
        "Mehrere Importe beginnen mit {id}: {ids}",
        "Several imports begin with {id}: {ids}",
    ),
    "head_id": ("Kennung", "Id"),
    "head_begun": ("Begonnen", "Begun"),
    "head_state": ("Stand", "State"),
    "head_from": ("Woraus", "From"),
    "head_done": ("Fertig", "Done"),
    "head_summary": ("Ergebnis", "Summary"),
    "state_running": ("läuft", "running"),
    "state_paused": ("angehalten", "paused"),
    "state_cancelled": ("abgebrochen", "cancelled"),
    "state_finished": ("fertig", "finished"),
    "state_undone": ("rückgängig gemacht", "undone"),
    "undo_until": (
        "Bis {at} lässt er sich rückgängig machen: videothek imports undo {id}",
        "Until {at} it can be undone: videothek imports undo {id}",
    ),
    "undo_question_one": (
        "1 Video wird entfernt, fertig oder nicht?",
        "Remove 1 video, finished or not?",
    ),
    "undo_question_other": (
        "{n} Videos werden entfernt, fertig oder nicht?",
        "Remove {n} videos, finished or not?",
    ),
    "undo_needs_yes": ("Sag es mit --yes.", "Say so with --yes."),
    "retried_one": ("1 Eintrag wird noch einmal versucht.", "1 entry is tried again."),
    "retried_other": ("{n} Einträge werden noch einmal versucht.", "{n} entries are tried again."),
    # Export.
    "no_such_list": ("Es gibt keine Liste „{name}“.", "There is no list “{name}”."),
    "saved": ("Gespeichert: {name}", "Saved: {name}"),
    "not_to_terminal": (
        "Ein ZIP gehört nicht in ein Terminal: gib --output an, oder leite die Ausgabe um.",
        "A ZIP does not belong in a terminal: give --output, or redirect the output.",
    ),
    # Tokens.
    "no_tokens": ("Noch keine Zugänge.", "No tokens yet."),
    "token_once": (
        "Dieser Zugang wird nur jetzt gezeigt. Heb ihn gut auf.",
        "This token is shown only now. Keep it well.",
    ),
    "token_gone": (
        "Der Zugang „{name}“ gilt nicht mehr.",
        "The token “{name}” is no longer valid.",
    ),
    "no_such_token": ("Es gibt keinen Zugang „{name}“.", "There is no token “{name}”."),
    "many_tokens": ("Mehrere Zugänge passen zu „{name}“.", "Several tokens fit “{name}”."),
    "head_name": ("Name", "Name"),
    "head_scope": ("Darf", "May"),
    "head_made": ("Erstellt", "Made"),
    "head_used": ("Zuletzt benutzt", "Last used"),
    "scope_add": ("hinzufügen", "add"),
    "scope_read": ("lesen", "read"),
    "scope_full": ("alles", "everything"),
    **LIBRARY_WORDS,
}

# What turns the direction of all that follows, beyond the words it belongs to.
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def terminal_language() -> Language:
    """German if the terminal is, else English (as POSIX orders the variables)."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "de" if value.lower().startswith("de") else "en"
    return "en"


def say(key: str, **values: Any) -> str:
    """A sentence or a word.

    Args:
        key: Which.
        values: What goes into it; ``n`` also chooses between one and many.
    """
    language = terminal_language()
    if "n" in values:
        number = int(values["n"])
        key = f"{key}_one" if number == 1 else f"{key}_other"
        values["n"] = number_text(number)
    return in_language(_WORDS[key], language).format(**values)


def reason_word(code: str) -> str:
    """Why a video can't be had, in a word."""
    key = f"why_{code}"
    return say(key if key in _WORDS else "why_other")


def number_text(number: int) -> str:
    """A number with the separator of thousands of the language."""
    text = f"{number:,}"
    return text.replace(",", ".") if terminal_language() == "de" else text


def left_text(seconds: float) -> str:
    """How long something still takes, as roughly as it is known."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return say("left_moments")
    for unit, size, most in (("minutes", 1, 90), ("hours", 60, 48)):
        if minutes < size * most:
            return say(f"left_{unit}", n=max(1, round(minutes / size)))
    return say("left_days", n=round(minutes / 1440))


def plain(text: str) -> str:
    """Somebody else's words, without what a terminal takes for a command, or for another direction."""
    return "".join(
        "\ufffd" if unicodedata.category(letter) == "Cc" or letter in _DIRECTIONS else letter
        for letter in " ".join(text.split())
    )
