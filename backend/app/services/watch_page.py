"""Finds the player's answer inside a watch page, and reads that of the player itself. Pure."""

import json
import re
from typing import Any, Final

from app.core.errors import UpstreamFailed
from app.services.player_answers import PlayerAnswer, read_player_answer

_ANSWER = re.compile(r"ytInitialPlayerResponse(?:[\"']\s*\])?\s*=\s*(?=\{|null\b)")
_DATA: Final = "ytInitialData"


def read_watch_page(body: bytes) -> PlayerAnswer | None:
    """Read what a watch page says about its video.

    Args:
        body: The page.

    Returns:
        The answer in it, or None for a page without one (YouTube leaves it out now and then).

    Raises:
        UpstreamFailed: It is no watch page, or it was cut off on the way.
    """
    text = body.decode("utf-8", "replace")
    decoder = json.JSONDecoder()
    is_watch_page, is_broken = _DATA in text, False
    for found in _ANSWER.finditer(text):
        is_watch_page = True
        try:
            document, _end = decoder.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            is_broken = True
            continue
        if document is not None:
            return read_player_answer(document)
    if is_broken or not is_watch_page:
        what = "a watch page with a broken player answer" if is_broken else "no watch page"
        raise UpstreamFailed(f"{what}: {len(body)} bytes")
    return None


def read_player_body(body: bytes) -> PlayerAnswer:
    """Read the body of a player answer.

    Args:
        body: As it was received.

    Raises:
        UpstreamFailed: It is no JSON object.
    """
    try:
        document: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UpstreamFailed(f"a player answer that is no JSON: {len(body)} bytes") from error
    if not isinstance(document, dict):
        raise UpstreamFailed("a player answer that is no JSON object")
    return read_player_answer(document)
