"""Turns text into tokens: the one analysis behind both databases' indexes, and behind queries.

Words of scripts with spaces are folded (case, diacritics, width) and stemmed by the language of the
captions, and begin with a letter that stands for it: what a word becomes in one language is often quite
another word in the next ("Mann" is "man" in Dutch). Scripts without spaces, and those that join prefixes
to words, are cut into overlapping pairs of letters instead: that finds any substring. There are no stop
words.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise, repeat
from typing import Final, NamedTuple

import Stemmer

ANALYSER_VERSION: Final = 1
"""Raised whenever the same text gives other tokens; what was indexed by another version is stale."""

TOKEN_MAX_LENGTH: Final = 48
"""In characters. What is longer is no word that somebody types; both databases allow more."""

_ALGORITHMS: Final = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip
# These stay as they are: the index is full of them.
_TAGS: Final = {
    "ca": "a", "cs": "b", "da": "c", "de": "d", "el": "e", "en": "f", "eo": "g", "es": "h", "et": "i",
    "eu": "j", "fi": "k", "fr": "l", "ga": "m", "hi": "n", "hu": "o", "hy": "p", "id": "q", "it": "r",
    "lt": "s", "nb": "t", "ne": "u", "nl": "v", "nn": "t", "no": "t", "pl": "w", "pt": "x", "ro": "y",
    "ru": "z", "sr": "1", "sv": "2", "ta": "3", "tr": "4",
}  # fmt: skip
_NO_TAG: Final = "0"
NO_LANGUAGE: Final = ""
"""Words are folded, but not stemmed."""

# Han, Kana, Hangul, Thai, Lao, Khmer, Myanmar; Hebrew and Arabic with its extensions.
_SUBSTRING_RANGES: Final = (
    "\u0590-\u05ff\u0600-\u06ff\u0700-\u074f\u0750-\u077f\u0780-\u07bf\u07c0-\u07ff\u0870-\u08ff"
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3031-\u3035\u3040-\u30ff\u3100-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uaa60-\uaa7f"
    "\uac00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff\uff66-\uffdc"
    "\U00020000-\U0003ffff"
)
_APOSTROPHES: Final = "'\u2019\u02bc\uff07"
# "don't" and "John's" are one word; "l'amour" is two.
_ENGLISH_ENDINGS: Final = "s|t|re|ve|ll|d|m"
# What `_runs` finds in a text without any other letters.
_ASCII_WORD: Final = re.compile(
    f"[a-z0-9]+(?:'(?:{_ENGLISH_ENDINGS})(?![a-z0-9]))?", re.IGNORECASE | re.ASCII
)
_MARK_CATEGORIES: Final = ("Mn", "Mc")
# Signs that nobody sees or types: where a word may be broken (soft hyphen, space of no width), which
# letters are joined, and which way is written. Words go on behind them, and are folded without them.
UNSEEN: Final = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062"
    "\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
)
# Letters that no decomposition takes apart, and how they are typed on other keyboards.
_PLAIN_LETTERS: Final = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        # Spellings of the same Arabic letter that writers mix.
        "ى": "ي",
        "ة": "ه",
        "ـ": "",
    }
)
# Vowels and final consonants of Hangul that follow a first consonant.
_FIRST_INNER_JAMO: Final = "\u1160"
_LAST_INNER_JAMO: Final = "\u11ff"
_CACHED_WORDS: Final = 200_000


class Token(NamedTuple):
    """A token, and the part of the text it stands for.

    Args:
        text: What is indexed; without spaces.
        start: Of the part, in characters.
        end: One after its last character.
    """

    text: str
    start: int
    end: int


def base_language(code: str | None) -> str:
    """The language whose rules are used for captions with this code, `NO_LANGUAGE` if there is none.

    Args:
        code: As YouTube or the transcriber gives it: `de`, `pt-BR`, `en-orig`.
    """
    base = (code or "").replace("_", "-").split("-")[0].lower()
    return base if base in _ALGORITHMS else NO_LANGUAGE


def tokens(text: str, language: str) -> Iterator[Token]:
    """The tokens of a text, in order.

    Args:
        text: Anything.
        language: One that `base_language` gave.
    """
    analyse = _word_analyser(language)
    for run in _runs().finditer(text):
        start = run.start()
        # A mark of direction behind a word is not to be taken apart from the one before it.
        written = run.group().rstrip(UNSEEN)
        if run.lastgroup == "word":
            token, _form = analyse(written)
            if token:
                yield Token(token, start, start + len(written))
        else:
            yield from _overlapping(written, start)


def words(text: str, language: str, forms: set[str] | None = None) -> list[str]:
    """The texts of the tokens of a text; quicker than `tokens`.

    Args:
        text: Anything.
        language: One that `base_language` gave.
        forms: Takes in the folded words that are not whole in their tokens.
    """
    analyse = _word_analyser(language)
    found = []
    for written, is_word in _written(text):
        if is_word:
            token, form = analyse(written)
            if token:
                found.append(token)
            if form and forms is not None:
                forms.add(form)
        else:
            found += [token.text for token in _overlapping(written, 0)]
    return found


def _written(text: str) -> Iterable[tuple[str, bool]]:
    """The words and other runs of letters of a text; most texts have but plain words."""
    if text.isascii():
        return zip(_ASCII_WORD.findall(text), repeat(True))
    return ((run.group(), run.lastgroup == "word") for run in _runs().finditer(text))


def fold(text: str) -> str:
    """The letters and digits of a word, without regard to case, diacritics and width."""
    if text.isascii():
        return text.lower().replace("'", "")
    # Letters in the guise of others, as in 𝗯𝗼𝗹𝗱 titles, show their case only afterwards.
    decomposed = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold()
    )
    kept = []
    before = ""
    for letter in decomposed:
        if _is_dropped(letter, before):
            continue
        # A ligature may be a whole phrase, and a token holds neither spaces nor signs.
        if letter.isalnum() or unicodedata.category(letter) in _MARK_CATEGORIES:
            kept.append(letter)
        before = letter
    return unicodedata.normalize("NFC", "".join(kept)).translate(_PLAIN_LETTERS)


def is_substring_script(text: str) -> bool:
    """Whether a text consists of letters that are searched by substring."""
    return bool(text) and _substring_run().fullmatch(text) is not None


def _is_dropped(letter: str, before: str) -> bool:
    """Diacritics go where a reader can do without; vowel signs of Indic scripts can't."""
    if letter.isascii() or unicodedata.category(letter) != "Mn":
        return False
    if letter <= "\u036f":
        # The short i of Cyrillic is a letter of its own.
        return not (letter == "\u0306" and before in "иИ")
    return "\u0483" <= letter <= "\u08ff"


def _overlapping(run: str, offset: int) -> Iterator[Token]:
    """Pairs of neighbouring letters, and the last letter by itself: any part of the run is a phrase."""
    letters: list[Token] = []
    for place, character in enumerate(run, offset):
        folded = fold(character)
        if letters and _FIRST_INNER_JAMO <= character <= _LAST_INNER_JAMO:
            # A syllable in its parts, as some systems write it.
            before = letters[-1]
            letters[-1] = Token(fold(before.text + folded), before.start, place + 1)
        elif folded and unicodedata.category(folded[0]) not in _MARK_CATEGORIES:
            letters.append(Token(folded, place, place + 1))
        elif letters:
            # A vowel sign belongs to its letter.
            before = letters[-1]
            letters[-1] = Token(fold(before.text + folded), before.start, place + 1)
    for letter, follower in pairwise(letters):
        yield Token(letter.text + follower.text, letter.start, follower.end)
    yield from letters[-1:]


@functools.cache
def _word_analyser(language: str) -> "_WordAnalyser":
    return _WordAnalyser(language)


def tag_of(language: str) -> str:
    """What every word of a language begins with.

    Args:
        language: One that `base_language` gave.
    """
    return _TAGS.get(language, _NO_TAG)


def whole_word(folded: str, language: str) -> str:
    """What the token of a word would be if it were not stemmed; of its beginning, the token's beginning.

    Args:
        folded: What `fold` made of it.
        language: One that `base_language` gave.
    """
    return f"{tag_of(language)}{folded}"[:TOKEN_MAX_LENGTH]


class _WordAnalyser:
    """Folds and stems words, remembering the frequent ones: a library has few different words."""

    def __init__(self, language: str) -> None:
        algorithm = _ALGORITHMS.get(language)
        self._stem = Stemmer.Stemmer(algorithm).stemWord if algorithm else str
        self._language = language
        self._tag = tag_of(language)
        self._known: dict[str, tuple[str, str]] = {}

    def __call__(self, word: str) -> tuple[str, str]:
        """A word's token, and its folded form if the token is another; both empty if there is none."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _CACHED_WORDS:
                self._known.clear()
            known = self._known[word] = self._analysed(word)
        return known

    def _analysed(self, word: str) -> tuple[str, str]:
        folded = fold(word)
        if not folded:
            # Of a word that is nothing but signs nothing is left.
            return "", ""
        # A stem may be empty by itself.
        token = f"{self._tag}{self._stem(folded) or folded}"[:TOKEN_MAX_LENGTH]
        is_whole = token == whole_word(folded, self._language)
        # One string less for most of the words that are remembered.
        form = word if folded == word else folded
        return token, "" if is_whole else form


@functools.cache
def _substring_run() -> re.Pattern[str]:
    return re.compile(f"[{_SUBSTRING_RANGES}{_within_words()}]+")


@functools.cache
def _runs() -> re.Pattern[str]:
    """Matches words of the one kind and of the other; made when first needed, which takes 10 ms."""
    within = _within_words()
    letter = f"(?:[^\\W_{_SUBSTRING_RANGES}][{within}]*)"
    ending = f"(?:{_ENGLISH_ENDINGS})(?![{UNSEEN}]*[^\\W_{within}])"
    word = f"{letter}+(?:[{_APOSTROPHES}]{ending})?"
    substring = f"(?:(?![\\W_])[{_SUBSTRING_RANGES}][{within}]*)+"
    return re.compile(f"(?P<word>{word})|(?P<substring>{substring})", re.IGNORECASE)


@functools.cache
def _within_words() -> str:
    """What is no letter but part of a word: combining marks of the first plane, and what is unseen."""
    ranges = []
    first = last = -1
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code)) not in _MARK_CATEGORIES:
            continue
        if code != last + 1:
            if first >= 0:
                ranges.append((first, last))
            first = code
        last = code
    ranges.append((first, last))
    return "".join(f"\\u{start:04x}-\\u{end:04x}" for start, end in ranges) + UNSEEN
