"""The OpenAPI document, with what is answered before a request has reached its route."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI

from app.schemas.common import ErrorOut

# Too large, too slow, or too many at once (`limits.py`): of any body, whatever route takes it.
_OF_BODIES: Final = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


class DocumentedApp(FastAPI):
    """An application whose document says what its middleware answers, too."""

    def openapi(self) -> dict[str, Any]:
        """Return the document; it is made once."""
        is_new = self.openapi_schema is None
        document = super().openapi()
        if is_new:
            for path in document["paths"].values():
                for operation in path.values():
                    if "requestBody" in operation:
                        _add_limits(operation["responses"])
        return document


def _add_limits(responses: dict[str, Any]) -> None:
    schema = {"$ref": f"#/components/schemas/{ErrorOut.__name__}"}
    for status in _OF_BODIES:
        answer = {
            "description": status.phrase,
            "content": {"application/json": {"schema": schema}},
        }
        responses.setdefault(str(int(status)), answer)
