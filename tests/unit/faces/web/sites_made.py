"""Homes with sites, and pages asked of them without HTTP."""

from __future__ import annotations

import re
import time
from html import unescape
from pathlib import Path

from withhold.faces.web.desk import Desk
from withhold.faces.web.render import html
from withhold.faces.web.site import ROUTES
from withhold.faces.web.views import Answer, Ask, File, Go, Page
from withhold.keep import Store

URL = "https://ada.example"
RULES = b"User-agent: *\nDisallow: /drafts/\n\nUser-agent: GPTBot\nDisallow: /\n"


class Home:
    """An owner in Germany with sites; ``site`` is the folder of the first."""

    def __init__(self, tmp_path: Path, *more: tuple[str, str], place: str = "DE") -> None:
        self.site = tmp_path / "public"
        self.site.mkdir()
        (self.site / "robots.txt").write_bytes(RULES)
        self.home = tmp_path / "home"
        with Store.open(self.home) as store:
            if place:
                store.own.set("place", place)
            store.own.add_site(URL, str(self.site))
            for url, folder in more:
                store.own.add_site(url, folder)
        self.desk = Desk(self.home)

    def ask(self, path: str, lang: str, query: dict[str, str], form: dict[str, str]) -> Ask:
        return Ask(
            desk=self.desk,
            setting=self.desk.setting(lang),
            path=path,
            query=query,
            form={name: [value] for name, value in form.items()},
        )

    def get(self, path: str, lang: str = "en", **query: str) -> Page:
        """A page, once nothing of it is being counted any more."""
        for _ in range(300):
            found = self._answer("get", path, lang, query, {})
            assert isinstance(found, Page)
            if not found.refresh:
                return found
            time.sleep(0.05)
        raise AssertionError("never finished")

    def html(self, path: str, lang: str = "en", **query: str) -> str:
        """A page as its browser gets it."""
        page = self.get(path, lang, **query)
        return html(self.ask(path, lang, query, {}), page, csrf="word")

    def text(self, path: str, lang: str = "en", **query: str) -> str:
        """What a reader reads of it: no markup, spaces in one."""
        bare = re.sub(r"<[^>]*>", " ", self.html(path, lang, **query))
        return " ".join(unescape(bare).split())

    def file(self, path: str, **query: str) -> File:
        found = self._answer("get", path, "en", query, {})
        assert isinstance(found, File)
        return found

    def send(self, path: str, **form: str) -> Go:
        """A form; the address that it leads on to."""
        found = self._answer("post", path, "en", {}, form)
        assert isinstance(found, Go)
        return found

    def undo(self, went: Go) -> Go:
        """The button that stands beside what was said."""
        return self.send(went.undo, **went.undo_values)

    def _answer(
        self, how: str, path: str, lang: str, query: dict[str, str], form: dict[str, str]
    ) -> Answer:
        route = next(one for one in ROUTES if one.path == path)
        view = route.get if how == "get" else route.post
        assert view is not None
        return view(self.ask(path, lang, query, form))
