"""Files that let the system look again by itself: systemd, cron, launchd. Written, never enabled.

Pure but for ``write``: paths and the program are arguments. A value is quoted by the rules of the
file it stands in: systemd.service(5), systemd.timer(5), crontab(5), launchd.plist(5).
"""

from __future__ import annotations

import plistlib
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.errors import BadInput
from withhold.reach.files import write, write_new

System = Literal["systemd", "cron", "launchd"]
NAME = "withhold-watch"
LABEL = "org.withhold.watch"
WORSE = 12
"""The exit code of a look that found a change for the worse: no failure of the unit."""
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class UnitFile(Struct, frozen=True, kw_only=True):
    """One file, and where the system looks for it."""

    path: Path
    text: str


class Schedule(Struct, frozen=True, kw_only=True):
    """The files, the commands that make the system use them, and those that undo it."""

    files: tuple[UnitFile, ...]
    enable: tuple[str, ...]
    undo: tuple[str, ...]


class Job(Struct, frozen=True, kw_only=True):
    """What is run how often (in seconds), with which environment; ``home`` is the user's folder."""

    program: tuple[str, ...]
    every: int
    home: Path
    config: Path
    """Where the user's own settings lie, ``~/.config`` on Linux."""
    log: Path
    environment: Mapping[str, str] = {}


def schedule(system: System, job: Job) -> Schedule:
    """The files for one system. Raises BadInput where it has no words for the interval."""
    return {"systemd": _systemd, "cron": _cron, "launchd": _launchd}[system](job)


def write_all(found: Schedule) -> None:
    """Writes them where they are not there yet; BadInput where another text stands there."""
    for one in found.files:
        if one.path.is_file() and one.path.read_bytes() == one.text.encode("utf-8"):
            continue
        write_new(one.path, one.text)


def write_addresses(path: Path, addresses: Sequence[str]) -> None:
    """The addresses of notices in a file that its owner alone can read."""
    write(path, "".join(f"{one}\n" for one in addresses).encode("utf-8"), mode=0o600)


# systemd --------------------------------------------------------------------------------------


def _systemd(job: Job) -> Schedule:
    folder = job.config / "systemd" / "user"
    service, timer = folder / f"{NAME}.service", folder / f"{NAME}.timer"
    environment = "".join(
        f"Environment={_systemd_quoted(f'{name}={value}', command=False)}\n"
        for name, value in job.environment.items()
    )
    command = " ".join(_systemd_quoted(one) for one in job.program)
    when = f"OnStartupSec=5min\nOnUnitActiveSec={job.every}s"
    if job.every == _DAY:  # also makes up for a day on which the machine was off
        when = "OnCalendar=*-*-* 09:00:00\nRandomizedDelaySec=30min\nPersistent=true"
    return Schedule(
        files=(
            UnitFile(
                path=service,
                text="[Unit]\nDescription=withhold watch: does it stay no?\n\n"
                f"[Service]\nType=oneshot\n{environment}ExecStart={command}\n"
                f"SuccessExitStatus={WORSE}\n",
            ),
            UnitFile(
                path=timer,
                text="[Unit]\nDescription=When withhold looks again\n\n"
                f"[Timer]\n{when}\nUnit={NAME}.service\n\n[Install]\nWantedBy=timers.target\n",
            ),
        ),
        enable=("systemctl --user daemon-reload", f"systemctl --user enable --now {NAME}.timer"),
        undo=(
            f"systemctl --user disable --now {NAME}.timer",
            f"rm {shlex.quote(str(service))} {shlex.quote(str(timer))}",
        ),
    )


def _systemd_quoted(text: str, *, command: bool = True) -> str:
    """One word: quotes and backslashes escaped, ``%`` and in commands ``$`` taken as they are."""
    _one_line(text)
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    if command:
        text = text.replace("$", "$$")
    return f'"{text}"'


# cron -----------------------------------------------------------------------------------------


def _cron(job: Job) -> Schedule:
    path = job.config / "withhold" / "watch.cron"
    names = [f"{name}={shlex.quote(value)}" for name, value in job.environment.items()]
    words = [*names, *(shlex.quote(one) for one in job.program)]
    command = " ".join(words).replace("%", "\\%")
    _one_line(command)
    return Schedule(
        files=(UnitFile(path=path, text=f"{_cron_when(job.every)} {command}\n"),),
        enable=(f"(crontab -l 2>/dev/null; cat {shlex.quote(str(path))}) | crontab -",),
        undo=("crontab -e    # and take the line with withhold out",),
    )


def _cron_when(every: int) -> str:
    """Five fields. cron counts within an hour, a day, a month: only what divides them is even."""
    minutes, hours, days = every // _MINUTE, every // _HOUR, every // _DAY
    if every % _DAY == 0 and days in (1, 7):
        return "17 9 * * *" if days == 1 else "17 9 * * 1"
    if every % _HOUR == 0 and every < _DAY and 24 % hours == 0:
        return f"17 */{hours} * * *" if hours > 1 else "17 * * * *"
    if every % _MINUTE == 0 and every < _HOUR and 60 % minutes == 0:
        return f"*/{minutes} * * * *" if minutes > 1 else "* * * * *"
    raise BadInput("cron has no words for this interval", "--every 1h, 2h, 6h, 12h, 1d or 7d")


# launchd --------------------------------------------------------------------------------------


def _launchd(job: Job) -> Schedule:
    path = job.home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    body: dict[str, object] = {
        "Label": LABEL,
        "ProgramArguments": list(job.program),
        "StartInterval": job.every,
        "RunAtLoad": False,
        "StandardOutPath": str(job.log),
        "StandardErrorPath": str(job.log),
    }
    if job.environment:
        body["EnvironmentVariables"] = dict(job.environment)
    for one in (*job.program, *job.environment.values()):
        _one_line(one)
    return Schedule(
        files=(UnitFile(path=path, text=plistlib.dumps(body).decode("utf-8")),),
        enable=(f"launchctl bootstrap gui/$(id -u) {shlex.quote(str(path))}",),
        undo=(f"launchctl bootout gui/$(id -u)/{LABEL}", f"rm {shlex.quote(str(path))}"),
    )


def _one_line(text: str) -> None:
    if any(ord(char) < 32 or ord(char) == 127 for char in text):
        raise BadInput(
            "a path with a line break or control character cannot be scheduled", "rename it"
        )
