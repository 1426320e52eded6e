"""Where each thing stands in the guide: page paths relative to its root, ending in a slash.

They are promises: a page that was cited stays where it is, so nothing else makes them up. An
``id`` is a slug of ``knowledge/`` (of a crawler its id, not its token).
"""

from __future__ import annotations

import re

from withhold.catalog.load import Knowledge

_FILE = re.compile(
    r"(platforms|history|actors|laws|crawlers|signals|claims)/([a-z0-9-]+)\.toml(?:#([a-z0-9-]+))?"
)


def platform(id: str) -> str:
    """The page of a platform."""
    return f"platforms/{id}/"


def company(id: str) -> str:
    """The page of an actor."""
    return f"companies/{id}/"


def crawler(id: str) -> str:
    """The page of a product token, by the crawler's id."""
    return f"crawlers/{id}/"


def signal(id: str) -> str:
    """The page of a signal."""
    return f"signals/{id}/"


def law(id: str) -> str:
    """The page of a law."""
    return f"laws/{id}/"


def claim(id: str) -> str:
    """The page of a claim."""
    return f"claims/{id}/"


def reason(code: str) -> str:
    """The page of a reason code."""
    return f"reasons/{code}/"


def why(slug: str) -> str:
    """An explanation page."""
    return f"explained/{slug}/"


def fact(owner: str, thing: str, actor: bool = False) -> str:
    """The page of one practice, control or dispute of a platform; with ``actor`` of an actor."""
    return f"facts/company-{owner}/{thing}/" if actor else f"facts/{owner}/{thing}/"


def shield(platform: str, nth: int = 1) -> str:
    """The page of a platform's shield; shields have no id, so they count from 1 in the file."""
    return fact(platform, "shield" if nth == 1 else f"shield-{nth}")


def named(known: Knowledge, said: str) -> str:
    """The page of a practice or control that a law or claim names as ``owner/id``.

    The owner is a platform or, where none of that id has such a fact, an actor; empty when nobody
    has it.
    """
    owner, _, thing = said.partition("/")
    platform_, company_ = known.platforms.get(owner), known.actors.get(owner)
    if platform_ and thing in (
        {one.id for one in platform_.practice} | {one.id for one in platform_.control}
    ):
        return fact(owner, thing)
    if company_ and thing in {one.id for one in company_.practice}:
        return fact(owner, thing, actor=True)
    return ""


def place(code: str) -> str:
    """The page of a place, by its code (``US-PA``)."""
    return f"{code.lower()}/"


def place_platform(code: str, platform: str) -> str:
    """The page of one platform in one place."""
    return f"{place(code)}{platform}/"


def rests_on(text: str) -> str:
    """The page of what a reason rests on; empty when it is no file of knowledge.

    ``text`` is a ``Reason.rests_on``: ``history/linkedin.toml#not-in-europe`` has a page, an
    observation or a line of a site's own robots.txt has none.
    """
    found = _FILE.fullmatch(text)
    if found is None:
        return ""
    folder, slug, thing = found.groups()
    if thing:
        return fact(slug, thing, folder == "actors") if folder in _HOLD_FACTS else ""
    return _PAGES[folder](slug)


_HOLD_FACTS = ("platforms", "history", "actors")
_PAGES = {
    "platforms": platform,
    "history": platform,
    "actors": company,
    "laws": law,
    "crawlers": crawler,
    "signals": signal,
    "claims": claim,
}
