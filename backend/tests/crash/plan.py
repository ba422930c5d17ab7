"""Who is killed when: everything that is left to chance, chosen beforehand by a seed. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.crash.topology import POSTGRESQL, Topology

# Later nothing would be left to be interrupted.
_LATEST_SHARE = 0.9


class Victim(StrEnum):
    """Who is killed. ``ALL`` is the power cut: every process and the database at once."""

    APP = "app"
    WORKER = "worker"
    DATABASE = "database"
    ALL = "all"


class Moment(StrEnum):
    """When it happens."""

    ANY = "any"
    # A drop was answered a moment ago: what was promised has to be there.
    ACCEPTED = "accepted"
    # A drop was sent, and nobody knows what became of it: all of it is there or nothing.
    ON_ITS_WAY = "on its way"
    # Killed, begun again, and killed once more while it starts.
    STARTING = "starting"


_MOMENTS = (Moment.ANY, Moment.ACCEPTED, Moment.ON_ITS_WAY, Moment.ANY, Moment.STARTING)
# A drop talks to the app and the database; a database that is starting is nobody's fault.
_AT_A_DROP = (Victim.DATABASE, Victim.APP)
_ALLOWED: dict[Moment, tuple[Victim, ...]] = {
    Moment.ANY: (Victim.DATABASE, Victim.WORKER, Victim.APP, Victim.ALL),
    Moment.ACCEPTED: _AT_A_DROP,
    Moment.ON_ITS_WAY: _AT_A_DROP,
    Moment.STARTING: (Victim.WORKER, Victim.APP),
}


@dataclass(frozen=True, slots=True)
class Strike:
    """One time that somebody is killed.

    Args:
        at_share: When this share of all videos is over.
        moment: What else has to happen first.
        victim: Who.
        which: The how many-th of them.
        delay_seconds: After the share was reached, the drop was sent, or the process begun again.
        down_seconds: How long it stays away.
    """

    at_share: float
    moment: Moment
    victim: Victim
    which: int
    delay_seconds: float
    down_seconds: float

    @property
    def kills(self) -> int:
        """How often something is killed."""
        return 2 if self.moment is Moment.STARTING else 1

    @property
    def needs_drop(self) -> bool:
        """Whether a drop is sent."""
        return self.moment in (Moment.ACCEPTED, Moment.ON_ITS_WAY)


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens in a run.

    Args:
        first_starts: How long after each of the first starts, on an empty database, the app is killed.
        main: What happens while the big drop is on its way.
        strikes: What happens later, in order.
    """

    first_starts: Sequence[float]
    main: Strike
    strikes: Sequence[Strike]

    @property
    def kills(self) -> int:
        """How often something is killed."""
        return len(self.first_starts) + self.main.kills + sum(one.kills for one in self.strikes)

    @property
    def drops(self) -> int:
        """How many small drops are needed."""
        return sum(one.needs_drop for one in self.strikes)


def make_plan(seed: int, kills: int, topology: Topology) -> Plan:
    """Choose who is killed when.

    Args:
        seed: The same plan for the same seed.
        kills: How many in all; at least three.
        topology: Who there is.
    """
    rng = random.Random(f"plan {seed} {topology.database}")
    # A migration of an empty database takes a second at most.
    first_starts = [rng.uniform(0.4, 1.8) for _ in range(max(1, kills // 20))]
    victims = _Victims(topology, rng)
    # A thousand links are stored in an eighth of a second.
    main = _strike(Moment.ON_ITS_WAY, 0.0, rng.uniform(0.02, 0.25), victims, rng)
    left = kills - len(first_starts) - main.kills
    moments = _moments(left, rng)
    shares = sorted(rng.uniform(0.0, _LATEST_SHARE) for _ in moments)
    strikes = [
        _strike(moment, share, _delay(moment, rng), victims, rng)
        for moment, share in zip(moments, shares, strict=True)
    ]
    return Plan(first_starts, main, strikes)


def _moments(kills: int, rng: random.Random) -> list[Moment]:
    """Moments of every kind, together as many kills."""
    moments: list[Moment] = []
    while kills > 0:
        deck = list(_MOMENTS)
        rng.shuffle(deck)
        for moment in deck:
            cost = 2 if moment is Moment.STARTING else 1
            if cost <= kills:
                moments.append(moment)
                kills -= cost
    return moments


def _delay(moment: Moment, rng: random.Random) -> float:
    if moment is Moment.ON_ITS_WAY:
        return rng.uniform(0.0, 0.03)
    if moment is Moment.STARTING:
        # From the first line of the program until it has taken work on.
        return rng.uniform(0.1, 2.2)
    return rng.uniform(0.0, 0.5)


class _Victims:
    """Chooses of those that are allowed one that was chosen least often."""

    def __init__(self, topology: Topology, rng: random.Random) -> None:
        there = {Victim.APP: topology.apps, Victim.WORKER: topology.workers}
        if topology.database == POSTGRESQL:
            there |= {Victim.DATABASE: 1, Victim.ALL: 1}
        self._number = {victim: count for victim, count in there.items() if count}
        self._chosen = dict.fromkeys(self._number, 0)
        self._rng = rng

    def choose(self, moment: Moment) -> tuple[Victim, int]:
        allowed = [victim for victim in _ALLOWED[moment] if victim in self._number]
        fewest = min(self._chosen[victim] for victim in allowed)
        victim = self._rng.choice([one for one in allowed if self._chosen[one] == fewest])
        turn = self._chosen[victim]
        self._chosen[victim] += 1
        return victim, turn % self._number[victim]


def _strike(
    moment: Moment, share: float, delay: float, victims: _Victims, rng: random.Random
) -> Strike:
    victim, which = victims.choose(moment)
    return Strike(share, moment, victim, which, delay, rng.uniform(0.0, 0.6))
