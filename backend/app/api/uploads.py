"""Inputs of imports: JSON, or a form with files."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request

from app.schemas.common import ApiModel
from app.schemas.previews import ImportOptions


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file of a form.

    Args:
        name: What the sender calls it; for people only.
        content: All of it.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent.

    Args:
        text: Running text, if that was sent.
        urls: One link per element, if that was sent.
        files: The files of a form.
        options: What of it goes where.
    """

    text: str | None = None
    urls: list[str] | None = None
    files: list[UploadedFile] = field(default_factory=list)
    options: ImportOptions = field(default_factory=ImportOptions)


def accepts_files(body: type[ApiModel]) -> dict[str, Any]:
    """The request body of a route that takes JSON or a form with files, for the OpenAPI document.

    Args:
        body: What it takes as JSON.
    """
    form = {
        "type": "object",
        "properties": {
            "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
            "text": {"type": "string"},
            "options": {"type": "string", "description": "ImportOptions as JSON."},
        },
    }
    schema = body.model_json_schema(ref_template="#/components/schemas/{model}")
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": schema},
                "multipart/form-data": {"schema": form},
            },
        }
    }


async def read_upload(request: Request) -> Upload:
    """Read a request's body."""
    raise NotImplementedError


UploadDep = Annotated[Upload, Depends(read_upload)]
