"""Carries a plan out: sends the drops, kills, begins again, and waits for the end."""

import asyncio
import contextlib
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.drops import Drop, Supply, truth_of
from tests.crash.gathering import gather, until_over
from tests.crash.installation import Installation
from tests.crash.person import Delivery, Person
from tests.crash.plan import Moment, Plan, Strike, Victim
from tests.crash.processes import ManagedProcess
from tests.crash.verdict import Findings, judge
from tests.crash.watching import EventLog, Watcher
from tests.support.server import until

# A share that is not reached for so long is not waited for: a lane may be paused.
_PATIENCE_SECONDS = 15.0
# What the product promises is ten.
_SHUTDOWN_SECONDS = 12.0
_GOOD_ENDS = (0, -15)


@dataclass(slots=True)
class Outcome:
    """What came of it.

    Args:
        kills: How often whom.
        restarts: How often something was begun again.
        resumed: Seconds until there was work again, by who was killed.
        own_seconds: Likewise of single processes, without their wait for a processor.
        findings: What is wrong.
        videos: How many there are in the end.
    """

    kills: Counter[Victim] = field(default_factory=Counter)
    restarts: int = 0
    resumed: dict[Victim, list[float]] = field(default_factory=dict)
    own_seconds: list[float] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    videos: int = 0

    @property
    def process_seconds(self) -> list[float]:
        """How long processes took to work again whose database was there."""
        return [*self.resumed.get(Victim.APP, ()), *self.resumed.get(Victim.WORKER, ())]

    @property
    def database_seconds(self) -> list[float]:
        """How long everybody took whose database had to recover."""
        return [*self.resumed.get(Victim.DATABASE, ()), *self.resumed.get(Victim.ALL, ())]


class Drive:
    """One import, from the first start on an empty database to the verdict.

    Args:
        plan: Who is killed when.
        supply: What is imported.
        installation: Where.
        seed: For the watchers.
    """

    def __init__(self, plan: Plan, supply: Supply, installation: Installation, seed: int) -> None:
        self.outcome = Outcome()
        self._plan = plan
        self._supply = supply
        self._installation = installation
        self._seed = seed
        self._person = Person(installation.urls)
        self._log = EventLog()
        self._watchers: list[Watcher] = []
        self._deliveries: list[Delivery] = []
        self._diary: list[dict[str, Any]] = []
        self._small = iter(supply.small)
        first = (*supply.known, supply.main, supply.playlist)
        self._first_count = sum(truth_of(one).is_over for drop in first for one in drop.new_ids)

    async def go(self) -> None:
        """Do everything, and judge it."""
        try:
            await self._begin()
            async with self._watching():
                await self._import()
                await self._end()
        finally:
            await self._person.close()
        self._stop()

    def leave_evidence(self, directory: Path) -> None:
        """Write down what was done, what was told, and what is wrong."""
        self._log.write(directory / "told.jsonl")
        diary = "".join(json.dumps(line) + "\n" for line in self._diary)
        (directory / "diary.jsonl").write_text(diary)
        wrong = self.outcome.findings.all()
        (directory / "wrong.json").write_text(json.dumps(wrong, indent=1, ensure_ascii=False))

    async def _begin(self) -> None:
        """The first starts, on an empty database, are interrupted; the last one is not."""
        app = self._installation.apps[0].process
        for seconds in self._plan.first_starts:
            app.start()
            await asyncio.sleep(seconds)
            app.kill()
            self._note(kill=app.name, moment="first start", after_seconds=seconds)
            self.outcome.kills[Victim.APP] += 1
            self.outcome.restarts += 1
        for process in self._installation.all:
            process.start()
        await self._installation.until_ready(self._person)
        await self._person.sign_in()

    @asynccontextmanager
    async def _watching(self) -> AsyncIterator[None]:
        """One watcher stays with each app, one goes from app to app."""
        urls = self._installation.urls
        places = {f"watcher of app-{number}": [url] for number, url in enumerate(urls, 1)}
        places["roaming watcher"] = urls[::-1]
        self._watchers = [
            Watcher(name, self._person, its, self._log, self._seed) for name, its in places.items()
        ]
        tasks = [asyncio.create_task(watcher.run()) for watcher in self._watchers]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        broken = [one for one in results if isinstance(one, Exception)]
        if broken:
            raise broken[0]

    async def _import(self) -> None:
        for drop in self._supply.known:
            await self._person.deliver(self._new_delivery(drop))
        await self._strike(self._plan.main, self._supply.main)
        await self._person.deliver(self._new_delivery(self._supply.playlist))
        for strike in self._plan.strikes:
            await self._until_share(strike.at_share)
            await self._strike(strike, next(self._small) if strike.needs_drop else None)

    async def _end(self) -> None:
        if not await until_over(self._person, self._watchers[-1]):
            self.outcome.findings.lost.append("something never comes to its end")
        database = self._installation.database
        ending = await gather(self._person, database, self._watchers, self._log)
        self._judge_processes()
        self.outcome.findings.add(judge(self._deliveries, ending))
        self.outcome.videos = len(ending.videos)

    def _stop(self) -> None:
        for process in self._installation.all:
            try:
                code = process.stop(_SHUTDOWN_SECONDS)
            except TimeoutError as late:
                self.outcome.findings.processes.append(str(late))
            else:
                if code not in _GOOD_ENDS:
                    said = f"{process.name} ended with {code} when it was asked to"
                    self.outcome.findings.processes.append(said)

    # -- one strike ------------------------------------------------------------------------------

    async def _strike(self, strike: Strike, drop: Drop | None) -> None:
        self._judge_processes()
        await self._installation.note_workers()
        delivery = self._new_delivery(drop) if drop else None
        await self._kill_at_moment(strike, delivery)
        await asyncio.sleep(strike.down_seconds)
        began = await self._start(strike)
        if strike.moment is Moment.STARTING:
            await asyncio.sleep(strike.delay_seconds)
            self._kill(strike)
            began = await self._start(strike)
        seconds = await self._until_resumed(strike, began)
        self._note(resumed_after_seconds=seconds)
        if seconds is not None:
            self.outcome.resumed.setdefault(strike.victim, []).append(seconds)
            if strike.victim in (Victim.APP, Victim.WORKER):
                (process,) = self._processes_of(strike)
                self.outcome.own_seconds.append(seconds - process.processor_wait_seconds())
        await self._installation.until_ready(self._person)
        if delivery is not None and not delivery.is_known:
            await self._person.deliver(delivery)

    async def _kill_at_moment(self, strike: Strike, delivery: Delivery | None) -> None:
        url = self._installation.urls[strike.which % len(self._installation.urls)]
        if strike.moment is Moment.ACCEPTED and delivery is not None:
            await self._person.deliver(delivery, url)
            self._kill(strike)
        elif strike.moment is Moment.ON_ITS_WAY and delivery is not None:
            sending = asyncio.create_task(self._person.attempt(delivery, url))
            await asyncio.sleep(strike.delay_seconds)
            self._kill(strike)
            self._note(answered=await sending, drop=delivery.drop.name)
        else:
            await asyncio.sleep(strike.delay_seconds)
            self._kill(strike)

    def _kill(self, strike: Strike) -> None:
        victim = strike.victim
        for process in self._processes_of(strike):
            process.kill()
        if victim in (Victim.DATABASE, Victim.ALL):
            self._installation.database.kill()
        self.outcome.kills[victim] += 1
        self._note(kill=victim, which=strike.which, moment=strike.moment)

    async def _start(self, strike: Strike) -> float:
        """Begin again what was killed; returns when, of the monotonic clock."""
        began = time.monotonic()
        if strike.victim in (Victim.DATABASE, Victim.ALL):
            await asyncio.to_thread(self._installation.database.start)
            self.outcome.restarts += 1
        for process in self._processes_of(strike):
            process.start()
            self.outcome.restarts += 1
        return began

    def _processes_of(self, strike: Strike) -> list[ManagedProcess]:
        """Who has to be begun again, beside the database."""
        installation = self._installation
        if strike.victim is Victim.APP:
            return [installation.apps[strike.which].process]
        if strike.victim is Victim.WORKER:
            return [installation.workers[strike.which]]
        return installation.all if strike.victim is Victim.ALL else []

    async def _until_resumed(self, strike: Strike, began: float) -> float | None:
        installation = self._installation
        if strike.victim is Victim.APP:
            app = installation.apps[strike.which]
            return await installation.app_resumes(app, self._person, began)
        if strike.victim is Victim.DATABASE:
            return await installation.database_resumes(began)
        everybody = len(installation.workers) if strike.victim is Victim.ALL else 1
        return await installation.work_resumes(began, max(1, everybody))

    async def _until_share(self, share: float) -> None:
        wanted = share * self._first_count

        async def is_reached() -> bool | None:
            return max(watcher.over_count for watcher in self._watchers) >= wanted or None

        with contextlib.suppress(TimeoutError):
            await until(is_reached, _PATIENCE_SECONDS)

    # -- notes -----------------------------------------------------------------------------------

    def _new_delivery(self, drop: Drop) -> Delivery:
        self._deliveries.append(Delivery(drop))
        return self._deliveries[-1]

    def _judge_processes(self) -> None:
        """Whoever has ended by itself is begun again, as a supervisor would, but it is a fault."""
        for process in self._installation.all:
            if process.ended_by_itself:
                self.outcome.findings.processes.append(f"{process.name} ended by itself")
                process.start()

    def _note(self, **what: Any) -> None:
        over = max((watcher.over_count for watcher in self._watchers), default=0)
        self._diary.append({"at": time.time(), "over": over, **what})
