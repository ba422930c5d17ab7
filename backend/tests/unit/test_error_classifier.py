"""What the player lane's answers mean."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import (
    ErrorCode,
    UpstreamError,
    UpstreamFailed,
    UpstreamThrottled,
    VideoNotYet,
    VideoUnavailable,
)
from app.services.error_classifier import (
    Doubt,
    Verdict,
    classify_player_message,
    judge_player_answers,
)
from app.services.player_answers import read_player_answer
from app.services.player_words import Meaning, meaning_of, plain

VIDEO = "dQw4w9WgXcQ"
Json = dict[str, Any]


def refusal(status: str, reason: str = "", subreason: str = "", **more: Any) -> Json:
    message = {"reason": {"simpleText": reason}, "subreason": {"runs": [{"text": subreason}]}}
    screen = {"playerErrorMessageRenderer": message}
    return {
        "playabilityStatus": {"status": status, "reason": reason, "errorScreen": screen, **more}
    }


def fine(**details: Any) -> Json:
    described = {"videoId": VIDEO, "title": "Titel", "lengthSeconds": "213", **details}
    return {"playabilityStatus": {"status": "OK"}, "videoDetails": described}


def described(answer: Json) -> Json:
    return {**answer, "videoDetails": fine()["videoDetails"]}


def judge(*answers: Any, page: Any = None) -> Verdict:
    return judge_player_answers(
        VIDEO,
        [read_player_answer(answer) for answer in answers],
        None if page is None else read_player_answer(page),
    )


UNAVAILABLE = refusal("ERROR", "Video unavailable")
UNAVAILABLE_SHORT = refusal("ERROR", "This video is unavailable")

FINAL = [
    # Private.
    ("LOGIN_REQUIRED", "Private video", "Sign in if you've been granted access", "video_private"),
    ("LOGIN_REQUIRED", "This video is private", "", "video_private"),
    ("UNPLAYABLE", "Video unavailable", "This video is private", "video_private"),
    ("LOGIN_REQUIRED", "Privates Video", "Melde dich an, wenn du Zugriff hast", "video_private"),
    ("LOGIN_REQUIRED", "Dieses Video ist privat", "", "video_private"),
    ("LOGIN_REQUIRED", "Vidéo privée", "", "video_private"),
    ("LOGIN_REQUIRED", "Este vídeo es privado", "", "video_private"),
    ("LOGIN_REQUIRED", "Video privato", "", "video_private"),
    # Gone.
    ("ERROR", "Video unavailable", "This video has been removed by the uploader", "video_deleted"),
    ("ERROR", "Video nicht verfügbar", "Dieses Video wurde entfernt", "video_deleted"),
    (
        "ERROR",
        "Video nicht verfügbar",
        "Dieses Video wurde vom Nutzer entfernt.",
        "video_deleted",
    ),
    (
        "ERROR",
        "Video unavailable",
        "This video is no longer available because the YouTube account associated with this video"
        " has been terminated.",
        "video_deleted",
    ),
    (
        "ERROR",
        "Video nicht verfügbar",
        "Dieses Video ist nicht mehr verfügbar, weil das mit diesem Video verknüpfte YouTube-Konto"
        " gekündigt wurde.",
        "video_deleted",
    ),
    (
        "ERROR",
        "Video unavailable",
        "This video is no longer available because the uploader has closed their YouTube account.",
        "video_deleted",
    ),
    (
        "ERROR",
        "Video unavailable",
        "This video has been removed for violating YouTube's Terms of Service",
        "video_deleted",
    ),
    ("ERROR", "Vidéo non disponible", "Cette vidéo a été supprimée", "video_deleted"),
    ("ERROR", "Vídeo no disponible", "Este vídeo ya no está disponible", "video_deleted"),
    # Members.
    (
        "UNPLAYABLE",
        "This video is available to this channel's members on level: X (or any higher level).",
        "",
        "video_members_only",
    ),
    (
        "UNPLAYABLE",
        "Join this channel to get access to members-only content like this video",
        "",
        "video_members_only",
    ),
    (
        "UNPLAYABLE",
        "Dieses Video ist für Kanalmitglieder ab folgendem Level verfügbar: X",
        "",
        "video_members_only",
    ),
    ("UNPLAYABLE", "Nur für Mitglieder", "", "video_members_only"),
    ("UNPLAYABLE", "Vidéo réservée aux membres de cette chaîne", "", "video_members_only"),
    # Age.
    (
        "LOGIN_REQUIRED",
        "Sign in to confirm your age",
        "This video may be inappropriate for some users.",
        "video_age_restricted",
    ),
    (
        "LOGIN_REQUIRED",
        "Melde dich an, um dein Alter zu bestätigen",
        "Dieses Video ist möglicherweise für einige Nutzer unangemessen.",
        "video_age_restricted",
    ),
    (
        "UNPLAYABLE",
        "This video is age-restricted and only available on YouTube",
        "",
        "video_age_restricted",
    ),
    ("LOGIN_REQUIRED", "Connectez-vous pour confirmer votre âge", "", "video_age_restricted"),
    ("LOGIN_REQUIRED", "Inicia sesión para confirmar tu edad", "", "video_age_restricted"),
    ("AGE_VERIFICATION_REQUIRED", "", "", "video_age_restricted"),
    ("AGE_CHECK_REQUIRED", "何か", "", "video_age_restricted"),
    # Paid.
    ("UNPLAYABLE", "This video requires payment to watch.", "", "video_paid"),
    (
        "UNPLAYABLE",
        "Um dieses Video anzusehen, ist eine Zahlung erforderlich.",
        "",
        "video_paid",
    ),
    ("UNPLAYABLE", "This video is only available to Music Premium members", "", "video_paid"),
    # Country.
    (
        "UNPLAYABLE",
        "The uploader has not made this video available in your country.",
        "",
        "video_geo_blocked",
    ),
    (
        "UNPLAYABLE",
        "Video unavailable",
        "This content is not available on this country domain.",
        "video_geo_blocked",
    ),
    (
        "UNPLAYABLE",
        "Video unavailable",
        "This video contains content from X, who has blocked it in your country on copyright"
        " grounds.",
        "video_geo_blocked",
    ),
    (
        "UNPLAYABLE",
        "Video nicht verfügbar",
        "Dieses Video ist in deinem Land nicht verfügbar.",
        "video_geo_blocked",
    ),
    (
        "UNPLAYABLE",
        "Video nicht verfügbar",
        "Der Uploader hat dieses Video in deinem Land nicht zur Verfügung gestellt",
        "video_geo_blocked",
    ),
    (
        "UNPLAYABLE",
        "Vidéo non disponible",
        "L’utilisateur ne permet pas de la voir dans votre pays",
        "video_geo_blocked",
    ),
    ("UNPLAYABLE", "Video no disponible", "bloqueado en tu país", "video_geo_blocked"),
]


@pytest.mark.parametrize(("status", "reason", "subreason", "code"), FINAL)
def test_a_clear_reason_is_final_in_every_language(
    status: str, reason: str, subreason: str, code: str
) -> None:
    error = judge(refusal(status, reason, subreason)).error

    assert isinstance(error, VideoUnavailable)
    assert error.code == code


WAITING = [
    ("LIVE_STREAM_OFFLINE", "This live event will begin in 31 hours.", "video_upcoming"),
    ("LIVE_STREAM_OFFLINE", "Premieres in 2 hours", "video_upcoming"),
    ("LIVE_STREAM_OFFLINE", "Premiere in 2 Stunden", "video_upcoming"),
    ("LIVE_STREAM_OFFLINE", "Livestream beginnt in 3 Stunden", "video_upcoming"),
    ("LIVE_STREAM_OFFLINE", "まもなく", "video_upcoming"),
    ("UNPLAYABLE", "Premiere in 5 Minuten", "video_upcoming"),
    ("UNPLAYABLE", "We're processing this video. Check back later.", "video_processing"),
    ("UNPLAYABLE", "Dieses Video wird noch verarbeitet.", "video_processing"),
    (
        "UNPLAYABLE",
        "Wir verarbeiten dieses Video gerade. Schau später noch einmal vorbei.",
        "video_processing",
    ),
    ("UNPLAYABLE", "This live stream recording is not available.", "video_processing"),
    (
        "UNPLAYABLE",
        "Die Aufzeichnung dieses Livestreams ist nicht verfügbar.",
        "video_processing",
    ),
]


@pytest.mark.parametrize(("status", "reason", "code"), WAITING)
def test_what_is_not_there_yet_is_waited_for(status: str, reason: str, code: str) -> None:
    verdict = judge(refusal(status, reason))

    assert isinstance(verdict.error, VideoNotYet)
    assert verdict.error.code == code
    assert verdict.doubt is Doubt.NONE


BLOCKS = [
    "Sign in to confirm you’re not a bot",
    "Sign in to confirm you're not a bot",
    "Melde dich an, um zu bestätigen, dass du kein Bot bist",
    "Connectez-vous pour confirmer que vous n’êtes pas un robot",
    "Inicia sesión para confirmar que no eres un bot",
    "Accedi per confermare che non sei un bot",
    "Faça login para confirmar que você não é um robô",
    "ログインして、ボットではないことを確認してください",
]


@pytest.mark.parametrize("reason", BLOCKS)
def test_a_bot_check_blames_the_lane_in_every_language(reason: str) -> None:
    error = judge(refusal("LOGIN_REQUIRED", reason)).error

    assert isinstance(error, UpstreamThrottled)
    assert error.code is ErrorCode.UPSTREAM_BLOCKED
    assert error.pause_seconds is None


def test_a_captcha_without_words_blames_the_lane() -> None:
    answer = {
        "playabilityStatus": {"status": "ERROR", "errorScreen": {"playerCaptchaViewModel": {}}}
    }
    error = judge(answer).error

    assert isinstance(error, UpstreamThrottled)


@pytest.mark.parametrize(
    ("reason", "subreason"),
    [
        ("Video unavailable", "This content isn't available, try again later."),
        ("This content isn’t available, try again later.", ""),
        ("Video nicht verfügbar", "Diese Inhalte sind derzeit nicht verfügbar."),
        ("Dieser Inhalt ist nicht verfügbar. Versuche es später noch einmal.", ""),
        ("Ce contenu n’est pas disponible. Réessayez plus tard.", ""),
    ],
)
def test_a_session_limit_rests_the_lane_for_an_hour(reason: str, subreason: str) -> None:
    error = judge(refusal("UNPLAYABLE", reason, subreason)).error

    assert isinstance(error, UpstreamThrottled)
    assert (error.code, error.pause_seconds) == (ErrorCode.UPSTREAM_BLOCKED, 3600)


def test_a_block_in_the_page_counts_whatever_the_player_says() -> None:
    blocked = refusal("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot")

    assert isinstance(judge(fine(), page=blocked).error, UpstreamThrottled)
    assert isinstance(judge(UNAVAILABLE, page=described(blocked)).error, UpstreamThrottled)


EMBEDDING = (
    '<a href="http://www.youtube.com/watch?v=x" target="_blank">Watch this video on YouTube.</a>\n'
    "Playback on other websites has been disabled by the video owner."
)


@pytest.mark.parametrize(
    ("status", "reason", "subreason"),
    [
        ("LOGIN_REQUIRED", "", ""),
        ("UNPLAYABLE", "", ""),
        ("ERROR", "", ""),
        ("ERROR", "An error occurred. Please try again later.", ""),
        ("ERROR", "Es ist ein Fehler aufgetreten.", ""),
        ("ERROR", "この動画は再生できません", ""),
        ("CONTENT_CHECK_REQUIRED", "", ""),
        ("SOMETHING_NEW", "Something new", ""),
        ("UNPLAYABLE", EMBEDDING, ""),
        (
            "UNPLAYABLE",
            "Video unavailable",
            "Playback on other websites has been disabled by the video owner",
        ),
        (
            "UNPLAYABLE",
            "Video nicht verfügbar",
            "Die Wiedergabe auf anderen Websites wurde vom Videoinhaber deaktiviert",
        ),
    ],
)
def test_what_is_unsure_is_tried_again(status: str, reason: str, subreason: str) -> None:
    verdict = judge(refusal(status, reason, subreason), page=refusal(status, reason, subreason))

    assert type(verdict.error) is UpstreamFailed
    assert verdict.doubt is Doubt.UNSURE


@pytest.mark.parametrize(
    "broken", [None, [], {}, "OK", {"playabilityStatus": []}, {"error": {"code": 500}}]
)
def test_an_answer_without_a_status_is_tried_again(broken: Any) -> None:
    assert type(judge(broken).error) is UpstreamFailed
    assert type(judge(broken, page=fine()).error) is UpstreamFailed


def test_messages_alone_are_enough_for_a_private_video() -> None:
    answer = {
        "playabilityStatus": {
            "status": "LOGIN_REQUIRED",
            "messages": ["This is a private video. Please sign in to verify that you may see it."],
        }
    }
    error = judge(answer).error

    assert isinstance(error, VideoUnavailable)
    assert error.code is ErrorCode.VIDEO_PRIVATE


@pytest.mark.parametrize(
    ("screen", "code"),
    [
        (
            {"playerLegacyDesktopYpcOfferRenderer": {"offerId": "sponsors_only_video"}},
            "video_members_only",
        ),
        ({"playerLegacyDesktopYpcOfferRenderer": {"offerId": "yt_rental"}}, "video_paid"),
        ({"playerLegacyDesktopYpcTrailerRenderer": {"trailerVideoId": "x"}}, "video_paid"),
    ],
)
def test_an_offer_says_without_words_what_it_costs(screen: Json, code: str) -> None:
    answer = {
        "playabilityStatus": {"status": "UNPLAYABLE", "reason": "何か", "errorScreen": screen}
    }
    error = judge(answer).error

    assert isinstance(error, VideoUnavailable)
    assert error.code == code


def test_the_age_gate_needs_no_words() -> None:
    error = judge(refusal("LOGIN_REQUIRED", "何か", desktopLegacyAgeGateReason=1)).error

    assert isinstance(error, VideoUnavailable)
    assert error.code is ErrorCode.VIDEO_AGE_RESTRICTED


def offline(**broadcast: Any) -> Json:
    slate = {"liveStreamOfflineSlateRenderer": {"scheduledStartTime": "1655906400"}}
    status = {
        "status": "LIVE_STREAM_OFFLINE",
        "liveStreamability": {"liveStreamabilityRenderer": {"offlineSlate": slate}},
    }
    microformat = {"playerMicroformatRenderer": {"liveBroadcastDetails": broadcast}}
    return {"playabilityStatus": status, "microformat": microformat}


def test_the_time_of_an_announced_video_comes_with_it() -> None:
    error = judge(offline()).error

    assert isinstance(error, VideoNotYet)
    assert error.available_at == datetime(2022, 6, 22, 14, tzinfo=UTC)


def test_the_time_is_taken_from_the_page_where_the_player_has_none() -> None:
    page = described(refusal("LIVE_STREAM_OFFLINE", "Premieres in 2 hours"))
    broadcast = {"isLiveNow": False, "startTimestamp": "2030-01-31T10:00:00+01:00"}
    page["microformat"] = {"playerMicroformatRenderer": {"liveBroadcastDetails": broadcast}}

    error = judge(refusal("LIVE_STREAM_OFFLINE", "Premieres in 2 hours"), page=page).error

    assert isinstance(error, VideoNotYet)
    assert error.available_at == datetime(2030, 1, 31, 9, tzinfo=UTC)


@pytest.mark.parametrize("time", ["99999999999999", "-5", "x", None, [], 10**30, True, "0"])
def test_a_nonsensical_time_is_no_time(time: Any) -> None:
    slate = {"liveStreamOfflineSlateRenderer": {"scheduledStartTime": time}}
    answer = offline()
    renderer = answer["playabilityStatus"]["liveStreamability"]["liveStreamabilityRenderer"]
    renderer["offlineSlate"] = slate

    error = judge(answer).error

    assert isinstance(error, VideoNotYet)
    assert error.available_at is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (fine(isLive=True), "video_live"),
        (fine(isUpcoming=True), "video_upcoming"),
        (fine(isPostLiveDvr=True), "video_processing"),
        (offline(isLiveNow=True), "video_live"),
        (offline(endTimestamp="2022-06-22T15:00:00+00:00"), "video_processing"),
    ],
)
def test_a_stream_is_waited_for_until_its_recording_is_there(answer: Json, code: str) -> None:
    error = judge(answer).error

    assert isinstance(error, VideoNotYet)
    assert error.code == code


def test_a_video_that_was_live_once_can_be_had() -> None:
    answer = fine(isLiveContent=True)
    broadcast = {"isLiveNow": False, "endTimestamp": "2020-03-09T19:51:50+00:00"}
    answer["microformat"] = {"playerMicroformatRenderer": {"liveBroadcastDetails": broadcast}}

    assert judge(answer, page=answer) == Verdict(None)


def test_a_placeholder_is_never_the_video_and_never_final() -> None:
    placeholder = fine(title="Video Not Available", lengthSeconds="9")

    for verdict in (judge(placeholder), judge(fine(), page=placeholder)):
        assert type(verdict.error) is UpstreamFailed
    assert judge(fine(title="Video Not Available", lengthSeconds="600")).error is None


def test_an_answer_about_another_video_is_tried_again() -> None:
    assert type(judge(fine(videoId="aQvGIIdgFDM"), page=fine()).error) is UpstreamFailed
    elsewhere = {**UNAVAILABLE, "videoDetails": {"videoId": "aQvGIIdgFDM"}}
    assert judge(elsewhere).doubt is Doubt.UNSURE


def test_one_voice_that_says_only_unavailable_proves_nothing() -> None:
    for page in (None, fine(), refusal("LOGIN_REQUIRED")):
        verdict = judge(UNAVAILABLE, page=page)
        assert type(verdict.error) is UpstreamFailed
        assert verdict.doubt is Doubt.LOOKS_GONE


@pytest.mark.parametrize(
    "words",
    ["Video unavailable", "This video isn’t available anymore", "Dieses Video ist nicht verfügbar"],
)
def test_two_voices_that_say_unavailable_make_it_deleted(words: str) -> None:
    both = [
        judge(refusal("ERROR", words), page=UNAVAILABLE),
        judge(refusal("ERROR", words), UNAVAILABLE_SHORT),
    ]
    for verdict in both:
        assert isinstance(verdict.error, VideoUnavailable)
        assert verdict.error.code is ErrorCode.VIDEO_DELETED
        assert verdict.doubt is Doubt.NONE


def test_no_video_is_deleted_whose_title_youtube_still_tells() -> None:
    verdicts = [
        judge(described(UNAVAILABLE), described(UNAVAILABLE_SHORT)),
        judge(UNAVAILABLE, UNAVAILABLE_SHORT, page=fine()),
        judge(UNAVAILABLE, UNAVAILABLE_SHORT, page=described(UNAVAILABLE)),
    ]
    assert all(type(verdict.error) is UpstreamFailed for verdict in verdicts)


def test_a_clear_reason_against_a_page_that_is_fine_needs_a_second_voice() -> None:
    removed = refusal("ERROR", "Video unavailable", "This video has been removed by the uploader")

    alone = judge(removed, page=fine())
    assert type(alone.error) is UpstreamFailed
    assert alone.doubt is Doubt.LOOKS_GONE
    assert isinstance(judge(removed, removed, page=fine()).error, VideoUnavailable)
    assert judge(removed, fine(), page=fine()) == Verdict(None)


def test_private_is_final_whoever_says_it() -> None:
    private = refusal("LOGIN_REQUIRED", "Private video")
    verdicts = [
        judge(private, page=fine()),
        judge(refusal("LOGIN_REQUIRED"), page=private),
        judge(UNAVAILABLE, page=private),
    ]
    for verdict in verdicts:
        assert isinstance(verdict.error, VideoUnavailable)
        assert verdict.error.code is ErrorCode.VIDEO_PRIVATE


def test_one_client_that_plays_the_video_is_enough() -> None:
    assert judge(fine(), page=UNAVAILABLE) == Verdict(None)
    assert judge(UNAVAILABLE, fine(), page=fine()) == Verdict(None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This video isn’t\u00a0available\u200b anymore", "This video isn't available anymore"),
        ("<b>Privates&nbsp;Video</b>\n", "Privates Video"),
        ("a&lt;b&gt;c&amp;#39;", "a c&#39;"),
        ("a\x00b\ud800c", "abc"),
    ],
)
def test_words_are_compared_without_markup_and_odd_characters(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_upper_case_changes_nothing() -> None:
    assert meaning_of("DIESES VIDEO IST NICHT MEHR VERFÜGBAR") is Meaning.DELETED


# -- yt-dlp's own words, the last resort ---------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Private video. Sign in if you've been granted access", ErrorCode.VIDEO_PRIVATE),
        ("Video unavailable. This video has been removed by the uploader", ErrorCode.VIDEO_DELETED),
        ("Join this channel to get access to members-only content", ErrorCode.VIDEO_MEMBERS_ONLY),
        ("Sign in to confirm your age. This video may be", ErrorCode.VIDEO_AGE_RESTRICTED),
        ("This video requires payment to watch", ErrorCode.VIDEO_PAID),
        (
            "The uploader has not made this video available in your country",
            ErrorCode.VIDEO_GEO_BLOCKED,
        ),
    ],
)
def test_a_clear_message_is_final(message: str, code: ErrorCode) -> None:
    error = classify_player_message(message)

    assert isinstance(error, VideoUnavailable)
    assert error.code is code


@pytest.mark.parametrize(
    ("message", "pause_seconds"),
    [
        ("Sign in to confirm you’re not a bot. Use --cookies", None),
        (
            "Video unavailable. This content isn't available, try again later. The current session"
            " has been rate-limited by YouTube for up to an hour.",
            3600,
        ),
        ("HTTP Error 429: Too Many Requests", None),
    ],
)
def test_a_message_about_a_block_blames_the_lane(message: str, pause_seconds: int | None) -> None:
    error = classify_player_message(message)

    assert isinstance(error, UpstreamThrottled)
    assert error.pause_seconds == pause_seconds


@pytest.mark.parametrize(
    "message",
    ["", "Something new", "No video formats found!", "Video unavailable", "Video nicht verfügbar"],
)
def test_an_unsure_message_is_tried_again(message: str) -> None:
    assert type(classify_player_message(message)) is UpstreamFailed


def test_a_message_about_a_premiere_is_waited_for() -> None:
    assert isinstance(classify_player_message("Premieres in 2 h"), VideoNotYet)


# -- whatever comes ------------------------------------------------------------------------------

KEYS = [
    "playabilityStatus",
    "status",
    "reason",
    "messages",
    "errorScreen",
    "playerErrorMessageRenderer",
    "subreason",
    "runs",
    "text",
    "simpleText",
    "liveStreamability",
    "liveStreamabilityRenderer",
    "offlineSlate",
    "liveStreamOfflineSlateRenderer",
    "scheduledStartTime",
    "videoDetails",
    "videoId",
    "title",
    "lengthSeconds",
    "isLive",
    "isUpcoming",
    "microformat",
    "playerMicroformatRenderer",
    "liveBroadcastDetails",
    "startTimestamp",
]
STATUSES = ["OK", "ERROR", "UNPLAYABLE", "LOGIN_REQUIRED", "LIVE_STREAM_OFFLINE", "NEW"]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([*STATUSES, VIDEO, "Video unavailable", "2030-01-01T00:00:00"])
    | st.text(st.characters())
)
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=25,
)
ANY_ANSWER = st.fixed_dictionaries(
    {
        "playabilityStatus": st.fixed_dictionaries(
            {"status": st.sampled_from(STATUSES)},
            optional={"reason": ANY_JSON, "messages": ANY_JSON, "errorScreen": ANY_JSON},
        )
    },
    optional={"videoDetails": ANY_JSON, "microformat": ANY_JSON},
)


@given(ANY_JSON | ANY_ANSWER, st.none() | ANY_JSON | ANY_ANSWER)
def test_any_answer_gives_one_verdict(answer: Any, page: Any) -> None:
    error = judge(answer, page=page).error

    assert error is None or isinstance(error, UpstreamError)
    if error is not None:
        error.detail.encode()


# No word of any sentence we know can be written with these.
@given(st.text("xqzwvk0123456789 .,-", max_size=40), st.sampled_from(STATUSES[1:]))
def test_unknown_words_never_end_a_video(words: str, status: str) -> None:
    answer = refusal(status, words, words)

    assert not isinstance(judge(answer, answer, page=answer).error, VideoUnavailable)
    assert not isinstance(classify_player_message(words), VideoUnavailable)
