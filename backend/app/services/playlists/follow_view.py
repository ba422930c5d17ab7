"""What lists follow, as people see it."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import ReasonCode
from app.repositories import follows
from app.repositories import lanes as lane_rows
from app.repositories.follows import FollowRow
from app.schemas.follows import FollowOut
from app.services.playlists.sources import url_of


async def of_lists(session: AsyncSession, user_id: str) -> dict[str, FollowOut]:
    """What a user's lists follow, by list."""
    now = await lane_rows.clock(session)
    found = await follows.of_user(session, user_id)
    return {list_id: _shown(row, now) for list_id, row in found.items()}


def _shown(row: FollowRow, now: float) -> FollowOut:
    return FollowOut(
        list_id=row.list_id,
        url=url_of(row.source),
        title=row.title,
        interval_hours=row.interval_hours,
        checked_at=row.checked_at,
        next_check_at=datetime.fromtimestamp(row.run_at, UTC),
        is_checking=row.is_read or row.run_at <= now,
        reason_code=ReasonCode(row.reason_code) if row.reason_code else None,
    )
