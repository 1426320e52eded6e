"""What an owner says of themselves, checked once for the command line and the dashboard.

Every function answers with what is to be stored, or raises BadInput with a tip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from msgspec.structs import replace

from withhold import words
from withhold.catalog import find
from withhold.catalog.places import Places
from withhold.errors import BadInput, NotFound
from withhold.faces.cli.setting import plain_name
from withhold.faces.report.plain import printable
from withhold.facts import Platform
from withhold.words import Account, AccountKind, Audience

if TYPE_CHECKING:
    from datetime import date, datetime

    from withhold.keep import Store

SETTINGS = ("place", "lang", "contact", "name", "email", "address")
AUDIENCES: tuple[Audience, ...] = (*words.AUDIENCES, "unknown")
KINDS: tuple[AccountKind, ...] = get_args(AccountKind)
_CONTACT = re.compile(r"(?:https?://|(?=[^@]+@))[!-'*-~]+", re.ASCII)
_CODE_BEHIND = re.compile(r"\(([A-Za-z]{2}(?:-[A-Za-z0-9]{1,3})?)\)\s*$")


def setting_said(name: str, said: str, places: Places) -> str:
    """One of SETTINGS, as it is stored."""
    if name == "place":
        return find.place(places, said)
    if name == "contact":
        if not _CONTACT.fullmatch(said):
            raise BadInput(f"not a contact: {printable(said)}", "you@example.org, or https://...")
        return said
    if name in ("name", "email", "address"):
        return _signature(name, said)
    if said not in words.LANGS:
        raise BadInput(f"unknown language: {printable(said)}", " or ".join(words.LANGS))
    return said


def _signature(name: str, said: str) -> str:
    """A name, e-mail or address as letters take it."""
    from withhold.rights.mail import mail_address
    from withhold.rights.typed import lines, one_line

    if name == "email":
        return mail_address(said)
    if name == "name":
        value = one_line("your name", said, 200)
    else:
        said = said.replace("\r", "").replace("\\n", "\n").replace(",", "\n")
        parts = [one.strip() for one in said.split("\n")]
        value = lines("your address", "\n".join(filter(None, parts)), 600)
    if not value:
        raise BadInput(f"your {name} is empty", f"withhold own set {name} TEXT")
    return value


def place_named(places: Places, said: str) -> str:
    """The code for a code, for ``Germany (DE)``, or for the name of a place in any language.

    A name that two places have is not decided: both are named.
    """
    if len(named := places_named(places, said)) > 1:
        raise NotFound(f"two places are called so: {printable(said)}", " or ".join(named))
    return named[0] if named else find.place(places, said)


def places_named(places: Places, said: str) -> list[str]:
    """The codes of all places that are called so; none where there is no such place."""
    behind = _CODE_BEHIND.search(said)
    if code := places.code(behind[1] if behind else said):
        return [code]
    wanted = said.strip().casefold()
    return sorted(
        code
        for code, texts in places.names.items()
        if places.code(code) and wanted in {one.casefold() for one in texts.values()}
    )


def one_of(said: str, known: Iterable[str], what: str) -> str:
    """One of a closed list."""
    listed = tuple(known)
    if said not in listed:
        raise BadInput(f"{printable(said)} is no {what}", f"one of {', '.join(listed)}")
    return said


def plans_of(platform: Platform) -> list[str]:
    """The plans that matter on a platform, as it calls them."""
    return sorted({one for practice in platform.practice for one in practice.plans})


def plan_said(platform: Platform, said: str) -> str:
    """A plan of a platform; where none is known to matter, any."""
    plans = plans_of(platform)
    if said and plans and said not in plans:
        raise NotFound(
            f"{platform.name} has no plan {printable(said)} that matters here", ", ".join(plans)
        )
    return plain_name(said)


def site_said(said: str) -> str:
    """The address of a site: a name without ``https://`` gets it."""
    url = said.strip()
    if not url.startswith(("https://", "http://")):
        url = f"https://{url}"
    url = plain_name(url).rstrip("/")
    host = (url.split("/") + [""] * 3)[2]
    if "." not in host or " " in url:
        raise BadInput(f"{printable(url)} is not the address of a site", "as https://example.org")
    return url


def folder_said(said: str) -> str:
    """The folder of a site's files, as a whole path; empty = none."""
    if not said:
        return ""
    path = Path(plain_name(said)).expanduser()
    if not path.is_dir():
        raise BadInput(
            f"{printable(said)} is no folder on this computer", "the folder of its files"
        )
    return str(path.resolve())


def add_account(
    store: Store,
    account: Account,
    now: datetime,
    since: date | None = None,
    *,
    was_public: bool = False,
) -> None:
    """Adds or replaces it; ``since`` is the day from which it has its audience.

    ``was_public``: before that day it was public, which stays in the history of its audience.
    """
    if was_public and not since:
        raise BadInput("--was-public needs the day", "--audience-since 2025-03-01")
    if was_public and since:
        before = replace(account, audience="public")
        first = min(account.since or since, since)
        store.own.add_account(before, now, first if first < since else since - timedelta(days=1))
    store.own.add_account(account, now, since or account.since)


def restore_account(
    store: Store, account: Account, history: Sequence[tuple[date, Audience]], now: datetime
) -> None:
    """As it was before it was changed or removed, with the history of its audience."""
    with store.together():
        if any(one.key == account.key for one in store.own.accounts()):
            store.own.remove_account(account.key)  # takes what was said of earlier days along
        for day, audience in history:
            store.own.add_account(replace(account, audience=audience), now, day)
        if not history:
            store.own.add_account(account, now)
