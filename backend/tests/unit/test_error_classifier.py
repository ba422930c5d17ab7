"""What the player lane's words mean."""

import pytest

from app.core.errors import ErrorCode, UpstreamFailed, UpstreamThrottled, VideoUnavailable
from app.services.error_classifier import classify_player_message


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Private video. Sign in if you've been granted access", ErrorCode.VIDEO_PRIVATE),
        ("This video is private", ErrorCode.VIDEO_PRIVATE),
        ("Video unavailable. This video has been removed by the uploader", ErrorCode.VIDEO_DELETED),
        (
            "This video is no longer available because the YouTube account associated with this"
            " video has been terminated.",
            ErrorCode.VIDEO_DELETED,
        ),
        ("Join this channel to get access to members-only content", ErrorCode.VIDEO_MEMBERS_ONLY),
        ("Sign in to confirm your age. This video may be", ErrorCode.VIDEO_AGE_RESTRICTED),
        ("This video requires payment to watch", ErrorCode.VIDEO_PAID),
        (
            "The uploader has not made this video available in your country",
            ErrorCode.VIDEO_GEO_BLOCKED,
        ),
    ],
)
def test_a_clear_reason_is_final(message: str, code: ErrorCode) -> None:
    error = classify_player_message(message)

    assert isinstance(error, VideoUnavailable)
    assert error.code is code


@pytest.mark.parametrize(
    "message",
    [
        "Sign in to confirm you’re not a bot. Use --cookies",
        "Sign in to confirm you're not a bot",
        "Video unavailable. This content isn't available, try again later. The current session has"
        " been rate-limited by YouTube for up to an hour.",
        "HTTP Error 429: Too Many Requests",
    ],
)
def test_a_block_blames_the_lane_and_never_the_video(message: str) -> None:
    assert isinstance(classify_player_message(message), UpstreamThrottled)


@pytest.mark.parametrize(
    "message", ["", "Something new", "No video formats found!", "Premieres in 2 h"]
)
def test_what_is_unsure_is_tried_again(message: str) -> None:
    assert isinstance(classify_player_message(message), UpstreamFailed)
