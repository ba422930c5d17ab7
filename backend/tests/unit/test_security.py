"""Tokens, passwords, signatures."""

import time
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey

from app.core import security
from app.core.identifiers import new_id

KEY = "k" * 43


def token(lifetime_seconds: int, issued: datetime | None = None, key: str = KEY) -> str:
    now = issued or datetime.now(UTC)
    return security.issue_access_token("user", key, now=now, lifetime_seconds=lifetime_seconds)


def test_a_token_names_its_user_until_it_expires() -> None:
    claims = security.read_access_token(token(60), KEY)

    assert claims is not None
    assert (claims.user_id, claims.session_id) == ("user", None)
    assert timedelta(0) < claims.expires_at - datetime.now(UTC) <= timedelta(seconds=60)


def test_an_expired_a_foreign_and_an_unsigned_token_name_nobody() -> None:
    unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyIiwiZXhwIjo5OTk5OTk5OTk5fQ."
    expired = token(60, datetime.now(UTC) - timedelta(seconds=61))

    for bad in (expired, token(60, key="x" * 43), unsigned, "", "a.b.c"):
        assert security.read_access_token(bad, KEY) is None


def test_a_library_for_tokens_reads_ours_and_makes_what_we_read() -> None:
    key = OctKey.import_key(KEY)
    now = int(time.time())
    issued = security.issue_access_token(
        "user", KEY, now=datetime.now(UTC), lifetime_seconds=60, session_id="browser"
    )

    read = jwt.decode(issued, key, algorithms=["HS256"])
    assert read.header == {"alg": "HS256", "typ": "JWT"}
    assert {name: read.claims[name] for name in ("sub", "sid")} == {"sub": "user", "sid": "browser"}
    assert read.claims["exp"] - read.claims["iat"] == 60
    claims = {"sub": "other", "exp": now + 60}
    made = jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, key, default_type=None)
    named = security.read_access_token(made, KEY)
    assert named is not None
    assert (named.user_id, named.session_id) == ("other", None)


@given(st.integers(0, 10_000), st.characters())
def test_a_token_with_one_other_letter_names_nobody(place: int, letter: str) -> None:
    issued = token(60)
    place %= len(issued)
    if issued[place] != letter:
        changed = issued[:place] + letter + issued[place + 1 :]
        assert security.read_access_token(changed, KEY) is None


@given(st.text())
def test_whatever_is_no_token_names_nobody_and_breaks_nothing(text: str) -> None:
    head = token(60).split(".")[0]
    for bad in (
        text,
        f"{head}.{text}",
        f"{head}.{text}.{text}",
        f"{token(60)}.{text}",
        f"{token(60)}=",
    ):
        assert security.read_access_token(bad, KEY) is None


def test_a_password_is_known_again_and_a_missing_one_fits_nothing() -> None:
    hashed = security.hash_password("geheim")

    assert "geheim" not in hashed
    assert security.verify_password("geheim", hashed)
    assert not security.verify_password("Geheim", hashed)
    assert not security.verify_password("geheim", None)


def test_a_picture_is_signed_for_its_id_and_its_installation() -> None:
    signature = security.sign_thumbnail("dQw4w9WgXcQ", KEY)

    assert signature == security.sign_thumbnail("dQw4w9WgXcQ", KEY)
    assert signature != security.sign_thumbnail("dQw4w9WgXcq", KEY)
    assert signature != security.sign_thumbnail("dQw4w9WgXcQ", "x" * 43)


def test_ids_are_version_7_and_sort_by_the_time_they_were_made() -> None:
    ids = [new_id() for _ in range(2000)]

    assert len(set(ids)) == len(ids)
    assert all(row_id[14] == "7" and row_id[19] in "89ab" for row_id in ids)
    stamps = [row_id[:13] for row_id in ids]
    assert stamps == sorted(stamps)
