"""What vouches for YouTube when yt-dlp asks it."""

import ssl
from typing import Any, cast

from app.adapters.ytdlp_conversation import Exchange
from app.adapters.ytdlp_downloader import ConversingYoutubeDL, base_options
from app.adapters.ytdlp_transport import WholeAnswerRH


def context_of_a_new_downloader() -> ssl.SSLContext:
    with ConversingYoutubeDL(base_options("", 3.0), cast("Exchange", None)) as downloader:
        (handler,) = cast("Any", downloader)._request_director.handlers.values()
        assert isinstance(handler, WholeAnswerRH)
        return handler._make_sslcontext()


def test_the_authorities_are_read_once_for_all_downloaders() -> None:
    assert context_of_a_new_downloader() is context_of_a_new_downloader()


def test_certificates_are_checked() -> None:
    context = context_of_a_new_downloader()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.get_ca_certs()
