"""Settings: environment variables with the prefix ``VIDEOTHEK_``."""

import functools
import ipaddress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

GROQ_BASE_URL = "https://api.groq.com/openai/v1"
REPOSITORY_ROOT = Path(__file__).resolve().parents[3]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Larger ones would be half of the world, by a slip of the pen.
_LEAST_NETWORK_BITS = 8


class Settings(BaseSettings):
    """Everything that can be set from outside; the README's table says the same in words."""

    model_config = SettingsConfigDict(env_prefix="VIDEOTHEK_", extra="ignore")

    data_dir: Path = REPOSITORY_ROOT / "data"
    database_url: str = ""
    database_wait_seconds: float = Field(default=20.0, ge=0)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = ""
    owner_password: SecretStr | None = None
    frontend_dir: Path = REPOSITORY_ROOT / "frontend" / "dist"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    secure_cookies: bool = False
    # Whether the link that the start prints lets in from other machines, as the host of a container is.
    sign_in_link_anywhere: bool = False
    # Else only programs on this machine may read /metrics.
    metrics_open: bool = False

    # Whoever a proxy has let in, by the name in this header, if the request comes from it itself.
    proxy_user_header: str = Field(default="", pattern=r"^[A-Za-z0-9-]*$")
    trusted_proxies: str = Field(default="", validate_default=True)
    proxy_creates_members: bool = False
    # Nobody else becomes the owner by a name.
    proxy_owner: str = ""

    # Signing in at an OpenID Connect provider.
    oidc_issuer: str = ""
    oidc_client_id: str = Field(default="", validate_default=True)
    oidc_client_secret: SecretStr | None = None
    oidc_name: str = Field(default="", max_length=60)
    oidc_creates_members: bool = False

    # For the command: a server elsewhere, and a token that was made there.
    server_url: str = ""
    api_token: SecretStr | None = None

    access_token_seconds: int = Field(default=900, ge=5)
    refresh_token_days: int = Field(default=30, ge=1)

    import_max_items: int = Field(default=10_000, ge=1)
    import_max_bytes: int = Field(default=20_000_000, ge=1)
    # Of the process that reads a large input or an archive; with less memory it does not even start.
    import_max_seconds: float = Field(default=60.0, ge=1)
    import_max_memory_bytes: int = Field(default=140_000_000, ge=80_000_000)
    # Previews, imports, searches and exports of one person; 0 counts nothing.
    requests_per_minute: int = Field(default=600, ge=0)

    caption_languages: str = "de,en"
    caption_providers: str = Field(
        default="youtube_manual,youtube_auto,whisper",
        pattern=r"^\s*(youtube_manual|youtube_auto|whisper)(\s*,\s*(youtube_manual|youtube_auto|whisper))*\s*$",
    )

    # Captions from the sound. "auto" is the cloud once there is a key or another base address.
    transcription_provider: Literal["auto", "groq", "local", "off"] = "auto"
    groq_api_key: SecretStr | None = None
    groq_base_url: str = GROQ_BASE_URL
    groq_model: str = "whisper-large-v3-turbo"
    # What Groq allows without paying; 0 is no limit. It is corrected by what the answers say.
    groq_requests_per_minute: int = Field(default=20, ge=0)
    groq_requests_per_day: int = Field(default=2_000, ge=0)
    groq_audio_seconds_per_hour: int = Field(default=7_200, ge=0)
    groq_audio_seconds_per_day: int = Field(default=28_800, ge=0)
    whisper_model: str = "small"
    transcription_price_per_hour: float = Field(default=0.04, ge=0)
    transcription_currency: str = Field(default="USD", pattern="^[A-Z]{3}$")
    # Minutes of sound; 0 is no cap.
    transcription_daily_minutes: int = Field(default=480, ge=0)
    transcription_monthly_minutes: int = Field(default=0, ge=0)
    transcription_max_minutes: int = Field(default=360, ge=0)
    # About how long the parts are that are sent; a server of one's own may want shorter ones.
    transcription_part_seconds: float = Field(default=600.0, ge=20, le=1_200)
    transcription_wait_seconds: float = Field(default=60.0, ge=0)
    sound_max_bytes: int = Field(default=500_000_000, ge=1_000_000)

    youtube_gateway: str = ""
    youtube_proxy: str = ""
    youtube_player_clients: str = "visionos"
    pacing_scale: float = Field(default=1.0, gt=0)

    @field_validator("youtube_gateway", "public_url", "server_url", "groq_base_url")
    @classmethod
    def _without_trailing_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("has to begin with http:// or https://")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str, info: ValidationInfo) -> str:
        if not value.strip() and info.data.get("proxy_user_header"):
            raise ValueError("has to name the proxy that VIDEOTHEK_PROXY_USER_HEADER comes from")
        if any(network.prefixlen < _LEAST_NETWORK_BITS for network in _networks(value)):
            raise ValueError("names so many machines that anybody could be anybody")
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _is_a_provider(cls, value: str, info: ValidationInfo) -> str:
        if value and not is_private_way(value):
            raise ValueError("has to begin with https://")
        if value and not info.data.get("public_url"):
            raise ValueError("needs VIDEOTHEK_PUBLIC_URL, where the provider sends people back to")
        return value

    @field_validator("oidc_client_id")
    @classmethod
    def _is_there_with_a_provider(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("oidc_issuer"):
            raise ValueError("is missing: it is what the provider calls this Videothek")
        return value

    @field_validator("youtube_proxy")
    @classmethod
    def _is_a_proxy(cls, value: str) -> str:
        if value and "://" not in value:
            raise ValueError("has to begin with http:// or socks5://")
        return value

    @property
    def resolved_database_url(self) -> str:
        """The SQLAlchemy URL of the one database, with an async driver.

        ``postgresql://`` (as hosts hand it out) means psycopg; without a setting it is a file in
        ``data_dir``.
        """
        url = self.database_url
        if not url:
            return f"sqlite+aiosqlite:///{self.data_dir / 'videothek.db'}"
        for plain in ("postgresql://", "postgres://"):
            if url.startswith(plain):
                return "postgresql+psycopg://" + url.removeprefix(plain)
        if url.startswith("sqlite://"):
            return "sqlite+aiosqlite://" + url.removeprefix("sqlite://")
        return url

    @property
    def has_secure_cookies(self) -> bool:
        """Whether browsers shall send cookies by https only."""
        return self.secure_cookies or self.public_url.startswith("https://")

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The proxies that are believed who somebody is."""
        return _networks(self.trusted_proxies)

    @property
    def oidc_label(self) -> str:
        """What people call the provider."""
        return self.oidc_name.strip() or urlsplit(self.oidc_issuer).hostname or ""

    @property
    def player_clients(self) -> list[str]:
        """The InnerTube clients yt-dlp asks, in order (the working ones change several times a year)."""
        return _split(self.youtube_player_clients)

    @property
    def transcriber(self) -> Literal["groq", "local", "off"]:
        """Who makes captions that YouTube does not have."""
        if self.transcription_provider != "auto":
            return self.transcription_provider
        # In files of settings a key that is not there yet is often an empty line.
        has_key = bool(self.groq_api_key and self.groq_api_key.get_secret_value().strip())
        return "groq" if has_key or self.groq_base_url != GROQ_BASE_URL else "off"

    @property
    def provider_order(self) -> list[str]:
        """Where captions come from, the best first, each once."""
        return list(dict.fromkeys(_split(self.caption_providers)))

    @property
    def wanted_languages(self) -> list[str]:
        """Languages of manual captions that are preferred to the original automatic track."""
        return _split(self.caption_languages)


def _split(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


@functools.lru_cache(maxsize=8)
def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part) for part in _split(value))
    except ValueError as error:
        raise ValueError(
            "has to be addresses or networks, such as 10.0.0.2 or 10.0.0.0/24"
        ) from error


def is_private_way(address: str) -> bool:
    """Whether nobody on the way to an address can read along: by https, or on this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return parts.scheme == "http" and host in {"localhost", "127.0.0.1", "::1"}
