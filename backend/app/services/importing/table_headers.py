"""What the names of columns say, where they are names that we know."""

import re
from collections.abc import Sequence
from typing import Final

_IDS: Final = frozenset(
    {
        "video id", "videoid", "video_id", "video-id", "youtube id", "youtube_id", "youtubeid",
        "youtube video id", "yt_id", "ytid", "id video", "id del video", "id del vídeo",
        "id de la vidéo", "id vidéo", "id do vídeo", "id wideo", "id filmu", "video-id's",
        "videokennung", "動画 id", "视频 id", "影片 id", "동영상 id", "идентификатор видео",
    }
)  # fmt: skip
_MAYBE_IDS: Final = re.compile(
    r"\b(?:video|youtube|yt|id|ids|code|key|watch)\b|_id\b|\bid_|identif"
)
_LINKS: Final = frozenset(
    {"url", "urls", "link", "links", "href", "uri", "address", "adresse", "video url", "video_url",
     "youtube", "youtube url", "youtube link", "video", "video link", "webpage_url"}
)  # fmt: skip
# Texts about a video, and pictures of it: what they link to are other videos.
_FOREIGN: Final = re.compile(
    r"descri|beschreib|décri|descriz|opis|описан|説明|简介|notes?\b|notiz|comment|kommentar|comentar"
    r"|thumb|vorschau|cover|image|bild|excerpt|summary|highlight|transcript|lyrics|tags?\b|related"
    r"|channel|kanal|canal|chaîne|author|uploader"
)
_TITLES: Final = frozenset({"title", "titel", "titre", "título", "titolo", "name", "nom", "nome"})
_FOLDERS: Final = frozenset(
    {"folder", "collection", "ordner", "sammlung", "dossier", "carpeta", "cartella", "map", "pasta"}
)
_LISTS: Final = frozenset(
    {"list", "liste", "lista", "playlist", "playlist name", "playlist title", "playlist_name",
     "playlist_title", "playlistname"}
)  # fmt: skip
_FORMATS: Final = (
    ("videothek", {"list", "youtube_id", "url"}),
    ("raindrop", {"url", "folder", "tags", "created"}),
    ("pocket", {"title", "url", "time_added", "tags"}),
)
_PROTECTED: Final = re.compile(r"'(?=\s*[=+\-@＝＋－＠\t\r\n])")


def is_known(names: Sequence[str] | None) -> bool:
    """Whether these are names of columns of a table of videos or links."""
    return any(name in _LINKS or name in _IDS for name in names or ())


def names_ids(names: Sequence[str], column: int) -> bool:
    """Whether a column may be meant to hold ids."""
    return column < len(names) and _MAYBE_IDS.search(names[column]) is not None


def id_columns(names: Sequence[str]) -> set[int]:
    """The columns that certainly hold ids of videos."""
    return {column for column, name in enumerate(names) if name in _IDS}


def foreign_columns(names: Sequence[str]) -> frozenset[int]:
    """The columns whose links belong to other videos."""
    found = {column for column, name in enumerate(names) if _FOREIGN.search(name)}
    return frozenset(found - id_columns(names))


def title_columns(names: Sequence[str]) -> frozenset[int]:
    """The columns of titles, which may be anything, even a link."""
    return frozenset(column for column, name in enumerate(names) if name in _TITLES)


def group_column(names: Sequence[str]) -> int | None:
    """The column that says in which folder or playlist a row stands."""
    return next(
        (column for column, name in enumerate(names) if name in _FOLDERS or name in _LISTS), None
    )


def group_in(cell: str, name: str) -> str:
    """The name of the group in a cell; of a nested folder the last part.

    Args:
        cell: What stands in the column.
        name: The column's own name.
    """
    text = _PROTECTED.sub("", cell, count=1) if cell.startswith("'") else cell
    if "://" in text:
        return ""
    return text.rpartition(" / ")[2] if name in _FOLDERS else text


def format_of(names: Sequence[str]) -> str:
    """Whose export a table is."""
    known = set(names)
    return next((name for name, columns in _FORMATS if columns <= known), "csv")
