"""Where the lines of the log go, and in which form."""

import logging
import sys
from types import TracebackType
from urllib.parse import unquote, urlsplit

from app.core.logs import JsonFormatter, Redactor, TextFormatter
from app.core.settings import Settings


class _StderrHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to what is stderr now: tests replace it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self):  # type: ignore[no-untyped-def]
        return sys.stderr


def log_for_people(settings: Settings) -> None:
    """For a command that is looked at while it runs: only what is wrong."""
    _use_handler(settings).setLevel(logging.WARNING)


def log_nothing() -> None:
    """For a command that says everything itself."""
    for handler in logging.getLogger().handlers[:]:
        if isinstance(handler, _StderrHandler):
            logging.getLogger().removeHandler(handler)
    logging.getLogger("app").addHandler(logging.NullHandler())


def log_for_servers(settings: Settings) -> None:
    """For a process that runs on its own: as much as the settings say."""
    _use_handler(settings)
    # What other people's parts say below this level is noise beside ours, and may hold secrets.
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("app").setLevel(settings.log_level)
    logging.captureWarnings(capture=True)
    if settings.log_format == "json":
        sys.excepthook = _log_uncaught


def _use_handler(settings: Settings) -> logging.Handler:
    handler = _StderrHandler()
    redact = Redactor(secrets_of(settings))
    is_json = settings.log_format == "json"
    handler.setFormatter(JsonFormatter(redact) if is_json else TextFormatter(redact))
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old, _StderrHandler):
            root.removeHandler(old)
    root.addHandler(handler)
    return handler


def secrets_of(settings: Settings) -> list[str]:
    """Every secret that the settings hold."""
    hidden = (
        settings.owner_password,
        settings.api_token,
        settings.groq_api_key,
        settings.oidc_client_secret,
    )
    found = [secret.get_secret_value() for secret in hidden if secret]
    for address in (settings.resolved_database_url, settings.youtube_proxy):
        found += _password_in(address)
    return found


def _password_in(address: str) -> list[str]:
    try:
        password = urlsplit(address).password
    except ValueError:
        return []
    return [password, unquote(password)] if password else []


def _log_uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
        return
    logging.getLogger(__name__).critical("ended", exc_info=(kind, error, traceback))
