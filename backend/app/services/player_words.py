"""What YouTube's sentences about a video mean, in the languages it may answer in. Pure."""

import html
import re
from enum import Enum, auto
from typing import Final

# Sentences are short; whatever is longer is no reason, and must not cost time.
_MAX_CHARACTERS: Final = 4_000
_TAG = re.compile(r"<[^<>]{0,500}>")
# Zero-width spaces, direction marks and soft hyphens stand between letters unseen; NUL and halves of
# surrogate pairs are what a database or a log refuses.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u0060\u00b4\u2032\uff07", "'"))


class Meaning(Enum):
    """What a refusal says."""

    BOT_CHECK = auto()
    SESSION_LIMIT = auto()
    PRIVATE = auto()
    AGE_RESTRICTED = auto()
    PAID = auto()
    MEMBERS_ONLY = auto()
    NOT_EMBEDDABLE = auto()
    GEO_BLOCKED = auto()
    NO_RECORDING = auto()
    PROCESSING = auto()
    UPCOMING = auto()
    DELETED = auto()
    """Says why, or that it was there once."""
    UNAVAILABLE = auto()
    """Says only that it is not there: deleted videos read so, and many others."""
    UNKNOWN = auto()


# Ordered. First what blames the lane, for a bot check may read like a missing video. Then what says
# most: nearly every reason is also worded as "video unavailable", the cause being in the subreason.
# Casefolded, with straight apostrophes and single spaces.
_SENTENCES: Final[tuple[tuple[Meaning, tuple[str, ...]], ...]] = (
    (
        Meaning.BOT_CHECK,
        (
            r"not a (?:ro)?bot\b",
            r"kein (?:ro)?bot\b",
            r"pas un (?:ro)?bot\b",
            r"no eres un (?:ro)?bot\b",
            r"non sei un (?:ro)?bot\b",
            r"não é um (?:bot\b|robô)",
            r"geen (?:ro)?bot\b",
            r"(?:botem|robotem)\b",
            r"не (?:ро)?бот\b",
            r"ボットではない|機器人|机器人|로봇이 아|봇이 아|روبوت",
            r"captcha",
            r"unusual traffic|ungewöhnliche[nr]? (?:datenverkehr|zugriffe)",
        ),
    ),
    (
        Meaning.SESSION_LIMIT,
        (
            # Not "try again later" alone: that also follows "an error occurred".
            r"content isn't available,? (?:please )?try again later",
            r"content isn't available right now",
            r"rate-limited by youtube",
            r"inhalte? (?:sind|ist) (?:derzeit |momentan |gerade |zurzeit )?nicht verfügbar"
            r".{0,20}(?:später|erneut|noch einmal|nochmal)",
            r"inhalte sind (?:derzeit|momentan|gerade|zurzeit) nicht verfügbar",
            r"contenus? (?:n'est|ne sont) pas disponibles?.{0,20}plus tard",
            r"contenido no está disponible.{0,30}más tarde",
            r"contenut[oi] non (?:è|sono) disponibil[ei].{0,20}più tardi",
            r"conteúdo não está disponível.{0,30}mais tarde",
            r"content is niet beschikbaar.{0,20}later",
        ),
    ),
    (
        Meaning.PRIVATE,
        (
            r"private video|video is private",
            r"privates video|video ist privat",
            r"vidéo (?:est )?privée",
            r"v[ií]deo (?:es |é )?privado",
            r"video (?:è )?privato",
            r"privévideo|video is privé",
        ),
    ),
    (
        Meaning.AGE_RESTRICTED,
        (
            r"(?:confirm|verify) your age|age[- ]restricted|inappropriate for some users",
            r"(?:dein|ihr) alter\b|altersbeschränk|altersbegrenz|alterseinschränk",
            r"votre âge|restriction d'âge|limite d'âge",
            r"(?:tu|su) edad|restricción de edad",
            r"(?:tua|sua) età",
            r"(?:sua|tua) idade",
            r"je leeftijd",
        ),
    ),
    (
        Meaning.PAID,
        (
            r"requires (?:payment|purchase)|(?:rent or buy|buy or rent|must be purchased)",
            r"only available to (?:youtube )?(?:music )?premium|requires (?:a )?youtube premium",
            r"kostenpflichtig|erfordert eine (?:be)?zahlung|zahlung erforderlich|(?:be)?zahlen musst"
            r"|bezahlt werden|ausleihen oder kaufen|kaufen oder (?:aus)?leihen",
            r"nur für (?:youtube )?(?:music[- ])?premium",
            r"paiement|requiere (?:un )?pago|pagamento|vereist betaling",
        ),
    ),
    (
        Meaning.MEMBERS_ONLY,
        (
            r"channel's members|members of this channel|members[- ]only|join this (?:youtube )?channel",
            r"kanalmitglied|mitglied(?:er|ern)? d(?:ies)?es kanals|nur für mitglieder"
            r"|mitglied (?:bei|in) diesem kanal",
            r"membres de (?:cette|la) chaîne",
            r"miembros de(?: este|l) canal",
            r"abbonat[ie] (?:al|di questo) canale|membri del canale",
            r"membros de(?:ste)? canal|membros do canal",
            r"leden van dit kanaal",
        ),
    ),
    (
        Meaning.NOT_EMBEDDABLE,
        (
            r"other websites|websites? or application|watch (?:this video )?on youtube"
            r"|playback .{0,40}disabled by the video owner",
            r"anderen websites|websites? oder (?:in dieser )?(?:app|anwendung)"
            r"|auf youtube (?:ansehen|anschauen)",
            r"d'autres sites|otros sitios|altri siti|outros sites|andere websites",
        ),
    ),
    (
        Meaning.GEO_BLOCKED,
        (
            r"your (?:country|region|location)|country domain|blocked it on copyright grounds",
            r"(?:dein|ihr|eur)em land\b|(?:deiner|ihrer) region|länder-?domain"
            r"|aus urheberrechtlichen gründen (?:gesperrt|blockiert)",
            r"(?:votre|ton) pays\b",
            r"(?:tu|su) país",
            r"(?:tuo|suo) paese",
            r"(?:seu|teu) país",
            r"(?:je|jouw|uw) land\b",
        ),
    ),
    (
        Meaning.NO_RECORDING,
        (
            r"live stream recording is not available|(?:live )?(?:stream|event) has ended",
            r"aufzeichnung .{0,40}(?:live-?stream|live-?event).{0,30}nicht verfügbar"
            r"|livestream-aufzeichnung|live-?stream (?:ist|wurde) beendet",
            r"enregistrement .{0,40}direct.{0,30}disponible|grabación .{0,60}directo.{0,30}disponible",
        ),
    ),
    (
        Meaning.PROCESSING,
        (
            r"processing this video|being processed|check back later",
            r"video wird (?:noch |gerade |derzeit )?(?:verarbeitet|bearbeitet)|verarbeiten dieses video"
            r"|dieses video wird verarbeitet|schau(?:e)? später (?:noch einmal )?(?:vorbei|wieder)",
            r"en cours de traitement|estamos procesando|se está procesando|in fase di elaborazione"
            r"|está sendo processado|wordt (?:nog )?verwerkt",
        ),
    ),
    (
        Meaning.UPCOMING,
        (
            r"premieres? (?:in|will)\b|will begin in|(?:live|starts?) in \d",
            r"premiere (?:in|beginnt|startet)\b|(?:beginnt|startet|live) in \d|beginnt in wenigen",
            r"première dans|commence(?:ra)? dans|se estrena en|empezará (?:dentro de|en)|inizierà tra"
            r"|estreia em|começará em|begint over",
        ),
    ),
    (
        Meaning.DELETED,
        (
            r"has been (?:removed|deleted|taken down)|removed by the (?:uploader|user|owner)"
            r"|(?:is )?no longer available|account .{0,80}terminated|has closed their"
            r"|does(?:n't| not) exist",
            r"(?:wurde|worden|ist) .{0,60}(?:entfernt|gelöscht|gekündigt)|vom nutzer entfernt"
            r"|nicht mehr verfügbar|konto .{0,80}(?:gekündigt|geschlossen|aufgelöst)"
            r"|existiert nicht|gibt es nicht mehr",
            r"a été (?:supprimé|retiré|résilié)e?|n'est plus disponible",
            r"(?:ha sido|se ha|fue) (?:eliminad|retirad|cancelad)[oa]|ya no está disponible",
            r"è stat[oa] (?:rimoss|eliminat|chius)[oa]|non è più disponibile",
            r"foi (?:removid|excluíd|encerrad)[oa]|não está mais disponível",
            r"(?:is|werd) verwijderd|niet meer beschikbaar",
        ),
    ),
    (
        Meaning.UNAVAILABLE,
        (
            r"video (?:is )?(?:unavailable|not available)|video isn't available"
            r"|content (?:is|isn't|is not) (?:un)?available",
            r"video (?:ist )?(?:leider )?(?:derzeit )?nicht verfügbar",
            r"vidéo (?:n'est pas|non) disponible|vidéo indisponible",
            r"v[ií]deo (?:no|não) (?:está )?dispon[ií](?:ble|vel)|vídeo indisponível",
            r"video non (?:è )?disponibile|video (?:is )?niet beschikbaar",
        ),
    ),
)
_PATTERNS: Final = tuple(
    (meaning, re.compile("|".join(sentences))) for meaning, sentences in _SENTENCES
)


def plain(text: str) -> str:
    """Text without markup and invisible characters, with one kind of apostrophe and of space.

    Args:
        text: What YouTube sent; HTML in reasons was seen in recorded answers.
    """
    bare = _TAG.sub(" ", html.unescape(text[:_MAX_CHARACTERS]))
    return " ".join(_INVISIBLE.sub("", bare).translate(_APOSTROPHES).split())


def meaning_of(text: str) -> Meaning:
    """What a refusal says.

    Args:
        text: Everything it says, made ``plain``.

    Returns:
        The most telling of its meanings, ``UNKNOWN`` for words that are none of ours.
    """
    folded = text.casefold()
    return next((meaning for meaning, words in _PATTERNS if words.search(folded)), Meaning.UNKNOWN)
