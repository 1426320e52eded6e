"""A home with posts of a few accounts, and the pages of posts asked without HTTP."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from withhold.catalog.load import Knowledge, complete, default_root, load
from withhold.exports.post import Media, Pointer, Post
from withhold.faces.web import posts
from withhold.faces.web.desk import Desk
from withhold.faces.web.render import html
from withhold.faces.web.views import Answer, Ask, Go, Page, Upload
from withhold.keep import Store
from withhold.keep.post_taking import NewArchive
from withhold.reveals.find import RULES
from withhold.reveals.reveal import Reveal
from withhold.words import Account

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
SCRIPT = "<script>alert(1)</script>"
HEBREW = "שלום לכולם"
ROUTES = {one.path: one for one in posts.ROUTES}


@cache
def known() -> Knowledge:
    """All that is really known; read once."""
    return complete(load(default_root(), None, True))


def on(day: str, id_: str, text: str, **said: Any) -> Post:
    """A post on Reddit, public by its own word."""
    created = datetime.fromisoformat(f"{day}T12:00:00+00:00") if day else None
    fields = {
        "platform": "reddit",
        "audience": "public",
        "audience_by": "item-field",
        "source": Pointer(part="a.zip", path="posts.csv", at="row 3"),
    }
    return Post(id=id_, created=created, text=text, **{**fields, **said})


FEW = [
    on("2020-05-01", "a", f"The heron {SCRIPT} waits", url="https://www.reddit.com/r/a/1"),
    on("2021-06-02", "b", "write to ada@example.org please", url="javascript:alert(1)"),
    on("2022-07-03", "c", HEBREW, kind="comment"),
    on("", "d", "a heron without a day", audience="unknown", audience_by="none"),
    on("2023-08-04", "e", "by somebody", authored="others"),
    on(
        "2024-09-05", "f", "with a picture", state="draft",
        media=(Media(path="media/1.jpg", place=(47.5, 19.0), place_by="exif", text="a heron"),),
    ),
]  # fmt: skip
"""Their numbers in the store are 1 to 6."""


class Posted:
    """An owner in Germany with these posts on Reddit."""

    def __init__(self, tmp_path: Path, *these: Post, place: str = "DE") -> None:
        self.home = tmp_path / "home"
        with Store.open(self.home) as store:
            if place:
                store.own.set("place", place)
            store.own.add_account(Account(platform="reddit", name="ada"), NOW)
            if these:
                archive = NewArchive(
                    platform="reddit", layout="csv", digest="a" * 64, exported="2026-10-01"
                )
                store.posts.take(archive, [("reddit:ada", one) for one in these], NOW)
                found = [
                    (number, Reveal(kind="email", start=at, end=at + 15))
                    for number, one in enumerate(these, 1)
                    if (at := one.text.find("ada@example.org")) >= 0
                ]
                store.posts.add_reveals(RULES, len(these), found)
        self.desk = Desk(self.home)
        self.desk.__dict__["knowledge"] = known()

    def ask(self, path: str, lang: str = "en", **more: Any) -> Ask:
        return Ask(desk=self.desk, setting=self.desk.setting(lang), path=path, **more)

    def get(self, path: str, lang: str = "en", **query: str) -> Answer:
        """What it answers once it is counted."""
        view = ROUTES[path].get
        assert view
        for _ in range(1000):
            found = view(self.ask(path, lang, query=query))
            if not isinstance(found, Page) or not found.refresh:
                return found
            time.sleep(0.02)
        raise AssertionError("it is counted for ever")

    def seen(self, path: str, lang: str = "en", **query: str) -> LexborHTMLParser:
        """The page as a browser has it."""
        page = self.get(path, lang, **query)
        assert isinstance(page, Page), page
        return LexborHTMLParser(html(self.ask(path, lang, query=query), page, csrf="word"))

    def text(self, path: str, lang: str = "en", **query: str) -> str:
        main = self.seen(path, lang, **query).css_first("main")
        assert main
        return " ".join(main.text().split())

    def listed(self, **query: str) -> list[str]:
        """The addresses of the posts on a page of the search."""
        links = self.seen("/posts/find", **query).css("ol.posts a[href^='/posts/post']")
        return [str(one.attributes["href"]).partition("id=")[2] for one in links]

    def send(self, path: str, *files: Upload, **form: str) -> Go:
        view = ROUTES[path].post
        assert view
        fields: Mapping[str, list[str]] = {name: [said] for name, said in form.items()}
        found = view(self.ask(path, form=fields, files=files))
        assert isinstance(found, Go)
        return found

    def dropped(self, name: str, body: bytes, field: str = "files") -> Upload:
        """A file as the form has put it into the home."""
        folder = self.home / "uploads"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{len(list(folder.iterdir())):032x}"
        path.write_bytes(body)
        return Upload(field=field, name=name, path=path, size=len(body))
