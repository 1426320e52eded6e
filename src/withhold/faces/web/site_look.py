"""A look at a site: what lies in its folder now, or what its server answered the last time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.faces.web.account_named import asking_of
from withhold.faces.web.site_named import origin
from withhold.faces.web.views import Ask
from withhold.faces.web.words import own_tip
from withhold.reach import warc_files
from withhold.verbs.judge_site import Judged, judge_disk, judge_fetched
from withhold.verbs.kept_look import KeptLook, last_look
from withhold.verbs.seen import NOT_ASKED
from withhold.verbs.site_folder import stamp_of
from withhold.verbs.sites import check_site
from withhold.verdict import Verdict
from withhold.words import Site

How = Literal["folder", "served"]
T = TypeVar("T")
_AT_ONCE = 4 * 1024 * 1024
"""Bytes of evidence that are looked through while the page waits."""


class Look(Struct, frozen=True, kw_only=True):
    """What was found, or ``why`` nothing was and what to do.

    ``at``: when a server answered; ``file``: where its answers are kept. ``reading``: it is still
    being read; ``judged`` is then what was found before, or None.
    """

    how: How
    judged: Judged | None = None
    why: str = ""
    tip: str = ""
    at: datetime | None = None
    file: str = ""
    no_page: bool = False
    reading: bool = False


def look_at(ask: Ask, site: Site, how: How) -> Look:
    """One of the two; nothing is fetched. Raises BadInput where no place is known."""
    return in_folder(ask, site) if how == "folder" else as_served(ask, site)


def in_folder(ask: Ask, site: Site) -> Look:
    """What lies in its folder now; made anew when a file of it changed."""
    asking, folder = asking_of(ask), Path(site.folder)
    try:
        judged = ask.desk.kept(
            ask.setting,
            "site-folder",
            lambda: judge_disk(folder, site.url, asking),
            site.url,
            site.folder,
            stamp_of(folder),
        )
    except BadInput as why:
        return Look(how="folder", why=why.message, tip=own_tip(why))
    except OSError as why:
        return Look(how="folder", why=f"{folder}: {why.strerror}")
    return Look(how="folder", judged=judged)


def as_served(ask: Ask, site: Site) -> Look:
    """What its server answered the last time that a look was kept."""
    asking, asked = asking_of(ask), origin(site)
    if not asked or not warc_files.files(ask.desk.home):
        return Look(how="served")

    def make() -> Look:
        kept = last_look(ask.desk.home, asked)
        if kept is None:
            return Look(how="served")
        judged = judge_fetched(
            kept.fetched,
            asking,
            kept.at.astimezone().date(),
            site=site.url,
            folder=site.folder,
        )
        if kept.no_page:  # only another path of it was asked for
            seen = replace(judged.seen, page=NOT_ASKED)
            judged = replace(judged, seen=seen, verdicts=tuple(check_site(seen, asking)))
        return Look(how="served", judged=judged, at=kept.at, file=kept.file, no_page=kept.no_page)

    found, fresh = _counted(ask, "site-served", make, site.url, site.folder)
    return replace(found or Look(how="served"), reading=not fresh)


def kept_answers(ask: Ask, site: Site) -> tuple[KeptLook | None, bool]:
    """What is kept of the last look, as bytes, and whether that is up to date.

    None where nothing is kept; until it has been read it is what was there before, or None.
    """
    asked = origin(site)
    if not asked or not warc_files.files(ask.desk.home):
        return None, True
    return _counted(ask, "site-kept", lambda: last_look(ask.desk.home, asked), site.url)


def _counted(ask: Ask, name: str, make: Callable[[], T], *about: object) -> tuple[T | None, bool]:
    """At once where little is kept; else in the background."""
    if warc_files.size(ask.desk.home) <= _AT_ONCE:
        return ask.desk.kept(ask.setting, name, make, *about), True
    return ask.desk.later(ask.setting, name, make, *about)


def how_of(ask: Ask, site: Site) -> How:
    """Its folder, where it has one and nothing else was asked for."""
    asked = ask.query.get("as", "")
    return "folder" if site.folder and asked != "served" else "served"


def training(look: Look) -> list[Verdict]:
    """What was found of training: one answer a company."""
    found: Iterable[Verdict] = look.judged.verdicts if look.judged else ()
    return [one for one in found if one.use == "train-ai"]
