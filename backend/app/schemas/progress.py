"""Messages of the progress WebSocket."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from app.core.errors import ErrorCode
from app.models import CaptionsSource, ImportStage
from app.schemas.common import ApiModel, ToldModel
from app.schemas.imports import ImportOut
from app.schemas.lanes import LaneOut


class AuthMessage(ApiModel):
    """The first message of a client."""

    type: Literal["auth"]
    token: str = Field(max_length=4096)


class ReadyMessage(ApiModel):
    """The first answer of the server; ``epoch`` names this server's life."""

    type: Literal["ready"] = "ready"
    epoch: str
    seq: int


class VideoProgress(ToldModel):
    """The newest state of one video."""

    video_id: str
    youtube_id: str
    list_id: str
    stage: ImportStage
    progress: int
    error_code: ErrorCode | None
    captions_source: CaptionsSource | None
    captions_pending: bool
    captions_code: ErrorCode | None
    title: str | None
    channel: str | None
    duration_seconds: int | None
    waiting_until: datetime | None


class ProgressMessage(ApiModel):
    """The newest states since the last message; ``snapshot`` marks what a new connection starts with.

    ``lists`` names lists that have to be read again: videos were removed from them or moved, or came
    from a playlist behind others, or they were made, renamed or deleted, or what they follow has
    changed. What is only added on top of a list or progresses in it is told otherwise.
    """

    type: Literal["import_progress"] = "import_progress"
    seq: int
    snapshot: bool = False
    videos: list[VideoProgress] = Field(default_factory=list)
    imports: list[ImportOut] = Field(default_factory=list)
    lanes: list[LaneOut] = Field(default_factory=list)
    lists: list[str] = Field(default_factory=list)

    def encoded(self) -> str:
        """As JSON, of states that are encoded once for all who watch."""
        head = self.model_dump_json(exclude={"videos", "imports", "lanes"}).removesuffix("}")
        parts: dict[str, Sequence[ToldModel]] = {
            "videos": self.videos,
            "imports": self.imports,
            "lanes": self.lanes,
        }
        lists = (
            f'"{name}":[{",".join(state.encoded() for state in states)}]'
            for name, states in parts.items()
        )
        return f"{head},{','.join(lists)}}}"
