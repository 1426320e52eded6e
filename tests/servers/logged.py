"""Servers that write an access log of their own, and clients that come from chosen addresses.

Clients are all on loopback; nginx believes what the loopback says of where they come from, as
behind a proxy (``real_ip_header``). On a scripted site it believes them the time too: a header
holds it, since a test cannot wait for days. All else of a line is what nginx makes of a request.
"""

from __future__ import annotations

import http.client
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.conftest import PROGRAMS, Running, _running

ZONE = timezone(timedelta(hours=2))
"""Of the scripted log: a day of robots.txt begins at 02:00 in it."""
_LOG = "access_log off;"
_SCRIPTED = """
  log_format scripted '$remote_addr - $remote_user [$scripted] "$request" $status '
                      '$body_bytes_sent "$http_referer" "$http_user_agent"';
  map $http_x_scripted_time $scripted {{ default $time_local; "~^[0-9]" $http_x_scripted_time; }}
  access_log %s scripted;
  set_real_ip_from 127.0.0.1;
  real_ip_header X-Forwarded-For;
"""
_REAL = """
  access_log %s combined;
  set_real_ip_from 127.0.0.1;
  real_ip_header X-Forwarded-For;
"""


@dataclass(frozen=True)
class Site:
    """A site at work that writes ``log``."""

    running: Running
    log: Path

    def ask(self, agent: str, address: str, path: str, at: datetime | None = None) -> int:
        """The status that a client gets; ``at`` is the time in the log of a scripted site."""
        return self.get(agent, address, path, at)[0]

    def get(
        self, agent: str, address: str, path: str, at: datetime | None = None
    ) -> tuple[int, bytes]:
        """The same with the body."""
        headers = {"User-Agent": agent, "X-Forwarded-For": address}
        if at:
            headers["X-Scripted-Time"] = f"{at.astimezone(ZONE):%d/%b/%Y:%H:%M:%S %z}"
        parts = urlsplit(self.running.url)
        with closing(http.client.HTTPConnection(str(parts.hostname), parts.port, 10)) as client:
            client.request("GET", path, headers=headers)
            answer = client.getresponse()
            return answer.status, answer.read()

    def lines(self, wanted: int) -> list[str]:
        """The lines of the log, once there are so many: nginx writes after it has answered."""
        for _ in range(200):
            found = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
            if len(found) >= wanted:
                return found
            time.sleep(0.02)
        raise AssertionError(f"{len(found)} lines of {wanted} in {self.log}")

    def rotate(self, wanted: int) -> Path:
        """What stands there moves away as logrotate does it; nginx is told to open a new one."""
        self.lines(wanted)
        old = self.log.with_name(self.log.name + ".1")
        self.log.rename(old)
        pid = self.running.conf.partition("pid ")[2].partition(";")[0]
        os.kill(int(Path(pid).read_text()), signal.SIGUSR1)
        for _ in range(200):
            if self.log.exists():
                return old
            time.sleep(0.02)
        raise AssertionError("nginx did not open its log anew")


@contextmanager
def nginx(ground: Path, site: Path, *, scripted: bool, own: str = "") -> Iterator[Site]:
    """nginx over the site, ending with the block; skipped with a reason where it is missing."""
    log = ground / "access.log"
    plain = PROGRAMS["nginx"]
    logging = (_SCRIPTED if scripted else _REAL) % log
    program = replace(plain, conf=plain.conf.replace(_LOG, logging))
    assert program.conf != plain.conf
    home = ground / "nginx"
    home.mkdir()
    with _running(program, home, site, "", own) as running:
        yield Site(running, log)


@contextmanager
def caddy(ground: Path, site: Path) -> Iterator[Site]:
    """Caddy over the site with its log in JSON; it has clients from the loopback alone."""
    log = ground / "caddy.log"
    home = ground / "caddy"
    home.mkdir()
    own = f"log {{\n output file {log}\n format json\n }}"
    with _running(PROGRAMS["caddy"], home, site, "", own) as running:
        yield Site(running, log)
