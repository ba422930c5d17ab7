"""What a playlist or channel is called in the database, and where it is on YouTube. Pure."""

from urllib.parse import quote

_PLAYLIST = "playlist:"
_CHANNEL = "channel:"
_PAGE = "page:"


def is_page(source: str) -> bool:
    """Whether only the address of a channel is known, not its id."""
    return source.startswith(_PAGE)


def is_channel(source: str) -> bool:
    """Whether it is a channel, whose newest videos come first."""
    return not source.startswith(_PLAYLIST)


def channel_source(channel_id: str) -> str:
    """The source of a channel.

    Args:
        channel_id: ``UC`` and 22 characters.
    """
    return f"{_CHANNEL}{channel_id}"


def playlist_id_of(source: str) -> str:
    """The playlist that is read.

    A channel's uploads are the playlist ``UU...``: all of them, also live streams and shorts, where
    the channel's own pages have a tab for each.

    Args:
        source: A playlist, or a channel by its id.
    """
    kind, _, name = source.partition(":")
    return f"UU{name[2:]}" if f"{kind}:" == _CHANNEL else name


def page_path_of(source: str) -> str:
    """The path of a channel's page, beginning with a slash.

    Args:
        source: ``page:<path>``.
    """
    return source.removeprefix(_PAGE)


def url_of(source: str) -> str:
    """The address of a playlist or channel, as people know it."""
    kind, _, name = source.partition(":")
    if f"{kind}:" == _PAGE:
        return f"https://www.youtube.com{quote(name, safe='/@%')}"
    if f"{kind}:" == _CHANNEL:
        return f"https://www.youtube.com/channel/{name}"
    return f"https://www.youtube.com/playlist?list={name}"
