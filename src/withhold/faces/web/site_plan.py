"""A wish for a site and what it would change, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from withhold.faces.web.site_look import kept_answers
from withhold.faces.web.views import Ask
from withhold.signals import server_rules, wish
from withhold.verbs.kept_look import KeptLook
from withhold.verbs.site_folder import Pages, files_of, pages_of
from withhold.verbs.sites import part_of
from withhold.verbs.write_site import SitePlan, plan_site
from withhold.words import Site

ALSO: tuple[wish.Also, ...] = ("content-signal", "ai-txt")
SNIPPETS = tuple(one for one in server_rules.SERVERS if one != "_headers")


class Choice(Struct, frozen=True, kw_only=True):
    """What was chosen on the form. ``name`` is empty where no wish was chosen yet."""

    name: str = ""
    also: tuple[wish.Also, ...] = ()
    headers: bool = False
    """Whether a ``_headers`` file is to be written too."""

    def fields(self) -> dict[str, str]:
        """As the form sends it, and as an address carries it."""
        return {
            "wish": self.name,
            **{f"also-{one}": "1" for one in self.also},
            **({"headers": "1"} if self.headers else {}),
        }

    def options(self) -> list[str]:
        """As the command line takes it."""
        found = ["--wish", self.name]
        for one in self.also:
            found += ["--also", one]
        servers = [*SNIPPETS, *(["_headers"] if self.headers else [])]
        return [*found, "--servers", ",".join(servers)]


class Planned(Struct, frozen=True, kw_only=True):
    """The plan, what it compares with, and a word that changes whenever it would."""

    plan: SitePlan
    pages: Pages
    digest: str
    served: date | None = None
    """The day of the robots.txt that it was compared with; None = none was known."""
    reading: bool = False
    """Whether what is kept of the last look is still being read: then it may change."""

    @property
    def unseen(self) -> str:
        """As ``write_said.notes`` takes it."""
        return "" if self.served else "offline"


def choice_of(values: Mapping[str, str]) -> Choice:
    """What an address or a form says; a wish that there is not counts as none."""
    name = values.get("wish", "")
    return Choice(
        name=name if name in wish.NAMED else "",
        also=tuple(one for one in ALSO if values.get(f"also-{one}") == "1"),
        headers=values.get("headers") == "1",
    )


def planned(ask: Ask, site: Site, choice: Choice) -> Planned:
    """What would change. Raises BadInput where the folder is gone or cannot be read.

    Compared is with what was served at the last look, if that was today; for a site without a
    folder of whatever day, since that is what is added to.
    """
    folder = Path(site.folder) if site.folder else None
    files = files_of(folder) if folder else {}
    pages = pages_of(folder) if folder else Pages()
    kept, fresh = kept_answers(ask, site)
    served, day = _robots_of(kept)
    if folder and day != ask.setting.today:
        served, day = None, None
    plan = plan_site(
        wish.named(choice.name, choice.also),
        files,
        ask.desk.knowledge,
        served=served,
        paths=pages.paths,
        servers=["_headers"] if choice.headers else [],
    )
    return Planned(plan=plan, pages=pages, digest=_digest(plan), served=day, reading=not fresh)


def _robots_of(kept: KeptLook | None) -> tuple[bytes | None, date | None]:
    """The robots.txt of the last look, and its day; None where none is known."""
    if kept is None:
        return None, None
    part = part_of(kept.fetched.robots, rules=True)
    if not part.read and part.missing != "none":
        return None, None
    return part.body, kept.at.astimezone().date()


def _digest(plan: SitePlan) -> str:
    """Of all names and bytes, before and after."""
    found = hashlib.sha256()
    for one in plan.changes:
        for piece in (one.name.encode(), one.before, one.after):
            found.update(b"-" if piece is None else b"%d:" % len(piece) + piece)
    return found.hexdigest()
