"""prove bundle: what is asked for, and which links of the chain belong to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

import msgspec
from msgspec import Struct

from withhold.errors import NotFound
from withhold.keep import Link, Store
from withhold.reach.addresses import BadUrl, read
from withhold.traces.bundles.manifest import Asked
from withhold.words import Account, Site

LinkKind = Literal["observation", "policy", "case", "unreadable"]


class Wanted(Struct, frozen=True, kw_only=True):
    """What is asked for, looked up. ``everything`` where nothing narrows it down but days."""

    accounts: tuple[Account, ...] = ()
    sites: tuple[Site, ...] = ()
    cases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    everything: bool = True

    def in_time(self, day: str) -> bool:
        """Whether a day (ISO) lies between the two, both included; one that is not known does."""
        return not day or (
            (self.since is None or day >= str(self.since))
            and (self.until is None or day <= str(self.until))
        )

    def has(self, said: Said) -> bool:
        """Whether the text of a link belongs to it."""
        if not self.in_time(said.on):
            return False
        if self.everything:
            return True
        platforms = {one.platform for one in self.accounts}
        if said.kind == "policy":
            return said.about.partition("/")[0] in platforms
        if said.kind == "case":
            return said.case in self.cases
        keys = {one.key for one in self.accounts}
        urls = {one.url for one in self.sites}
        if said.account in keys | urls:
            return True
        return said.account in ("", *platforms) and said.about.partition("/")[0] in platforms

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts of the sites."""
        return frozenset(filter(None, (host_of(one.url) for one in self.sites)))


class Said(Struct, frozen=True, kw_only=True):
    """The text of one link, read as far as it can be. ``about`` is a control or a document."""

    kind: LinkKind
    fields: dict[str, Any] = {}
    on: str = ""
    about: str = ""
    account: str = ""
    case: str = ""


def wanted(store: Store, asked: Asked, since: date | None, until: date | None) -> Wanted:
    """Raises NotFound for an account, a site or a case that is not the owner's.

    With an account or a site come the cases about it.
    """
    accounts = [_one("account", key, store.own.accounts()) for key in asked.accounts]
    sites = [_site(url, store.own.sites()) for url in asked.sites]
    cases = {store.cases.of(one).case.id for one in asked.cases}
    urls = {one.url for one in sites}
    for filed in store.cases.all():
        case = filed.case
        theirs = any(
            one.platform == case.subject and case.account in ("", one.name, one.key)
            for one in accounts
        )
        if theirs or case.account in urls:
            cases.add(case.id)
    return Wanted(
        accounts=tuple(accounts),
        sites=tuple(sites),
        cases=tuple(sorted(cases)),
        since=since,
        until=until,
        everything=not (asked.accounts or asked.sites or asked.cases),
    )


def host_of(url: str) -> str:
    """The host of an address; empty where it has none."""
    try:
        return read(url).host
    except BadUrl:
        return ""


def _one(what: str, key: str, there: Iterable[Account]) -> Account:
    found = next((one for one in there if one.key == key), None)
    if found is None:
        raise NotFound(f"no {what} {key} of yours", "withhold own list shows yours")
    return found


def _site(url: str, there: Iterable[Site]) -> Site:
    plain = url.rstrip("/")
    found = next(
        (one for one in there if plain in (one.url.rstrip("/"), one.url.partition("://")[2])), None
    )
    if found is None:
        raise NotFound(f"no site {url} of yours", "withhold own list shows yours")
    return found


def said_by(link: Link) -> Said:
    """What a link's text says."""
    try:
        fields = msgspec.json.decode(link.body)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        fields = None
    recorded = link.recorded_at[:10]
    if not isinstance(fields, dict):
        return Said(kind="unreadable", on=recorded)
    on = fields.get("on")
    if "case" in fields:
        event = fields.get("event")
        day = event.get("on") if isinstance(event, dict) else None
        return Said(kind="case", fields=fields, case=str(fields["case"]), on=str(day or recorded))
    day = str(on or recorded)
    if "document" in fields:
        return Said(kind="policy", fields=fields, on=day, about=str(fields["document"]))
    return Said(
        kind="observation",
        fields=fields,
        on=day,
        about=str(fields.get("control", "")),
        account=str(fields.get("account", "")),
    )
