"""What an import would do, before anything is stored."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Verdict
from app.schemas.previews import ImportOptions, PreviewGroupOut, PreviewItemOut, PreviewOut
from app.services.import_judging import count, judge
from app.services.import_targets import find_targets
from app.services.importing.items import Reading
from app.services.transcription.estimates import TranscriptionEstimates


async def preview(
    session: AsyncSession,
    *,
    user_id: str,
    reading: Reading,
    options: ImportOptions,
    estimates: TranscriptionEstimates,
) -> PreviewOut:
    """Judge an input as the import of it would.

    Args:
        session: A session.
        user_id: Whose lists it is compared with.
        reading: The input.
        options: What the person chose.
        estimates: What captions from the sound would take.

    Raises:
        VideothekError: ``list_not_found``.
    """
    targets = await find_targets(session, user_id=user_id, reading=reading, options=options)
    judged = await judge(session, reading.items, targets.of)
    # What two lists get is transcribed once.
    new = {entry.item.youtube_id for entry in judged if entry.verdict is Verdict.NEW}
    return PreviewOut.model_construct(
        format=reading.format,
        counts=count(judged),
        groups=[
            PreviewGroupOut(
                name=group.name,
                item_count=group.item_count,
                video_count=group.video_count,
                list_id=target.list_id,
            )
            for group, target in zip(reading.groups, targets.of_groups, strict=True)
        ],
        items=[
            PreviewItemOut.model_construct(
                position=entry.item.position,
                line=entry.item.line,
                text=entry.item.text,
                youtube_id=entry.item.youtube_id,
                verdict=entry.verdict,
                reason_code=entry.item.reason_code,
                group=entry.item.group,
            )
            for entry in judged
        ],
        transcription=await estimates.of_new(session, {each for each in new if each}),
    )
