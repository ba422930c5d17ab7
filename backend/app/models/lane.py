"""The state of each upstream's limiter."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Lane(Base):
    """One row per lane and egress address, shared by all processes of an installation."""

    __tablename__ = "lanes"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    egress: Mapped[str] = mapped_column(String(100), primary_key=True, server_default="")
    # services.rate_limiter.PacerState as plain data.
    pacer_state: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason_code: Mapped[str | None] = mapped_column(String(40))
    # services.lane_history.LaneHistory as plain data.
    history: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # services.pacing.quota.QuotaState as plain data; only where an upstream says what it allows.
    quota: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
