"""The page shows other people's words as text. React does, where nobody asks it not to."""

import re
from pathlib import Path

SOURCES = Path(__file__).parents[3] / "frontend" / "src"
_WRITES_HTML = re.compile(
    r"dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|srcDoc"
    r"|\beval\(|new Function\("
)
_ADDRESS = re.compile(r"\bhref=\{([^}]+)\}")
# The program's own, and links in descriptions, of which the pattern takes http and https only.
_KNOWN = {"watchUrl(video.youtube_id, startSeconds)", "follow.url", "part"}


def test_no_part_of_the_page_writes_html_or_follows_an_address_that_is_not_ours_or_http() -> None:
    texts = {
        path.name: path.read_text()
        for path in SOURCES.rglob("*.ts*")
        if ".test." not in path.name and "/test/" not in path.as_posix()
    }

    assert {name for name, text in texts.items() if _WRITES_HTML.search(text)} == set()
    assert {found for text in texts.values() for found in _ADDRESS.findall(text)} <= _KNOWN
    assert r"const LINK = /(https?:\/\/" in texts["VideoAbout.tsx"]
