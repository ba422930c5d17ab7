"""What `make fuzz` does for hours, for a moment in every run: its corpus, and any bytes.

Whatever it ever found is in the corpus.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.targets import TARGETS

CORPUS = Path(__file__).parents[2] / "fuzz" / "corpus"
SEEDS = {
    name: [path.read_bytes() for path in sorted((CORPUS / name).iterdir())] for name in TARGETS
}


def test_every_target_has_a_corpus_and_every_corpus_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert all(SEEDS.values())


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_once_is_read_without_an_error_of_another_kind(name: str) -> None:
    for data in SEEDS[name]:
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_and_pieces_of_real_ones_give_nothing_but_what_is_true_of_all(name: str) -> None:
    pieces = st.one_of(st.binary(max_size=40), st.sampled_from(SEEDS[name]), st.text().map(_bytes))

    @settings(max_examples=40, deadline=None)
    @given(st.lists(pieces, max_size=4).map(b"".join), st.integers(0, 300), st.integers(0, 300))
    def anything(data: bytes, cut: int, left: int) -> None:
        TARGETS[name](data)
        TARGETS[name](data[:cut] + data[cut + left :])

    anything()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
