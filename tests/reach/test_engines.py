"""The local engine with real processes, which are killed; what is there afterwards is compared.

What a part comes to is known by hand (``toy``); what a folder holds is compared octet by octet
with one of a run that nothing disturbed.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.reach.toy import Toy, contents, made
from withhold.errors import BadInput, WithholdError
from withhold.reach import engines
from withhold.reach.engines import Part, run
from withhold.reach.out_folder import OutFolder

ROOT = Path(__file__).parents[2]


def lines(out: Path) -> list[tuple[str, str]]:
    """The rows that a folder holds."""
    table = pq.read_table(out)
    return sorted(zip(table["file"].to_pylist(), table["line"].to_pylist(), strict=True))


def until(so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def driver(folder: Path, out: Path, workers: int, engine: str = "local", master: str = "") -> (
    subprocess.Popen[str]
):  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reach.toy_driver", folder, out, engine, master, str(workers)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def left_of(process: subprocess.Popen[str]) -> list[int]:
    """The processes of its session that live still."""
    found = []
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            try:
                state, _, _, session = (one / "stat").read_text().rpartition(") ")[2].split(" ")[:4]
            except (OSError, ValueError):
                continue
            if int(session) == process.pid and state != "Z":
                found.append(int(one.name))
    return found


def waiting(parts: list[Part], number: int, mark: Path) -> None:
    """The part waits in its middle until the mark is there."""
    Path(parts[number].name).write_text(f"before\n@wait {mark}\nafter\n", encoding="utf-8")


def test_one_process_and_two_write_the_same_octets(tmp_path: Path) -> None:
    parts, heard = made(tmp_path / "in"), list[tuple[int, int]]()
    one = run(Toy(), parts, str(tmp_path / "one"), workers=1)
    two = run(Toy(), parts, str(tmp_path / "two"), workers=2, told=lambda *said: heard.append(said))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert one == two
    assert lines(tmp_path / "two") == sorted(
        (f"{n}.txt", line) for n in range(6) for line in (f"FILE {n}", "XY", "", f"END {n}")
    )
    assert (two.rows, two.counts, two.kept) == (24, {"lines": 24, "short": 12}, 0)
    assert heard == [(number, 6) for number in range(7)]
    assert not multiprocessing.active_children()


def test_what_is_finished_is_kept_and_what_does_not_hold_is_done_again(tmp_path: Path) -> None:
    parts, out = made(tmp_path / "in"), tmp_path / "out"
    first = run(Toy(), parts, str(out), workers=1)
    whole = contents(out)
    body = bytearray((out / "part-000001.parquet").read_bytes())
    body[len(body) // 2] ^= 1
    (out / "part-000001.parquet").write_bytes(bytes(body))
    (out / ".finished" / "000002.json").unlink()
    (out / ".finished" / "000003.json").write_text("{")
    (out / "part-000004.parquet").unlink()
    (out / ".beside-x").write_bytes(b"half")
    (out / "README").write_text("of somebody else")
    again = run(Toy(), parts, str(out), workers=1)
    assert again.kept == 2
    assert again.parts == first.parts
    assert contents(out) == whole | {"README": b"of somebody else"}
    assert run(Toy(), parts, str(out), workers=1).kept == 6


def test_a_worker_that_is_killed_costs_nothing_but_its_part(tmp_path: Path) -> None:
    parts = made(tmp_path / "in")
    mark = tmp_path / "mark"
    Path(parts[2].name).write_text(f"before\n@kill {mark}\nafter\n", encoding="utf-8")
    disturbed = run(Toy(), parts, str(tmp_path / "disturbed"), workers=2)
    assert mark.exists()  # it was killed, and only once
    undisturbed = run(Toy(), parts, str(tmp_path / "undisturbed"), workers=2)
    assert disturbed == undisturbed
    assert contents(tmp_path / "disturbed") == contents(tmp_path / "undisturbed")
    assert ("2.txt", "AFTER") in lines(tmp_path / "disturbed")


def test_a_worker_that_somebody_kills_in_the_middle(tmp_path: Path) -> None:
    parts, mark, out = made(tmp_path / "in"), tmp_path / "mark", tmp_path / "out"
    waiting(parts, 0, mark)
    waiting(parts, 1, mark)
    done: list[engines.Finished] = []
    running = threading.Thread(
        target=lambda: done.append(run(Toy(), parts, str(out), workers=2)), daemon=True
    )
    running.start()
    until(Path(f"{mark}.reached").exists)
    victims = [one.pid for one in multiprocessing.active_children()]
    assert victims[0]
    os.kill(victims[0], signal.SIGKILL)
    mark.touch()
    running.join(60)
    assert done[0].rows == 3 + 3 + 4 * 4
    undisturbed = run(Toy(), parts, str(tmp_path / "undisturbed"), workers=1)
    assert done[0] == undisturbed
    assert contents(out) == contents(tmp_path / "undisturbed")


def test_a_part_that_kills_its_worker_every_time_is_named_and_the_others_kept(
    tmp_path: Path,
) -> None:
    parts, out = made(tmp_path / "in", 4), tmp_path / "out"
    Path(parts[3].name).write_text("before\n@die\n", encoding="utf-8")
    with pytest.raises(WithholdError, match=r"3\.txt \(part 000003\): its worker died 3 times"):
        run(Toy(), parts, str(out), workers=2)
    assert {one for one in contents(out) if one.startswith("part")} == {
        f"part-00000{number}.parquet" for number in range(3)
    }
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_names_its_part_and_leaves_nothing_half(tmp_path: Path, workers: int) -> None:
    parts, out = made(tmp_path / "in", 3), tmp_path / "out"
    Path(parts[2].name).write_text("before\n@fail\n", encoding="utf-8")
    with pytest.raises(WithholdError, match=r"2\.txt: no") as raised:
        run(Toy(), parts, str(out), workers=workers)
    assert raised.value.tip == "another one"
    assert all(one.startswith((".finished/", "part-00000")) for one in contents(out))
    Path(parts[2].name).unlink()
    with pytest.raises(BadInput, match="cannot be read"):
        run(Toy(), parts, str(out), workers=workers)


class Modules(Toy):
    """Its one row a part is what is read in once there is an array."""

    def batches(self, part: Part) -> Iterator[Any]:
        pa.array(["the first"])
        read = [one for one in ("pandas", "pyarrow") if one in sys.modules]
        yield pa.record_batch([[part.id], [" ".join(read)]], schema=self.schema())


def test_a_worker_reads_in_no_pandas_though_arrow_looks_for_it(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    run(Modules(), made(tmp_path / "in", 2), str(tmp_path / "out"), workers=2)
    assert lines(tmp_path / "out") == [("000000", "pyarrow"), ("000001", "pyarrow")]


def test_a_fault_of_the_program_crashes_loudly(tmp_path: Path) -> None:
    parts = made(tmp_path / "in", 2)
    Path(parts[1].name).write_text("@bug\n", encoding="utf-8")
    with pytest.raises(KeyError, match="a bug"):
        run(Toy(), parts, str(tmp_path / "one"), workers=1)
    with pytest.raises(RuntimeError, match="KeyError: 'a bug'"):
        run(Toy(), parts, str(tmp_path / "two"), workers=2)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_driver_that_is_killed_goes_on_where_it_was(tmp_path: Path, workers: int) -> None:
    parts, mark, out = made(tmp_path / "in"), tmp_path / "mark", tmp_path / "out"
    waiting(parts, 4, mark)
    killed = driver(tmp_path / "in", out, workers)
    until(Path(f"{mark}.reached").exists)
    until(lambda: len(list(out.glob("part-*"))) >= 4)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    until(lambda: not left_of(killed))  # its workers outlive it by nothing
    halves = list(out.glob(".beside-*"))
    assert len(halves) == (workers == 1)  # what was itself killed leaves its half
    mark.touch()
    again = driver(tmp_path / "in", out, workers)
    assert again.communicate(timeout=60)[0] == ""
    assert again.returncode == 0
    undisturbed = run(Toy(), parts, str(tmp_path / "undisturbed"), workers=1)
    assert contents(out) == contents(tmp_path / "undisturbed")
    assert run(Toy(), parts, str(out), workers=1).parts == undisturbed.parts


def test_ctrl_c_ends_all_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    parts, mark, out = made(tmp_path / "in"), tmp_path / "mark", tmp_path / "out"
    waiting(parts, 1, mark)
    stopped = driver(tmp_path / "in", out, 2)
    until(Path(f"{mark}.reached").exists)
    os.killpg(stopped.pid, signal.SIGINT)  # as a terminal does: to all of the group
    assert "KeyboardInterrupt" in stopped.communicate(timeout=30)[1]
    until(lambda: not left_of(stopped))
    assert not list(out.glob(".beside-*"))


KILLED = """
import os, signal, sys
from withhold.reach.out_folder import OutFolder

os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
OutFolder(sys.argv[1]).put(sys.argv[2], b"half")
"""


@pytest.mark.parametrize("name", ["manifest.json", ".finished/000001.json"])
def test_what_a_kill_left_of_a_small_file_goes_when_it_is_written(
    name: str, tmp_path: Path
) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path, name], check=False)
    assert killed.returncode == -signal.SIGKILL
    folder = (tmp_path / name).parent
    assert len(list(folder.iterdir())) == 1
    OutFolder(str(tmp_path)).put(name, b"whole")
    assert [one.name for one in folder.iterdir()] == [Path(name).name]
    assert (tmp_path / name).read_bytes() == b"whole"


def test_two_drivers_do_not_write_into_one_folder(tmp_path: Path) -> None:
    parts, mark, out = made(tmp_path / "in", 2), tmp_path / "mark", tmp_path / "out"
    waiting(parts, 0, mark)
    first = driver(tmp_path / "in", out, 1)
    until(Path(f"{mark}.reached").exists)
    with pytest.raises(BadInput, match="another run is writing it now"):
        run(Toy(), parts, str(out), workers=1)
    mark.touch()
    first.communicate(timeout=60)
    assert run(Toy(), parts, str(out), workers=1).kept == 2


def test_a_folder_of_another_job_is_not_touched(tmp_path: Path) -> None:
    parts, out = made(tmp_path / "in", 2), tmp_path / "out"
    run(Toy(), parts, str(out), workers=1)
    before = contents(out)
    with pytest.raises(BadInput, match="another job"):
        run(Toy("other settings"), parts, str(out), workers=1)
    Path(parts[0].name).write_text("other input", encoding="utf-8")
    with pytest.raises(BadInput, match="another job"):
        run(Toy(), parts, str(out), workers=1)
    assert contents(out) == before
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "part-0.parquet").write_bytes(b"of somebody else")
    with pytest.raises(BadInput, match="no run of this noted"):
        run(Toy(), parts, str(tmp_path / "foreign"), workers=1)
    assert contents(tmp_path / "foreign") == {"part-0.parquet": b"of somebody else"}


def test_a_full_disk_is_said_and_nothing_is_half_there(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    made(folder, 3)
    many = "".join(f"{os.urandom(60).hex()}\n" for _ in range(2_000))
    (folder / "1.txt").write_text(many, encoding="ascii")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limit[1]))  # for the child alone
    try:
        full = driver(folder, out, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    said, _ = full.communicate(timeout=60)
    assert full.returncode == 1
    assert "1.txt (part 000001): File too large" in said
    assert set(contents(out)) == {
        ".finished/job.json",
        ".finished/000000.json",
        "part-000000.parquet",
    }
    assert driver(folder, out, 1).communicate(timeout=60) == ("", "")
    assert len(list(out.glob("part-*"))) == 3


def test_two_parts_of_one_name_would_be_one_file(tmp_path: Path) -> None:
    part = made(tmp_path / "in", 1)[0]
    with pytest.raises(ValueError, match="one id"):
        run(Toy(), [part, part], str(tmp_path / "out"))
