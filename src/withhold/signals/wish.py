"""One wish about a whole site, what each product token is told, and which signals say it.

Product tokens come from knowledge and from nowhere else; so does what each is for: the practices
that name it, its purpose, and what else it is said to serve. A token that was announced and not
verified stands in no file of ``crawlers/`` and so is never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.errors import BadInput
from withhold.site_facts import Crawler
from withhold.words import Use

USES: tuple[Use, ...] = ("train-ai", "search", "ai-input", "ads", "licence-to-third-party")
"""The uses of a site's pages that a wish can speak of."""
KEPT = (
    *("Googlebot", "Googlebot-News", "Googlebot-Image", "Googlebot-Video", "bingbot"),
    *("Applebot", "DuckDuckBot", "AdsBot-Google", "Mediapartners-Google"),
)
"""What no named wish may cost; only one's own wish that refuses search or ads by name can."""
Also = Literal["ai-txt", "content-signal"]
"""Signals that are written only when they are asked for: see ``chosen``."""

Why = Literal[
    "refused",
    "not-concerned",  # it is for nothing that the wish refuses
    "search-goes-first",  # one token for search and for what is refused; search was to stay
    "governed",  # a control token that is refused governs what its copies are used for
    "retired",  # named no more by its operator
    "library",  # a tool in anybody's hand: its name speaks to no company
    "not-a-token",  # RFC 9309 2.2.1 allows letters, "_" and "-"
]
_TOKEN = re.compile(r"[A-Za-z_-]+", re.ASCII)
_SERVED: dict[str, tuple[Use, ...]] = {
    "training": ("train-ai",),
    "search": ("search",),
    "ads": ("ads",),
}


class Wish(Struct, frozen=True, kw_only=True):
    """What is allowed (True) and refused (False), per use and, above that, per company."""

    name: str
    uses: dict[Use, bool] = {}
    companies: dict[str, dict[Use, bool]] = {}
    also: tuple[Also, ...] = ()
    retired: bool = False

    def says(self, operator: str, use: Use) -> bool | None:
        """Whether a company may, by this wish; None where it says nothing of it."""
        own = self.companies.get(operator, {})
        return own[use] if use in own else self.uses.get(use)

    @property
    def refused(self) -> frozenset[Use]:
        """The uses that everyone is refused: what a signal to everyone can say."""
        return frozenset(use for use, may in self.uses.items() if not may)

    @property
    def refuses(self) -> bool:
        """Whether it refuses anything to anybody."""
        said = (self.uses, *self.companies.values())
        return any(not may for one in said for may in one.values())


class Told(Struct, frozen=True, kw_only=True):
    """What one product token is told. ``uses`` are those refused of the ones it serves."""

    crawler: Crawler
    refused: bool
    why: Why
    uses: tuple[Use, ...] = ()

    @property
    def promised(self) -> bool:
        """Whether its operator says that it heeds a robots.txt for this token."""
        return self.crawler.honours.says == "yes"


NAMED: dict[str, dict[Use, bool]] = {
    "no-training": {"train-ai": False},
    "no-training-but-search": {"train-ai": False, "search": True},
    "no-ai-at-all": {"train-ai": False, "ai-input": False, "licence-to-third-party": False},
    "allow": {},
}


def named(name: str, also: Iterable[Also] = ()) -> Wish:
    """One of the four; BadInput for another name.

    ``no-training`` gives up a crawler that trains and also searches (but for KEPT);
    ``no-training-but-search`` keeps it, and says that search is welcome. ``no-ai-at-all`` refuses
    answers too: AI search engines and agents that fetch for a person. ``allow`` refuses nothing:
    what was written before is taken out.
    """
    if name not in NAMED:
        raise BadInput(f"no wish is called {name}", f"one of {', '.join(NAMED)}")
    return Wish(name=name, uses=NAMED[name], also=tuple(dict.fromkeys(also)))


# What a token serves, and what it is told ---------------------------------------------------------


def serves(crawler: Crawler, knowledge: Knowledge) -> frozenset[Use]:
    """What a token stands for: practices that it governs, its purpose, what else it is said to be
    for.

    A control token for search serves answers: the fetcher that it governs does the searching.
    """
    found = {
        practice.use
        for actor in knowledge.actors.values()
        for practice in actor.practice
        if crawler.token in practice.via and practice.says != "no"
    }
    if crawler.token_kind == "control" and crawler.purpose == "search":
        found.add("ai-input")
    else:
        found.update(_SERVED.get(crawler.purpose, ()))
    return frozenset(found.union(crawler.serves))


def told(wish: Wish, knowledge: Knowledge) -> list[Told]:
    """What each product token of knowledge is told, in the order of their spelling."""
    crawlers = sorted(knowledge.crawlers.values(), key=lambda one: one.token.lower())
    first = [_told(one, wish, knowledge) for one in crawlers]
    by_control: dict[str, set[Use]] = {}
    for one in first:
        if one.refused and one.promised and one.crawler.token_kind == "control":
            for fetcher in one.crawler.governs:
                by_control.setdefault(fetcher, set()).update(serves(one.crawler, knowledge))
    return [_governed(one, by_control) for one in first]


def _told(crawler: Crawler, wish: Wish, knowledge: Knowledge) -> Told:
    uses = serves(crawler, knowledge)
    no = tuple(use for use in USES if use in uses and wish.says(crawler.operator, use) is False)

    def answer(why: Why) -> Told:
        return Told(crawler=crawler, refused=why == "refused", why=why, uses=no)

    if not no:
        return answer("not-concerned")
    if not _TOKEN.fullmatch(crawler.token):
        return answer("not-a-token")
    if crawler.token_kind == "library":
        return answer("library")
    if crawler.status == "retired" and not wish.retired:
        return answer("retired")
    if "search" in uses and "search" not in no:
        welcome = wish.says(crawler.operator, "search") is True
        if welcome or crawler.token in KEPT:
            return answer("search-goes-first")
    return answer("refused")


def _governed(one: Told, by_control: Mapping[str, set[Use]]) -> Told:
    """A fetcher whose copies a refused control token governs needs no refusal of its own for that.

    Only one that is for several things: what is for training alone is refused itself.
    """
    if not one.refused or one.crawler.purpose != "mixed":
        return one
    names = (one.crawler.token, *one.crawler.fallback)
    if any(set(one.uses) <= by_control.get(name, set()) for name in names):
        return Told(crawler=one.crawler, refused=False, why="governed", uses=one.uses)
    return one


# Which signals say it -----------------------------------------------------------------------------

Weight = Literal["heeded", "tool", "reservation", "asked-for", "left-out", "says-nothing"]
"""Why a signal is written or not: a company says that it heeds it; a tool obeys it; a law gives it
weight though nobody promised (Article 4(3) of Directive (EU) 2019/790 speaks of "machine-readable
means", not of who reads them); the owner asked for it; nobody reads it; it has no word for this."""

_TOOLS = ("noai",)  # img2dataset: knowledge/signals/noai.toml
_RESERVES = ("content-usage", "tdmrep")
_SPEAKS: dict[str, tuple[Use, ...]] = {
    "content-usage": ("train-ai", "search"),
    "content-signal": ("train-ai", "search", "ai-input"),
    "tdmrep": ("train-ai",),
    "noarchive": ("train-ai",),
    "noai": ("train-ai",),
    "ai-txt": ("train-ai",),
}


class Chosen(Struct, frozen=True, kw_only=True):
    """One signal to everyone: whether it is written, why, and who says that it heeds it."""

    signal: str
    written: bool
    weight: Weight
    readers: tuple[str, ...] = ()
    """Ids of the companies that say so."""


def chosen(wish: Wish, knowledge: Knowledge) -> list[Chosen]:
    """Each signal that says something to everyone, beside the groups of robots.txt."""
    found = []
    for signal, uses in _SPEAKS.items():
        kind = knowledge.signals.get(signal)
        no = wish.refused & set(uses)
        readers = tuple(
            one.actor
            for one in (kind.heeded if kind else ())
            if one.says in ("yes", "in-part") and no & set(one.uses)
        )
        weight: Weight
        if not no:
            weight = "says-nothing"
        elif readers:
            weight = "heeded"
        elif signal in _TOOLS:
            weight = "tool"
        elif signal in _RESERVES:
            weight = "reservation"
        else:
            weight = "asked-for" if signal in wish.also else "left-out"
        written = weight not in ("left-out", "says-nothing")
        found.append(Chosen(signal=signal, written=written, weight=weight, readers=readers))
    return found
