"""Under which terms captions are made from the sound: who makes them, what they may cost."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from app.core.settings import Settings
from app.services.pacing.quota import QuotaName, QuotaTerms
from app.services.transcription.budget import MS_PER_MINUTE, Caps

Provider = Literal["groq", "local", "off"]

_SETTINGS = {
    QuotaName.REQUESTS_PER_MINUTE: "groq_requests_per_minute",
    QuotaName.REQUESTS_PER_DAY: "groq_requests_per_day",
    QuotaName.AUDIO_SECONDS_PER_HOUR: "groq_audio_seconds_per_hour",
    QuotaName.AUDIO_SECONDS_PER_DAY: "groq_audio_seconds_per_day",
}


@dataclass(frozen=True, slots=True)
class TranscriptionTerms:
    """What the settings say.

    Args:
        provider: Who transcribes.
        model: With which model, as people may see it.
        is_automatic: Videos without captions get them without being asked for.
        fingerprint: Differs when what was wrong may be right now: another key, address or model.
        caps: How much may be transcribed.
        max_seconds: How long a sound may be, unless a person asks for it.
        price_per_hour: In the currency's unit; nothing at home.
        currency: Three letters.
        quota: What the upstream allows; None at home.
        time_scale: How many times faster than real this installation runs.
    """

    provider: Provider
    model: str | None
    is_automatic: bool
    fingerprint: str
    caps: Caps
    max_seconds: float | None
    price_per_hour: float
    currency: str
    quota: QuotaTerms | None
    time_scale: float

    @property
    def is_on(self) -> bool:
        """Whether captions are made at all."""
        return self.provider != "off"

    def is_short_enough(self, duration_seconds: float | None) -> bool:
        """Whether a sound may be transcribed without being asked for."""
        return self.max_seconds is None or (duration_seconds or 0) <= self.max_seconds

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The terms of an installation."""
        provider = settings.transcriber
        max_minutes = settings.transcription_max_minutes
        return cls(
            provider=provider,
            model=_model(settings, provider),
            is_automatic=provider != "off" and "whisper" in settings.provider_order,
            fingerprint=_fingerprint(settings, provider),
            caps=Caps(
                daily_ms=settings.transcription_daily_minutes * MS_PER_MINUTE or None,
                monthly_ms=settings.transcription_monthly_minutes * MS_PER_MINUTE or None,
            ),
            max_seconds=max_minutes * 60.0 or None,
            price_per_hour=(settings.transcription_price_per_hour if provider == "groq" else 0.0),
            currency=settings.transcription_currency,
            quota=_quota(settings) if provider == "groq" else None,
            time_scale=settings.pacing_scale,
        )


def _model(settings: Settings, provider: Provider) -> str | None:
    if provider == "off":
        return None
    # A path says more of this machine than anybody has to know.
    return settings.groq_model if provider == "groq" else Path(settings.whisper_model).name


def _fingerprint(settings: Settings, provider: Provider) -> str:
    key = settings.groq_api_key.get_secret_value() if settings.groq_api_key else ""
    parts = [provider, settings.groq_base_url, key, settings.groq_model, settings.whisper_model]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _quota(settings: Settings) -> QuotaTerms:
    return QuotaTerms(
        allowed={name: float(getattr(settings, field)) for name, field in _SETTINGS.items()},
        chosen=frozenset(
            name for name, field in _SETTINGS.items() if field in settings.model_fields_set
        ),
        scale=settings.pacing_scale,
    )
