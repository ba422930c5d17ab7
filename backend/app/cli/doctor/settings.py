"""Are the settings what somebody meant?"""

import difflib
import os
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from pydantic import ValidationError

from app.cli.doctor.findings import Finding, State
from app.cli.local import what_is_wrong
from app.cli.words import plain, say
from app.core.settings import Settings

_PREFIX: Final = "VIDEOTHEK_"
_LEAST_PASSWORD_LENGTH: Final = 10


def wrong_settings(error: ValidationError) -> list[Finding]:
    """What can't be read; never what stands there, which may be a secret."""
    return [
        Finding(
            State.BAD,
            say(
                "doctor_setting_bad",
                name=_PREFIX + "_".join(str(part) for part in wrong["loc"]).upper(),
                reason=plain(what_is_wrong(wrong)),
            ),
            say("doctor_setting_bad_advice"),
        )
        for wrong in error.errors(include_input=False, include_url=False)
    ]


def odd_settings(
    settings: Settings, environment: Mapping[str, str] = os.environ
) -> Iterator[Finding]:
    """What can be read and is hardly meant so."""
    yield Finding(State.GOOD, say("doctor_settings"))
    yield from _unknown(environment)
    if settings.youtube_gateway:
        yield _odd("doctor_gateway", url=_without_user(settings.youtube_gateway))
    elif settings.pacing_scale > 1:
        yield _odd("doctor_pacing", scale=f"{settings.pacing_scale:g}")
    yield from _about_cookies(settings)
    password = settings.owner_password.get_secret_value() if settings.owner_password else ""
    if 0 < len(password) < _LEAST_PASSWORD_LENGTH:
        yield _odd("doctor_password", least=_LEAST_PASSWORD_LENGTH)
    index = settings.frontend_dir / "index.html"
    if not index.is_file():
        yield _odd("doctor_no_page", name=index)


def _odd(key: str, **values: object) -> Finding:
    return Finding(State.WARNING, say(key, **values), say(f"{key}_advice", **values))


def _unknown(environment: Mapping[str, str]) -> Iterator[Finding]:
    known = [name.upper() for name in Settings.model_fields]
    for name in sorted(environment):
        own = name.upper().removeprefix(_PREFIX)
        if own == name.upper() or own in known:
            continue
        near = difflib.get_close_matches(own, known, n=1)
        meant = say("doctor_setting_meant", name=_PREFIX + near[0]) if near else ""
        advice = meant or say("doctor_setting_remove")
        yield Finding(State.WARNING, say("doctor_setting_unknown", name=plain(name)), advice)


def _about_cookies(settings: Settings) -> Iterator[Finding]:
    address = urlsplit(settings.public_url)
    if address.scheme == "http" and settings.secure_cookies:
        yield _odd("doctor_no_sign_in", url=_without_user(settings.public_url))


def _without_user(address: str) -> str:
    parts = urlsplit(address)
    return plain(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())
