"""Other people's words, as far as they can be shown."""

import unicodedata


def printable(text: str) -> str:
    """One line of text without control characters, which no file and no page can show.

    Args:
        text: Anything.
    """
    kept = (letter for letter in text if letter.isspace() or unicodedata.category(letter) != "Cc")
    return " ".join("".join(kept).split())
