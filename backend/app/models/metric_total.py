"""What all processes of an installation have counted."""

from sqlalchemy import Float, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class MetricTotal(Base):
    """One number that only grows; every process adds to it what it has counted."""

    __tablename__ = "metric_totals"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    # Names and values as JSON, sorted by name: equal labels are equal texts.
    labels: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[float] = mapped_column(Float(53))
