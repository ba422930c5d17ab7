"""What binds a sign-in at a provider to one browser: without a network, and without sleeping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import VideothekError
from app.services.accounts.flows import FLOW_SECONDS, Flows, Purpose
from app.services.accounts.proxy import is_same_name

NOW = 1_800_000_000.0


def flows(now: float = NOW, key: str = "the installation's key") -> Flows:
    return Flows(key, clock=lambda: now)


def test_who_comes_back_in_time_is_who_left() -> None:
    flow, kept = flows().begin(Purpose.SIGN_IN)

    back = flows(NOW + FLOW_SECONDS - 1).returned(kept, flow.state, Purpose.SIGN_IN)

    assert (back.nonce, back.verifier) == (flow.nonce, flow.verifier)
    assert len({flow.secret, flow.state, flow.nonce, flow.verifier}) == 4
    assert flow.secret not in flow.state + flow.nonce + flow.verifier
    assert 43 <= len(flow.verifier) <= 128


@pytest.mark.parametrize(
    ("later", "purpose", "user_id", "key"),
    [
        (FLOW_SECONDS, Purpose.LINK, "anna", "the installation's key"),
        (0, Purpose.SIGN_IN, None, "the installation's key"),
        (0, Purpose.LINK, "berta", "the installation's key"),
        (0, Purpose.LINK, None, "the installation's key"),
        (0, Purpose.LINK, "anna", "another installation's key"),
    ],
)
def test_for_anything_else_than_it_was_begun_for_it_is_worth_nothing(
    later: float, purpose: Purpose, user_id: str | None, key: str
) -> None:
    flow, kept = flows().begin(Purpose.LINK, "anna")

    with pytest.raises(VideothekError, match="sign_in_failed"):
        flows(NOW + later, key).returned(kept, flow.state, purpose, user_id)


def test_nobody_gives_themselves_more_time() -> None:
    flow, kept = flows().begin(Purpose.SIGN_IN)
    secret, expires, signature = kept.split(".")
    longer = f"{secret}.{int(expires) + 1000}.{signature}"

    with pytest.raises(VideothekError, match="sign_in_failed"):
        flows(NOW + FLOW_SECONDS).returned(longer, flow.state, Purpose.SIGN_IN)


@given(st.none() | st.text(), st.text(st.characters(codec="ascii")))
def test_whatever_a_browser_claims_to_have_kept_is_refused_and_breaks_nothing(
    kept: str | None, state: str
) -> None:
    with pytest.raises(VideothekError, match="sign_in_failed"):
        flows().returned(kept, state, Purpose.SIGN_IN)


@pytest.mark.parametrize("digits", ["9" * 5000, "²", "-1", "1e9", "٣"])
def test_a_time_that_is_none_is_refused(digits: str) -> None:
    with pytest.raises(VideothekError, match="sign_in_failed"):
        flows().returned(f"secret.{digits}.x", "in.x", Purpose.SIGN_IN)


def test_names_are_the_same_but_for_capitals_and_lookalikes_are_not() -> None:
    assert is_same_name("Anna", "aNNA")
    assert is_same_name("Jürgen", "jürgen")
    assert not is_same_name("kurt", "\u212aurt"), "the Kelvin sign"
    assert not is_same_name("ÄNNE", "änne")
    assert not is_same_name("anna", "аnna"), "a Cyrillic letter"
