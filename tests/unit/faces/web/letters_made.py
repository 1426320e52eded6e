"""A painter in Bavaria, by the verbs themselves; the views are called as plain functions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from withhold.faces.web.desk import Desk
from withhold.faces.web.render import html
from withhold.faces.web.views import Ask, Go, Page, Upload
from withhold.keep import Store
from withhold.rights.case import Case, Event
from withhold.words import Account

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
GROUNDS = "I paint for a living, and an imitation of my style would take my orders away."


def home_of(path: Path) -> Desk:
    """A home with two accounts, a name and a place."""
    with Store.open(path / "home") as store:
        for name, value in (
            ("place", "DE-BY"),
            ("lang", "en"),
            ("name", "Ada Example"),
            ("email", "ada@example.org"),
        ):
            store.own.set(name, value)
        for platform in ("linkedin", "x"):
            store.own.add_account(Account(platform=platform, name="ada", audience="public"), NOW)
    return Desk(path / "home")


def asked(desk: Desk, when: str = "", lang: str = "en", **more: Any) -> Ask:
    """A request on a day."""
    return Ask(desk=desk, setting=desk.setting(lang, when), **more)


def get(desk: Desk, when: str = "", lang: str = "en", **query: str) -> Ask:
    """The address with its query."""
    return asked(desk, when, lang, query=query)


def post(desk: Desk, files: tuple[Upload, ...] = (), **form: str) -> Ask:
    """A form."""
    fields = {name.replace("__", "-"): [value] for name, value in form.items()}
    return asked(desk, form=fields, files=files)


def text(ask: Ask, page: Any) -> str:
    """The page as a browser gets it."""
    assert isinstance(page, Page)
    return html(ask, page, csrf="word")


def dropped(path: Path, name: str, body: bytes, field: str = "mail") -> Upload:
    """A file as the forms hand it over: under a name of its own."""
    file = path / f"upload-{len(list(path.iterdir()))}"
    file.write_bytes(body)
    return Upload(field=field, name=name, path=file, size=len(body))


def objection(desk: Desk, sent: str = "", **other: str) -> Case:
    """An objection to LinkedIn, written by the form's own steps; marked as sent on a day.

    ``other``: fields of the form.
    """
    from withhold.faces.web import letters_new

    form = {
        "of": "linkedin",
        "act": "object-training",
        "name": "Ada Example",
        "email": "ada@example.org",
        "account": "ada",
        "ground__voice": GROUNDS,
    }
    went = letters_new.write(post(desk, **(form | other)))
    assert isinstance(went, Go), went
    word = went.to.partition("typed=")[2].partition("#")[0]
    letters_new.write(post(desk, do="make", typed=word))
    with Store.open(desk.home) as store:
        case = store.cases.all()[-1].case
        if sent:
            store.cases.add(case.id, Event(kind="sent", on=date.fromisoformat(sent)), NOW)
    return case


def reply(reference: str, words: str, subject: str = "", **head: str) -> bytes:
    """A message as LinkedIn might send it."""
    lines = {
        "From": "Privacy <privacy@linkedin.com>",
        "To": "ada@example.org",
        "Subject": subject or f"Re: your objection [{reference}]",
        "Date": "Thu, 05 Nov 2026 10:00:00 +0000",
        "Message-ID": "<answer-1@linkedin.com>",
        "Content-Type": "text/plain; charset=utf-8",
    } | head
    said = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{said}\r\n{words}\r\n".encode()
