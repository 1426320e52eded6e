"""The guide as people get it: built whole, served by nginx under a strict CSP, in Chromium.

Everything is on loopback. Where nginx or Chromium is missing a test says so and is skipped; in CI
a skip is a failure (tests/conftest.py).
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import REPO, command
from withhold.catalog.load import default_root

WHEN = "2026-11-25"
"""The day the guide of the tests is built for: the plans it is compared with are asked for it."""
SHOTS = REPO / "build" / "screenshots"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_NGINX = """
daemon off;
pid {home}/pid;
error_log {home}/error.log;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log off;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    index index.html;
    absolute_redirect off;
    error_page 404 /404.html;
    add_header Content-Security-Policy "{csp}" always;
    add_header X-Content-Type-Options nosniff always;
  }}
}}
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole guide in both languages, built once for all workers by the command itself."""
    shared = tmp_path_factory.getbasetemp().parent if _worker() else tmp_path_factory.getbasetemp()
    folder, lock = shared / "guide", shared / "guide.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (shared / "guide.done").exists():
            env = {"WITHHOLD_HOME": str(shared / "nobody")}
            command("guide", folder, "--when", WHEN, env=env, timeout=300).ok()
            (shared / "guide.done").touch()
    return folder


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "")


@pytest.fixture(scope="session")
def served(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the guide, served by nginx; ends in a slash."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        pytest.skip("nginx is not installed")
    home = tmp_path_factory.mktemp("nginx")
    built.chmod(0o755)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = home / "nginx.conf"
    text = _NGINX.format(home=home, port=port, root=built, csp=CSP)
    if os.geteuid() == 0:
        text = f"user root;{text}"  # the workers read what only this user may read
    conf.write_text(text)
    with subprocess.Popen([program, "-p", str(home), "-c", str(conf)]) as nginx:
        try:
            _until_open(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            nginx.terminate()


def _until_open(port: int) -> None:
    for _ in range(100):
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nothing listens on port {port}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; nothing is downloaded.

    It ends with its file: two Playwrights in one process are in each other's way.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with what it asked for and complained of."""

    page: Any
    base: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Any:
        """The page at a path of the guide, loaded."""
        self.page.goto(self.base + path)
        return self.page

    def shot(self, name: str, **options: Any) -> None:
        """A screenshot, kept below build/screenshots/."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True, **options)


Opened = Callable[..., Watched]


@pytest.fixture
def opened(served: str, chromium: Any) -> Iterator[Opened]:
    """Opens a browser window: ``opened(width=320, scheme="dark", script=True, ...)``.

    When the test ends, nothing that any window asked for may have left the guide's own origin,
    and nothing may have been refused by the CSP or thrown by a script.
    """
    windows: list[Watched] = []
    contexts = []

    def open_window(
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
        script: bool = True,
        **more: Any,
    ) -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
            **more,
        )
        contexts.append(context)
        one = Watched(context.new_page(), served)
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        one.page.on(
            "console",
            lambda said: one.complaints.append(said.text) if said.type == "error" else None,
        )
        windows.append(one)
        return one

    yield open_window
    for context in contexts:
        context.close()
    for one in windows:
        left = [url for url in one.requests if not url.startswith((served, "blob:", "data:"))]
        assert not left, "a request left the guide"
        assert not one.complaints


@pytest.fixture(scope="session")
def knowledge_root() -> Path:
    """Where the knowledge of the guide lies."""
    return default_root()
