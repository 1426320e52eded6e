"""The owner: who asks, from where, with which accounts and sites, and what was seen so far."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct, field

from withhold.catalog.read import read
from withhold.facts import Fact
from withhold.words import Account, AccountKind, Audience, How, Observation, Site


class Owner(Struct, frozen=True, kw_only=True):
    """Everything about the asker that an answer depends on."""

    place: str = ""
    lang: str = ""
    contact: str = ""
    """How those whose sites are fetched can turn to the owner: a web or mail address."""
    name: str = ""
    """Only letters need it, and the two that follow; nothing else ever names them."""
    email: str = ""
    address: str = ""
    accounts: tuple[Account, ...] = ()
    sites: tuple[Site, ...] = ()
    seen: tuple[Observation, ...] = ()
    public_until: dict[str, date] = {}
    """Account key -> the day it stopped being public."""
    example: bool = False

    def of(self, platform: str) -> tuple[Account, ...]:
        """The owner's accounts on a platform."""
        return tuple(one for one in self.accounts if one.platform == platform)


class _Account(Fact, frozen=True, kw_only=True):
    platform: str
    name: str = ""
    kind: AccountKind = "personal"
    plan: str = ""
    audience: Audience = "unknown"
    lang: str = ""
    since: date | None = None
    public_until: date | None = None


class _Site(Fact, frozen=True, kw_only=True):
    url: str
    folder: str = ""


class _Done(Fact, frozen=True, kw_only=True):
    control: str
    value: str
    on: date
    how: How = "told"
    account: str = ""


class OwnerFile(Fact, frozen=True, kw_only=True):
    """An owner written down as a file, for an example or for a check without a store."""

    place: str
    lang: str = ""
    example: bool = False
    account: list[_Account] = field(default_factory=list)
    site: list[_Site] = field(default_factory=list)
    done: list[_Done] = field(default_factory=list)


def from_file(path: Path) -> Owner:
    """The owner of a TOML file; folders of sites are relative to it. Raises BadKnowledge."""
    said = read(path, OwnerFile, str(path))
    accounts = tuple(
        Account(
            platform=one.platform,
            name=one.name,
            kind=one.kind,
            plan=one.plan,
            audience=one.audience,
            lang=one.lang,
            since=one.since,
        )
        for one in said.account
    )
    closed = zip(accounts, said.account, strict=True)
    return Owner(
        place=said.place,
        lang=said.lang,
        example=said.example,
        accounts=accounts,
        sites=tuple(
            Site(url=one.url, folder=str(path.parent / one.folder) if one.folder else "")
            for one in said.site
        ),
        seen=tuple(
            Observation(
                control=one.control,
                value=one.value,
                on=one.on,
                how=one.how,
                account=one.account,
                id=f"{path.name}#{number}",
            )
            for number, one in enumerate(said.done, start=1)
        ),
        public_until={a.key: one.public_until for a, one in closed if one.public_until},
    )


def has_store(home: Path) -> bool:
    """Whether anything was written down yet; opens nothing."""
    from withhold.keep import Store

    return Store.exists(home)


def from_store(home: Path) -> Owner:
    """The owner as written down; raises StoreTrouble. Reads only."""
    from withhold.keep import Store
    from withhold.verbs.request_seen import seen_of

    with Store.read(home) as store:
        accounts = tuple(store.own.accounts())
        sites = tuple(store.own.sites())
        closed = {one.key: store.own.public_until(one.key) for one in accounts}
        settings = store.own.settings()
        return Owner(
            place=settings.get("place", ""),
            lang=settings.get("lang", ""),
            contact=settings.get("contact", ""),
            accounts=accounts,
            name=settings.get("name", ""),
            email=settings.get("email", ""),
            address=settings.get("address", ""),
            sites=sites,
            seen=(*store.observations.all(), *seen_of(store.cases.all(), accounts, sites)),
            public_until={key: day for key, day in closed.items() if day},
        )
