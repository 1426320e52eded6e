"""The journal tells what is known of a run that broke off, and nothing beyond it."""

from __future__ import annotations

import errno
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from withhold.errors import BadInput, NotFound, WithholdError
from withhold.reach import journal, undo

NOW = datetime(2026, 11, 26, 12, 0, 0, tzinfo=UTC)


def _run(home: Path, *lines: tuple[str, str], what: journal.What = "apply") -> str:
    one = journal.begin(home, NOW, "linkedin/ai-training-toggle", "linkedin", what)
    for at, said in lines:
        one.note(at, said)
    one.close()
    return one.head.id


READ = (("read.1.open", ""), ("read.3.read", "read on"))
PRESSED = (*READ, ("ask", "on to off"), ("set.1.set", "press switch “Train” to off"))


def test_a_run_that_ended(tmp_path: Path) -> None:
    run = _run(
        tmp_path, *PRESSED, ("set.2.await-write", "write seen"), ("end", "verified-no saved")
    )
    told = journal.read(tmp_path, run)
    assert (told.before, told.pressed, told.write_seen) == ("on", True, True)
    assert told.end == "verified-no saved"
    assert journal.unfinished(tmp_path, "linkedin/ai-training-toggle", "linkedin") == []


def test_a_run_that_broke_off_after_its_press(tmp_path: Path) -> None:
    run = _run(tmp_path, *PRESSED)
    told = journal.read(tmp_path, run)
    assert (told.pressed, told.write_seen, told.end) == (True, False, "")
    assert told.last == "set.1.set"
    found = journal.unfinished(tmp_path, "linkedin/ai-training-toggle", "linkedin")
    assert [one.head.id for one in found] == [run]
    assert journal.unfinished(tmp_path, "linkedin/ai-training-toggle", "linkedin:b") == []


def test_a_later_look_settles_it(tmp_path: Path) -> None:
    _run(tmp_path, *PRESSED)
    _run(tmp_path, *READ, ("end", "on read"), what="check")
    assert journal.unfinished(tmp_path, "linkedin/ai-training-toggle", "linkedin") == []


@pytest.mark.parametrize("end", ["needs-you login", "unknown offline", "changed not-found"])
def test_a_later_run_that_read_nothing_settles_nothing(tmp_path: Path, end: str) -> None:
    run = _run(tmp_path, *PRESSED)
    _run(tmp_path, ("read.1.open", ""), ("end", end), what="check")
    found = journal.unfinished(tmp_path, "linkedin/ai-training-toggle", "linkedin")
    assert [one.head.id for one in found] == [run]


def test_a_run_that_only_read_leaves_nothing_open(tmp_path: Path) -> None:
    _run(tmp_path, *READ)
    assert journal.unfinished(tmp_path, "linkedin/ai-training-toggle", "linkedin") == []


def test_a_half_line_is_a_step_that_was_not_taken(tmp_path: Path) -> None:
    run = _run(tmp_path, *PRESSED)
    path = tmp_path / "runs" / run / journal.STEPS
    whole = path.read_bytes()
    for cut in range(whole.index(b"\n") + 1, len(whole)):
        path.write_bytes(whole[:cut])
        told = journal.read(tmp_path, run)
        assert not told.pressed or b"press" in whole[:cut]
        assert told.end == ""


def test_a_disk_that_takes_half_a_line_takes_none_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room for three octets at a time, then none: a half line would spoil the next one."""
    one = journal.begin(tmp_path, NOW, "linkedin/ai-training-toggle", "linkedin", "apply")
    one.note("set.1.set", "press switch “Train” to off")
    write, left = os.write, [3, 0]

    def full(handle: int, data: bytes) -> int:
        if not (room := left.pop(0)):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, bytes(data)[:room])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left"):
            one.note("set.2.await-write")
    one.note("end", "unclear no-room")
    one.close()
    told = journal.read(tmp_path, one.head.id)
    assert [line.at for line in told.lines] == ["set.1.set", "end"]


def test_a_disk_that_takes_a_line_in_pieces_takes_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data)[:3]))
    assert len(journal.read(tmp_path, _run(tmp_path, *PRESSED)).lines) == len(PRESSED)


def test_two_runs_in_one_second_have_two_names(tmp_path: Path) -> None:
    assert _run(tmp_path) != _run(tmp_path)
    assert len(journal.runs(tmp_path)) == 2


def test_nobody_else_reads_it(tmp_path: Path) -> None:
    run = _run(tmp_path / "home")
    path = tmp_path / "home" / "runs" / run
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE((path / journal.STEPS).stat().st_mode) == 0o600


def test_runs_of_files_are_not_disturbed(tmp_path: Path) -> None:
    _run(tmp_path / "home")
    site = tmp_path / "site"
    site.mkdir()
    wanted = [undo.Wanted(name="robots.txt", before=None, after=b"x")]
    undo.change(tmp_path / "home", site, wanted, "a wish", NOW)
    assert len(undo.runs(tmp_path / "home")) == 1
    assert len(journal.runs(tmp_path / "home")) == 1
    assert undo.forget_all(tmp_path / "home") == 2
    assert journal.runs(tmp_path / "home") == []


@pytest.mark.parametrize("body", [b"", b"\n", b"{}\n", b"\xff\xfe\n", b"[1]\n", b'{"at":"x"}\n'])
def test_what_is_no_journal_is_said(tmp_path: Path, body: bytes) -> None:
    run = _run(tmp_path)
    (tmp_path / "runs" / run / journal.STEPS).write_bytes(body)
    with pytest.raises(BadInput):
        journal.read(tmp_path, run)
    assert journal.runs(tmp_path) == []


@pytest.mark.parametrize("run", ["", "..", "../x", "nobody", "/etc"])
def test_a_name_that_is_no_run(tmp_path: Path, run: str) -> None:
    _run(tmp_path)
    with pytest.raises(NotFound):
        journal.read(tmp_path, run)


def test_where_no_journal_can_be_kept_no_run_begins(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file in its place")
    with pytest.raises(WithholdError, match="nothing was done"):
        _run(tmp_path / "home")
