"""All tables; importing this package fills the metadata."""

from app.models.api_token import ApiToken, TokenScope
from app.models.base import Base
from app.models.identity import LinkedIdentity, SpentFlow
from app.models.job import Job, JobKind
from app.models.lane import Lane
from app.models.metric_total import MetricTotal
from app.models.playlist import Follow, FollowedVideo, PlaylistRead, ReadState
from app.models.search import PIECE_BITS, SearchDocument, SearchPiece, SearchWords
from app.models.sharing import Access, ListShare, WatchPosition
from app.models.tag import SavedSearch, VideoTag
from app.models.transcription import (
    Transcription,
    TranscriptionPart,
    TranscriptionState,
    TranscriptionUsage,
)
from app.models.user import (
    Door,
    InstallationSecret,
    Invitation,
    RefreshToken,
    Role,
    SignedInBrowser,
    SignInLink,
    User,
)
from app.models.video import (
    PENDING_STAGES,
    STAGE_PROGRESS,
    TERMINAL_STAGES,
    ImportStage,
    Video,
)
from app.models.video_enrichment import CaptionsSource, ChaptersSource, VideoEnrichment
from app.models.video_import import ImportItem, ImportState, ItemOutcome, Verdict, VideoImport
from app.models.video_list import VideoList

__all__ = [
    "PENDING_STAGES",
    "PIECE_BITS",
    "STAGE_PROGRESS",
    "TERMINAL_STAGES",
    "Access",
    "ApiToken",
    "Base",
    "CaptionsSource",
    "ChaptersSource",
    "Door",
    "Follow",
    "FollowedVideo",
    "ImportItem",
    "ImportStage",
    "ImportState",
    "InstallationSecret",
    "Invitation",
    "ItemOutcome",
    "Job",
    "JobKind",
    "Lane",
    "LinkedIdentity",
    "ListShare",
    "MetricTotal",
    "PlaylistRead",
    "ReadState",
    "RefreshToken",
    "Role",
    "SavedSearch",
    "SearchDocument",
    "SearchPiece",
    "SearchWords",
    "SignInLink",
    "SignedInBrowser",
    "SpentFlow",
    "TokenScope",
    "Transcription",
    "TranscriptionPart",
    "TranscriptionState",
    "TranscriptionUsage",
    "User",
    "Verdict",
    "Video",
    "VideoEnrichment",
    "VideoImport",
    "VideoList",
    "VideoTag",
    "WatchPosition",
]
