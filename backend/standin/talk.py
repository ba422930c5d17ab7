"""A speech as a video has it: sentences with pauses, again and again to the video's end."""

from array import array
from dataclasses import dataclass
from functools import lru_cache

from standin.voices import RATE, VOICES, SpeechError, sentences_in, spoken, story_of

SILENCE = "silence"
# Frames of AAC (1024 samples at 48 kHz) and of Opus (20 ms) both fit into it a whole number of times.
BLOCK_SECONDS = 1.6
_LEAD_IN_SECONDS = 0.4
_SILENT_SECONDS = 16.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be said.

    Attributes:
        speech: A voice's name for its own story, `silence`, or a text of English sentences.
        voice: Who says a text.
        pause_seconds: The pause after every sentence.
    """

    speech: str
    voice: str
    pause_seconds: float


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence at its place in a video's sound."""

    start_seconds: float
    end_seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """One round of a speech; a longer video repeats it.

    Attributes:
        samples: The sound, 16 bit and `RATE` a second; a whole number of blocks long.
        said: The sentences in it.
    """

    samples: bytes
    said: tuple[Said, ...]

    @property
    def seconds(self) -> float:
        """How long one round is."""
        return len(self.samples) / 2 / RATE

    def until(self, seconds: float) -> tuple[Said, ...]:
        """Return all sentences that end before a moment, over as many rounds as it takes."""
        said: list[Said] = []
        start = 0.0
        while self.said and start < seconds:
            moved = [Said(one.start_seconds + start, one.end_seconds + start, one.text)
                     for one in self.said]  # fmt: skip
            said += [one for one in moved if one.end_seconds <= seconds]
            start += self.seconds
        return tuple(said)


@lru_cache(maxsize=32)
def talk_of(wish: Wish) -> Talk:
    """Return a wish as sound.

    Raises:
        SpeechError: If it can't be said here.
    """
    samples = array("h", bytes(2 * round(_LEAD_IN_SECONDS * RATE)))
    said = []
    voice, sentences = _who_says_what(wish)
    for sentence in sentences:
        start = len(samples) / RATE
        samples += spoken(voice, sentence)
        said.append(Said(start, len(samples) / RATE, sentence))
        samples.frombytes(bytes(2 * round(wish.pause_seconds * RATE)))
    block = round(BLOCK_SECONDS * RATE)
    missing = -len(samples) % block if said else round(_SILENT_SECONDS * RATE) - len(samples)
    samples.frombytes(bytes(2 * missing))
    return Talk(samples.tobytes(), tuple(said))


def _who_says_what(wish: Wish) -> tuple[str, tuple[str, ...]]:
    if wish.speech == SILENCE:
        return wish.voice, ()
    if wish.speech in VOICES:
        return wish.speech, story_of(wish.speech)
    sentences = sentences_in(wish.speech)
    if not sentences:
        raise SpeechError("a speech needs words")
    return wish.voice, sentences
