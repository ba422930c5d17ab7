"""What the search promises; the same on both databases."""

import pytest

from tests.support.spoken import Shelf, Spoken, cues_of, marked, only, starts, text_of, titles

FOUND_BY_FORMS = [
    # German
    ("haus", "quay"),
    ("Häuser", "quay"),
    ("HÄUSERN", "quay"),
    ("alte häfen", "quay"),
    ("verkaufte", "quay"),
    ("straßen", "lane"),
    # English
    ("run", "stairs"),
    ("city", "stairs"),
    ("box baby", "stairs"),
    # French
    ("cheval", "stable"),
    ("manger", "stable"),
    ("écurie", "stable"),
    # Spanish
    ("canción", "choir"),
    ("cantaba", "choir"),
    ("niño montañas", "choir"),
    # Russian, Italian
    ("книга", "oak"),
    ("новые", "oak"),
    ("gatto", "gondola"),
    ("finestra", "gondola"),
]
FOUND_WITHOUT_MARKS = [
    ("hauser", "quay"),
    ("strasse", "lane"),
    ("grussten", "lane"),
    ("uber", "lane"),
    ("MUELLER müller", "lane"),
    ("ecurie", "stable"),
    ("cancion", "choir"),
    ("ninos", "choir"),
    ("зеленые", "oak"),
    ("lodz", "harbor"),
    ("izmir", "harbor"),
    ("naive", "bistro"),
]
FOUND_WITHIN_WRITING_WITHOUT_SPACES = [
    ("東京", "tower"),
    ("京都", "tower"),
    ("東京都", "tower"),
    ("寺", "tower"),
    ("お寺を見", "tower"),
    ("学习", "wok"),
    ("饺子", "wok"),
    ("ภาษา", "canal"),
    ("ไทย", "canal"),
    ("อาหาร", "canal"),
    ("كتاب", "nile"),
    ("مكتبة", "nile"),
    ("كِتَاب", "nile"),
    ("ספר", "carmel"),
    ("קפה", "carmel"),
    ("한국", "tiger"),
    ("한국어", "tiger"),
    ("재미", "tiger"),
    ("日本", "mixed"),
    ("مدرس", "mixed"),
    ("แมว", "mixed"),
    ("write 日本語", "mixed"),
    ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "tiger"),
]


@pytest.mark.parametrize(
    "cases", [FOUND_BY_FORMS, FOUND_WITHOUT_MARKS, FOUND_WITHIN_WRITING_WITHOUT_SPACES]
)
async def test_words_are_found_in_other_forms_without_marks_and_within_others(
    small: Shelf, cases: list[tuple[str, str]]
):
    wrong = {}
    for query, name in cases:
        found = await small.find(query)
        if name not in titles(found) or found.is_relaxed:
            wrong[query] = (titles(found), found.is_relaxed)
    assert wrong == {}


async def test_a_word_is_found_with_and_without_its_accent(small: Shelf):
    for query in ("café", "cafe", "CAFÉ", "cafe\u0301"):
        assert {"counter", "bistro"} <= set(await small.names(query)), query


async def test_what_is_found_is_marked_as_it_is_written(small: Shelf):
    found = only(await small.find("haus am hafen"))
    assert found.hits[0].start_seconds == 0
    assert marked(found.hits[0].parts)[0] == "Häuser"
    assert marked(found.hits[0].parts)[-1] == "Hafen"
    assert "Die alten Häuser am Hafen" in text_of(found.hits[0].parts)


async def test_every_word_has_to_occur_somewhere_in_the_video(small: Shelf):
    assert await small.names("haus frühling") == ["quay"]
    assert (await small.find("haus straße")).is_relaxed


async def test_words_may_be_spread_over_title_channel_tags_and_captions(shelf: Shelf):
    await shelf.add(
        Spoken("x", cues_of("a dumpling"), title="Kettle", channel="Spoons", tags=("Forks",)),
        Spoken("y", cues_of("a dumpling"), title="Something", channel="Else"),
    )
    assert await shelf.names("dumpling kettle spoons forks") == ["Kettle"]


async def test_words_in_quotes_are_found_as_they_stand(small: Shelf):
    assert set(await small.names("quick brown fox")) == {"pangram", "mirror"}
    assert await small.names('"quick brown fox"') == ["pangram"]
    assert await small.names('"QUICK Brown"') == ["pangram"]
    assert await small.names("„quick brown“ “lazy dog”") == ["pangram"]
    assert await small.names("«quick brown» fox") == ["pangram"]


async def test_a_phrase_runs_on_in_the_next_line(small: Shelf):
    found = await small.find('"brown fox jumps over"')
    assert titles(found) == ["pangram"]
    assert starts(found) == [0]
    assert "brown fox" in " ".join(marked(only(found).hits[0].parts))
    assert starts(await small.find('"dog well done"')) == [4]
    assert await small.names('"fox lazy"') == []


async def test_a_phrase_does_not_mind_marks_between_its_words(small: Shelf):
    assert await small.names('"first second third fourth fifth sixth"') == ["comma"]
    assert await small.names('"second, third!"') == ["comma"]


async def test_a_phrase_is_found_wherever_it_stands_in_a_long_video(shelf: Shelf):
    words = [f"{'abcdefghij'[n // 100 % 10]}{'klmnopqrst'[n // 10 % 10]}{n}x" for n in range(3000)]
    lines = [" ".join(words[start : start + 7]) for start in range(0, len(words), 7)]
    await shelf.add(Spoken("long", cues_of(*lines, seconds=2)))
    wrong = []
    for start in range(0, len(words) - 4, 61):
        found = await shelf.find(f'"{" ".join(words[start : start + 4])}"')
        if [hit.start_seconds for result in found.results for hit in result.hits] != [
            start // 7 * 2
        ]:
            wrong.append(start)
    assert wrong == []


async def test_words_that_stand_together_two_by_two_are_no_phrase_of_three(shelf: Shelf):
    apart = ["the mountain railway is old", "a railway station is new"]
    much = ["nothing of it is said in this line"] * 60
    await shelf.add(
        Spoken("apart", cues_of(*apart, *much)),
        Spoken("whole", cues_of(*apart, *much, "a mountain railway station", *much)),
    )
    found = await shelf.find('"mountain railway station"')
    assert (titles(found), starts(found)) == (["whole"], [62 * 4])
    assert await shelf.names('"station mountain railway"') == []
    assert await shelf.names('old -"mountain railway station"') == ["apart"]


async def test_a_phrase_of_the_most_frequent_words_is_found_among_many(shelf: Shelf):
    lines = ["it is what it was and it is that"] * 300 + ["what it is and that"] + ["it was"] * 50
    await shelf.add(Spoken("frequent", cues_of(*lines)))
    assert starts(await shelf.find('"what it is and that"')) == [1200]


async def test_a_star_finds_what_begins_with_it(small: Shelf):
    assert await small.names("schmetter*") == ["west"]
    assert await small.names("Schmetterlingsb*") == ["west"]
    assert await small.names("häu*") == ["quay"]
    assert await small.names("lant* umbr*") == ["south"]
    assert "zzz" not in await small.names("zzz*")


async def test_a_word_that_is_being_typed_is_found_before_it_is_whole(small: Shelf):
    for query in ("schmetterl", "lanterns umbr", "quick brow", "xyloph", "happin", "restaura"):
        assert (await small.find(query)).results, query


async def test_a_minus_leaves_out_videos_that_have_the_word(small: Shelf):
    assert set(await small.names("lanterns")) == {"north", "south"}
    assert await small.names("lanterns -raincoat") == ["south"]
    assert await small.names("lanterns -raincoats") == ["south"]
    assert await small.names('lanterns -"and an umbrella"') == ["north"]
    assert set(await small.names('lanterns -"umbrella an"')) == {"north", "south"}
    assert await small.names("lanterns -rainc*") == ["south"]
    assert await small.names("lanterns -raincoat -umbrella") == []
    # Copied text begins with marks that nobody sees.
    for unseen in ("\u200e", "\u2068\u202a", "\ufeff"):
        assert await small.names(f"lanterns {unseen}-raincoat") == ["south"]
    for dash in "−–":
        assert await small.names(f"lanterns {dash}raincoat") == ["south"]


async def test_a_hyphen_within_a_word_leaves_nothing_out(small: Shelf):
    assert await small.names("t-shirt") == ["keys"]
    assert await small.names("foo_bar") == ["keys"]


async def test_only_what_is_left_out_finds_the_rest(small: Shelf):
    everything = set(await small.names(limit=200))
    assert set(await small.names("-lighthouse", limit=200)) == everything - {
        "f1",
        "f2",
        "f3",
        "lighthouse",
        "f5",
    }


PUNCTUATION = [
    "?",
    "!?...",
    "-",
    "--",
    "*",
    '"',
    '""',
    '"" ""',
    "((",
    "-*",
    '-""',
    "—",
    "؟",
    "。",
    "'",
    "\\",
    "%",
    "_",
    ":",
    "\u200b",
    "\u202e",
    "\u00ad",
    "\u200d\u200c \u2060",
    "-\u00ad",
    "\u00ad*",
    '-"-"',
]


async def test_a_question_without_a_word_finds_nothing_politely(small: Shelf):
    for query in PUNCTUATION:
        found = await small.find(query)
        assert (found.results, found.total, found.total_is_exact) == ([], 0, True), query
        assert found.next_cursor is None


async def test_marks_beside_words_do_not_matter(small: Shelf):
    for query in (
        "xylophone?",
        "(xylophone)",
        "xylophone!!!",
        "...xylophone",
        "'xylophone'",
        "- xylophone",
    ):
        assert await small.names(query) == ["w3"], query


async def test_quotes_may_be_left_open(small: Shelf):
    assert await small.names('"quick brown') == ["pangram"]
    assert await small.names('lazy "quick brown') == ["pangram"]
    assert "pangram" in await small.names('quick brown"')


OPERATORS = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR(this that, 5)",
    "this AND that",
    "this OR nothing",
    "NOT this",
    "tokens:this",
    "tokens : this",
    "{tokens} : this",
    "this ^ that",
    "^this",
    "this + that",
    "this & that",
    "this | that",
    "!this",
    "this <-> that",
    "this:*",
    "this:ABCD",
    "'this' that",
    "this'; DROP TABLE videos; --",
    "this \\",
    "this % that _",
    "$1 this :q ?",
    "this\tthat\nthis",
    "+this",
    "=this",
    "this*that",
    "**this**",
    "-(this)",
    '"this"that"',
    "this\x00that",
]


async def test_words_of_query_languages_are_words(small: Shelf):
    for query in OPERATORS:
        await small.find(query)
    assert await small.names("AND that OR nothing NEAR") == ["rules"]
    assert await small.names('"this AND that"') == ["rules"]
    assert await small.names('"that this"') == []


async def test_single_letters_and_digits_are_words(small: Shelf):
    assert await small.names('"a T-Shirt"') == ["keys"]
    for query in ("a", "T", "я", "x", "0", "a*", "-a", "寺", "é", "ا"):
        await small.find(query)
    assert "m1" in await small.names("pumpkin 7")


async def test_pictures_of_things_do_no_harm(small: Shelf):
    assert await small.names("weiher 🚲") == ["wheels"]
    for query in ("🚲", "👩‍👩‍👧‍👦", "🚲*", '"🚲"', "-🚲"):
        await small.find(query)


async def test_the_longest_question_is_answered(small: Shelf):
    for query in (
        "a " * 200,
        "lantern " * 50,
        "寺" * 400,
        "x" * 400,
        '"' + "so " * 130,
        "-no " * 100,
        "a* " * 130,
        " ".join(f"w{n}" for n in range(80)),
    ):
        await small.find(query[:400])


async def test_title_channel_description_note_tags_and_chapters_are_searched(small: Shelf):
    title = only(await small.find("zwiebelkuchen"))
    assert marked(title.title_parts) == ["Zwiebelkuchen"]
    assert text_of(title.title_parts) == "Zwiebelkuchen vom Blech"
    assert (title.hits, title.hit_count, title.description_parts) == ([], 0, None)
    channel = only(await small.find("blaubeerstudio"))
    assert marked(channel.channel_parts) == ["Blaubeerstudio"]
    description = only(await small.find("xylophone"))
    assert marked(description.description_parts) == ["xylophone"]
    assert "mention the xylophone once" in text_of(description.description_parts)
    note = only(await small.find("oma nudelholz"))
    assert marked(note.description_parts) == ["Oma", "Nudelholz"]
    assert titles(await small.find("weihnachten")) == ["w5"]
    assert titles(await small.find("später")) == ["w5"]


async def test_a_chapter_is_a_moment(small: Shelf):
    hit = only(await small.find("treehouses")).hits[0]
    assert (hit.kind, hit.start_seconds) == ("chapter", 60.0)
    assert marked(hit.parts) == ["treehouse"]
    assert text_of(hit.parts) == "Building the treehouse"


async def test_a_moment_begins_with_the_line_in_which_the_words_begin(small: Shelf):
    found = only(await small.find("hedgehog"))
    assert [(hit.kind, hit.start_seconds) for hit in found.hits] == [("captions", 3.25)]
    assert "one gooseberry and one hedgehog" in text_of(found.hits[0].parts)
    assert marked(found.hits[0].parts) == ["hedgehog"]


async def test_there_are_at_most_five_moments_and_all_are_counted(small: Shelf):
    found = only(await small.find("pumpkin"))
    assert len(found.hits) == 5
    assert found.hit_count == 9
    places = [hit.start_seconds for hit in found.hits]
    assert len(set(places)) == 5
    assert all(place % 52 == 0 for place in places)


async def test_a_chapter_leaves_what_is_said_its_moments(small: Shelf):
    found = only(await small.find("anvil"))
    assert found.hit_count == 51
    assert [(hit.kind, hit.start_seconds) for hit in found.hits[:2]] == [
        ("chapter", 100.0),
        ("captions", 0.0),
    ]
    both = only(await small.find("anvil bellows"))
    assert [hit.kind for hit in both.hits] == ["captions"]
    assert set(marked(both.hits[0].parts)) == {"anvil", "bellows"}


async def test_moments_of_a_video_show_different_places(small: Shelf):
    found = only(await small.find("seawater"))
    assert found.hit_count == 6
    assert [hit.start_seconds for hit in found.hits] == [0, 60, 120]
    assert len(marked(found.hits[0].parts)) == 3
    # The better one of two that share a line, though it is the later one.
    both = only(await small.find("seawater kelp"))
    assert (both.hits[0].start_seconds, both.hit_count) == (68, 2)
    assert [hit.start_seconds for hit in both.hits] == [68]


async def test_the_best_moment_is_where_the_words_are_together(small: Shelf):
    found = only(await small.find("violin teapot"))
    assert found.hits[0].start_seconds == 104
    assert set(marked(found.hits[0].parts)) == {"violin", "teapot"}


async def test_a_moment_with_what_is_rare_in_its_video_is_shown(small: Shelf):
    assert 52 in starts(await small.find("sourdough starter"))
    assert starts(await small.find("sourdough")) == [0]


async def test_a_title_weighs_more_than_a_word_in_passing(small: Shelf):
    assert await small.names("marzipan") == ["Everything about marzipan", "m5"]


SMALL_TALK = [
    ("where are the lanterns and the raincoat?", "north"),
    ("why do you have a raincoat?!", "north"),
    ("how many lanterns in how much fog", "north"),
    ("wo sind denn die Häuser?", "quay"),
    ("¿dónde están los niños?", "choir"),
    ("combien de chevaux", "stable"),
    ("что это за книга", "oak"),
]


async def test_small_words_of_a_question_need_not_occur(small: Shelf):
    for query, name in SMALL_TALK[:3] + SMALL_TALK[-2:-1]:
        found = await small.find(query)
        assert (titles(found), found.is_relaxed) == ([name], False), query
    for query, name in SMALL_TALK:
        assert (await small.names(query))[0] == name, query


async def test_a_question_of_small_words_alone_asks_for_them(small: Shelf):
    assert "rules" in await small.names("this that or")
    assert await small.names('"in the fog"') == ["north"]


async def test_videos_of_others_are_never_found(small: Shelf, library: Shelf):
    for query in (
        "secret",
        "pumpkin",
        "lighthouse",
        "häuser",
        "",
        "-pumpkin",
        "pumpk",
        "lighthouse*",
    ):
        assert "secret" not in await small.names(query, limit=200), query
        assert "secret" not in await small.names(query, limit=200, tag="Meer")
    for query in ("lighthouse", "pumpkin", '"full of pumpkin"'):
        assert not (await library.find(query)).results


async def test_where_nothing_has_all_words_videos_with_most_of_them_are_shown(small: Shelf):
    found = await small.find("quick brown fox in pyjamas")
    assert found.is_relaxed
    assert set(titles(found)[:2]) == {"pangram", "mirror"}
    assert not (await small.find("quick brown fox")).is_relaxed
    nothing = await small.find("qqqq wwww")
    assert (nothing.results, nothing.total, nothing.is_relaxed) == ([], 0, False)


async def test_when_less_is_asked_for_the_order_of_words_does_not_matter(shelf: Shelf):
    await shelf.add(
        *(Spoken(f"x{n}", cues_of("a walrus", "far away", f"n{n}")) for n in range(60)),
        Spoken("title", cues_of("nothing"), title="Walrus"),
        Spoken("begins", cues_of("walrusses")),
    )
    for query in ("walrus qqqq", "qqqq walrus"):
        found = await shelf.find(query, limit=10)
        assert (found.total, found.total_is_exact, found.is_relaxed) == (61, True, True), query
        assert len(set(await shelf.pages(query, limit=10))) == 61, query
    # What is no word is still being typed.
    assert await shelf.names("qqqq walruss") == ["begins"]
    newest = await shelf.names("qqqq walrus", sort="newest", limit=200)
    assert newest == [
        name for name in await shelf.names(sort="newest", limit=200) if name != "begins"
    ]


async def test_a_word_that_is_still_typed_shows_what_begins_so_too(shelf: Shelf):
    await shelf.add(
        *(Spoken(f"x{n}", cues_of("patience")) for n in range(20)),
        Spoken("other", cues_of("un pat")),
        Spoken("rare", cues_of("rarely rare")),
        Spoken("rarer", cues_of("rarebit")),
        first=50,
    )
    for sort in ("relevance", "newest"):
        found = await shelf.find("pat", sort=sort, limit=50)
        assert (found.total, len(found.results), found.is_relaxed) == (21, 21, False)
        assert "other" in titles(found)
    assert (await shelf.names("pat"))[0] == "other"
    assert (await shelf.find("patience")).total == 20
    # Where hardly more begins so, the word is whole.
    assert await shelf.names("rare") == ["rare"]
    # A single letter says nothing yet; a digit does.
    assert not (await shelf.find("patience f")).is_relaxed
    assert (await shelf.find("patience f")).total == 20
    assert (await shelf.find("patience 7")).is_relaxed


async def test_what_is_left_out_stays_out_when_less_is_asked_for(small: Shelf):
    assert "mirror" not in await small.names("quick brown fox pyjamas -but")
