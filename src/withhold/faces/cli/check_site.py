"""``withhold check`` of a site: from the web, a folder, a robots.txt or an HTML file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from msgspec import Struct

from withhold.errors import BadInput
from withhold.faces.cli.evidence import keeping as keeping_of
from withhold.faces.cli.progress_line import progress
from withhold.faces.cli.setting import Setting
from withhold.faces.report.plain import printable
from withhold.faces.report.sarif import files_read
from withhold.reach.addresses import BadUrl, origin_of, read
from withhold.reach.http import Fetcher
from withhold.signals.robots import Mode
from withhold.verbs.check import Asking
from withhold.verbs.conflict import Conflict
from withhold.verbs.fetch_site import fetch_site, nothing_before
from withhold.verbs.judge_site import Judged, judge_disk, judge_fetched, licences_named_or_linked
from withhold.verbs.kept import Evidence, Keeping
from withhold.verdict import Verdict
from withhold.words import Site

_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+(?::\d+)?(?:/\S*)?")
_FILES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".txt",
    ".html",
    ".htm",
    ".xhtml",
    ".epub",
    ".pdf",
    ".xml",
    ".json",
    ".toml",
    ".conf",
    ".csv",
    ".zip",
)


class Target(Struct, frozen=True, kw_only=True):
    """A site that was named: by its address, or by what lies on the disk."""

    url: str = ""
    path: Path | None = None
    site: str = ""
    """What it is called in verdicts."""
    own: Site | None = None


class Asked(Struct, frozen=True, kw_only=True):
    """The options of one call that concern sites."""

    path: str = ""
    mode: Mode = "rfc"
    allow_private: bool = False
    evidence: bool = True
    pass_over: bool = False
    """What cannot be read is told and left out: it was not named, and others were not either."""


class Checked(Struct, frozen=True, kw_only=True):
    """What came out for one site."""

    verdicts: list[Verdict]
    conflicts: list[Conflict]
    files: tuple[str, ...] = ()
    """The files that were read, the one first that could say no: where a report points at."""


def is_address(name: str) -> bool:
    """Whether a target is the address of a site: a URL, or a domain that is no file's name."""
    if re.match(r"https?://", name, re.IGNORECASE):
        return True
    host = name.partition("/")[0]
    return bool(_DOMAIN.fullmatch(name)) and Path(host).suffix.lower() not in _FILES


def addressed(name: str, sites: Iterable[Site]) -> Target:
    """The site of an address; BadInput where it is none."""
    try:
        origin = origin_of(name)
    except BadUrl as why:
        raise BadInput(
            f"{name}: is no address of a site ({why})", "as https://example.org"
        ) from why
    return Target(url=name, site=origin, own=_own(origin, sites))


def lying(path: Path, sites: Iterable[Site]) -> Target:
    """The site whose file or folder lies on the disk."""
    for one in sites:
        if one.folder:
            folder = Path(one.folder).resolve()
            if path.resolve() in (folder, folder / "robots.txt"):
                return Target(path=path, site=one.url, own=one)
    return Target(path=path, site=str(path))


def _own(origin: str, sites: Iterable[Site]) -> Site | None:
    for one in sites:
        try:
            if origin_of(one.url) == origin:
                return one
        except BadUrl:
            continue
    return None


def check_all(
    targets: Sequence[Target], asked: Asked, asking: Asking, setting: Setting
) -> tuple[list[Checked], Evidence | None]:
    """Each site; those of the web are fetched one after the other by one visitor.

    With the evidence of what was fetched; None where nothing was, or where none is wanted.
    """
    web = next((one.site for one in targets if one.path is None), "")
    if web and setting.when < setting.today:
        raise BadInput(
            f"{web}: a site is fetched as it is today, not as it was on {setting.when}",
            "leave --when out, or check the robots.txt of that day as a file",
        )
    found: list[Checked] = []
    fetcher: Fetcher | None = None
    keeping: Keeping | None = None
    evidence: Evidence | None = None
    try:
        for number, target in enumerate(targets, start=1):
            if target.path is not None:
                found += _on_disk(target, asked, asking)
                continue
            if fetcher is None:
                contact = _contact(setting, targets)
                keeping = keeping_of(setting, contact, wanted=asked.evidence)
                fetcher = _visitor(contact, asked, setting, keeping)
            progress(f"{number}/{len(targets)} {target.site}")
            found.append(_on_the_web(target, asked, asking, setting, fetcher, keeping))
    finally:
        progress("")
        if fetcher:
            fetcher.close()
        if keeping:
            evidence = keeping.close()
    return found, evidence


def _contact(setting: Setting, targets: Sequence[Target]) -> str:
    """The contact is the one that was set, or a site of the owner's own."""
    own = [one.own.url for one in targets if one.own] + [one.url for one in setting.owner.sites]
    contact = setting.contact or next(iter(own), "")
    if not contact:
        site = next(one.site for one in targets if one.path is None)
        raise BadInput(
            f"{site}: a visit needs a contact that its owner can turn to",
            "withhold own set contact you@example.org (or WITHHOLD_CONTACT, for once); or save the "
            "site's robots.txt and check the file",
        )
    return contact


def _visitor(contact: str, asked: Asked, setting: Setting, keeping: Keeping | None) -> Fetcher:
    return Fetcher(
        contact,
        setting.now,
        allow_private=asked.allow_private,
        keep=keeping.add if keeping else None,
    )


def _on_the_web(
    target: Target,
    asked: Asked,
    asking: Asking,
    setting: Setting,
    fetcher: Fetcher,
    keeping: Keeping | None,
) -> Checked:
    if target.own:
        progress("")
        click.echo(
            f"withhold: {target.site} is a site of yours (own add site): fetched whatever its "
            "robots.txt says of us",
            err=True,
        )
    path = asked.path or _path_of(target.url)
    fetched = fetch_site(
        target.site,
        fetcher,
        path=path,
        own=target.own is not None,
        find_licences=licences_named_or_linked,
        before=keeping.before(target.site) if keeping else nothing_before,
    )
    if keeping:
        keeping.note(fetched)
    folder = target.own.folder if target.own else ""
    return _checked(
        judge_fetched(
            fetched,
            asking,
            setting.today,
            site=target.site,
            path=path,
            mode=asked.mode,
            folder=folder,
        )
    )


def _path_of(url: str) -> str:
    return read(url if "://" in url else f"https://{url}").target


def _on_disk(target: Target, asked: Asked, asking: Asking) -> list[Checked]:
    assert target.path is not None  # noqa: S101 - asked by the caller
    try:
        found = judge_disk(target.path, target.site, asking, ask=asked.path or "/", mode=asked.mode)
    except BadInput as why:
        if not asked.pass_over:
            raise
        click.echo(printable(f"withhold: {target.site}: {why.message}; passed over"), err=True)
        return []
    return [_checked(found)]


def _checked(found: Judged) -> Checked:
    return Checked(
        verdicts=list(found.verdicts),
        conflicts=list(found.conflicts),
        files=files_read(found.seen),
    )
