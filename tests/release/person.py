"""A person without a terminal: a new user account, a browser that notes, forms that are sent."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode


class Person:
    """A new user account: an empty home, a folder for temporary files, a browser that notes."""

    def __init__(self, folder: Path, app: Path) -> None:
        self.folder, self.app = folder, app
        self.user, self.tmp = folder / "user", folder / "tmp"
        self.home = self.user / ".local" / "share" / "withhold"
        self.seen = folder / "seen"
        for one in (self.user, self.tmp):
            one.mkdir(parents=True)
        browser = folder / "browser"
        browser.write_text(f'#!/bin/sh\necho "[$LD_LIBRARY_PATH] $1" >> "{self.seen}"\n')
        browser.chmod(0o755)
        self.env = {
            "HOME": str(self.user),
            "PATH": "/usr/bin:/bin",
            "TMPDIR": str(self.tmp),
            "BROWSER": f"{browser} %s",
        }

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        """The program to its end."""
        return subprocess.run(
            [self.app, *args], env=self.env, capture_output=True, text=True, timeout=60, check=False
        )

    @contextmanager
    def double_clicked(self) -> Iterator[subprocess.Popen[bytes]]:
        """Started without arguments, until the block ends."""
        process = subprocess.Popen(
            [self.app],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate(timeout=30)

    def opened(self, times: int) -> list[str]:
        """What the browser was given, once it was so often."""
        for _ in range(600):
            given = self.seen.read_text().splitlines() if self.seen.exists() else []
            if len(given) >= times:
                return given
            time.sleep(0.05)
        raise AssertionError(f"the browser was opened {len(given)} times, not {times}")

    def address(self, given: str) -> str:
        """The address that the page leads to which the browser was given; it holds the token."""
        page = Path(given.partition("file://")[2])
        found = re.search(r'url=(http://127\.0\.0\.1:\d+/\?token=[\w-]+)"', page.read_text())
        assert found, page.read_text()
        return found[1]


def fields(form: LexborNode) -> dict[str, Any]:
    """What a browser would send of a form as it stands."""
    found: dict[str, Any] = {}
    for one in form.css("input, textarea, select"):
        about = one.attributes
        name, kind = about.get("name"), about.get("type") or ""
        if not name or kind == "file" or (kind in ("checkbox", "radio") and "checked" not in about):
            continue
        if one.tag == "select":
            chosen = one.css_first("option[selected]") or one.css_first("option")
            found[name] = chosen.attributes.get("value") or ""
        else:
            found[name] = one.text() if one.tag == "textarea" else about.get("value") or ""
    return found


def pressed(browser: httpx.Client, page: httpx.Response, button: str, **typed: Any) -> Any:
    """The form with this button, sent as the page has it and with what is typed."""
    tree = LexborHTMLParser(page.text)
    found = next(one for one in tree.css("button") if one.text(strip=True) == button)
    form: Any = found.parent
    while form.tag != "form":
        form = form.parent
    said = fields(form)
    if name := found.attributes.get("name"):
        said[name] = found.attributes["value"]
    origin = str(page.url).rstrip("/").partition("/first")[0].partition("/plan")[0]
    return browser.post(form.attributes["action"], data=said | typed, headers={"Origin": origin})


def once_drawn(browser: httpx.Client, address: str) -> str:
    """A page once nothing of it is being made any more."""
    for _ in range(60):
        page = browser.get(address)
        assert page.status_code == 200
        if "data-refresh" not in page.text:
            return page.text
        time.sleep(0.5)
    raise AssertionError(f"{address} is never done")
