"""SECURITY.md says the truth: each test that it names is there, and no request chooses an address."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.settings import Settings
from app.main import create_app

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "SECURITY.md").read_text().partition("<!--")[0]
NAMED = re.findall(r"`(backend/tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
# What is read for the id in it, and for nothing else.
LINKS = {"url", "urls"}


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_test_that_the_page_names_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text())
    functions = {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert not name or name in functions


def test_every_threat_names_its_test() -> None:
    rows = [row for row in PAGE.splitlines() if row[:2] == "| "]

    assert len(rows) > 30
    assert [row for row in rows[1:] if "`backend/tests/" not in row] == []


def test_no_request_can_choose_an_address_to_ask() -> None:
    """Gateway, proxy and the servers that transcribe are settings, and settings are the environment."""
    document = create_app(Settings(), with_workers=False).openapi()
    fields = set(_fields_of_requests(document))

    assert {
        name for name in fields if re.search(r"url|uri|host|proxy|gateway|server", name)
    } == LINKS
    assert not fields & set(Settings.model_fields)


def _fields_of_requests(document: dict[str, Any]) -> Iterator[str]:
    for path in document["paths"].values():
        for operation in path.values():
            yield from (one["name"] for one in operation.get("parameters", ()))
            yield from _names_in(operation.get("requestBody", {}), document, frozenset())


def _names_in(value: Any, document: dict[str, Any], seen: frozenset[str]) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _names_in(part, document, seen)
    elif isinstance(value, dict):
        yield from value.get("properties", {})
        reference = value.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            model = document["components"]["schemas"][reference.rpartition("/")[2]]
            yield from _names_in(model, document, seen | {reference})
        for part in value.values():
            yield from _names_in(part, document, seen)
