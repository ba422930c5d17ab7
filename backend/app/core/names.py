"""When two names are the same. Pure."""

import unicodedata


def folded(name: str) -> str:
    """What all spellings of one name have in common: capitals, ligatures, wide letters, the long s.

    Whoever may choose a name must not come so close to somebody else's that any two places differ
    about who is meant: so uniqueness, sign-in and the counting of guesses all ask this one, and no
    database, each of which knows other small letters.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
