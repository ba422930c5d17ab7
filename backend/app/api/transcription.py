"""Captions made from the sound: how it stands, and to have some made by hand."""

from fastapi import APIRouter

from app.api.dependencies import ChangeDep, RuntimeDep, SeeDep, SessionDep, UnitDep
from app.api.errors import documented
from app.schemas.transcription import TranscribedOut, TranscriptionStatusOut
from app.schemas.videos import VideosIn

router = APIRouter(tags=["transcription"], responses=documented(401, 403))


@router.get("/transcription")
async def get_transcription(
    runtime: RuntimeDep, session: SessionDep, user_id: SeeDep
) -> TranscriptionStatusOut:
    """How captions are made from the sound here, and what was spent."""
    return await runtime.transcription.status.show(session, user_id)


@router.post(
    "/videos/{video_id}/transcription", status_code=202, responses=documented(404, 409, 422)
)
async def make_captions(
    video_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> TranscribedOut:
    """Have captions made for a finished video that has none, whatever the caps say."""
    await runtime.transcription.by_hand.make_one(unit, user_id=user_id, video_id=video_id)
    return TranscribedOut(started=1)


@router.delete("/videos/{video_id}/transcription", status_code=204, responses=documented(404, 422))
async def stop_captions(
    video_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> None:
    """Make no captions for a video after all."""
    await runtime.transcription.by_hand.stop_one(unit, user_id=user_id, video_id=video_id)


@router.post("/videos/transcribe", status_code=202, responses=documented(409, 422))
async def make_captions_of_many(
    body: VideosIn, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> TranscribedOut:
    """The same for many; those that have captions, or are not finished, are passed over."""
    started = await runtime.transcription.by_hand.make_many(
        unit, user_id=user_id, video_ids=body.video_ids
    )
    return TranscribedOut(started=started)


@router.post(
    "/imports/{import_id}/transcribe", status_code=202, responses=documented(404, 409, 422)
)
async def make_captions_of_import(
    import_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> TranscribedOut:
    """The same for all finished videos of an import that have no captions."""
    started = await runtime.transcription.by_hand.make_for_import(
        unit, user_id=user_id, import_id=import_id
    )
    return TranscribedOut(started=started)
