"""About how much sound there is to transcribe, and what that costs."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CaptionsSource
from app.repositories import transcription_usage as usage_rows
from app.repositories.transcription_usage import Habits, UnderWay
from app.schemas.transcription import EstimateOut, ImportTranscriptionOut
from app.services.enrichment.reuse import REUSE_DAYS
from app.services.transcription.budget import MS_PER_MINUTE, billed_ms, cost_micros
from app.services.transcription.terms import TranscriptionTerms

_MICROS = 1_000_000
_NEWEST_VIDEOS = 1000
# What is reckoned with before a library says otherwise, as if it were so many videos of it: a tenth of
# videos has no captions, and a video is twelve minutes long (the mean in measurements of YouTube).
_GUESS_VIDEOS = 20
_GUESS_WITHOUT = 0.1
_GUESS_SECONDS = 720.0


class TranscriptionEstimates:
    """Estimates.

    Args:
        terms: Who transcribes, and for how much.
    """

    def __init__(self, terms: TranscriptionTerms) -> None:
        self._terms = terms

    def of_sound(self, seconds: float, *, videos: int, is_rough: bool = False) -> EstimateOut:
        """What so much sound is and costs.

        Args:
            seconds: How much.
            videos: Of how many videos.
            is_rough: It is a guess.
        """
        return self.of_bill(
            round(seconds * 1000),
            cost_micros(seconds * 1000, self._terms.price_per_hour),
            videos=videos,
            is_rough=is_rough,
        )

    def of_bill(
        self, milliseconds: int, micros: int, *, videos: int, is_rough: bool = False
    ) -> EstimateOut:
        """What is known of the bill, as people see it.

        Args:
            milliseconds: Of sound.
            micros: Millionths of the currency's unit.
            videos: Of how many videos.
            is_rough: It is a guess.
        """
        return EstimateOut(
            videos=videos,
            minutes=round(milliseconds / MS_PER_MINUTE, 1),
            cost=round(micros / _MICROS, 4),
            currency=self._terms.currency,
            is_rough=is_rough,
        )

    def of_video(self, source: str | None, duration_seconds: int | None) -> EstimateOut | None:
        """What captions of one video would take; None where none can be made, or there are some.

        Args:
            source: Where its captions come from.
            duration_seconds: How long it is.
        """
        if not self._terms.is_on or source != CaptionsSource.NONE or not duration_seconds:
            return None
        return self.of_sound(billed_ms(duration_seconds) / 1000, videos=1)

    async def of_new(
        self, session: AsyncSession, youtube_ids: Collection[str]
    ) -> EstimateOut | None:
        """What videos would take that somebody is about to add; None where none are made by themselves.

        Those that are in the installation already are known; the others are reckoned like its newest.

        Args:
            session: A session.
            youtube_ids: Each video once.
        """
        if not self._terms.is_automatic:
            return None
        since = datetime.now(UTC) - timedelta(days=REUSE_DAYS)
        known = await usage_rows.known_videos(session, list(youtube_ids), since)
        unknown = len(youtube_ids) - len(known)
        lengths = [
            float(each.duration_seconds or 0)
            for each in known.values()
            if not each.has_captions and self._terms.is_short_enough(each.duration_seconds)
        ]
        seconds, videos = sum(lengths), len(lengths)
        if unknown:
            share, mean_seconds = _expected(await usage_rows.habits(session, _NEWEST_VIDEOS))
            guessed = round(unknown * share)
            seconds, videos = seconds + guessed * mean_seconds, videos + guessed
        return self.of_sound(seconds, videos=videos, is_rough=unknown > 0)

    async def of_imports(
        self, session: AsyncSession, made: Mapping[str, int]
    ) -> dict[str, ImportTranscriptionOut]:
        """What was made for imports, and what is to come: two questions, however many there are.

        Args:
            session: A session.
            made: For each import, how many of its videos have captions from their sound.

        Returns:
            Nothing of any import where no captions are made.
        """
        if not self._terms.is_on or not made:
            return {}
        import_ids = list(made)
        spent = await usage_rows.spent_on_imports(session, import_ids)
        under_way = await usage_rows.under_way_of_imports(session, import_ids)
        return {
            import_id: self._of_import(
                made[import_id],
                spent.get(import_id, (0, 0)),
                under_way.get(import_id, UnderWay()),
            )
            for import_id in import_ids
        }

    def _of_import(
        self, made: int, spent: Sequence[int], under_way: UnderWay
    ) -> ImportTranscriptionOut:
        milliseconds, micros = spent
        return ImportTranscriptionOut(
            made=self.of_bill(milliseconds, micros, videos=made),
            pending=self.of_sound(under_way.left_seconds, videos=under_way.videos),
            over_budget=under_way.over_budget,
            resumes_at=under_way.resumes_at,
        )


def _expected(habits: Habits) -> tuple[float, float]:
    """Which part of new videos will have no captions, and how long one is."""
    without = habits.without + _GUESS_VIDEOS * _GUESS_WITHOUT
    seconds = habits.seconds + _GUESS_VIDEOS * _GUESS_SECONDS
    return (
        without / (habits.settled + _GUESS_VIDEOS),
        seconds / (habits.timed + _GUESS_VIDEOS),
    )
