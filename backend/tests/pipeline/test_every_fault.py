"""Each kind of trouble, on every upstream at once, in the middle of twenty videos: none is lost."""

import pytest

from standin.server import StandIn
from tests.support.server import Client
from tests.support.troubles import KINDS, TROUBLES, import_in_trouble, make_videos

pytestmark = pytest.mark.timeout(180)

COUNT = 20


async def come_through(client: Client, standin: StandIn, trouble: str) -> None:
    truth = make_videos(standin, COUNT, "ALLT")
    TROUBLES[trouble](standin, KINDS)

    outcome = await import_in_trouble(client, standin, truth, seconds=150)

    assert outcome.hits > 0
    assert (outcome.complete, outcome.wrongly_unavailable, outcome.wrong_captions) == (COUNT, 0, 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("trouble", TROUBLES)
async def test_twenty_videos_come_through_with_the_captions_that_are_true(
    client: Client, standin: StandIn, trouble: str
) -> None:
    await come_through(client, standin, trouble)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("trouble", ["429", "garbage"])
async def test_so_they_do_with_the_other_database(
    client: Client, standin: StandIn, trouble: str
) -> None:
    await come_through(client, standin, trouble)
