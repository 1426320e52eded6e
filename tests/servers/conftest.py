"""Debian's nginx, Apache and Caddy, each with a configuration of its own, on loopback ports.

None of them is the service that the package sets up: nothing outside a temporary folder is read
(but for modules and types of files) or written, and each test ends what it started.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = os.geteuid() == 0
NOBODY = 65534  # Apache serves nothing as root
_NGINX = """
daemon off;
pid {home}/pid;
error_log {home}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {site};
    {own}
    {include}
  }}
}}
"""
_APACHE = """
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {home}/pid
Mutex file:{home}
ErrorLog {home}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule headers_module {modules}/mod_headers.so
StartServers 1
ThreadsPerChild 25
TypesConfig /etc/mime.types
DocumentRoot {site}
<Directory {site}>
  Require all granted
  AllowOverride FileInfo
</Directory>
{own}
{include}
"""
_CADDY = """
{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  root * {site}
  {own}
  {include}
  file_server
}}
"""


@dataclass(frozen=True)
class Program:
    """One server: how it is found, told what to do, asked whether it would, and started."""

    name: str
    command: str
    conf: str
    include: str
    check: tuple[str, ...]
    run: tuple[str, ...]
    modules: str = "/usr/lib/apache2/modules"
    """Debian's; of Apache alone."""

    @property
    def path(self) -> str | None:
        """Where it stands; the folder of Debian's servers is not in everybody's PATH."""
        return shutil.which(self.command) or shutil.which(f"/usr/sbin/{self.command}")


PROGRAMS = {
    "nginx": Program(
        "nginx",
        "nginx",
        ("user root;" if ROOT else "") + _NGINX,
        "include {file};",
        ("-t", "-q", "-p", "{home}", "-c", "{conf}"),
        ("-p", "{home}", "-c", "{conf}"),
    ),
    "apache": Program(
        "apache",
        "apache2",
        _APACHE + (f"User #{NOBODY}\nGroup #{NOBODY}\n" if ROOT else ""),
        "Include {file}",
        ("-t", "-f", "{conf}"),  # what apachectl configtest runs
        ("-f", "{conf}", "-DFOREGROUND"),
    ),
    "caddy": Program(
        "caddy",
        "caddy",
        _CADDY,
        "import {file}",
        ("validate", "--adapter", "caddyfile", "--config", "{conf}"),
        ("run", "--adapter", "caddyfile", "--config", "{conf}"),
    ),
}


@dataclass(frozen=True)
class Running:
    """A server at work: its address without a slash, and the text of its configuration."""

    url: str
    conf: str


Serve = Callable[..., Running]


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder for sites and configurations that a server may enter which gave up root."""
    with tempfile.TemporaryDirectory(prefix="withhold-served-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def serve(ground: Path) -> Iterator[Serve]:
    """``serve(server, site, rules, own="")`` starts a server that includes the rules.

    ``own`` are lines of the site's own, before them. What the server's checker says of the whole
    configuration is asserted. Skipped with a plain reason where the server is missing.
    """
    with ExitStack() as stack:

        def start(server: str, site: Path, rules: str = "", own: str = "") -> Running:
            home = Path(tempfile.mkdtemp(prefix=f"{server}-", dir=ground))
            return stack.enter_context(_running(PROGRAMS[server], home, site, rules, own))

        yield start


@contextmanager
def _running(program: Program, home: Path, site: Path, rules: str, own: str) -> Iterator[Running]:
    path = program.path
    if path is None:
        pytest.skip(f"{program.command} is not installed")
    home.chmod(0o755)
    file, conf, port = home / "rules", home / "conf", _free_port()
    file.write_text(rules)
    include = program.include.format(file=file) if rules else ""  # no rules, nothing to include
    conf.write_text(
        program.conf.format(
            home=home, port=port, site=site, own=own, include=include, modules=program.modules
        )
    )
    env = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
    }

    def call(args: tuple[str, ...]) -> list[str]:
        return [path, *(one.format(home=home, conf=conf) for one in args)]

    checked = subprocess.run(
        call(program.check), env=env, capture_output=True, text=True, timeout=20, check=False
    )
    assert checked.returncode == 0, f"{program.name} refuses\n{rules}\n{checked.stderr}"
    log = home / "said"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            call(program.run), env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL
        ) as server,
    ):
        try:
            _until_open(port, server, log)
            yield Running(f"http://127.0.0.1:{port}", conf.read_text() + rules)
        finally:
            server.terminate()


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _until_open(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    pytest.fail(f"nothing listens on port {port}: {log.read_text(errors='replace')}")
