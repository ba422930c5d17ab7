"""Playlists and channels: which videos are in them, and what was set for single ones."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

from standin.catalog import Channel
from standin.seeds import rng_of, seed_of, token_of

State = Literal["ok", "private", "deleted"]
PAGE_SIZE = 100

_COUNTED = re.compile(r"(?:PL|UU)N(\d{5})")
_PREFIXES: dict[str, State] = {"PLPRIV_": "private", "PLGONE_": "deleted"}
_MOST_BY_CHANCE = 40
_NAMES = ("Werkstatt", "Küche", "Garten", "Journeys", "Short talks", "Field notes", "Late concerts")


class PlaylistError(ValueError):
    """A playlist was asked for that can't be."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist, or a channel's uploads (``UU...``).

    Attributes:
        playlist_id: Its id. ``PLN00250...`` has 250 videos unless something else is set,
            ``PLPRIV_...`` is private, ``PLGONE_...`` deleted; the others have a few videos.
        video_ids: Its videos in order.
        title: Its title.
        state: Whether it may be seen.
        channel: Whose it is.
    """

    playlist_id: str
    video_ids: tuple[str, ...]
    title: str
    state: State
    channel: Channel


def entry_ids(playlist_id: str, count: int, first: int = 0) -> list[str]:
    """Return the ids of a playlist's videos, the same ones each time."""
    places = range(first, first + count)
    return [token_of(f"{playlist_id}:{place}", "entry", 11) for place in places]


def channel_of(name: str) -> Channel:
    """Return the channel that a handle, an old name or a channel id stands for."""
    if re.fullmatch(r"UC[\w-]{22}", name):
        handle = f"@{name[2:10]}"
        return Channel(f"Kanal {name[2:8]}", name, handle, seed_of(name, "subscribers") % 90_000)
    plain = name.removeprefix("@")
    channel_id = "UC" + token_of(plain.lower(), "channel-id", 22)
    return Channel(plain, channel_id, f"@{plain}", seed_of(plain, "subscribers") % 90_000)


def _default(playlist_id: str) -> Playlist:
    counted = _COUNTED.match(playlist_id)
    by_chance = 1 + seed_of(playlist_id, "count") % _MOST_BY_CHANCE
    count = int(counted[1]) if counted else by_chance
    state: State = "ok"
    for prefix, special in _PREFIXES.items():
        state = special if playlist_id.startswith(prefix) else state
    title = rng_of(playlist_id, "title").choice(_NAMES)
    channel = channel_of(f"UC{playlist_id[2:]}" if playlist_id.startswith("UU") else "@standin")
    if playlist_id.startswith("UU"):
        title = f"Uploads from {channel.name}"
    return Playlist(playlist_id, tuple(entry_ids(playlist_id, count)), title, state, channel)


class PlaylistBook:
    """Remembers what was set for single playlists, on top of their defaults."""

    def __init__(self) -> None:
        self._set: dict[str, Playlist] = {}
        self._names: dict[str, str] = {}

    def of(self, playlist_id: str) -> Playlist:
        """Return a playlist as it is now."""
        return self._set.get(playlist_id) or self._known_by_name(_default(playlist_id))

    def channel(self, name: str) -> Channel:
        """Return the channel of a handle, an old name or an id; its uploads carry its name."""
        channel = channel_of(name)
        self._names.setdefault(f"UU{channel.channel_id[2:]}", channel.name)
        return channel

    def set(self, playlist_id: str, changes: dict[str, Any]) -> Playlist:
        """Choose what a playlist is like.

        Args:
            playlist_id: Which one.
            changes: ``count`` or ``video_ids``, ``title``, ``state``.

        Raises:
            PlaylistError: If a field or a value does not exist.
        """
        given = dict(changes)
        if "count" in given:
            given["video_ids"] = entry_ids(playlist_id, int(given.pop("count")))
        known = {field.name for field in fields(Playlist)} - {"playlist_id", "channel"}
        if unknown := set(given) - known:
            raise PlaylistError(f"unknown {sorted(unknown)}; a playlist has {sorted(known)}")
        if given.get("state", "ok") not in get_args(State):
            raise PlaylistError(f"state must be one of {get_args(State)}")
        if "video_ids" in given:
            given["video_ids"] = tuple(given["video_ids"])
        self._set[playlist_id] = replace(self.of(playlist_id), **given)
        return self._set[playlist_id]

    def add(self, playlist_id: str, video_ids: list[str], *, at_start: bool = False) -> Playlist:
        """Let a playlist grow, at its end or (as channels do) at its start."""
        known = self.of(playlist_id).video_ids
        grown = (*video_ids, *known) if at_start else (*known, *video_ids)
        return self.set(playlist_id, {"video_ids": grown})

    def clear(self) -> None:
        """Forget what was set."""
        self._set.clear()
        self._names.clear()

    def _known_by_name(self, playlist: Playlist) -> Playlist:
        name = self._names.get(playlist.playlist_id)
        if name is None:
            return playlist
        channel = replace(playlist.channel, name=name, handle=f"@{name}")
        return replace(playlist, title=f"Uploads from {name}", channel=channel)
