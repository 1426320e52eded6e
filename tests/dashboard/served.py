"""The real server in a process of its own, as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import withhold

PACKAGE = Path(withhold.__file__).resolve().parent


@dataclass
class Server:
    """A server that answers. ``url`` holds the token, ``base`` no secret (no slash at its end)."""

    url: str
    base: str
    process: subprocess.Popen[bytes]
    _errors: IO[bytes]

    @property
    def port(self) -> int:
        return int(self.base.rpartition(":")[2])

    def end(self, timeout: float = 30) -> int:
        """Ended as a supervisor ends it (SIGTERM); its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout)

    def errors(self) -> str:
        """What it has printed on stderr so far."""
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", "replace")


@contextmanager
def serving(
    home: Path, *args: str | Path, env: Mapping[str, str] | None = None, lang: str = ""
) -> Iterator[Server]:
    """``withhold serve --port 0`` for one home, until the block ends; it is killed at last."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "withhold", "serve", "--port", "0"),
                *(["--lang", lang] if lang else []),
                *args,
            ],
            env={
                **os.environ,
                "PYTHONPATH": str(PACKAGE.parent),
                "PYTHONDONTWRITEBYTECODE": "1",
                "WITHHOLD_HOME": str(home),
                **(env or {}),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        assert process.stdout is not None
        try:
            url = process.stdout.readline().decode().strip()
            server = Server(url, url.partition("/?")[0].rstrip("/"), process, errors)
            assert url.startswith("http"), server.errors()
            yield server
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(15)
            process.stdout.close()
