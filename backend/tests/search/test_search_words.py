"""What is a word, and what is the beginning of one; the same on both databases."""

from tests.support.spoken import Shelf, marked, only, text_of, titles

UNSEEN = [
    ("Zeitschrift", "kiosk"),
    ("Zeitungsladen", "kiosk"),
    ("Bahnhöfe", "kiosk"),
    ("Bahn\u00adhof", "kiosk"),
    ("Bahn\u200bhof", "kiosk"),
    ("\u200eBahnhof\u200e", "kiosk"),
    ("xylo\u00adphone", "w3"),
    ("xylo\u00adph*", "w3"),
    ("می\u200cخواهم", "shiraz"),
    ("میخواهم", "shiraz"),
    ("خواهم", "shiraz"),
    ("क्षमा", "agra"),
    ("क्\u200dषमा", "agra"),
]


async def test_signs_that_nobody_sees_do_not_cut_a_word_apart(small: Shelf):
    for query, name in UNSEEN:
        found = await small.find(query)
        assert (titles(found), found.is_relaxed) == ([name], False), query
    found = only(await small.find("bahnhof zeitschrift"))
    assert marked(found.hits[0].parts) == ["Bahn\u00adhof"]
    assert marked(found.description_parts) == ["Zeit\u00adschrift"]
    assert text_of(found.description_parts) == "eine alte Zeit\u00adschrift"
