"""``python -m bench``: what a script's end is called; a hang ends one script, with all of it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from bench import __main__ as runner
from bench.measured import Row
from bench.scripts import Script

ROW = (
    "import os, pathlib\n"
    'line = \'{"type": "row", "key": "k", "what": "w", "unit": "s", "ours": 1.0,\'\n'
    'line += \' "by": "ours", "value": 1.0}\'\n'
    "pathlib.Path(os.environ['WITHHOLD_MEASURED']).write_text(line)\n"
)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of benches that are made up."""
    (tmp_path / "bench").mkdir()
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    return tmp_path / "bench"


@pytest.mark.parametrize(
    ("end", "called"),
    [("", "done"), ("raise SystemExit(3)", "missed"), ("raise OSError", "failed"),
     ("raise SystemExit(1)", "failed")],
)  # fmt: skip
def test_a_miss_is_no_crash(written: Path, end: str, called: str) -> None:
    (written / "one.py").write_text(ROW + end)
    result = runner.ran(Script("one", seconds=60), False, 0)
    assert result.ended == called
    assert [one.key for one in result.figures] == ["k"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to look at")
def test_a_hang_is_ended_with_all_that_it_started(written: Path, tmp_path: Path) -> None:
    """What it measured before stays; neither it nor its child, which hears no signal, runs on."""
    child = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(600)"
    (written / "slow.py").write_text(
        f"{ROW}import subprocess, sys, time\n"
        f"one = subprocess.Popen([sys.executable, '-c', {child!r}])\n"
        f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(one.pid))\n"
        "time.sleep(600)\n"
    )
    result = runner.ran(Script("slow", seconds=6), False, 0)
    assert result.ended == "budget"
    assert [type(one) for one in result.rows] == [Row]
    child_of_it = (tmp_path / "pid").read_text()
    until = time.monotonic() + 10  # who was killed dies when it has its next turn
    while (state := _state(child_of_it)) not in ("", "Z", "X") and time.monotonic() < until:
        time.sleep(0.05)
    assert state in ("", "Z", "X")


def _state(pid: str) -> str:
    """One letter of Linux; nothing where the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_a_script_has_room_and_a_home_of_its_own_that_are_cleared(written: Path) -> None:
    (written / "room.py").write_text(
        "import os, pathlib, tempfile\n"
        "pathlib.Path(os.environ['WITHHOLD_HOME']).mkdir()\n"
        "kept = tempfile.mkdtemp()\n"
        "pathlib.Path('told').write_text(kept + '\\n' + os.environ['WITHHOLD_HOME'])\n"
    )
    assert runner.ran(Script("room", seconds=60), False, 0).ended == "done"
    for name in (written.parent / "told").read_text().splitlines():
        assert not Path(name).exists()


def test_what_a_script_needs_is_said_before_it_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WITHHOLD_CORPUS", raising=False)
    assert Script("a", needs="WITHHOLD_CORPUS").lacks() == "WITHHOLD_CORPUS names no data folder"
    assert Script("a", needs="no-such-program").lacks() == "no-such-program is not installed"
    assert Script("a", needs="sh").lacks() == ""
    assert Script("a", needs="msgspec").lacks() == ""
