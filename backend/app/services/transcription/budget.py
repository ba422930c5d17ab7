"""What captions from the sound may cost: caps in minutes of sound, by day and month. Pure.

Days and months are those of UTC, so that all processes and both databases mean the same ones.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

MS_PER_MINUTE = 60_000
_MS_PER_HOUR = 3_600_000
# Groq bills at least ten seconds of each request.
_LEAST_BILLED_MS = 10_000
# A part of a sound is hardly ever longer (services.transcription.ports.CutPlan): less of a cap than
# this is no use to a long sound.
_PART_MS = 660_000


@dataclass(frozen=True, slots=True)
class Caps:
    """How much sound may be transcribed; None is no cap."""

    daily_ms: int | None = None
    monthly_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """How much sound was sent, today and this month."""

    day_ms: int = 0
    month_ms: int = 0


def billed_ms(duration_seconds: float) -> int:
    """What is billed for a part.

    Args:
        duration_seconds: How long it is.
    """
    return max(_LEAST_BILLED_MS, math.ceil(round(duration_seconds * 1000, 3)))


def cost_micros(milliseconds: float, price_per_hour: float) -> int:
    """What sound costs, in millionths of the currency's unit."""
    return round(milliseconds / _MS_PER_HOUR * price_per_hour * 1_000_000)


def day_of(moment: datetime) -> datetime:
    """When a day began."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def month_of(moment: datetime) -> datetime:
    """When a month began."""
    return day_of(moment).replace(day=1)


def next_day(moment: datetime) -> datetime:
    """When the next day begins."""
    return day_of(moment) + timedelta(days=1)


def next_month(moment: datetime) -> datetime:
    """When the next month begins."""
    return month_of(month_of(moment) + timedelta(days=32))


def part_waits_until(caps: Caps, spent: Spent, part_ms: int, moment: datetime) -> datetime | None:
    """When the caps allow one more part; None if they do now. No cap is ever exceeded.

    Args:
        caps: How much may be transcribed.
        spent: How much was.
        part_ms: What the part will be billed as.
        moment: Now.
    """
    if _is_over(caps.monthly_ms, spent.month_ms, part_ms):
        return next_month(moment)
    if _is_over(caps.daily_ms, spent.day_ms, part_ms):
        return next_day(moment)
    return None


def sound_waits_until(
    caps: Caps, spent: Spent, under_way_ms: int, sound_ms: int, moment: datetime
) -> datetime | None:
    """When the caps allow to begin with a sound; None if they do now.

    One that is longer than a whole cap begins when nothing of that is taken, and takes several days.

    Args:
        caps: How much may be transcribed.
        spent: How much was.
        under_way_ms: What others that have begun will need yet.
        sound_ms: How long the sound is.
        moment: Now.
    """
    if _is_over(caps.monthly_ms, spent.month_ms + under_way_ms, _share(sound_ms, caps.monthly_ms)):
        return next_month(moment)
    if _is_over(caps.daily_ms, spent.day_ms + under_way_ms, _share(sound_ms, caps.daily_ms)):
        return next_day(moment)
    return None


def _share(sound_ms: int, cap_ms: int | None) -> int:
    if cap_ms is None or cap_ms < _PART_MS:
        return sound_ms
    return min(sound_ms, cap_ms)


def _is_over(cap_ms: int | None, taken_ms: int, own_ms: int) -> bool:
    return cap_ms is not None and taken_ms + own_ms > cap_ms
