"""Asking leaves nothing behind: no home, no file, no line in the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.run import OWNER, command, files, here

ASKING: list[tuple[str, ...]] = [
    ("check", "linkedin", "--in", "DE"),
    ("check", "linkedin", "--in", "DE", "--format", "json"),
    ("check", str(OWNER.parent / "site"), "--in", "DE"),
    ("check", "--owner", str(OWNER)),
    ("plan", "--owner", str(OWNER)),
    ("plan", "--owner", str(OWNER), "--format", "ics"),
    ("status", "--owner", str(OWNER)),
    ("knowledge", "list"),
    ("knowledge", "show", "linkedin"),
    ("knowledge", "due"),
    ("knowledge", "lint"),
    ("own", "list"),
    ("doctor",),
    ("--help",),
]


@pytest.mark.parametrize("said", ASKING, ids=" ".join)
def test_nothing_is_made_by_asking(
    home: Path, tmp_path: Path, said: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    here(*said).ok()
    assert not home.exists()
    assert list(work.iterdir()) == []


def test_nor_by_the_real_command(home: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    command("check", "linkedin", "--in", "DE", cwd=work).ok()
    assert not home.exists()
    assert list(work.iterdir()) == []


@pytest.mark.parametrize("said", [("check",), ("plan",), ("status",), ("own", "list"), ("doctor",)])
def test_nothing_is_changed_by_asking(begun: Path, said: tuple[str, ...]) -> None:
    here("done", "linkedin/ai-training-toggle").ok()
    before = files(begun)
    here(*said).ok()
    assert files(begun) == before


def test_answers_go_to_stdout_and_notes_to_stderr(begun: Path) -> None:
    assert here("check").ok().err == ""
    done = here("done", "linkedin/ai-training-toggle").ok()
    assert done.out.startswith("Recorded: ")
    assert "forget" in done.err
    assert "forget" not in done.out
