"""What is left to chance can be repeated, and covers what it should."""

import pytest

from tests.crash.drops import make_supply, truth_of
from tests.crash.plan import Moment, Plan, Victim, make_plan
from tests.crash.topology import POSTGRESQL, SQLITE, Topology

ALONE = Topology(SQLITE)
MANY = Topology(POSTGRESQL, apps=2, workers=3)


@pytest.mark.parametrize("topology", [ALONE, Topology(POSTGRESQL), MANY])
@pytest.mark.parametrize("kills", [3, 5, 7, 50])
def test_a_plan_kills_as_often_as_asked(topology: Topology, kills: int) -> None:
    for seed in range(20):
        assert make_plan(seed, kills, topology).kills == kills


def test_the_same_seed_makes_the_same_run() -> None:
    assert make_plan(7, 50, MANY) == make_plan(7, 50, MANY)
    assert make_plan(7, 50, MANY) != make_plan(8, 50, MANY)
    assert make_supply(7, 1000, 20) == make_supply(7, 1000, 20)
    assert make_supply(7, 1000, 20) != make_supply(8, 1000, 20)


def victims(plan: Plan) -> set[Victim]:
    return {strike.victim for strike in (plan.main, *plan.strikes)}


def test_fifty_kills_hit_everybody_at_every_kind_of_moment() -> None:
    for seed in range(20):
        plan = make_plan(seed, 50, MANY)
        assert victims(plan) == set(Victim)
        assert {strike.moment for strike in plan.strikes} == set(Moment)
        apps = {strike.which for strike in plan.strikes if strike.victim is Victim.APP}
        workers = {strike.which for strike in plan.strikes if strike.victim is Victim.WORKER}
        assert (apps, workers) == ({0, 1}, {0, 1, 2})


def test_only_who_is_there_is_killed() -> None:
    for seed in range(20):
        assert victims(make_plan(seed, 50, ALONE)) == {Victim.APP}
        assert Victim.WORKER not in victims(make_plan(seed, 50, Topology(POSTGRESQL)))


def test_the_strikes_follow_each_other_while_there_is_work() -> None:
    shares = [strike.at_share for strike in make_plan(1, 50, MANY).strikes]

    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 0.95


def test_every_drop_brings_videos_of_its_own() -> None:
    supply = make_supply(3, 1000, 20)
    ids = [one for drop in supply.all for one in drop.new_ids]

    assert len(ids) == len(set(ids))
    assert len(ids) - sum(len(drop.new_ids) for drop in supply.small) == 1000
    texts = [line.text for drop in supply.all for line in drop.lines if line.verdict == "new"]
    assert len(texts) == len(set(texts))


def test_the_input_is_as_mixed_as_real_ones() -> None:
    supply = make_supply(3, 1000, 20)
    ids = [one for drop in supply.all for one in drop.new_ids]

    assert {truth_of(one).error_code for one in ids} == {
        None,
        "video_private",
        "video_deleted",
        "video_members_only",
        "video_upcoming",
        "video_live",
    }
    assert {line.verdict for line in supply.main.lines} == {
        "new",
        "duplicate",
        "repeated",
        "rejected",
    }
    assert {line.reason_code for line in supply.main.lines} == {
        None,
        "foreign_host",
        "no_link",
        "bad_id",
    }
    assert {line.verdict for line in supply.playlist.children} == {"new", "duplicate"}
    assert {drop.is_single for drop in supply.small} == {True, False}
