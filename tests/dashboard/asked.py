"""The dashboard asked over HTTP without a socket: the application, with the guard around it.

with at(home) as site:
    page = site.get("/posts")                       # with a session, as a browser asks
    site.send("/posts", q="drawings")               # a form, with its word

with at(home, inside=False) as site: ...            # without a session
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from withhold.faces.web.app import create
from withhold.faces.web.desk import Desk
from withhold.faces.web.password import Password
from withhold.faces.web.sessions import Guarding
from withhold.faces.web.uploads import Limits

with warnings.catch_warnings():  # Starlette would have httpx2, of which it takes the same calls
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"


@dataclass
class Site:
    """One home, served to one browser."""

    desk: Desk
    guarding: Guarding
    client: TestClient

    def get(self, path: str, **more: Any) -> Any:
        """A page; redirects are not followed."""
        return self.client.get(path, **more)

    def send(self, path: str, files: Any = None, word: str | None = None, **fields: Any) -> Any:
        """A form of this session; values may be lists. ``word``: another csrf word than its own."""
        word = self.word if word is None else word
        return self.client.post(path, data={"csrf": word, **fields}, files=files)

    @property
    def session(self) -> str:
        """What the cookie holds."""
        return self.client.cookies.get(self.guarding.cookie, "")

    @property
    def word(self) -> str:
        """What every form carries."""
        return self.guarding.csrf(self.session)


@contextmanager
def at(
    home: Path,
    *,
    inside: bool = True,
    lang: str = "en",
    limits: Limits | None = None,
    hosts: Sequence[str] = ("127.0.0.1", "localhost"),
    password: Password | None = None,
    **client: Any,
) -> Iterator[Site]:
    """A site, its browser already inside, or not."""
    desk = Desk(home, lang)
    guarding = Guarding(PORT, hosts, password=password)
    app = create(desk, guarding, limits or Limits(spare=0))
    headers = {"Origin": BASE}
    with TestClient(app, BASE, headers=headers, follow_redirects=False, **client) as browser:
        if inside:
            assert browser.get(f"/?token={guarding.token}").status_code == 303
        yield Site(desk, guarding, browser)
