"""A person at a terminal: starts the command, waits for each question, and types the answer."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

WITHIN = 90.0


def heard() -> None:
    """In the new process: Ctrl-C is heard, also where the tests themselves run in a background
    that ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass(frozen=True)
class Typed:
    """How a command ended, and all that stood on the screen."""

    code: int
    out: str

    @property
    def flat(self) -> str:
        """The screen without line breaks, so that a wrapped sentence can be looked for."""
        return " ".join(self.out.split())


class Terminal:
    """Runs ``withhold`` in a terminal of its own."""

    def __init__(self, env: dict[str, str]) -> None:
        self._env = {**env, "TERM": "dumb", "COLUMNS": "200"}

    def run(self, args: tuple[str, ...], *answers: tuple[str, str], kill_after: float = 0) -> Typed:
        """``answers`` are (what is asked, what is typed), in order. ``kill_after`` seconds after
        the last answer the whole process group is killed."""
        here, there = pty.openpty()
        ran = subprocess.Popen(
            [sys.executable, "-m", "withhold", *args],
            stdin=there,
            stdout=there,
            stderr=there,
            env=self._env,
            start_new_session=True,
            preexec_fn=heard,
        )
        os.close(there)
        seen = ""
        read_to = 0
        waiting = list(answers)
        until = time.monotonic() + WITHIN
        last_answer = 0.0
        try:
            while time.monotonic() < until:
                if kill_after and not waiting and time.monotonic() > last_answer + kill_after:
                    os.killpg(ran.pid, signal.SIGKILL)
                    kill_after = 0
                if not select.select([here], [], [], 0.05)[0]:
                    if ran.poll() is not None:
                        break
                    continue
                try:
                    got = os.read(here, 65536)
                except OSError:  # the other end is closed: it ended
                    break
                if not got:
                    break
                seen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", got.decode("utf-8", "replace"))
                at = seen.find(waiting[0][0], read_to) if waiting else -1
                if at >= 0:
                    read_to = at + len(waiting[0][0])
                    os.write(here, waiting.pop(0)[1].encode() + b"\n")
                    last_answer = time.monotonic()
            code = ran.wait(timeout=10)
        finally:
            if ran.poll() is None:
                os.killpg(ran.pid, signal.SIGKILL)
                ran.wait()
            os.close(here)
        assert not waiting, f"never asked: {waiting[0][0]}\n{seen}"
        return Typed(code, seen.replace("\r", ""))
