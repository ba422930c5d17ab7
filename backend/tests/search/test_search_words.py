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


async def test_a_star_finds_words_whose_stem_is_shorter(small: Shelf):
    assert await small.names("restaura*") == ["A restaurant for two", "booth"]
    assert await small.names("known restauran*") == ["booth"]
    found = only(await small.find("happin*"))
    assert [hit.start_seconds for hit in found.hits] == [52]
    assert marked(found.hits[0].parts) == ["happiness"]
    found = only(await small.find("Beschreibu*"))
    assert marked(found.hits[0].parts) == ["Beschreibung"]
    assert marked(found.description_parts) == ["Beschreibungen"]
    found = only(await small.find("picnic happ*"))
    assert marked(found.hits[0].parts) == ["happy", "picnic"]


async def test_a_minus_leaves_out_words_whose_stem_is_shorter(small: Shelf):
    assert await small.names("restaurant -happin*") == ["A restaurant for two"]
    assert await small.names("happy -happin*") == ["meadow"]
    everything = set(await small.names(limit=200))
    assert everything - set(await small.names("-happin*", limit=200)) == {"booth"}


async def test_a_word_typed_letter_by_letter_never_loses_its_video(small: Shelf):
    lost = []
    for word, name in (("happiness", "booth"), ("Beschreibungen", "quill"), ("häusern", "quay")):
        for end in range(2, len(word) + 1):
            found = await small.find(f"{word[:end]}*")
            moments = {result.video.title: result.hits for result in found.results}
            if found.is_relaxed or not moments.get(name):
                lost.append(word[:end])
    assert lost == []
