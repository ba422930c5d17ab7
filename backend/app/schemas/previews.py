"""What an import would do, and what a person chooses of it."""

from pydantic import Field

from app.core.errors import ReasonCode
from app.models import Verdict
from app.schemas.common import ApiModel, GroupCountOut
from app.schemas.imports import BatchIn, CountsOut
from app.schemas.lists import ListName
from app.schemas.transcription import EstimateOut
from app.schemas.videos import RowId


class ImportOptions(ApiModel):
    """What of an input goes where. In a form with files it is the field ``options``, as JSON.

    Without ``list_id`` and ``new_list_name`` the oldest list is the target.
    """

    list_id: RowId | None = None
    new_list_name: ListName | None = Field(
        default=None, description="Make this list and put the videos there."
    )
    split_into_lists: bool = Field(
        default=False,
        description="Each playlist or folder of the input goes into the list of its name, which is "
        "made if there is none. What stands in no group goes to the target.",
    )
    groups: list[int] | None = Field(
        default=None, description="Only what stands in these groups, by their place in the preview."
    )
    skip: list[int] = Field(
        default_factory=list, description="Positions in the preview that are left out."
    )


class ImportIn(BatchIn, ImportOptions):
    """An input as JSON: running text, or one link per element."""


class PreviewItemOut(ApiModel):
    """One line or record and what would become of it.

    ``position`` counts from 0 over everything that was read; ``group`` is a place in ``groups``.
    """

    position: int
    line: int
    text: str
    youtube_id: str | None
    verdict: Verdict
    reason_code: ReasonCode | None
    group: int | None


class PreviewGroupOut(GroupCountOut):
    """A playlist, folder or file that the input is divided into.

    ``item_count`` counts all its lines, ``video_count`` those that are videos.
    """

    list_id: str | None = Field(description="The list of this name, if there is one.")


class PreviewOut(ApiModel):
    """What an import of the same input with the same options would do. Nothing is stored.

    ``format`` names what was recognised: ``text``, ``csv``, ``takeout_playlist``, ``takeout_history``,
    ``takeout_archive``, ``bookmarks``, ``shortcut``, ``freetube``, ``newpipe``, ``invidious``,
    ``libretube``, ``grayjay``, ``pocket``, ``raindrop``, ``onetab``, ``ytdlp_archive``, ``videothek``,
    ``html``, ``json``, ``archive``, or ``several``.
    ``counts`` and ``items`` cover the groups that were chosen, also what is skipped.
    """

    format: str
    counts: CountsOut
    groups: list[PreviewGroupOut]
    items: list[PreviewItemOut]
    transcription: EstimateOut | None = Field(
        default=None,
        description="About what captions from the sound will take, where they are made.",
    )
