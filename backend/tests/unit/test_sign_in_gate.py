"""Who may try how often: without sleeping."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import VideothekError
from app.core.names import folded
from app.services.accounts.attempts import Allowance, Attempts
from app.services.accounts.passwords import is_weak
from app.services.accounts.sign_in_gate import SignInGate
from app.services.accounts.visitors import Visitor

STEPS = st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 100), st.booleans()), max_size=60)


@given(STEPS)
def test_nobody_gets_more_than_the_burst_and_what_has_filled_up_since(
    steps: list[tuple[str, float, bool]],
) -> None:
    attempts = Attempts(Allowance(burst=5, seconds_per_one=10.0))
    now = 0.0
    let_in: dict[str, list[float]] = {"a": [], "b": []}
    for key, pause, is_good in steps:
        now += pause
        if attempts.wait_seconds(key, now) > 0:
            continue
        attempts.spend(key, now)
        if is_good:
            attempts.give_back(key, now)
        else:
            let_in[key].append(now)
    for times in let_in.values():
        for first, _ in enumerate(times):
            for last in range(first, len(times)):
                allowed = 5 + (times[last] - times[first]) / 10.0
                assert last - first + 1 <= allowed + 1e-6


@given(st.integers(0, 20), st.floats(0, 1000))
def test_after_the_told_time_the_next_attempt_is_free(spent: int, pause: float) -> None:
    attempts = Attempts(Allowance(burst=5, seconds_per_one=10.0))
    for _ in range(spent):
        attempts.spend("a", 0.0)
    wait = attempts.wait_seconds("a", pause)
    assert attempts.wait_seconds("a", pause + wait + 1e-6) == 0


def test_what_is_remembered_of_strangers_has_an_end() -> None:
    attempts = Attempts(Allowance(burst=1, seconds_per_one=1e9))
    for number in range(20_000):
        attempts.spend(number, 0.0)
    assert attempts.wait_seconds(0, 0.0) == 0
    assert attempts.wait_seconds(19_999, 0.0) > 0
    assert len(attempts._spent) == 10_000


def visitor(address: str, device: str | None = None) -> Visitor:
    return Visitor(address, "A browser", is_from_here=False, device=device)


def failures(gate: SignInGate, name: str, who: Visitor, count: int) -> int:
    """How many of so many attempts were let through."""
    let_in = 0
    for _ in range(count):
        try:
            gate.let_try(name, f"id of {folded(name)}", who)
        except VideothekError:
            continue
        let_in += 1
    return let_in


def test_a_known_browser_is_counted_by_itself_whatever_the_name_is_written_like() -> None:
    gate = SignInGate("key", clock=lambda: 0.0)
    device = gate.device_of("id of anna")
    for number in range(30):
        failures(gate, "anna", visitor(f"198.51.100.{number}"), 5)

    with pytest.raises(VideothekError):
        gate.let_try("anna", "id of anna", visitor("192.0.2.1"))
    assert failures(gate, "ANNA", visitor("192.0.2.1", device), 20) == 10
    # It is good for Anna only, and only in an installation with this key.
    assert failures(gate, "owner", visitor("192.0.2.2", device), 20) == 10
    other = SignInGate("another key", clock=lambda: 0.0)
    with pytest.raises(VideothekError):
        for _ in range(30):
            other.let_try("anna", "id of anna", visitor("192.0.2.3", device))


def test_a_browser_of_somebody_with_nearly_the_same_name_is_a_strange_one() -> None:
    gate = SignInGate("key", clock=lambda: 0.0)
    let_in = 0
    for number in range(30):
        # Somebody has an account beside Sammy's, from before names were compared so, and signs in.
        device = gate.device_of("id of \u017fammy")
        let_in += failures(gate, "Sammy", visitor(f"198.51.100.{number}", device), 5)
    assert let_in == 20


@pytest.mark.parametrize("other", ["SAMMY", "\u017fammy", "\uff33ammy", "\U0001d412ammy"])
def test_all_spellings_of_a_name_are_counted_as_one(other: str) -> None:
    gate = SignInGate("key", clock=lambda: 0.0)
    let_in = sum(
        failures(gate, name, visitor(f"198.51.100.{number}"), 1)
        for number in range(30)
        for name in ("Sammy", other)
    )
    assert let_in == 20


@given(st.text())
def test_a_name_in_capitals_or_composed_otherwise_is_the_same(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert folded(unicodedata.normalize("NFD", name)) == folded(name)
    assert folded(name.lower()) == folded(name)


def test_a_network_of_ipv6_is_one_visitor() -> None:
    gate = SignInGate("key", clock=lambda: 0.0)
    let_in = sum(
        failures(gate, f"name {number}", visitor(f"2001:db8:1:2::{number:x}"), 1)
        for number in range(1, 40)
    )
    assert let_in == 10
    assert visitor("::ffff:192.0.2.1").network == "192.0.2.1"
    assert visitor("unknown").network == "unknown"


def test_what_a_browser_calls_itself_is_stored_without_what_cannot_be_seen() -> None:
    shown = Visitor("x" * 100, "Ein\x07 Te\u202elefon" + "n" * 400, is_from_here=False)
    assert shown.shown_client.startswith("Ein Telefonn")
    assert (len(shown.shown_client), len(shown.shown_address)) == (300, 64)


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("", True),
        ("kurz", True),
        ("aaaaaaaaaaaaaaaa", True),
        ("anna-anna-anna", True),
        ("vier kleine Wörter", False),
        ("correct horse battery", False),
        ("x" * 1001, True),
    ],
)
def test_weak_passwords_are_short_or_hardly_a_word(password: str, weak: bool) -> None:
    assert is_weak(password, "anna") is weak
