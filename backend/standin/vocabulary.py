"""The words the stand-in's videos are made of (assets/vocabulary.json)."""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Topic:
    """What one kind of video is about."""

    category: str
    channels: tuple[str, ...]
    titles: tuple[str, ...]
    terms: tuple[str, ...]
    chapters: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """Topics and sentence patterns of one language."""

    code: str
    topics: tuple[Topic, ...]
    frames: tuple[str, ...]
    generic: tuple[str, ...]
    about: tuple[str, ...]
    number: str
    bye: str
    music: str
    chapter_heading: str
    links: str
    suffixes: tuple[str, ...]
    long_title: str


def _topic(raw: dict[str, Any]) -> Topic:
    lists = ("channels", "titles", "terms", "chapters", "sentences")
    return Topic(category=raw["category"], **{name: tuple(raw[name]) for name in lists})


@lru_cache(maxsize=1)
def languages() -> dict[str, Language]:
    """Return every language the stand-in can speak, by code."""
    text = resources.files("standin.assets").joinpath("vocabulary.json").read_text("utf-8")
    raw = json.loads(text)
    suffixes = raw.pop("suffixes")
    long_titles = raw.pop("long_title")
    return {
        code: Language(
            code=code,
            topics=tuple(_topic(topic) for topic in entry["topics"]),
            frames=tuple(entry["frames"]),
            generic=tuple(entry["generic"]),
            about=tuple(entry["about"]),
            number=entry["number"],
            bye=entry["bye"],
            music=entry["music"],
            chapter_heading=entry["chapter_heading"],
            links=entry["links"],
            suffixes=tuple(suffixes[code]),
            long_title=long_titles[code],
        )
        for code, entry in raw.items()
    }


LANGUAGE_NAMES = {
    "de": "German",
    "en": "English",
    "fr": "French",
    "ar": "Arabic",
    "es": "Spanish",
    "it": "Italian",
    "ja": "Japanese",
    "pt": "Portuguese",
    "tr": "Turkish",
}
