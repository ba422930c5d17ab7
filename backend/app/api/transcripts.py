"""Captions as files, of one video or of many."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from app.api.costly import ReceiverDep
from app.api.dependencies import ReadDep, RuntimeDep, SessionDep
from app.api.errors import documented
from app.schemas.videos import TranscriptFormat, TranscriptsIn
from app.services.transcript_files import service

router = APIRouter(prefix="/videos", tags=["videos"], responses=documented(401, 403, 404, 422))


def _answers(media_type: str) -> dict[int | str, dict[str, Any]]:
    """A file, for the OpenAPI document; errors are JSON as everywhere."""
    return {200: {"content": {media_type: {"schema": {"type": "string"}}}}}


async def _file(
    session: SessionDep, user_id: str, video_id: str, transcript_format: TranscriptFormat
) -> Response:
    written = await service.of_video(
        session, user_id=user_id, video_id=video_id, transcript_format=transcript_format
    )
    return Response(written.content, media_type=written.media_type, headers=written.headers)


@router.get("/{video_id}/captions.vtt", response_class=Response, responses=_answers("text/vtt"))
async def get_webvtt(video_id: str, session: SessionDep, user_id: ReadDep) -> Response:
    """The captions as WebVTT."""
    return await _file(session, user_id, video_id, TranscriptFormat.VTT)


@router.get(
    "/{video_id}/captions.srt", response_class=Response, responses=_answers("application/x-subrip")
)
async def get_subrip(video_id: str, session: SessionDep, user_id: ReadDep) -> Response:
    """The captions as SubRip."""
    return await _file(session, user_id, video_id, TranscriptFormat.SRT)


@router.get("/{video_id}/transcript.txt", response_class=Response, responses=_answers("text/plain"))
async def get_transcript(video_id: str, session: SessionDep, user_id: ReadDep) -> Response:
    """The captions as plain text."""
    return await _file(session, user_id, video_id, TranscriptFormat.TXT)


@router.get(
    "/{video_id}/transcript.md", response_class=Response, responses=_answers("text/markdown")
)
async def get_markdown(video_id: str, session: SessionDep, user_id: ReadDep) -> Response:
    """The captions as Markdown, with times and chapters."""
    return await _file(session, user_id, video_id, TranscriptFormat.MD)


@router.get(
    "/{video_id}/transcript.json",
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
async def get_transcript_json(video_id: str, session: SessionDep, user_id: ReadDep) -> Response:
    """The captions and chapters, and what the video is, as JSON."""
    return await _file(session, user_id, video_id, TranscriptFormat.JSON)


@router.post(
    "/transcripts",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"application/zip": {"schema": {"type": "string"}}}},
        **documented(429, 503),
    },
)
async def get_transcripts(
    body: TranscriptsIn, runtime: RuntimeDep, user_id: ReceiverDep
) -> StreamingResponse:
    """The captions of many videos, a file for each, in a ZIP; those without captions are left out."""
    written = await service.of_many(
        runtime.database,
        user_id=user_id,
        video_ids=body.video_ids,
        transcript_format=body.format,
    )
    return StreamingResponse(
        written.parts(), media_type=written.media_type, headers=written.headers
    )
