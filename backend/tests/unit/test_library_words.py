"""Whatever is refused, there is a sentence for it, in both languages, and nothing is left open in it."""

import pytest

from app.cli.words import say
from app.services.backups import BackupProblem
from app.services.database_copy.copying import CopyPhase
from app.services.database_copy.deciding import CopyProblem

ADDRESSES = {
    "source": "QUELLE",
    "target": "ZIEL",
    "table": "videos",
    "detail": "nein",
    "advice": "x",
}
FILES = {"name": "b.db", "library": "videothek.db"}
OF_BACKUPS = {"nothing_there", "exists", "damaged_library", "same"}


def both(monkeypatch: pytest.MonkeyPatch, key: str, **values: str) -> set[str]:
    said = set()
    for language in ("de_AT.UTF-8", "C"):
        monkeypatch.setenv("LC_ALL", language)
        said.add(say(key, **values))
    return said


@pytest.mark.parametrize("problem", CopyProblem)
def test_every_reason_not_to_copy_has_its_sentences(
    problem: CopyProblem, monkeypatch: pytest.MonkeyPatch
):
    said = both(monkeypatch, f"copy_no_{problem}", **ADDRESSES)
    assert len(said) == 2
    assert not any("{" in sentence for sentence in said)


@pytest.mark.parametrize("phase", CopyPhase)
def test_every_phase_of_a_copy_has_its_words(phase: CopyPhase, monkeypatch: pytest.MonkeyPatch):
    assert len(both(monkeypatch, f"copy_{phase}")) == 2


def test_every_reason_against_a_backup_and_its_return_has_its_sentences(
    monkeypatch: pytest.MonkeyPatch,
):
    of_restoring = set(BackupProblem) - OF_BACKUPS | {BackupProblem.SAME}
    for command, problems in (("backup", OF_BACKUPS), ("restore", of_restoring)):
        for problem in problems:
            assert len(both(monkeypatch, f"{command}_no_{problem}", **FILES)) == 2
