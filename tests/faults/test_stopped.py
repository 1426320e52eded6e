"""The harness itself is stopped: its processes end, and nothing of it stays in the folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.broken import BROKEN
from tests.journeys.run import PACKAGE, REPO

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc")


def of(folder: Path) -> list[int]:
    """The processes whose temporary folder this is."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            said = (one / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"TMPDIR={folder}".encode() in said:
            found.append(int(one.name))
    return found


@pytest.mark.long
@pytest.mark.parametrize(("number", "group"), [(signal.SIGTERM, False), (signal.SIGINT, True)])
def test_no_process_and_no_folder_is_left(number: int, group: bool, tmp_path: Path) -> None:
    """As ``kill`` does it, to the harness alone, and as Ctrl-C does it, to all of its group."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults", "--broken", "--kills", "400", "--jobs", "2"],
        cwd=REPO,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(REPO), str(PACKAGE.parent))),
            "TMPDIR": str(tmp_path),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr
        first = BROKEN["lost"].name
        assert any(first in line for line in process.stderr)  # runs are under way
        time.sleep(0.3)
        assert len(of(tmp_path)) >= 3
        (os.killpg if group else os.kill)(process.pid, number)
        said = process.stderr.read()
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
    assert of(tmp_path) == []


ENDED_FIRST = """
import sys
from tests.faults import worker

worker.job = lambda *_: (None, 1)
worker.measured = lambda *_: None
sys.exit(worker.main(["nowhere", "0"]))
"""


def test_a_worker_whose_reader_has_ended_says_nothing() -> None:
    """Seen in CI: Ctrl-C between a job's end and its line left a traceback on the terminal."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as answers:
        done = subprocess.run(
            [sys.executable, "-c", ENDED_FIRST],
            cwd=REPO,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(REPO), str(PACKAGE.parent)))},
            input=f'{{"verb": "{BROKEN["lost"].name}", "kind": "kill", "seed": "1"}}\n',
            stdout=answers,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (130, "")
