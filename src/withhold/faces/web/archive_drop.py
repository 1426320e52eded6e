"""Archives: those that were taken in, and dropping more; the taking in is a job with progress."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from withhold.errors import BadInput, WithholdError
from withhold.faces.cli.import_kinds import kind_of
from withhold.faces.cli.setting import plain_name
from withhold.faces.report.exposure_said import named
from withhold.faces.report.plain import printable
from withhold.faces.web.archive_work import Dropped, work
from withhold.faces.web.days import day_here, day_said
from withhold.faces.web.views import Ask, Go, Page, Route
from withhold.faces.web.words import told_here, words_of
from withhold.reach.dropped_together import gather, release

FIELDS = ("account", "name", "on", "others")
NEW = "new"
"""Of the field ``account``: none of those that are there; its name is typed."""


def show(ask: Ask) -> Page:
    """The form to drop archives, and what was taken in before."""
    t = words_of("posts", ask.setting.lang)
    typed = ask.desk.typed.get(ask.query.get("draft", ""), {})
    edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
    archives: list[Any] = []
    if ask.desk.exists():
        with ask.desk.reading() as store:
            archives = list(reversed(store.posts.archives()))
    keys = dict.fromkeys(one.key for one in ask.setting.owner.accounts)
    keys |= dict.fromkeys(one.account for one in archives)
    return Page(
        template="archives.html",
        title=t["archives"],
        values={
            "t": t,
            "typed": typed,
            "wrong": typed.get("wrong", ""),
            "wrong_at": typed.get("wrong_at", ""),
            "belongs": typed.get("belongs", ""),
            "accounts": [(key, named(key, edition.speaker)) for key in keys],
            "archives": archives,
            "name": lambda key: named(key, edition.speaker),
            "today": ask.setting.today,
            "day_here": day_here,
        },
        part="posts",
        command="withhold import ARCHIVE",
        covers_not=(t["archive_is_a_day"], t["not_asked_for"]),
    )


def drop(ask: Ask) -> Go:
    """Files that were dropped: looked at, and taken in as a job. They are deleted in any case."""
    t = words_of("posts", ask.setting.lang)
    files = [one for one in ask.files if one.field == "files"]
    at = "files"
    try:
        if not files:
            raise BadInput(t["no_files"], t["no_files_tip"])
        for one in files:
            _must_be_an_archive(one.path, one.name, t)
        at = "on"
        on = _day(ask)
        at = "name"
        account, new = _account(ask, t)
    except _Elsewhere as why:
        return _again(ask, why.message, at, why.to)
    except WithholdError as why:
        return _again(ask, told_here(why, ". "), at)
    paths = gather(ask.desk.home, [(ask.desk.keep_upload(one), one.name) for one in files])
    dropped = Dropped(
        paths=paths,
        account=account,
        new=new,
        others=ask.said("others") == "yes",
        on=on,
        lang=ask.setting.lang,
    )
    names = printable(", ".join(one.name for one in files))
    job = ask.desk.jobs.start(
        "import",
        t["job"].format(files=names[:200]),
        lambda job: work(job, ask.desk, dropped),
        "/posts",
        ended=lambda: release(paths[0].parent),
    )
    return Go(to=f"/job?id={job.id}")


class _Elsewhere(Exception):
    """What was dropped belongs to another page; told on this one, with the way there."""

    def __init__(self, message: str, to: str) -> None:
        super().__init__(message)
        self.message, self.to = message, to


def _must_be_an_archive(path: Path, name: str, t: dict[str, str]) -> None:
    """Raises _Elsewhere for mail and for the guide's checklist, by name or by what is in it."""
    ending = Path(name).suffix.lower()
    kind = "mail" if ending in (".eml", ".mbox", ".mbx") else kind_of(str(path), mail=False)
    if kind == "mail":
        raise _Elsewhere(t["is_mail"].format(name=printable(name)), "/letters")
    if kind == "checklist":
        raise _Elsewhere(t["is_checklist"].format(name=printable(name)), "/first")


def _day(ask: Ask) -> date | None:
    said = ask.said("on")
    return day_said(ask, said) if said else None


def _account(ask: Ask, t: dict[str, str]) -> tuple[str, str]:
    """The key of an account that is there, or the name of a new one; empty = as it says."""
    said = ask.said("account")
    if said != NEW:
        return said, ""
    name = plain_name(ask.said("name"))
    if not name:
        raise BadInput(t["no_name"], t["no_name_tip"])
    return "", name[:100]


def _again(ask: Ask, wrong: str, at: str, belongs: str = "") -> Go:
    """The form with what was typed; the files have to be chosen again, as browsers want it."""
    fields = {name: ask.said(name) for name in FIELDS}
    draft = ask.desk.put_by({**fields, "wrong": wrong, "wrong_at": at, "belongs": belongs})
    return Go(to=f"/posts/archives?draft={draft}")


ROUTES = (Route(path="/posts/archives", get=show, post=drop, upload=True),)
