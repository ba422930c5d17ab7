"""What is imported: drops as people make them, with what has to become of every line. Pure."""

import random
import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

PLAYLIST_ID = "PLCRASHkJ7mQ2vX9"

_ALPHABET = string.ascii_letters + string.digits
_FORMS = (
    "https://www.youtube.com/watch?v={}",
    "https://youtu.be/{}",
    "https://www.youtube.com/watch?v={}&t=42s",
    "https://www.youtube.com/shorts/{}",
    "Unbedingt ansehen: https://youtu.be/{}",
)
_REJECTED = (
    ("https://vimeo.com/7697{:04d}", "foreign_host"),
    ("Wiedergabeliste vom Mai, Teil {}", "no_link"),
    ("https://youtu.be/zu-kurz{}", "bad_id"),
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a video is, so what has to become of it.

    Args:
        stage: The last one.
        outcome: Of the line that brought it.
        error_code: Why it is not there, or not yet.
        captions_source: Where its captions come from, if it is there.
    """

    stage: str
    outcome: str
    error_code: str | None = None
    captions_source: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.outcome != "waiting"


# The stand-in knows by the first five characters of an id what its video is like. A stream that runs
# and a premiere are looked at again and again, so there are few of them.
_KINDS: Mapping[str, tuple[float, Truth]] = {
    "CAUT_": (0.60, Truth("complete", "imported", captions_source="youtube_auto")),
    "CMAN_": (0.25, Truth("complete", "imported", captions_source="youtube_manual")),
    "CNON_": (0.06, Truth("complete", "without_captions", captions_source="none")),
    "PRIV_": (0.03, Truth("error", "unavailable", "video_private")),
    "GONE_": (0.03, Truth("error", "unavailable", "video_deleted")),
    "MEMB_": (0.02, Truth("error", "unavailable", "video_members_only")),
    "SOON_": (0.004, Truth("", "waiting", "video_upcoming")),
    "LIVE_": (0.003, Truth("", "waiting", "video_live")),
}


def truth_of(youtube_id: str) -> Truth:
    """What has to become of a video."""
    return _KINDS[youtube_id[:5]][1]


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and what it is when its drop is read for the first time."""

    text: str
    verdict: str
    youtube_id: str | None = None
    reason_code: str | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """What is sent at once.

    Args:
        name: For people.
        lines: In order.
        children: The videos of the playlist it links to.
        is_single: Sent as one link, not as a text.
    """

    name: str
    lines: tuple[Line, ...]
    children: tuple[Line, ...] = ()
    is_single: bool = False

    @property
    def text(self) -> str:
        """The text that is sent."""
        return "\n".join(line.text for line in self.lines)

    @property
    def new_ids(self) -> list[str]:
        """The videos it brings."""
        every = (*self.lines, *self.children)
        return [line.youtube_id for line in every if line.verdict == "new" and line.youtube_id]


@dataclass(frozen=True, slots=True)
class Supply:
    """All drops of a run.

    Args:
        known: Added one by one at first; the main drop has some of them once more.
        main: The big one.
        playlist: A link to a playlist, some of whose videos the main drop has brought.
        small: Sent at chosen moments.
    """

    known: Sequence[Drop]
    main: Drop
    playlist: Drop
    small: Sequence[Drop] = field(default_factory=tuple)

    @property
    def all(self) -> list[Drop]:
        """In the order in which they are sent."""
        return [*self.known, self.main, self.playlist, *self.small]

    @property
    def over_count(self) -> int:
        """How many videos come to an end."""
        return sum(truth_of(one).is_over for drop in self.all for one in drop.new_ids)


def make_supply(seed: int, videos: int, small_drops: int) -> Supply:
    """Make drops.

    Args:
        seed: The same drops for the same seed.
        videos: How many new ones the first drops and the playlist bring together.
        small_drops: How many other drops there are; their videos come on top.
    """
    rng = random.Random(f"drops {seed}")
    ids = _ids(videos, rng)
    known, rest = ids[: max(3, videos // 100)], ids[max(3, videos // 100) :]
    in_playlist, new = rest[: videos // 8], rest[videos // 8 :]
    return Supply(
        known=[
            Drop(f"known {number}", _judged([_link(one, rng)], ()), is_single=True)
            for number, one in enumerate(known, 1)
        ],
        main=Drop("main", _main_lines(new, known, rng)),
        playlist=_playlist(in_playlist, rng.sample(new, 3), rng),
        small=[_small(number, known, rng) for number in range(1, small_drops + 1)],
    )


def _ids(count: int, rng: random.Random) -> list[str]:
    """Videos of every kind, at least one of each."""
    prefixes: list[str] = []
    for prefix, (share, _truth) in list(_KINDS.items())[1:]:
        prefixes += [prefix] * max(1, round(share * count))
    prefixes += ["CAUT_"] * (count - len(prefixes))
    rng.shuffle(prefixes)
    return [prefix + "".join(rng.choices(_ALPHABET, k=6)) for prefix in prefixes]


def _link(youtube_id: str, rng: random.Random) -> tuple[str, str]:
    return rng.choice(_FORMS).format(youtube_id), youtube_id


def _main_lines(new: Sequence[str], known: Sequence[str], rng: random.Random) -> tuple[Line, ...]:
    few = max(2, len(new) // 40)
    links = [_link(one, rng) for one in new]
    links += [_link(one, rng) for one in known]
    links += [_link(one, rng) for one in rng.sample(new, few)]
    rng.shuffle(links)
    lines = list(_judged(links, known))
    for number in range(few):
        text, reason = rng.choice(_REJECTED)
        line = Line(text.format(number), "rejected", reason_code=reason)
        lines.insert(rng.randrange(len(lines)), line)
    return tuple(lines)


def _playlist(new: Sequence[str], known: Sequence[str], rng: random.Random) -> Drop:
    entries = [*new, *known]
    rng.shuffle(entries)
    links = [(f"https://www.youtube.com/watch?v={one}", one) for one in entries]
    link = Line(
        f"https://www.youtube.com/playlist?list={PLAYLIST_ID}", "playlist", reason_code="playlist"
    )
    return Drop("playlist", (link,), _judged(links, known))


def _small(number: int, known: Sequence[str], rng: random.Random) -> Drop:
    name = f"small {number}"
    if number % 4 == 0:
        return Drop(name, _judged([_link(_plain_id(rng), rng)], ()), is_single=True)
    new = [_plain_id(rng) for _ in range(rng.randint(3, 12))]
    links = [_link(one, rng) for one in (*new, rng.choice(new), rng.choice(known))]
    return Drop(name, _judged(links, known))


def _plain_id(rng: random.Random) -> str:
    prefix = rng.choice(("CAUT_", "CAUT_", "CMAN_", "CNON_", "PRIV_"))
    return prefix + "".join(rng.choices(_ALPHABET, k=6))


def _judged(links: Sequence[tuple[str, str]], known: Collection[str]) -> tuple[Line, ...]:
    """The first line with a video is new, unless the list has it; all later ones repeat it."""
    seen: set[str] = set()
    lines = []
    for text, youtube_id in links:
        first = "duplicate" if youtube_id in known else "new"
        lines.append(Line(text, "repeated" if youtube_id in seen else first, youtube_id))
        seen.add(youtube_id)
    return tuple(lines)
