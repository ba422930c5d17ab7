"""The child's side of ``app.adapters.input_reading``."""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from app.adapters.child_side import serve
from app.core.errors import ErrorCode, VideothekError
from app.services.importing.items import Reading
from app.services.importing.reading import Source, SourceFile, read_source

# What a request's JSON says of what is to be read; the rest of it is for the parent.
_INPUT_FIELDS = ("text", "urls")


def main() -> None:
    """Answer the parent."""
    serve(_answer)


def _answer(request: dict[str, Any], _payload: bytes) -> dict[str, Any]:
    _limit(request["seconds"], request["memory_bytes"])
    try:
        source, options = _source(request)
        groups = options.get("groups") if request["body"] else request["groups"]
        reading = read_source(source, request["max_items"], _numbers(groups))
    except VideothekError as error:
        return {"refused": error.code, "status": error.status, "extra": error.extra}
    answer = {**_as_json(reading), "options": options}
    Path(request["answer"]).write_text(json.dumps(answer))
    return {}


def _limit(seconds: float, memory_bytes: int) -> None:
    """Whatever needs more fails in here: an allocation at once, a calculation after its time."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    # Where a system knows no such limit, the time is one nevertheless.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    with contextlib.suppress(ValueError, OSError):
        whole = max(1, round(seconds))
        resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))


def _source(request: dict[str, Any]) -> tuple[Source, dict[str, Any]]:
    if request["body"] is None:
        files = [SourceFile(name, Path(path).read_bytes()) for name, path in request["files"]]
        return Source(text=request["text"], files=files), {}
    try:
        found = json.loads(Path(request["body"]).read_bytes())
    except (ValueError, RecursionError):
        raise _malformed() from None
    if not isinstance(found, dict):
        raise _malformed()
    text, urls = (found.pop(name, None) for name in _INPUT_FIELDS)
    if (text is None) == (urls is None):
        raise _malformed()
    if text is not None and not isinstance(text, str):
        raise _malformed()
    if urls is not None and not _are_texts(urls):
        raise _malformed()
    return Source(text=text, urls=urls), found


def _are_texts(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(each, str) for each in found)


def _numbers(found: object) -> list[int] | None:
    """The groups that are wanted. The parent refuses whatever else stands there."""
    if not isinstance(found, list):
        return None
    return [number for number in found if isinstance(number, int)]


def _malformed() -> VideothekError:
    return VideothekError(ErrorCode.INVALID_REQUEST, 422)


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "items": [
            (
                item.line,
                item.text,
                item.youtube_id,
                item.reason_code,
                item.source,
                item.group,
                item.position,
            )
            for item in reading.items
        ],
        "groups": [(group.name, group.item_count, group.video_count) for group in reading.groups],
        "format": reading.format,
        "label": reading.label,
    }


if __name__ == "__main__":
    main()
