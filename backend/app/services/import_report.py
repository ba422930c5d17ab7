"""What became of every line of an import, as a table for spreadsheets."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from app.core.database import Database
from app.core.errors import ErrorCode, ReasonCode
from app.core.messages import Language, message_for
from app.models import CaptionsSource, ImportState, ItemOutcome, Verdict
from app.repositories import import_items
from app.repositories.import_items import ItemRow
from app.services.import_items import own_import
from app.services.importing.report_words import (
    captions_words,
    header,
    outcome_words,
    reason_words,
)
from app.services.importing.table_text import BYTE_ORDER_MARK, table_rows

_PAGE_ROWS = 500
_REASONED = (ItemOutcome.UNAVAILABLE, ItemOutcome.WAITING, ItemOutcome.STOPPED)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """A table that is read from the database page by page, while it is being sent.

    Args:
        database: Where the lines are.
        import_id: Of which import.
        user_id: Whose it is.
        outcome: Only lines that came to this.
        paused: Somebody holds the import.
        file_name: What to save it as.
    """

    database: Database
    import_id: str
    user_id: str
    outcome: ItemOutcome | None
    paused: bool
    file_name: str

    async def parts(self, language: Language) -> AsyncIterator[str]:
        """The text, piece by piece; no session is open while a piece is being sent."""
        yield BYTE_ORDER_MARK + table_rows([header(language)])
        position = -1
        while True:
            async with self.database.read() as session:
                rows = await import_items.page(
                    session,
                    self.import_id,
                    user_id=self.user_id,
                    outcome=self.outcome,
                    limit=_PAGE_ROWS,
                    after_position=position,
                )
            if rows:
                yield table_rows(_cells(row, language, paused=self.paused) for row in rows)
                position = rows[-1].position
            if len(rows) < _PAGE_ROWS:
                return


async def open_report(
    database: Database, *, user_id: str, import_id: str, outcome: ItemOutcome | None
) -> ImportReport:
    """The report of an import.

    Raises:
        VideothekError: ``import_not_found``.
    """
    async with database.read() as session:
        row = await own_import(session, import_id, user_id)
    name = f"videothek-import-{row.created_at:%Y-%m-%d}"
    if outcome is not None:
        name += f"-{outcome.replace('_', '-')}"
    paused = row.state == ImportState.PAUSED
    return ImportReport(database, import_id, user_id, outcome, paused, f"{name}.csv")


def _cells(row: ItemRow, language: Language, *, paused: bool) -> list[str]:
    address = f"https://www.youtube.com/watch?v={row.youtube_id}" if row.youtube_id else ""
    source = row.captions_source
    return [
        str(row.line),
        row.text,
        outcome_words(
            ItemOutcome(row.outcome),
            language,
            paused=paused,
            later=row.error_code is not None,
            playlist=row.verdict == Verdict.PLAYLIST,
        ),
        _reason(row, language),
        row.title or "",
        row.channel or "",
        row.youtube_id or "",
        address,
        captions_words(CaptionsSource(source), language) if source else "",
    ]


def _reason(row: ItemRow, language: Language) -> str:
    if row.reason_code is not None:
        return reason_words(ReasonCode(row.reason_code), language)
    code = None
    if row.outcome == ItemOutcome.WITHOUT_CAPTIONS:
        code = row.last_error_code or ErrorCode.CAPTIONS_NONE
    elif row.outcome in _REASONED:
        code = row.error_code
    return message_for(ErrorCode(code), language) if code else ""
