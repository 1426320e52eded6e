"""Results that add up: a file to which each run adds its seconds, executions and commit."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from tests.fuzz.judging import Crash
from tests.fuzz.running import Outcome
from tests.fuzz.target import TOP

OURS = ("src", "knowledge", "tests/fuzz")
"""What decides over a run; changes of it that no commit has are told."""


class Session(Struct, frozen=True, kw_only=True):
    """One run of a target."""

    commit: str
    """Short; ``+`` behind it where files were changed since."""
    seconds: float
    executions: int
    crashes: tuple[Crash, ...] = ()


class Kept(Struct, frozen=True, kw_only=True):
    """A target and its runs, the oldest first; edges, features and corpus are of the last."""

    name: str
    edges: int
    features: int
    corpus: int
    sessions: tuple[Session, ...]

    @property
    def seconds(self) -> float:
        """In all."""
        return sum(one.seconds for one in self.sessions)

    @property
    def executions(self) -> int:
        """In all."""
        return sum(one.executions for one in self.sessions)

    @property
    def quiet(self) -> float:
        """Seconds since the last run that showed a crash."""
        seconds = 0.0
        for one in reversed(self.sessions):
            if one.crashes:
                break
            seconds += one.seconds
        return seconds

    @property
    def crashes(self) -> int:
        """Of all runs."""
        return sum(len(one.crashes) for one in self.sessions)


class NotResults(Exception):
    """A file that is something else. It stays as it is."""


def read(file: Path | None) -> dict[str, Kept]:
    """What the file has, by target; nothing where there is none."""
    if file is None or not file.exists():
        return {}
    try:
        found = msgspec.json.decode(file.read_bytes(), type=list[Kept])
    except msgspec.MsgspecError as why:
        raise NotResults(f"{file} is no file of results: {why}") from why
    return {one.name: one for one in found}


def added(before: Kept | None, one: Outcome, commit: str) -> Kept:
    """A run more; files of crashes by where they lie in the repository, on whatever machine."""
    crashes = tuple(structs.replace(each, file=_inside(each.file)) for each in one.crashes)
    session = Session(
        commit=commit, seconds=one.seconds, executions=one.executions, crashes=crashes
    )
    return Kept(
        name=one.name,
        edges=one.edges,
        features=one.features,
        corpus=one.corpus,
        sessions=(*(before.sessions if before else ()), session),
    )


def _inside(file: str) -> str:
    path = Path(file)
    if not path.is_absolute():
        return file
    return path.relative_to(TOP).as_posix() if path.is_relative_to(TOP) else path.name


def write(file: Path, every: Iterable[Kept]) -> None:
    """Whole or not at all: a run that is stopped loses only what had not ended."""
    said = msgspec.json.format(msgspec.json.encode(sorted(every, key=lambda one: one.name)))
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(said + b"\n")
    beside.replace(file)


def commit() -> str:
    """On which this runs."""
    git = ("git", "-C", str(TOP))
    at = subprocess.run(
        (*git, "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=False
    )
    if at.returncode:
        return "unknown"
    changed = subprocess.run(
        (*git, "status", "--porcelain", "--", *OURS), capture_output=True, text=True, check=False
    )
    return at.stdout.strip() + "+" * bool(changed.stdout.strip())
