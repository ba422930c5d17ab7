"""Every shape in which people write a YouTube video, and everything that only looks like one."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.youtube_ids import (
    LinkKind,
    classify_link,
    extract_playlist_id,
    extract_video_id,
    find_video_ids,
    is_video_id,
)

ID = "dQw4w9WgXcQ"
OTHER = "-_aB3xYz901"

VIDEO_TEXTS = [
    "https://www.youtube.com/watch?v={id}",
    "https://www.youtube.com/watch?list=PL123&index=2&v={id}&t=10s",
    "https://www.youtube.com/watch/?v={id}",
    "https://www.youtube.com/watch/{id}/",
    "https://www.youtube.com/watch?feature=share?v={id}",
    "https://www.youtube.com/watch?list=1&amp;v={id}",
    "https://www.youtube.com/watch?list=1&amp;amp;v={id}",
    "https://www.youtube.com/watch%3Fv%3D{id}",
    "https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{id}",
    "https://www.youtube.com/watch#!v={id}",
    "https://www.youtube.com/watch?v={id}#t=10s",
    "https://m.youtube.com/#/watch?v={id}",
    "https://www.youtube.com/tv#/watch?v={id}",
    "http://www.youtube.com/user/Someone#p/u/1/{id}",
    "http://www.youtube.com/user/Someone#p/a/u/1/{id}",
    "http://youtube.com/?feature=player_embedded&v={id}",
    "http://youtube.com/vi/{id}",
    "http://youtube.com/v/{id}&hl=en",
    "http://youtube.com/e/{id}",
    "https://www.youtube.com/shorts/{id}?feature=share",
    "https://www.youtube.com/live/{id}",
    "https://www.youtube.com/embed/{id}?rel=0",
    "https://www.youtube-nocookie.com/embed/{id}",
    "https://www.youtubekids.com/watch?v={id}",
    "https://www.youtubeeducation.com/embed/{id}",
    "https://youtube.googleapis.com/v/{id}",
    "https://music.youtube.com/watch?v={id}&list=RDAMVM{id}",
    "https://gaming.youtube.com/watch?v={id}",
    "https://studio.youtube.com/video/{id}/edit",
    "https://www.youtube.com/watch_popup?v={id}",
    "https://www.youtube.com/ytscreeningroom?v={id}",
    "https://www.youtube.com/live_chat?is_popout=1&v={id}",
    "https://youtu.be/{id}?si=AbCdEf",
    "https://youtu.be/watch?v={id}",
    "HTTPS://YOUTU.BE/{id}",
    "https://www.YouTube.com/Watch?V={id}",
    "youtu.be/{id}",
    "www.youtube.com/watch?v={id}",
    "//www.youtube.com/embed/{id}",
    "ttps://youtu.be/{id}",
    "https:/youtu.be/{id}",
    "https://www.youtube.com:443/watch?v={id}",
    "https://www.youtube.com./watch?v={id}",
    "https://user:password@www.youtube.com/watch?v={id}",
    "https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3D{id}%26feature%3Dshare",
    "https://www.youtube.com/attribution_link?a=x&u=/watch?v={id}&feature=share",
    "https://www.youtube.com/oembed?url=https%3A//youtube.com/watch%3Fv%3D{id}&format=json",
    "https://www.youtube.com/redirect?q=https%3A%2F%2Fyoutu.be%2F{id}&v=abcdefghijk",
    "https://www.youtube.com/verify_age?next_url=/watch%3Fv%3D{id}",
    "https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{id}",
    "https://accounts.google.com/ServiceLogin?continue="
    "https%3A%2F%2Fwww.youtube.com%2Fsignin%3Fnext%3D%252Fwatch%253Fv%253D{id}",
    "https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{id}",
    "https://www.google.co.uk/url?q=https://www.youtube.com/watch?v={id}&sa=D",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fyoutu.be%2F{id}%3Ffbclid%3Dabc&h=AT",
    "https://web.archive.org/web/20200101000000/https://www.youtube.com/watch?v={id}",
    "view-source:https://www.youtube.com/watch?v={id}",
    "intent://www.youtube.com/watch?v={id}#Intent;package=com.google.android.youtube;end",
    "vnd.youtube:{id}",
    "vnd.youtube://www.youtube.com/watch?v={id}",
    "vnd.youtube.launch://{id}",
    "youtube://watch?v={id}",
    "yt:video:{id}",
    "youtube {id}",
    "<https://youtu.be/{id}>",
    "(https://youtu.be/{id}).",
    "[a video](https://www.youtube.com/watch?v={id})",
    "**https://youtu.be/{id}**",
    "_https://youtu.be/{id}_",
    '"https://youtu.be/{id}",',
    "<a href='//www.youtube-nocookie.com/embed/{id}?rel=0'>",
    r"https:\/\/www.youtube.com\/watch?list\u003dPL1\u0026v\u003d{id}",
    "https://youtu.be/{id}を見て",
    "動画https://youtu.be/{id}",
    "Video:youtube.com/watch?v={id}",
    "url=https://youtu.be/{id}",
    "https://youtu.be/{id}…",
    "\ufeffhttps://youtu.be/{id}",
    "https://you\u200btu.be/{id}",
    "https://youtu.be/\u200b{id}",
    "https://youtu.be/{id}\u200bhello",
    "1.https://youtu.be/{id}",
]

NOT_VIDEO_TEXTS = [
    ("https://youtube.com@evil.example/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("youtube.com@evil.example/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("youtube.com:80@evil.example/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("https://youtube.com%40evil.example/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("https://www.youtube.com\\@evil.example/watch?v={id}", LinkKind.NOT_A_VIDEO),
    ("https://notyoutube.com/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("notyoutube.com/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("not-youtube.com/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("youtube.com.evil.example/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("https://youtu.be.evil.example/{id}", LinkKind.FOREIGN_HOST),
    ("https://youtube.com-evil.example/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("https://youtube.com。evil.example/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("https://yоutube.com/watch?v={id}", LinkKind.FOREIGN_HOST),  # a Cyrillic о
    ("https://evil.example/youtube.com/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("evil.example/youtube.com/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("https://evil.example/?u=https://youtube.com/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("https://evil.example/?u=youtube.com/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("https://piped.video/watch?v={id}", LinkKind.FOREIGN_HOST),
    ("https://i.ytimg.com/vi/{id}/hqdefault.jpg", LinkKind.FOREIGN_HOST),
    ("https://img.youtube.com/vi/{id}/0.jpg", LinkKind.NOT_A_VIDEO),
    ("https://vimeo.com/76979871", LinkKind.FOREIGN_HOST),
    ("https://youtu.be/{id}x", LinkKind.BAD_ID),
    ("https://www.youtube.com/watch?v=dQw4w9WgXc", LinkKind.BAD_ID),
    ("https://www.youtube.com/watch?v=dQw4w9WgXc!", LinkKind.BAD_ID),
    ("dQw4w9WgXc", LinkKind.BAD_ID),
    ("dQw4w9WgXcQQ", LinkKind.BAD_ID),
    ("https://www.youtube.com/embed/videoseries?list=PL12345", LinkKind.PLAYLIST),
    ("https://www.youtube.com/playlist?list=PL12345", LinkKind.PLAYLIST),
    ("https://music.youtube.com/browse/VLPL12345", LinkKind.PLAYLIST),
    ("https://www.youtube.com/watch?list=PL12345", LinkKind.PLAYLIST),
    ("https://www.youtube.com/embed/live_stream?channel=UC12345", LinkKind.CHANNEL),
    ("https://www.youtube.com/@{id}", LinkKind.CHANNEL),
    ("https://www.youtube.com/c/{id}/videos", LinkKind.CHANNEL),
    ("https://www.youtube.com/user/{id}", LinkKind.CHANNEL),
    ("https://www.youtube.com/channel/{id}", LinkKind.CHANNEL),
    ("https://www.youtube.com/{id}", LinkKind.NOT_A_VIDEO),
    ("https://www.youtube.com/clip/Ugkx{id}", LinkKind.NOT_A_VIDEO),
    ("https://www.youtube.com/results?search_query={id}", LinkKind.NOT_A_VIDEO),
    ("https://www.youtube.com/hashtag/{id}", LinkKind.NOT_A_VIDEO),
    ("https://www.youtube.com/redirect?q=https://evil.example/watch?v={id}", LinkKind.NOT_A_VIDEO),
    ("www.youtube.com", LinkKind.NOT_A_VIDEO),
    ("the youtube video v={id}", LinkKind.NO_LINK),
    ("YouTube:information", LinkKind.NO_LINK),
    ("someone@youtube.com", LinkKind.NO_LINK),
    ("information", LinkKind.NO_LINK),
    ("Information", LinkKind.NO_LINK),
    ("HELLO-WORLD", LinkKind.NO_LINK),
    ("JavaScripts", LinkKind.NO_LINK),
    ("password123", LinkKind.NO_LINK),
    ("12345678901", LinkKind.NO_LINK),
    ("2024-01-0100", LinkKind.NO_LINK),
    ("-----------", LinkKind.NO_LINK),
    ("", LinkKind.NO_LINK),
]


@pytest.mark.parametrize("video_id", [ID, OTHER])
@pytest.mark.parametrize("text", VIDEO_TEXTS)
def test_a_link_to_a_video_gives_its_id(text: str, video_id: str):
    text = text.replace("{id}", video_id)
    assert extract_video_id(text) == video_id
    assert find_video_ids(text) == [video_id]
    assert classify_link(text) is LinkKind.VIDEO


@pytest.mark.parametrize(("text", "kind"), NOT_VIDEO_TEXTS)
def test_a_text_without_a_video_gives_no_id_but_a_reason(text: str, kind: LinkKind):
    text = text.replace("{id}", ID)
    assert extract_video_id(text) is None
    assert find_video_ids(text) == []
    assert classify_link(text) is kind


def test_the_reason_codes_keep_their_values():
    assert [kind.value for kind in LinkKind] == [
        "video", "playlist", "channel", "not_a_video", "foreign_host", "bad_id", "no_link",
    ]  # fmt: skip


def test_ids_come_in_the_order_of_their_first_appearance_without_repeats():
    text = f"{OTHER}\nsee https://youtu.be/{ID}, youtu.be/{OTHER} and https://youtu.be/{ID}"
    assert find_video_ids(text) == [OTHER, ID]


@pytest.mark.parametrize("separator", [",", ";", "|", " ", "\n", "\t", "", ")(", "<br>", '","'])
def test_links_side_by_side_are_told_apart(separator: str):
    text = separator.join([f"https://youtu.be/{ID}", f"https://www.youtube.com/watch?v={OTHER}"])
    assert find_video_ids(text) == [ID, OTHER]


def test_a_queue_link_gives_every_video_in_it():
    text = f"https://www.youtube.com/watch_videos?video_ids={ID},{OTHER}"
    assert find_video_ids(text) == [ID, OTHER]


def test_a_bare_id_counts_on_its_own_line_but_not_inside_a_sentence():
    assert find_video_ids(f"- {ID}\n2. {OTHER}\n") == [ID, OTHER]
    assert find_video_ids(f"my code is {ID} today") == []


def test_a_playlist_is_named_even_beside_a_video():
    assert extract_playlist_id(f"https://youtu.be/{ID}?list=PLab-_1") == "PLab-_1"
    assert extract_playlist_id("https://www.youtube.com/playlist?list=PLab-_1&x=1") == "PLab-_1"
    assert extract_playlist_id("https://music.youtube.com/browse/VLPLab-_1") == "PLab-_1"
    assert extract_playlist_id("https://evil.example/playlist?list=PLab-_1") is None


def test_the_shape_of_an_id_is_eleven_characters_of_its_alphabet():
    assert is_video_id(ID)
    assert is_video_id("-----------")
    assert not is_video_id(ID + "\n")
    assert not is_video_id(ID[:-1])
    assert not is_video_id(ID[:-1] + "é")


ids = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1)
pieces = st.one_of(
    st.text(max_size=12),
    ids,
    st.sampled_from([
        "https://", "http:", "//", "youtu.be", "/", "youtube.com", "www.", ".", "@", ":", "?", "&",
        "=", "#", "v=", "watch", "%3A%2F%2F", "%25", "\\", "\n", " ", "_", ",", "(", "[", "&amp;",
        "redirect?q=", "next=", "vnd.youtube:", "yt:video:", "\u200b", "google.com/url?q=",
        "embed/", "[::1]", "web.archive.org/web/1/https://",
    ]),
)  # fmt: skip
soups = st.lists(pieces, max_size=25).map("".join)


@given(soups)
def test_any_text_gives_well_formed_ids_and_a_consistent_verdict(text: str):
    found = find_video_ids(text)
    assert all(is_video_id(video_id) for video_id in found)
    assert len(set(found)) == len(found)
    assert extract_video_id(text) == (found[0] if found else None)
    assert (classify_link(text) is LinkKind.VIDEO) == bool(found)


@given(st.from_regex(r"[A-Za-z0-9_-]{11}", fullmatch=True), soups)
def test_a_plain_link_is_found_after_any_line(video_id: str, before: str):
    assert video_id in find_video_ids(f"{before}\nhttps://youtu.be/{video_id}\n{before}")


@given(st.from_regex(r"[A-Za-z0-9_-]{1,10}|[A-Za-z0-9_-]{12,14}", fullmatch=True))
def test_an_id_of_the_wrong_length_is_never_cut_or_filled(slot: str):
    assert extract_video_id(f"https://www.youtube.com/watch?v={slot}") is None
    assert extract_video_id(f"https://youtu.be/{slot}?t=1") is None


HOSTILE = [
    "https://", "youtu.be", "youtu.be.", "a.", "(", ",https://", "/", "@youtube.com", "youtu.be ",
    "&amp;", "\u200byoutu", "https://youtu.be/\u200b", "https://www.youtube.com/signin?next=",
    "a-youtube.com", "vnd.youtube:", "\\/youtu", "https://web.archive.org/web/1/", "_", "%25",
]  # fmt: skip


def _steps(text: str) -> int:
    """How many calls, into Python or C, the search makes; no clock, so noise can't fail it."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        find_video_ids(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_no_faster_than_the_text(piece: str):
    small = _steps("youtu" + piece * 500)
    large = _steps("youtu" + piece * 4000)
    assert large <= 8.5 * small


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_hostile_text_comes_back(piece: str):
    # Work inside one regular expression can't be counted; quadratic work would take hours here.
    find_video_ids("youtu" + piece * (1_000_000 // len(piece)))


def test_the_scheme_of_an_app_is_read_in_capitals_as_well() -> None:
    assert extract_video_id("see YT:Video:dQw4w9WgXcQ") == "dQw4w9WgXcQ"
    assert classify_link("YT:Video:dQw4w9WgXcQ") is LinkKind.VIDEO
