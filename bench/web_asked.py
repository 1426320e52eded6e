"""A server in a process of its own, asked as a browser asks it and looked at from outside."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
_EDGE = "edge-of-a-part"
_CHECKLIST = """{"schema": "withhold/checklist/1", "guide": "2026-02-01", "saved": "2026-02-02",
"place": "DE", "lang": "en", "kind": "personal", "audience": "public", "ticks": [],
"accounts": [{"platform": "linkedin", "name": ""}, {"platform": "gone", "name": "nobody"}]}"""


@contextmanager
def running(*command: str, **env: str) -> Iterator[tuple[int, str]]:
    """A server: its process id and the address that it prints."""
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, text=True, env=os.environ | env
    )
    try:
        assert process.stdout is not None
        yield process.pid, process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(20)


class Browser:
    """One connection that keeps its cookie."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._cookie = self._to = ""
        self.get(f"{parts.path}?{parts.query}")

    def get(self, address: str) -> tuple[float, int, bytes]:
        """Seconds, status, body."""
        return self._ask("GET", address)

    def job(self) -> str:
        """The address of a job that this begins: evidence is verified, as by its button."""
        return self._send("/evidence/verify", urlencode({"csrf": self._word("/evidence")}))

    def checklist(self) -> str:
        """The page on a checklist that this drops, which brings an account that is there."""
        parts = {'name="csrf"': self._word("/first")}
        parts['name="checklist"; filename="list.json"'] = _CHECKLIST
        body = "".join(
            f"--{_EDGE}\r\nContent-Disposition: form-data; {name}\r\n\r\n{said}\r\n"
            for name, said in parts.items()
        )
        kind = f"multipart/form-data; boundary={_EDGE}"
        return self._send("/first/checklist", f"{body}--{_EDGE}--\r\n", kind)

    def _word(self, page: str) -> str:
        """What its forms carry."""
        found = re.search(rb'name="csrf" value="([^"]+)"', self.get(page)[2])
        return found[1].decode("ascii") if found else ""

    def _send(self, address: str, body: str, kind: str = FORM) -> str:
        """Where it goes on."""
        self._ask("POST", address, body, {"Origin": self._origin, "Content-Type": kind})
        return self._to

    def _ask(
        self, method: str, address: str, body: str = "", more: dict[str, str] | None = None
    ) -> tuple[float, int, bytes]:
        began = time.perf_counter()
        headers = (more or {}) | ({"Cookie": self._cookie} if self._cookie else {})
        self._connection.request(method, address, body or None, headers)
        answer = self._connection.getresponse()
        read = answer.read()
        self._to = answer.getheader("Location", "")
        if said := answer.getheader("Set-Cookie"):
            self._cookie = said.partition(";")[0]
        return time.perf_counter() - began, answer.status, read


class Server:
    """A process that is looked at from outside. ``most`` and ``now`` are MiB (VmHWM, VmRSS)."""

    def __init__(self, pid: int) -> None:
        self._about = Path(f"/proc/{pid}")
        self.most = self.now = 0.0
        self.rose: list[tuple[float, float, str]] = []
        """MiB at most, by how much it was more than before, and after which address."""

    def look(self, after: str) -> None:
        """What it holds after an answer; what is done behind a page meanwhile is in it."""
        said = (self._about / "status").read_text("ascii")
        most, self.now = (
            int(found[1]) / 1024 if (found := re.search(rf"{name}:\s+(\d+) kB", said)) else 0.0
            for name in ("VmHWM", "VmRSS")
        )
        if most > self.most:
            self.rose.append((most, most - self.most, after))
            self.most = most

    def at_work(self) -> float:
        """Seconds that the threads that there are were at work so far; less than a clock says."""
        total = 0
        for one in (self._about / "task").iterdir():
            with suppress(OSError):  # a thread that has just ended
                total += int((one / "schedstat").read_text("ascii").split()[0])
        return total / 1e9
