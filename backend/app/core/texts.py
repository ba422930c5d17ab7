"""Other people's words, as far as they can be shown."""

import unicodedata


def printable(text: str) -> str:
    """One line of text without control characters, which no file and no page can show.

    Args:
        text: Anything.
    """
    kept = (letter for letter in text if letter.isspace() or unicodedata.category(letter) != "Cc")
    return " ".join("".join(kept).split())


# Of other categories than signs of format, and seen by nobody either: fillers of Hangul, empty Braille.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def visible_name(text: str) -> str:
    """What `printable` makes of a name; nothing if nobody would see any of it.

    Args:
        text: Anything.
    """
    name = printable(text)
    seen = (
        letter
        for letter in name
        if letter not in _BLANK and unicodedata.category(letter) not in ("Cf", "Mn", "Zs")
    )
    return name if any(seen) else ""


def lines_of_text(text: str) -> str:
    """Text of several lines without control characters; every line break is a newline.

    Args:
        text: Anything.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter for letter in unified if letter in "\n\t" or unicodedata.category(letter) != "Cc"
    )


# What a column holds. Compatibility forms can be eighteen times as long as what they stand for.
_KEY_LENGTH = 200


def key_of(name: str) -> str:
    """What makes two names the same: neither case nor the width of letters matters.

    Args:
        name: A tag's name.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded)[:_KEY_LENGTH]
