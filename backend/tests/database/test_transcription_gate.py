"""The gate on both databases: exact however many processes ask, and told to people."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from app.core.database import Database
from app.core.errors import ErrorCode, QuotaReached
from app.core.settings import Settings
from app.models import (
    Transcription,
    TranscriptionPart,
    TranscriptionState,
    TranscriptionUsage,
    Video,
)
from app.repositories import lanes as lane_rows
from app.repositories.job_writes import writes_of
from app.schemas.lanes import LaneOut, LaneState
from app.services.lanes import LANE_PACING, LaneLimiter, LaneName
from app.services.rate_limiter import PacerState, Priority
from app.services.transcription.estimates import TranscriptionEstimates
from app.services.transcription.gate import Admission, NotYet, TranscriptionGate
from app.services.transcription.ports import QuotaLevel
from app.services.transcription.status import TranscriptionStatus
from app.services.transcription.terms import TranscriptionTerms
from tests.support.library import add_list, add_video, owner_of

# Fast enough for the lane's pace never to be what a test waits for.
SCALE = 1_000.0


class Process:
    """What of a process decides whether a part is sent."""

    def __init__(self, url: str, **settings: Any) -> None:
        self.database = Database(url)
        values = {"groq_api_key": SecretStr("gsk_x"), "pacing_scale": SCALE} | settings
        self.terms = TranscriptionTerms.of(Settings(**values))
        self.limiter = LaneLimiter(self.database, SCALE)
        self.gate = TranscriptionGate(self.limiter, self.terms)

    async def start(self) -> None:
        async with self.database.write() as unit:
            await lane_rows.ensure(unit.session, list(LANE_PACING), PacerState().to_dict())
            await self.gate.begin(unit)

    async def admit(self, seconds: float, *, by_hand: bool = False) -> Admission | NotYet:
        async with self.database.write() as unit:
            return await self.gate.admit(
                unit,
                priority=Priority.INTERACTIVE,
                video_id="video",
                import_id=None,
                duration_seconds=seconds,
                ignores_budget=by_hand,
            )

    async def budget_wait(self, seconds: float) -> float | None:
        async with self.database.read() as session:
            return await self.gate.budget_wait_seconds(session, seconds)

    async def lane(self) -> LaneOut:
        async with self.database.read() as session:
            lanes = await self.limiter.overview(session)
        return next(lane for lane in lanes if lane.name == LaneName.GROQ)

    async def problem(self) -> ErrorCode | None:
        async with self.database.read() as session:
            return await self.gate.problem(session)


class Processes:
    """Several of them on one database."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._all: list[Process] = []

    async def start(self, **settings: Any) -> Process:
        process = Process(self._url, **settings)
        await process.start()
        self._all.append(process)
        return process

    async def close(self) -> None:
        for process in self._all:
            await process.database.close()


@pytest.fixture
async def processes(database_url: str) -> AsyncIterator[Processes]:
    found = Processes(database_url)
    yield found
    await found.close()


async def usage_ms(process: Process) -> int:
    async with process.database.read() as session:
        return int(await session.scalar(select(func.sum(TranscriptionUsage.billed_ms))) or 0)


async def test_the_budget_is_exact_however_many_processes_ask_at_once(
    processes: Processes,
) -> None:
    asking = [await processes.start(transcription_daily_minutes=60) for _ in range(3)]

    async def ask(process: Process) -> int:
        return sum([isinstance(await process.admit(179.5), Admission) for _ in range(10)])

    granted = sum(await asyncio.gather(*map(ask, asking)))

    # Twenty parts are 3590 s of 3600; one more would be too much.
    assert granted == 20
    assert await usage_ms(asking[0]) == 20 * 179_500
    restarted = await processes.start(transcription_daily_minutes=60)
    answer = await restarted.admit(179.5)
    assert isinstance(answer, NotYet)
    assert answer.code is ErrorCode.TRANSCRIPTION_BUDGET
    assert 0 < answer.wait_seconds <= 86_400
    assert isinstance(await restarted.admit(10), Admission)
    assert await usage_ms(restarted) == 3_600_000
    assert isinstance(await restarted.admit(1), NotYet)
    assert isinstance(await restarted.admit(600, by_hand=True), Admission)


async def test_what_was_not_billed_may_be_spent_again(processes: Processes) -> None:
    process = await processes.start(transcription_monthly_minutes=10)
    first = await process.admit(600)
    assert isinstance(first, Admission)
    assert isinstance(await process.admit(10), NotYet)
    async with process.database.write() as unit:
        await process.gate.give_back(unit, first)
    assert await usage_ms(process) == 0
    assert isinstance(await process.admit(600), Admission)


async def test_the_quota_holds_over_processes_and_is_seen_as_a_pause(processes: Processes) -> None:
    limits = {"groq_audio_seconds_per_hour": 2, "transcription_daily_minutes": 0}
    first, second = await processes.start(**limits), await processes.start(**limits)
    # A thousand times two seconds an hour: three parts of 600 s.
    granted = [await process.admit(600) for process in (first, second, first)]
    assert all(isinstance(answer, Admission) for answer in granted)
    answer = await second.admit(600)
    assert isinstance(answer, NotYet)
    assert answer.code is None
    assert answer.wait_seconds == pytest.approx(720, abs=30)
    assert (await first.lane()).state is LaneState.OPEN
    await _queue_part(first)
    lane = await first.lane()
    assert (lane.state, lane.reason_code) == (LaneState.PAUSED, ErrorCode.TRANSCRIPTION_BUDGET)
    assert lane.resumes_at is not None
    async with first.database.read() as session:
        assert await first.gate.expected_seconds(session, 600) > 600


async def test_a_refusal_makes_every_process_wait_until_the_time_it_named(
    processes: Processes,
) -> None:
    first, second = await processes.start(), await processes.start()
    async with first.database.write() as unit:
        await first.gate.correct(unit, QuotaReached("429", retry_after_seconds=1_188.0))
    answer = await second.admit(60)
    assert isinstance(answer, NotYet)
    assert 1_150 < answer.wait_seconds < 1_230


async def test_a_wrong_key_stops_all_until_the_settings_change_or_one_part_went_well(
    processes: Processes,
) -> None:
    process = await processes.start(pacing_scale=1.0)
    async with process.database.write() as unit:
        await process.gate.stop(unit, ErrorCode.TRANSCRIPTION_KEY_INVALID)
    same = await processes.start(pacing_scale=1.0)
    answer = await same.admit(60)
    assert isinstance(answer, NotYet)
    assert answer.wait_seconds == pytest.approx(6 * 3600, abs=60)
    assert await same.problem() is ErrorCode.TRANSCRIPTION_KEY_INVALID
    assert (await _status(same)).problem_code is ErrorCode.TRANSCRIPTION_KEY_INVALID

    other = await processes.start(groq_api_key=SecretStr("gsk_other"))
    assert await other.problem() is None
    assert isinstance(await other.admit(60), Admission)


async def test_one_part_at_a_time_tries_whether_what_was_wrong_is_right_now(
    processes: Processes,
) -> None:
    # Six hours pass in no time here.
    process = await processes.start(pacing_scale=1e9)
    async with process.database.write() as unit:
        await process.gate.stop(unit, ErrorCode.TRANSCRIPTION_MODEL_MISSING)
    assert isinstance(await process.admit(60), Admission)
    assert await process.problem() is ErrorCode.TRANSCRIPTION_MODEL_MISSING
    async with process.database.write() as unit:
        await process.gate.observe(unit, [QuotaLevel("audio_seconds", 7_200, 7_140, 30)])
    assert await process.problem() is None


async def test_at_home_there_is_no_quota_and_no_price_but_the_budget(processes: Processes) -> None:
    process = await processes.start(
        transcription_provider="local",
        groq_audio_seconds_per_hour=1,
        transcription_daily_minutes=20,
    )
    for _ in range(2):
        assert isinstance(await process.admit(600), Admission)
    answer = await process.admit(600)
    assert isinstance(answer, NotYet)
    assert answer.code is ErrorCode.TRANSCRIPTION_BUDGET
    status = await _status(process)
    assert (status.provider, status.model, status.cost_this_month) == ("local", "small", 0)
    assert status.day.used_minutes == 20


async def test_a_sound_is_begun_only_if_what_is_under_way_leaves_room_for_it(
    processes: Processes,
) -> None:
    process = await processes.start(transcription_daily_minutes=60)
    video_ids = await _under_way(process, seconds=1_800, count=2)
    async with process.database.read() as session:
        wait = await process.gate.budget_wait_seconds(session, 1_000)
        own = await process.gate.budget_wait_seconds(session, 1_700, video_id=video_ids[0])
    assert wait is not None
    assert 0 < wait <= 86_400
    assert own is None


async def test_a_sound_longer_than_the_cap_begins_when_nothing_else_is_taken(
    processes: Processes,
) -> None:
    process = await processes.start(transcription_daily_minutes=60)
    assert await process.budget_wait(4 * 3600) is None
    assert isinstance(await process.admit(600), Admission)
    assert await process.budget_wait(4 * 3600) is not None
    assert await process.budget_wait(3_000) is None


async def test_the_status_says_what_was_spent_and_what_a_person_waits_for(
    processes: Processes,
) -> None:
    process = await processes.start(transcription_daily_minutes=0)
    assert isinstance(await process.admit(3_600, by_hand=True), Admission)
    await _under_way(process, seconds=1_200, count=2)
    status = await _status(process)
    assert (status.provider, status.model) == ("groq", "whisper-large-v3-turbo")
    assert (status.day.cap_minutes, status.day.used_minutes) == (None, 60)
    assert status.cost_this_month == 0.04
    assert status.day.resets_at > datetime.now(UTC)
    # Of one of the two half is done.
    assert (status.waiting.videos, status.waiting.minutes) == (2, 30)
    assert status.waiting.cost == 0.02


async def _status(process: Process) -> Any:
    estimates = TranscriptionEstimates(process.terms)
    status = TranscriptionStatus(process.terms, process.gate, estimates)
    async with process.database.read() as session:
        list_id = await session.scalar(select(Video.list_id).limit(1))
    async with process.database.write() as unit:
        owner = await owner_of(unit, list_id) if list_id else "nobody"
        return await status.show(unit.session, owner)


async def _under_way(process: Process, *, seconds: int, count: int) -> list[str]:
    """Transcripts under way: the first still fetches its sound, the others have half of their words."""
    async with process.database.write() as unit:
        list_id = await add_list(unit)
        ids = [await add_video(unit, list_id, f"video{number:06d}") for number in range(count)]
        for number, video_id in enumerate(ids):
            video = await unit.session.get_one(Video, video_id)
            video.duration_seconds = seconds
            is_cut = number > 0
            unit.session.add(
                Transcription(
                    video_id=video_id,
                    state=TranscriptionState.WORDS if is_cut else TranscriptionState.SOUND,
                    asked_at=datetime.now(UTC),
                    captions_code=ErrorCode.CAPTIONS_NONE,
                    part_count=2 if is_cut else 0,
                    parts_done=1 if is_cut else 0,
                )
            )
            await unit.session.flush()
            if is_cut:
                unit.session.add(
                    TranscriptionPart(
                        id=video_id,
                        video_id=video_id,
                        start_ms=seconds * 500,
                        end_ms=seconds * 1000,
                        voiced_ms=1,
                        sound=b"OggS",
                    )
                )
        return ids


async def _queue_part(process: Process) -> None:
    async with process.database.write() as unit:
        video_id = await add_video(unit, await add_list(unit), "video000000")
        row = {"lane": LaneName.GROQ, "kind": "transcribe", "video_id": video_id}
        rows = [{**row, "priority": 1, "batch": "", "run_at": 0.0}]
        await writes_of(unit.session).add_many(unit.session, rows)
