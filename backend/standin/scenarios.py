"""Which story a video tells: available or not, captions, chapters, length."""

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Literal, get_args

from standin.seeds import rng_of
from standin.talk import SILENCE, Wish, talk_of
from standin.vocabulary import languages
from standin.voices import VOICES

Availability = Literal[
    "ok",
    "private",
    "private_german",
    "private_empty_reason",
    "deleted",
    "deleted_bare",
    "deleted_curly",
    "deleted_german",
    "account_terminated",
    "members_only",
    "members_german",
    "age_restricted",
    "age_german",
    "geo_blocked",
    "geo_blocked_domain",
    "geo_blocked_german",
    "paid",
    "upcoming",
    "premiere",
    "premiere_german",
    "live",
    "post_live",
    "no_recording",
    "processing",
    "processing_german",
    "made_for_kids",
    "placeholder",
    "other_id",
    "html_reason",
]
Captions = Literal[
    "manual",
    "auto",
    "both",
    "manual_other_language",
    "other_client",
    "none",
    "locked",
    "broken",
    "empty",
]
Chapters = Literal["markers", "bar", "panel", "description", "bracketed", "none"]

CHOICES: dict[str, tuple[str, ...]] = {
    "availability": get_args(Availability),
    "captions": get_args(Captions),
    "chapters": get_args(Chapters),
    "voice": VOICES,
}


class ScenarioError(ValueError):
    """A scenario was asked for that does not exist."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything about a video that a test may want to choose.

    Attributes:
        availability: What the player says about the video.
        captions: Which caption tracks exist, and whether they can be read.
        chapters: Where chapters can be found.
        embeddable: False makes oEmbed refuse (401) although the video is fine.
        duration_seconds: Length; None leaves it to the id.
        sound_seconds: Length of the sound file; None makes it as long as the video.
        language: Spoken language; None leaves it to the id.
        speech: What is really said in the sound, in English: a text, or the name of a voice for the
            story it has recorded, or `silence`. None leaves the tune that says nothing.
        voice: Who says the text.
        speech_pause_seconds: The pause after every sentence.
        title: Title; None leaves it to the id.
        starts_in_seconds: How far away an upcoming video is, from now.
        release_timestamp: A fixed start of an upcoming video; wins over `starts_in_seconds`.
    """

    availability: Availability = "ok"
    captions: Captions = "auto"
    chapters: Chapters = "none"
    embeddable: bool = True
    duration_seconds: int | None = None
    sound_seconds: int | None = None
    language: str | None = None
    speech: str | None = None
    voice: str = "slt"
    speech_pause_seconds: float = 0.7
    title: str | None = None
    starts_in_seconds: int = 111_600
    release_timestamp: int | None = None

    @property
    def wish(self) -> Wish | None:
        """What is said in the sound, None for the tune."""
        if self.speech is None:
            return None
        voice = self.speech if self.speech in VOICES else self.voice
        return Wish(self.speech, voice, self.speech_pause_seconds)

    def changed(self, changes: dict[str, Any]) -> "Scenario":
        """Return a copy with the given fields replaced.

        Raises:
            ScenarioError: If a field or a value does not exist.
            SpeechError: If nobody here can say the speech.
        """
        known = {field.name for field in fields(self)}
        for name, value in changes.items():
            if name not in known:
                raise ScenarioError(f"unknown field {name!r}; there are {sorted(known)}")
            if name in CHOICES and value not in CHOICES[name]:
                raise ScenarioError(f"{name} must be one of {CHOICES[name]}, not {value!r}")
        if changes.get("language") not in (None, *languages()):
            raise ScenarioError(f"language must be one of {sorted(languages())}")
        changed = replace(self, **changes)
        if changed.wish:
            # Said at once, so that who asks for it hears that it can't be said.
            talk_of(changed.wish)
        return changed


# Five characters and then anything: no real id is likely to look like that by accident.
PREFIXES: dict[str, dict[str, Any]] = {
    "PRIV_": {"availability": "private"},
    "PRDE_": {"availability": "private_german"},
    "PREM_": {"availability": "private_empty_reason"},
    "GONE_": {"availability": "deleted"},
    "GOBA_": {"availability": "deleted_bare"},
    "GOCU_": {"availability": "deleted_curly"},
    "GODE_": {"availability": "deleted_german"},
    "TERM_": {"availability": "account_terminated"},
    "MEMB_": {"availability": "members_only"},
    "MEDE_": {"availability": "members_german"},
    "AGED_": {"availability": "age_restricted"},
    "AGDE_": {"availability": "age_german"},
    "GEOB_": {"availability": "geo_blocked"},
    "GEOD_": {"availability": "geo_blocked_domain"},
    "GEDE_": {"availability": "geo_blocked_german"},
    "PAID_": {"availability": "paid"},
    "SOON_": {"availability": "upcoming"},
    "PRMR_": {"availability": "premiere"},
    "PMDE_": {"availability": "premiere_german"},
    "LIVE_": {"availability": "live"},
    "POST_": {"availability": "post_live"},
    "NREC_": {"availability": "no_recording"},
    "PROC_": {"availability": "processing"},
    "PCDE_": {"availability": "processing_german"},
    "KIDS_": {"availability": "made_for_kids"},
    "PLAC_": {"availability": "placeholder"},
    "OTHR_": {"availability": "other_id"},
    "HTML_": {"availability": "html_reason"},
    "NOEM_": {"embeddable": False},
    "CMAN_": {"captions": "manual"},
    "CAUT_": {"captions": "auto"},
    "CBOT_": {"captions": "both"},
    "COTH_": {"captions": "manual_other_language"},
    "CCLI_": {"captions": "other_client"},
    "CNON_": {"captions": "none"},
    "CLOC_": {"captions": "locked"},
    "CBRK_": {"captions": "broken"},
    "CEMP_": {"captions": "empty"},
    "KMRK_": {"chapters": "markers"},
    "KBAR_": {"chapters": "bar"},
    "KPAN_": {"chapters": "panel"},
    "KDES_": {"chapters": "description"},
    "KBRA_": {"chapters": "bracketed"},
    "KNON_": {"chapters": "none"},
    "TALK_": {"captions": "none", "speech": "slt"},
    "HUSH_": {"captions": "none", "speech": SILENCE},
    "L005_": {"duration_seconds": 5},
    "L10M_": {"duration_seconds": 600},
    "L01H_": {"duration_seconds": 3_600},
    "L04H_": {"duration_seconds": 14_400},
}


@lru_cache(maxsize=8192)
def default_scenario(video_id: str) -> Scenario:
    """Return the scenario an id has unless something else was set: prefix over hash."""
    rng = rng_of(video_id, "scenario")
    captions = rng.choices(("auto", "manual", "both", "none"), (60, 25, 10, 5))[0]
    chapters = rng.choices(("markers", "description", "none"), (40, 30, 30))[0]
    mixed = Scenario(captions=captions, chapters=chapters)  # type: ignore[arg-type]
    return mixed.changed(PREFIXES.get(video_id[:5], {}))


class ScenarioBook:
    """Remembers what was set for single videos, on top of their defaults."""

    def __init__(self) -> None:
        self._changes: dict[str, dict[str, Any]] = {}
        self._everything: dict[str, Any] = {}

    def of(self, video_id: str) -> Scenario:
        """Return the scenario in force for a video."""
        scenario = default_scenario(video_id)
        changes = {**self._everything, **self._changes.get(video_id, {})}
        return scenario.changed(changes) if changes else scenario

    def set(self, video_id: str, changes: dict[str, Any]) -> Scenario:
        """Replace what is set for a video (`*` for every video) and return the result.

        Raises:
            ScenarioError: If a field or a value does not exist.
        """
        scenario = default_scenario(video_id).changed(changes)
        if video_id == "*":
            self._everything = dict(changes)
        else:
            self._changes[video_id] = dict(changes)
        return scenario

    def clear(self, video_id: str | None = None) -> None:
        """Forget what was set for one video, or for all."""
        if video_id is None or video_id == "*":
            self._everything = {}
        if video_id is None:
            self._changes.clear()
        else:
            self._changes.pop(video_id, None)
