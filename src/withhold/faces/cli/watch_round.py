"""One look of ``withhold watch``: look, tell, send, and only then keep it as the last one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput, NothingToCheck
from withhold.faces.cli.plan import standings_of
from withhold.faces.cli.setting import Setting, written
from withhold.faces.report import watched, watched_told
from withhold.verbs.check import Asking
from withhold.verbs.watch import SiteLook, look_again, read_last, save
from withhold.verbs.watch_sites import as_they_are

if TYPE_CHECKING:
    from withhold.reach.notices import Notices
    from withhold.verbs.watch_documents import Documents


class Options(Struct, frozen=True, kw_only=True):
    """What was asked for; the same for every look of a run."""

    form: str = "text"
    lang: str = ""
    sites: bool = False
    allow_private: bool = False
    feed: str = ""
    addresses: tuple[str, ...] = ()
    one_line: bool = False
    policies: tuple[str, ...] = ()
    """``own``, ``all``, or ids of platforms and companies; empty = no policy is looked at."""
    clone: str = ""
    """A clone of Open Terms Archive's versions, read instead of the web."""

    @property
    def fetches(self) -> bool:
        """Whether a look asks servers."""
        return self.sites or (bool(self.policies) and not self.clone)


def addresses_in(path: str) -> tuple[str, ...]:
    """Addresses of notices from a file; empty lines and those with ``#`` are none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as why:
        raise BadInput(f"--notify-file {path}: cannot be read", "one address a line") from why
    return tuple(one.strip() for one in lines if one.strip() and not one.lstrip().startswith("#"))


def look(options: Options, make: Callable[..., Setting] = Setting) -> bool:
    """Looks, tells and keeps. Whether something changed for the worse.

    What can fail before the look (an address, a feed of somebody else) fails before it.
    """
    notices = _notices(options)
    feed = Path(options.feed) if options.feed else None
    before = _feed_of(feed)
    setting = make(lang=options.lang)
    owner = setting.owner
    letters = standings_of(setting)
    if not (owner.accounts or owner.sites or letters or options.policies or options.clone):
        raise NothingToCheck("you own nothing here yet", "withhold start asks what you use")
    knowledge = setting.knowledge(
        dict.fromkeys(one.platform for one in owner.accounts), crawlers=bool(owner.sites)
    )
    words = watched_told.words_of(setting.lang)
    if not owner.place and not (owner.accounts or owner.sites or letters):
        owner, asking = (
            replace(owner, place=""),
            Asking(place="", when=setting.when, knowledge=knowledge),
        )
    else:
        asking = setting.asking(knowledge)
    sites = [
        watched_told.named(one, words, owner.sites) for one in _looks(options, asking, setting)
    ]
    last = read_last(setting.home) if setting.has_store() else {}
    found = look_again(owner, asking, last, sites=sites, letters=letters)
    documents: Documents | None = None
    if options.policies or options.clone:
        from withhold.faces.cli.watch_policy import looked

        documents = looked(options, setting, asking, last)
        found.keeps.update(documents.keeps)
    told = watched_told.Teller(
        found=found,
        speaker=setting.speaker(knowledge),
        words=words,
        short=setting.phrases,
        documents=documents,
    )
    _tell(told, options)
    _send(told, feed, before, notices, setting)
    save(setting.home, found, setting.now(), documents, fetched=options.fetches)
    return told.worse


def _looks(options: Options, asking: Asking, setting: Setting) -> list[SiteLook]:
    """The owner's sites; those without a folder are not fetched unless that was asked for."""
    sites = setting.owner.sites
    return as_they_are(
        sites,
        asking,
        setting.home,
        setting.now,
        setting.contact or (sites[0].url if sites else ""),
        fetch=options.sites,
        keep=setting.may_write,
        allow_private=options.allow_private,
    )


def _tell(told: watched_told.Teller, options: Options) -> None:
    if options.form == "json":
        from withhold.faces.report.watched_values import as_json

        written(as_json(told, indent=None if options.one_line else 2))
    elif options.form == "md":
        written(watched.as_markdown(told))
    else:
        from withhold.faces.cli.show import Paper

        out = Paper()
        for one in watched.lines(told):
            if one.level == 0:
                out.put()
                out.put(one.text, style="bold")
            elif one.head:
                out.put(one.text, 2 + len(one.head) + 1, "bold", head=f"  {one.head}")
            else:
                out.put(one.text, 2 * one.level + 2, "dim" if one.level > 1 else "")


def _notices(options: Options) -> Notices | None:
    if not options.addresses:
        return None
    from withhold.reach.notices import Notices

    return Notices(options.addresses)


def _feed_of(path: Path | None) -> bytes | None:
    """The feed as it is; BadInput where something else stands in its place."""
    if path is None or not path.exists():
        return None
    from withhold.faces.notify import read_feed

    try:
        body = path.read_bytes()
    except OSError as why:
        raise BadInput(f"--feed {path}: cannot be read ({why.strerror})", "a file") from why
    read_feed(body)
    return body


def _send(
    told: watched_told.Teller,
    feed: Path | None,
    before: bytes | None,
    notices: Notices | None,
    setting: Setting,
) -> None:
    """Into the feed, then to the addresses; nothing where nothing is new."""
    from withhold.faces import notify

    if feed is not None:
        from withhold.reach.files import write
        from withhold.reach.whole_files import mode_of

        body = notify.feed(before, notify.items(told), setting.now(), told.words["feed_title"])
        if body is not None:
            write(feed, body, mode=mode_of(feed) if feed.exists() else 0o600)
    title, text = notify.notice(told)
    if notices is not None and title:
        notices.send(title, text)
        click.echo("withhold: notice sent", err=True)
