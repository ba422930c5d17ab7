"""The files to run Videothek by: hardened, pinned, without secrets, and in step with the program."""

import configparser
import re
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.adapters.prometheus_text import ProcessState, PrometheusText
from app.core.settings import Settings
from app.services.metrics.installation import Installation, Total

ROOT = Path(__file__).parents[3]
COMPOSE = ("compose.yaml", "compose.postgresql.yaml")
UNITS = ("videothek.service", "videothek-worker@.service")
SHUTDOWN_SECONDS = 10


def read(name: str) -> str:
    return (ROOT / name).read_text()


def services(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(read(name))["services"]
    return found


@pytest.mark.parametrize("file", COMPOSE)
def test_every_container_may_do_nothing_that_it_need_not(file: str) -> None:
    for name, service in services(file).items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert set(service.get("cap_add", [])) <= {"NET_BIND_SERVICE"}, name
        assert any(place.startswith("/tmp:") for place in service["tmpfs"]), name
        assert service["restart"] == "unless-stopped", name
        assert "privileged" not in service, name


@pytest.mark.parametrize("file", COMPOSE)
def test_every_container_has_the_time_to_hand_its_work_back(file: str) -> None:
    for name, service in services(file).items():
        assert int(service["stop_grace_period"].removesuffix("s")) > SHUTDOWN_SECONDS, name


@pytest.mark.parametrize("file", COMPOSE)
def test_nothing_is_open_to_others_unless_somebody_says_so(file: str) -> None:
    for service in services(file).values():
        for port in service.get("ports", []):
            assert re.fullmatch(r"(\$\{\w+:-)?127\.0\.0\.1:\d+\}?:\d+", port), port


def images() -> list[str]:
    bases = re.findall(r"^FROM (\S+)", read("Dockerfile"), re.MULTILINE)
    return [*bases, *(service["image"] for file in COMPOSE for service in services(file).values())]


@pytest.mark.parametrize("image", sorted(set(images())))
def test_every_image_is_pinned_and_named_without_a_registry(image: str) -> None:
    name, _, tag = image.partition(":")
    assert "/" not in name
    assert tag == "local" or re.match(r"\d+\.\d+", tag), image


def test_many_machines_are_two_for_the_page_three_workers_a_proxy_and_a_database() -> None:
    found = services("compose.postgresql.yaml")
    assert set(found) == {"proxy", "app-1", "app-2", "worker", "database"}
    for name in ("app-1", "app-2"):
        assert found[name]["command"] == ["serve", "--host", "0.0.0.0", "--no-worker"]
        assert f"{name}:8000" in read("deploy/Caddyfile")
        assert found["proxy"]["depends_on"][name] == {"condition": "service_healthy"}
    assert found["worker"]["command"] == ["worker"]
    assert found["worker"]["deploy"] == {"replicas": 3}
    processes = 2 + 3
    most = re.search(r"max_connections=(\d+)", str(found["database"]["command"]))
    assert most is not None
    assert int(most.group(1)) > processes * 20


def test_the_address_of_who_guesses_passwords_is_their_own_and_not_the_proxys() -> None:
    text = read("compose.postgresql.yaml")
    found = services("compose.postgresql.yaml")
    address = found["proxy"]["networks"]["default"]["ipv4_address"]
    (network,) = yaml.safe_load(text)["networks"]["default"]["ipam"]["config"]
    assert ip_address(address) in ip_network(network["subnet"])
    for name in ("app-1", "app-2"):
        trusted = found[name]["environment"]["VIDEOTHEK_TRUSTED_PROXIES"]
        assert trusted == f"${{VIDEOTHEK_TRUSTED_PROXIES:-{address}}}"


def test_the_proxy_keeps_the_metrics_inside() -> None:
    rules = read("deploy/Caddyfile")
    assert "@inside path /metrics /api/metrics\n\trespond @inside 404" in rules


def test_the_image_runs_as_a_number_and_takes_only_what_is_locked() -> None:
    lines = read("Dockerfile")
    last = lines[lines.rindex("FROM ") :]
    assert re.search(r"^USER \d{4,}:\d{4,}$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "--require-hashes --only-binary :all:" in lines
    assert "npm ci" in lines
    for label in ("title", "description", "licenses", "version", "revision"):
        assert f"org.opencontainers.image.{label}=" in last
    assert not re.search(r"(?i)^(ARG|ENV) .*(password|secret|token|key)", lines, re.MULTILINE)


def test_what_the_image_is_made_of_is_there_and_nothing_else_is_sent() -> None:
    rules = [line for line in read(".dockerignore").splitlines() if line and line[0] != "#"]
    assert rules[0] == "*"
    allowed = [rule[1:] for rule in rules if rule.startswith("!")]
    assert not [rule for rule in allowed if "env" in rule or rule.startswith(("data", ".git"))]
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", read("Dockerfile"), re.MULTILINE):
        for source in copied.split():
            assert (ROOT / source).exists(), source
            inside = [rule for rule in allowed if rule.startswith(source.rstrip("/"))]
            assert source in allowed or inside, source


def unit(name: str) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=False, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(read(f"deploy/{name}"))
    return parser["Service"]


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_hardened_and_waits_long_enough(name: str) -> None:
    service = unit(name)
    assert int(service["TimeoutStopSec"]) > SHUTDOWN_SECONDS
    assert service["KillMode"] == "mixed"
    assert service["User"] == "videothek"
    assert service["CapabilityBoundingSet"] == ""
    wanted = {"ProtectSystem": "strict", "NoNewPrivileges": "yes", "PrivateTmp": "yes"}
    assert {key: service[key] for key in wanted} == wanted


def test_both_units_are_alike_but_for_what_they_start() -> None:
    first, second = (dict(unit(name)) for name in UNITS)
    assert first.pop("ExecStart").endswith("videothek serve")
    assert second.pop("ExecStart").endswith("videothek worker")
    assert first == second


def test_only_settings_that_there_are_stand_in_these_files() -> None:
    known = {f"VIDEOTHEK_{name.upper()}" for name in Settings.model_fields}
    files = [ROOT / "Dockerfile", *(ROOT / name for name in COMPOSE), *(ROOT / "deploy").iterdir()]
    for file in (*files, ROOT / "docs" / "operations.md"):
        named = set(re.findall(r"VIDEOTHEK_[A-Z_]+[A-Z]", file.read_text()))
        assert named <= known, file.name


def test_the_table_of_metrics_names_all_that_there_are() -> None:
    nothing = Installation(
        lanes=[], queues=[], videos={}, errors={}, imports={}, totals=[Total("x", {}, 1.0)]
    )
    text, _type = PrometheusText().write(nothing, ProcessState(0, "sqlite", can_store=True), "")
    given = re.findall(rb"^# TYPE (videothek_\w+) ", text, re.MULTILINE)
    rows = re.findall(r"^\| `(videothek_\w+)` \|", read("docs/operations.md"), re.MULTILINE)
    assert {name.decode() for name in given} == set(rows)
