"""What a video is: title, channel, length, date, description, chapters."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from standin.scenarios import Scenario
from standin.seeds import rng_of, seed_of, token_of
from standin.vocabulary import Language, Topic, languages

_NEWEST = datetime(2026, 10, 31, 12, 0, tzinfo=timezone(timedelta(hours=-7)))
_SHORTEST_WITH_CHAPTERS = 60


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a video."""

    start_seconds: int
    title: str


@dataclass(frozen=True, slots=True)
class Channel:
    """Who published a video."""

    name: str
    channel_id: str
    handle: str
    subscribers: int


@dataclass(frozen=True, slots=True)
class Video:
    """The facts of one video; they follow from its id and its scenario alone."""

    video_id: str
    title: str
    channel: Channel
    description: str
    duration_seconds: int
    published: datetime
    views: int
    likes: int
    language: str
    topic_index: int
    category: str
    keywords: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    episode: int


@lru_cache(maxsize=4096)
def video_of(video_id: str, scenario: Scenario) -> Video:
    """Return the facts of a video under a scenario."""
    rng = rng_of(video_id, "video")
    code = rng.choices(("de", "en", "fr", "ar"), (47, 47, 3, 3))[0]
    language = languages()[scenario.language or ("en" if scenario.speech else code)]
    topic_index = rng.randrange(1_000_000) % len(language.topics)
    topic = language.topics[topic_index]
    drawn = _duration(rng)
    duration = scenario.duration_seconds or drawn
    views = int(10 ** rng.uniform(1.5, 6.8))
    episode = seed_of(video_id, "episode") % 90_000 + 10_000
    published = _NEWEST - timedelta(seconds=rng.randrange(14 * 365 * 86_400))
    chapters = _chapters(rng, topic, duration)
    title = _title(rng, language, topic, episode)
    return Video(
        video_id=video_id,
        title=scenario.title or title,
        channel=_channel(rng.choice(topic.channels)),
        description=_description(video_id, language, topic, chapters, scenario),
        duration_seconds=duration,
        published=published,
        views=views,
        likes=int(views * rng.uniform(0.01, 0.06)),
        language=language.code,
        topic_index=topic_index,
        category=topic.category,
        keywords=tuple(rng.sample(topic.terms, 4)),
        chapters=chapters if scenario.chapters != "none" else (),
        episode=episode,
    )


def _duration(rng: random.Random) -> int:
    low, high = rng.choices(
        ((5, 59), (60, 180), (180, 2_400), (2_400, 7_200), (7_200, 14_400)), (4, 8, 74, 11, 3)
    )[0]
    return rng.randint(low, high)


def _title(rng: random.Random, language: Language, topic: Topic, episode: int) -> str:
    first, second = rng.sample(topic.terms, 2)
    if rng.random() < 0.03:  # noqa: PLR2004 - a few titles that no tile has room for
        title = language.long_title.format(t=first, u=second)
        return title[:1].upper() + title[1:]
    suffix = rng.choice(language.suffixes).format(n=episode % 400 + 1, p=rng.randint(1, 5))
    return rng.choice(topic.titles) + suffix


@lru_cache(maxsize=512)
def _channel(name: str) -> Channel:
    rng = rng_of(name, "channel")
    letters = "".join(char for char in name if char.isascii() and char.isalnum())
    return Channel(
        name=name,
        channel_id="UC" + token_of(name, "channel-id", 22),
        handle=f"@{letters or 'kanal' + token_of(name, 'handle', 6)}",
        subscribers=int(10 ** rng.uniform(2.5, 6.2)),
    )


def _chapters(rng: random.Random, topic: Topic, duration: int) -> tuple[Chapter, ...]:
    if duration < _SHORTEST_WITH_CHAPTERS:
        return ()
    count = min(len(topic.chapters), max(3, duration // 150))
    # YouTube wants ten seconds between chapters; slots of equal size with jitter keep that.
    slot = duration / count
    middle = sorted(rng.sample(range(1, len(topic.chapters)), count - 1))
    starts = [0] + [int(slot * (i + rng.uniform(-0.25, 0.25))) for i in range(1, count)]
    titles = [topic.chapters[0]] + [topic.chapters[i] for i in middle]
    return tuple(Chapter(start, title) for start, title in zip(starts, titles, strict=True))


def clock(seconds: int) -> str:
    """Write a time as YouTube does: 0:05, 12:40, 1:02:03."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def _description(
    video_id: str,
    language: Language,
    topic: Topic,
    chapters: tuple[Chapter, ...],
    scenario: Scenario,
) -> str:
    rng = rng_of(video_id, "description")
    first, second = rng.sample(topic.terms, 2)
    parts = [rng.choice(language.about).format(t=first, u=second)]
    parts.append(" ".join(rng.sample(topic.sentences, min(2, len(topic.sentences)))))
    if chapters and scenario.chapters in ("description", "bracketed"):
        mark = "[{:0>5}] {}" if scenario.chapters == "bracketed" else "{} {}"
        lines = [mark.format(clock(c.start_seconds), c.title) for c in chapters]
        parts.append("\n".join([language.chapter_heading, *lines]))
    slug = token_of(video_id, "link", 6).lower().strip("-_")
    parts.append(f"{language.links}: https://example.org/{slug}")
    parts.append(" ".join(f"#{term.replace(' ', '')}" for term in rng.sample(topic.terms, 3)))
    return "\n\n".join(parts)
