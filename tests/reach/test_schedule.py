"""Units of systemd, lines of cron, a plist of launchd: their shape, and paths full of quotes."""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from withhold.errors import BadInput
from withhold.reach.schedule import Job, Schedule, schedule, write_addresses, write_all

NASTY = "/home/ada/a b'c\"d$HOME%h\\e"
DAY, HOUR = 86400, 3600


def job(tmp_path: Path, every: int = DAY, program: tuple[str, ...] = ("/bin/echo", "x")) -> Job:
    return Job(
        program=program,
        every=every,
        home=tmp_path,
        config=tmp_path / ".config",
        log=tmp_path / "watch.log",
        environment={"WITHHOLD_HOME": NASTY},
    )


def text(found: Schedule, end: str) -> str:
    return next(one.text for one in found.files if one.path.name.endswith(end))


def test_systemd_runs_once_a_day_and_does_not_call_a_change_a_failure(tmp_path: Path) -> None:
    found = schedule("systemd", job(tmp_path))
    assert [str(one.path.relative_to(tmp_path)) for one in found.files] == [
        ".config/systemd/user/withhold-watch.service",
        ".config/systemd/user/withhold-watch.timer",
    ]
    service, timer = text(found, ".service"), text(found, ".timer")
    assert "\nType=oneshot\n" in service
    assert "\nSuccessExitStatus=12\n" in service
    assert 'ExecStart="/bin/echo" "x"\n' in service
    assert "\nOnCalendar=*-*-* 09:00:00\n" in timer
    assert "\nPersistent=true\n" in timer
    assert "WantedBy=timers.target" in timer
    assert found.enable[-1].endswith("enable --now withhold-watch.timer")
    assert "disable" in found.undo[0]


def test_another_interval_is_counted_from_the_last_look(tmp_path: Path) -> None:
    timer = text(schedule("systemd", job(tmp_path, 6 * HOUR)), ".timer")
    assert "\nOnUnitActiveSec=21600s\n" in timer
    assert "OnCalendar" not in timer


def test_systemd_takes_a_nasty_path_as_it_is(tmp_path: Path) -> None:
    service = text(schedule("systemd", job(tmp_path, program=("/bin/echo", NASTY))), ".service")
    escaped = NASTY.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    assert f'Environment="WITHHOLD_HOME={escaped}"\n' in service
    assert f'ExecStart="/bin/echo" "{escaped.replace("$", "$$")}"\n' in service


def verified(found: Schedule, runtime: Path) -> subprocess.CompletedProcess[str]:
    """What systemd itself says of the files."""
    runtime.mkdir()
    return subprocess.run(
        ["systemd-analyze", "verify", "--user", *(str(one.path) for one in found.files)],
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
@pytest.mark.parametrize("every", [DAY, HOUR])
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path, every: int) -> None:
    found = schedule("systemd", job(tmp_path, every, ("/bin/echo", NASTY)))
    write_all(found)
    done = verified(found, tmp_path / "run")
    assert (done.returncode, done.stderr) == (0, "")
    timer = found.files[1].path  # that it would have found something
    timer.write_text(timer.read_text().replace("On", "Off"))
    assert verified(found, tmp_path / "again").returncode != 0


@pytest.mark.parametrize(
    ("every", "when"),
    [
        (60, "* * * * *"),
        (30 * 60, "*/30 * * * *"),
        (HOUR, "17 * * * *"),
        (6 * HOUR, "17 */6 * * *"),
        (DAY, "17 9 * * *"),
        (7 * DAY, "17 9 * * 1"),
    ],
)
def test_cron_says_when_in_five_fields(tmp_path: Path, every: int, when: str) -> None:
    line = text(schedule("cron", job(tmp_path, every)), ".cron")
    assert line.startswith(f"{when} WITHHOLD_HOME=")
    assert line.count("\n") == 1


@pytest.mark.parametrize("every", [7 * 60, 5 * HOUR, 90 * 60, 2 * DAY, 59])
def test_cron_does_not_say_what_it_cannot(tmp_path: Path, every: int) -> None:
    with pytest.raises(BadInput, match="cron has no words"):
        schedule("cron", job(tmp_path, every))


def test_cron_hands_the_shell_every_word_whole(tmp_path: Path) -> None:
    line = text(schedule("cron", job(tmp_path, program=("/bin/echo", NASTY))), ".cron")
    command = re.sub(r"(?<!\\)%", "\n", line.split(" ", 5)[5]).replace("\\%", "%")  # as cron does
    assert shlex.split(command) == [f"WITHHOLD_HOME={NASTY}", "/bin/echo", NASTY]


def test_launchd_reads_its_plist(tmp_path: Path) -> None:
    found = schedule("launchd", job(tmp_path, 6 * HOUR, ("/bin/echo", NASTY)))
    (one,) = found.files
    assert one.path == tmp_path / "Library" / "LaunchAgents" / "org.withhold.watch.plist"
    body = plistlib.loads(one.text.encode())
    assert body["Label"] == "org.withhold.watch"
    assert body["ProgramArguments"] == ["/bin/echo", NASTY]
    assert body["StartInterval"] == 21600
    assert body["EnvironmentVariables"] == {"WITHHOLD_HOME": NASTY}
    assert body["RunAtLoad"] is False


@pytest.mark.parametrize("system", ["systemd", "cron", "launchd"])
def test_a_path_with_a_line_break_is_refused(tmp_path: Path, system: str) -> None:
    with pytest.raises(BadInput):
        schedule(system, job(tmp_path, program=("/bin/echo", "a\nExecStart=/bin/rm")))  # type: ignore[arg-type]


def test_writing_twice_is_fine_and_another_text_is_never_written_over(tmp_path: Path) -> None:
    write_all(schedule("systemd", job(tmp_path)))
    write_all(schedule("systemd", job(tmp_path)))
    before = (tmp_path / ".config/systemd/user/withhold-watch.timer").read_bytes()
    with pytest.raises(BadInput, match="is there already"):
        write_all(schedule("systemd", job(tmp_path, HOUR)))
    assert (tmp_path / ".config/systemd/user/withhold-watch.timer").read_bytes() == before


def test_addresses_are_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "notify"
    write_addresses(file, ["json://a", "mailto://b"])
    assert file.read_text() == "json://a\nmailto://b\n"
    assert file.stat().st_mode & 0o777 == 0o600
