"""Proof that search is untouched: the old and the new robots.txt, asked for the same agents and
paths, as RFC 9309 and as Google read them. An answer that was yes and is no is a lost one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from withhold.signals import robots
from withhold.signals.companies import listened_to
from withhold.signals.robots import Decision, Mode, Robots
from withhold.signals.wish import KEPT, Told
from withhold.site_facts import Crawler

GUARDED = ("search", "ads", "preview")
MODES: tuple[Mode, ...] = ("rfc", "google")
FILES = ("/.well-known/tdmrep.json", "/ai.txt")
"""Not pages: what asks for them is no search."""


class Line(Struct, frozen=True):
    """The rule that decides: its number from 1 and its words; None where no rule does."""

    number: int | None
    text: str


class Lost(Struct, frozen=True):
    """An agent that could fetch a path before and cannot after."""

    token: str
    path: str
    before: Line
    after: Line
    mode: Mode


class Proof(Struct, frozen=True):
    """What was asked, and what is lost; ``given_up``: search agents that the wish itself refuses.

    ``gained``: how many answers turned from no to yes; a block of ours turns none.
    """

    tokens: tuple[str, ...]
    paths: tuple[str, ...]
    lost: tuple[Lost, ...]
    given_up: tuple[str, ...] = ()
    gained: int = 0


def guarded(told: Iterable[Told]) -> tuple[list[Crawler], list[str]]:
    """The agents that must lose nothing, and those search agents that the wish gives up.

    KEPT are guarded whatever the wish says: that they lose is what has to be confessed to.
    """
    keep, given_up = [], []
    for one in told:
        crawler = one.crawler
        if crawler.token_kind != "fetcher" or crawler.purpose not in GUARDED:
            continue
        if one.refused and crawler.token not in KEPT and "search" not in one.uses:
            given_up.append(crawler.token)
        else:
            keep.append(crawler)
    return keep, given_up


def prove(
    old: bytes,
    new: bytes,
    told: Sequence[Told],
    paths: Sequence[str],
    crawlers: Mapping[str, Crawler],
) -> Proof:
    """Asks both files for every guarded agent and path, in both modes.

    An agent without a group of its own is asked by the documented fallback; ``crawlers`` has all.
    """
    agents, given_up = guarded(told)
    asked = tuple(dict.fromkeys(paths)) or ("/",)
    lost: dict[tuple[str, str], Lost] = {}
    gained = 0
    for mode in MODES:
        before, after = robots.read(old, mode), robots.read(new, mode)
        rows = zip(_rows(before, agents, asked), _rows(after, agents, asked), strict=True)
        for crawler, (was, now) in zip(agents, rows, strict=True):
            for path, one, other in zip(asked, was, now, strict=True):
                gained += other.allowed and not one.allowed
                if one.allowed and not other.allowed:
                    lost.setdefault(
                        (crawler.token, path),
                        Lost(crawler.token, path, _line(before, one), _line(after, other), mode),
                    )
    order = {token.lower(): at for at, token in enumerate(KEPT)}
    ranked = sorted(lost.values(), key=lambda one: order.get(one.token.lower(), len(order)))
    return Proof(
        tokens=tuple(one.token for one in agents if one.token in crawlers),
        paths=asked,
        lost=tuple(ranked),
        given_up=tuple(given_up),
        gained=gained,
    )


def _rows(
    read: Robots, agents: Sequence[Crawler], paths: Sequence[str]
) -> list[tuple[Decision, ...]]:
    return read.decide_all([listened_to(read, one) for one in agents], paths)


def _line(read: Robots, decision: Decision) -> Line:
    text = read.line_text(decision.line).strip() if decision.line else ""
    return Line(decision.line, text[:200])
