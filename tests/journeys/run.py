"""Runs ``withhold`` as a person does: the real command in a process, or its main function here."""

from __future__ import annotations

import ctypes
import io
import os
import re
import subprocess
import sys
import tomllib
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import withhold
from withhold.faces.cli import main

PACKAGE = Path(withhold.__file__).resolve().parent
REPO = Path(__file__).resolve().parents[2]
OWNER = REPO / "examples" / "owner.toml"
_PR_CAPBSET_DROP = 24
_DAC = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: what lets root pass over file modes


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code and both streams."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        """What it answered, as text."""
        return self.raw.decode("utf-8")

    def ok(self) -> Ran:
        """Itself, when it ended well; a failed test with its message else."""
        assert self.code == 0, f"exit {self.code}\n{self.err}"
        return self


def command(
    *args: str | bytes | Path,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    lib: Path = PACKAGE.parent,
    as_if_not_root: bool = False,
    timeout: float = 60,
) -> Ran:
    """The real command in a process of its own, without a terminal; ``env`` is added to ours."""
    done = subprocess.run(
        [sys.executable, "-m", "withhold", *args],
        env=environment(lib) | (env or {}),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout,
        check=False,
        preexec_fn=_give_up_root if as_if_not_root and os.geteuid() == 0 else None,
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8"))


def started(*args: str) -> subprocess.Popen[bytes]:
    """The real command, begun and not waited for."""
    return subprocess.Popen(
        [sys.executable, "-m", "withhold", *args],
        env=environment(PACKAGE.parent),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def environment(lib: Path) -> dict[str, str]:
    """The environment of a process that runs the package that these tests run."""
    return {**os.environ, "PYTHONPATH": str(lib), "PYTHONDONTWRITEBYTECODE": "1"}


def here(*args: str | Path) -> Ran:
    """The same, in this process: fast. There is no terminal."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(one) for one in args])
        except SystemExit as ended:
            code = int(ended.code or 0)
    out.flush(), err.flush()
    return Ran(code, out.buffer.getvalue(), err.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]


def _give_up_root() -> None:
    """In the new process: file modes bind it as they bind everybody else."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in _DAC:
        if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "cannot give up the rights of root")


# What is expected -----------------------------------------------------------------------------


def complains(ran: Ran, code: int, *words: str) -> None:
    """One line and one TIP on stderr, nothing on stdout, no traceback, the right exit code."""
    assert "Traceback" not in ran.err
    lines = ran.err.splitlines()
    assert len(lines) == 2, ran.err
    assert lines[0].startswith("withhold: ")
    assert lines[1].startswith("TIP: ")
    assert len(lines[1]) > len("TIP: ")
    assert ran.raw == b""
    assert ran.code == code, ran.err
    for word in words:
        assert word in ran.err, f"{word!r} is not in {ran.err!r}"


def files(home: Path) -> dict[str, tuple[int, bytes | None]]:
    """Every file and folder below, with its mode and bytes: what must stay as it was."""
    return {
        str(one.relative_to(home)): (
            one.stat().st_mode,
            one.read_bytes() if one.is_file() else None,
        )
        for one in sorted(home.rglob("*"))
    }


def phrases(lang: str) -> dict[str, str]:
    """The words of the command line."""
    text = (PACKAGE / "faces" / "phrases" / f"{lang}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def flat(text: str) -> str:
    """A text without its line breaks, so that a wrapped sentence can be looked for."""
    return " ".join(text.split())


# an address, a step's name and a command to copy stay whole: broken they are of no use
_WHOLE = re.compile(r"(withhold done )?\S+")


def too_wide(text: str, width: int) -> list[str]:
    """The lines over the width that could have been broken."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\r", "")
    over = [line for line in plain.split("\n") if len(line) > width]
    return [line for line in over if not _WHOLE.fullmatch(line.strip())]
