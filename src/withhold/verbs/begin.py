"""The first use: the accounts that a person names in one breath, and all of it written at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from withhold.facts import Platform
from withhold.keep import Store
from withhold.words import Account, AccountKind, Audience, Site


class Begun(Struct, frozen=True, kw_only=True):
    """What was answered; empty = not said, and what is stored stays."""

    place: str = ""
    lang: str = ""
    accounts: tuple[Account, ...] = ()
    sites: tuple[Site, ...] = ()


def accounts_named(
    slugs: Iterable[str],
    names: Mapping[str, Sequence[str]],
    kind: AccountKind = "personal",
    audience: Audience = "unknown",
) -> list[Account]:
    """One account a platform, or one for each of its ``names``; every one of them alike."""
    return [
        Account(platform=slug, name=name, kind=kind, audience=audience, adult=kind != "minor")
        for slug in dict.fromkeys(slugs)
        for name in dict.fromkeys(names.get(slug) or [""])
    ]


def has_named_parts(platform: Platform) -> bool:
    """Whether each blog or site of one account has a switch of its own there."""
    return any(
        one.scope in ("blog", "site") and one.kind not in ("none", "audience")
        for one in platform.control
    )


def begin(store: Store, begun: Begun, now: datetime) -> None:
    """Writes it down, all or nothing."""
    with store.together():
        if begun.place:
            store.own.set("place", begun.place)
        if begun.lang:
            store.own.set("lang", begun.lang)
        for account in begun.accounts:
            store.own.add_account(account, now)
        for site in begun.sites:
            store.own.add_site(site.url, site.folder)
