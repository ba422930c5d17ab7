"""Settings that cannot be meant are refused, in words."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from typer import Exit

from app.cli.beginning import open_database
from app.cli.local import what_is_wrong
from app.core.settings import Settings


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("public_url", "videothek.example", "https://"),
        ("youtube_proxy", "127.0.0.1:3128", "socks5://"),
        ("caption_providers", "somebody", "README"),
        ("proxy_user_header", "Remote User:", "README"),
        ("trusted_proxies", "proxy.example", "10.0.0.2"),
        ("trusted_proxies", "*", "10.0.0.2"),
        ("trusted_proxies", "0.0.0.0/0", "anybody"),
        ("trusted_proxies", "10.0.0.2, ::/0", "anybody"),
        ("oidc_issuer", "http://id.example", "https://"),
        ("oidc_issuer", "https://id.example", "VIDEOTHEK_PUBLIC_URL"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_in_words(name: str, value: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({name: value})
    said = what_is_wrong(refused.value.errors()[0])
    assert says in said
    assert "Value error" not in said


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"proxy_user_header": "Remote-User"}, "trusted_proxies"),
        ({"proxy_user_header": "Remote-User", "trusted_proxies": " "}, "trusted_proxies"),
        (
            {"public_url": "https://videothek.example", "oidc_issuer": "https://id.example"},
            "oidc_client_id",
        ),
    ],
)
def test_half_a_door_is_refused_and_what_is_missing_is_named(
    given: dict[str, str], missing: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate(given)
    assert refused.value.errors()[0]["loc"] == (missing,)


def test_the_proxies_are_those_that_are_named_and_no_others() -> None:
    proxies = Settings(
        proxy_user_header="Remote-User", trusted_proxies="10.0.0.2, fd00::/16"
    ).proxies
    assert [str(network) for network in proxies] == ["10.0.0.2/32", "fd00::/16"]
    assert Settings().proxies == ()


def test_a_provider_without_a_name_is_called_by_its_address() -> None:
    known = {
        "public_url": "https://videothek.example",
        "oidc_issuer": "https://id.example/application/o/videothek/",
        "oidc_client_id": "videothek",
    }
    assert Settings.model_validate(known).oidc_label == "id.example"
    assert Settings.model_validate({**known, "oidc_name": "Verein"}).oidc_label == "Verein"


def test_a_mistyped_folder_does_not_become_an_empty_library(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/mistyped/videothek.db"
    with pytest.raises(Exit):
        open_database(Settings(database_url=url, data_dir=tmp_path / "data"))
    assert f"there is no folder {tmp_path}/mistyped" in capsys.readouterr().err
    assert not (tmp_path / "mistyped").exists()


def test_a_database_of_another_kind_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Exit):
        open_database(Settings(database_url="mysql://somewhere/x", data_dir=tmp_path / "data"))
    assert "sqlite:///" in capsys.readouterr().err


def test_the_data_of_a_new_library_are_nobody_elses(tmp_path: Path) -> None:
    open_database(Settings(data_dir=tmp_path / "data"))
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "videothek.db").exists()


def test_cookies_go_over_https_only_where_people_come_by_https() -> None:
    assert Settings(public_url="https://videothek.example").has_secure_cookies
    assert Settings(secure_cookies=True).has_secure_cookies
    assert not Settings(public_url="http://127.0.0.1:8000").has_secure_cookies
