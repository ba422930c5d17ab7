"""Where terms stand in tokens: found as text, and the same as by looking at each token."""

from hypothesis import given
from hypothesis import strategies as st

from app.repositories.search_expressions import Run
from app.services.search.matching import (
    SPAN_TOKENS,
    Occurrence,
    Sought,
    TermFinder,
    windows,
)
from app.services.search.terms import Term

_TOKENS = st.sampled_from(["ea", "eab", "eb", "da", "dab", "ec", "e", "字あ"])
_RUNS = st.builds(Run, st.lists(_TOKENS, min_size=1, max_size=3).map(tuple), st.booleans())
_TERMS = st.lists(
    st.lists(_RUNS, min_size=1, max_size=3).map(lambda runs: Term(tuple(runs))), max_size=3
)


def _stands_at(run: Run, words: list[str], place: int) -> bool:
    there = words[place : place + len(run.tokens)]
    if len(there) < len(run.tokens) or there[:-1] != list(run.tokens[:-1]):
        return False
    return there[-1].startswith(run.tokens[-1]) if run.is_prefix else there[-1] == run.tokens[-1]


def _looked_at_one_by_one(terms: list[Term], words: list[str], first: int) -> list[Occurrence]:
    found = []
    for place in range(len(words)):
        for number, term in enumerate(terms):
            lengths = [len(run.tokens) for run in term.runs if _stands_at(run, words, place)]
            if lengths:
                found.append(Occurrence(first + place, first + place + max(lengths), number))
    return found


@given(terms=_TERMS, words=st.lists(_TOKENS, min_size=1, max_size=30), first=st.integers(0, 1000))
def test_terms_are_found_wherever_they_stand_the_longest_of_each(
    terms: list[Term], words: list[str], first: int
) -> None:
    found = TermFinder(terms).occurrences(" ".join(words), first)
    assert found == _looked_at_one_by_one(terms, words, first)


@given(
    words=st.lists(st.sampled_from(["ewho", "ethe", "emoon", "ex"]), min_size=1, max_size=120),
    first=st.integers(0, 1000),
)
def test_small_words_are_found_near_what_is_required_and_change_no_window_elsewhere(
    words: list[str], first: int
) -> None:
    required = [Term((Run(("emoon",)),))]
    small = [Term((Run(("ewho",)),)), Term((Run(("ethe",)),))]
    found = TermFinder(required, small).occurrences(" ".join(words), first)
    everything = _looked_at_one_by_one([*required, *small], words, first)
    assert set(found) <= set(everything)
    assert found == sorted(found, key=lambda each: each.start)
    moons = [each.start for each in everything if each.term == 0]
    near = [
        each for each in everything if any(-4 <= each.start - moon < SPAN_TOKENS for moon in moons)
    ]
    assert found == near
    # What was left out is in no window.
    sought = Sought(TermFinder(required, small), (2.0, 0.1, 0.1), 1)
    if moons:
        assert windows(found, sought) == windows(everything, sought)
