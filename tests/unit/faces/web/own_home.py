"""One owner's home, and views of the dashboard asked without HTTP.

::

    home = Home(tmp_path)                      # nothing is stored
    home = Home(tmp_path, Account(platform="acme"), place="DE", knowledge=...)
    home.get("/settings"); home.text("/"); went = home.send("/settings", part="where", ...)
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from functools import cache
from html import unescape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from withhold.catalog.load import Knowledge, complete, default_root, load
from withhold.faces.web import account, first, overview, settings, watch
from withhold.faces.web.desk import Desk
from withhold.faces.web.render import html
from withhold.faces.web.views import Answer, Ask, File, Go, Page, Upload
from withhold.keep import Store
from withhold.words import Account

ROUTES = {
    one.path: one for part in (account, first, overview, settings, watch) for one in part.ROUTES
}
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@cache
def known() -> Knowledge:
    """All that is really known; read once."""
    return complete(load(default_root(), None, True))


class Home:
    """An owner with these accounts; with neither accounts nor a place nothing is stored.

    ``when``: the day asked for; today where it is empty.
    """

    def __init__(
        self,
        tmp_path: Path,
        *accounts: Account,
        place: str = "",
        knowledge: Knowledge | None = None,
        when: str = "",
    ) -> None:
        self.home, self.when = tmp_path / "home", when
        if accounts or place:
            with Store.open(self.home) as store:
                if place:
                    store.own.set("place", place)
                for one in accounts:
                    store.own.add_account(one, NOW)
        self.desk = Desk(self.home)
        self.desk.__dict__["knowledge"] = knowledge or known()

    def ask(self, path: str, **more: object) -> Ask:
        """One request, as a view sees it."""
        lang = str(more.pop("lang", "en"))
        return Ask(desk=self.desk, setting=self.desk.setting(lang, self.when), path=path, **more)  # type: ignore[arg-type]

    def get(self, address: str, lang: str = "en") -> Answer:
        """What an address answers, once nothing of it is being counted any more."""
        path, _, said = address.partition("#")[0].partition("?")
        query = {}
        for one in filter(None, said.split("&")):
            name, _, value = one.partition("=")
            query[name] = _unquoted(value)
        view = ROUTES[path].get
        assert view is not None
        for _ in range(600):
            found = view(self.ask(path, lang=lang, query=query))
            if not isinstance(found, Page) or not found.refresh:
                return found
            time.sleep(0.02)
        raise AssertionError("it is counted for ever")

    def page(self, address: str, lang: str = "en") -> Page:
        found = self.get(address, lang)
        assert isinstance(found, Page), found
        return found

    def went(self, address: str) -> Go:
        found = self.get(address)
        assert isinstance(found, Go), found
        return found

    def file(self, address: str, lang: str = "en") -> File:
        found = self.get(address, lang)
        assert isinstance(found, File), found
        return found

    def seen(self, address: str, lang: str = "en") -> LexborHTMLParser:
        """A page as its browser has it."""
        page = self.page(address, lang)
        path = address.partition("?")[0]
        return LexborHTMLParser(html(self.ask(path, lang=lang), page, csrf="word"))

    def text(self, address: str, lang: str = "en") -> str:
        """What stands on it: no markup, spaces in one."""
        page = self.page(address, lang)
        written = html(self.ask(address.partition("?")[0], lang=lang), page, csrf="word")
        return read(written.partition("<main ")[2].partition(">")[2])

    def send(self, path: str, *files: Upload, **form: str | list[str]) -> Go:
        """A form; where it leads. ``_`` in a name stands for ``:``."""
        view = ROUTES[path].post
        assert view is not None
        fields = {
            name.replace("__", ":"): value if isinstance(value, list) else [value]
            for name, value in form.items()
        }
        found = view(self.ask(path, form=fields, files=files))
        assert isinstance(found, Go), found
        return found

    def undo(self, went: Go) -> Go:
        """The button beside what was said."""
        return self.send(went.undo, **went.undo_values)

    # What is stored ---------------------------------------------------------------------------

    def accounts(self) -> dict[str, Account]:
        with Store.read(self.home) as store:
            return {one.key: one for one in store.own.accounts()}

    def settings(self) -> dict[str, str]:
        with Store.read(self.home) as store:
            return store.own.settings()

    def history(self, key: str) -> list[tuple[str, str]]:
        with Store.read(self.home) as store:
            return [(str(day), audience) for day, audience in store.own.audience_history(key)]


def read(written: str) -> str:
    """What a reader reads of HTML: elements in a line part no words, all others do."""
    lines = re.sub(r"</?(?:a|b|bdi|cite|code|q|small|span|strong|time)\b[^>]*>", "", written)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", lines)).split())


def _unquoted(value: str) -> str:
    body = re.sub(rb"%([0-9A-Fa-f]{2})", lambda one: bytes([int(one[1], 16)]), value.encode())
    return body.decode()


def wrong(page: LexborHTMLParser) -> dict[str, str]:
    """Field -> what is said to be wrong with it, as a reader with a screen reader is told."""
    found = {}
    for one in page.css("[aria-invalid=true]"):
        told = (one.attributes.get("aria-describedby") or "").split()
        texts = [page.css_first(f"[id='{each}']") for each in told if each.endswith("-wrong")]
        found[one.attributes.get("name") or one.tag] = " ".join(
            each.text(strip=True) for each in texts if each
        )
    return found
