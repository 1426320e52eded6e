"""What every form of the answer of ``prove logs`` is told with: the words, the names, the order.

Counted things are said as counted. A request is a company's only where the address lies in ranges
that the company published; everything else names a token, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import tomli
from msgspec import Struct
from msgspec.structs import replace

from withhold.signals.server_refusals import pattern
from withhold.traces.logs.seen import CrawlerSeen, LogSeen

UNKNOWN_OPERATOR = "unknown-operator"
"""The actor that stands for operators whom nobody names."""


class Listed(Struct, frozen=True, kw_only=True):
    """A list of a token's addresses: where it is, who says that they are the company's, its day."""

    url: str
    whose: Literal["company", "registry"]
    seen: date


class Told(Struct, frozen=True, kw_only=True):
    """The answer with what is needed to say it. ``names``: actor -> name; ``files``: as given;
    ``lists``: token -> its addresses; ``aliases``: token -> what else it is called; ``named``: the
    tokens whose addresses have names that tell; ``asked_names``: whether those were looked up.
    """

    seen: LogSeen
    words: Mapping[str, str]
    names: Mapping[str, str]
    files: tuple[str, ...]
    lang: str = "en"
    lists: Mapping[str, Listed] = {}
    named: frozenset[str] = frozenset()
    aliases: Mapping[str, tuple[str, ...]] = {}
    asked_names: bool = False
    whole_addresses: bool = False

    def n(self, number: int) -> str:
        """A number with the language's mark for thousands."""
        return f"{number:,}".replace(",", self.words["thousands"])

    def of(self, key: str, n: int, **gaps: object) -> str:
        """A sentence of so many, or of one."""
        return self.words[f"{key}_one" if n == 1 else key].format(n=self.n(n), **gaps)

    def company(self, one: CrawlerSeen) -> str:
        """Who stands behind a token, as a name."""
        return self.names.get(one.actor, one.actor)

    def purpose(self, one: CrawlerSeen) -> str:
        """What the token is said to fetch for."""
        return self.words[f"purpose_{one.purpose}"]

    def why(self, reason: str) -> str:
        """Why a line could not be read."""
        return self.words.get(f"why_{reason}", reason)

    @property
    def crawlers(self) -> list[CrawlerSeen]:
        """Who went on after a no first, the most requests first."""
        return sorted(self.seen.crawlers, key=_order)

    @property
    def in_spite(self) -> list[CrawlerSeen]:
        """Those of whose name a request came after a no, whoever sent it."""
        return [one for one in self.crawlers if one.in_spite or one.spoofed_in_spite]

    @property
    def judged(self) -> bool:
        """Whether a robots.txt of the time of any request is known."""
        judgeable = [one for one in self.seen.crawlers if one.verified + one.unverified]
        held = any(one.allowed + one.in_spite + one.before_no for one in judgeable)
        return any(one.sha256 for one in self.seen.robots) and (held or not judgeable)

    @property
    def span(self) -> str:
        """From the first to the last day of the log, in UTC; empty without a readable line."""
        first, last = self.seen.first, self.seen.last
        if first is None or last is None:
            return ""
        if first.date() == last.date():
            return day(first)
        return self.words["span"].format(first=day(first), last=day(last))


def day(at: datetime) -> str:
    """The day of a moment, in UTC as it stands."""
    return at.date().isoformat()


def _order(one: CrawlerSeen) -> tuple[int, int, int, int, str]:
    judged = -one.in_spite_verified, -one.in_spite, -one.spoofed_in_spite
    return (*judged, -one.requests, one.token.lower())


def words_of(lang: str) -> dict[str, str]:
    """The words of access logs."""
    path = Path(__file__).parents[1] / "phrases" / f"logs.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def refusable(seen: LogSeen) -> list[str]:
    """The tokens a server could refuse by name since they went on after a no: fetchers only, and
    those that robots.txt refuses the whole site, for the server's rules refuse them all of it.

    A library's name is not among them: it would refuse everybody who uses the library.
    """
    return _went_on(seen, whole_site=True)


def refused_names(told: Told) -> list[str]:
    """The tokens of ``refusable``, and what else they are called where that is another word."""
    tokens = refusable(told.seen)
    if not tokens:
        return []
    known = re.compile(pattern(tokens), re.IGNORECASE)
    others = [name for token in tokens for name in told.aliases.get(token, ())]
    return [*tokens, *(name for name in dict.fromkeys(others) if not known.search(name))]


def refused_in_part(seen: LogSeen) -> list[str]:
    """Fetchers that went on after a no that is for some paths: a rule by name would say more."""
    return _went_on(seen, whole_site=False)


def _went_on(seen: LogSeen, *, whole_site: bool) -> list[str]:
    fetchers = [one for one in seen.crawlers if one.token_kind == "fetcher"]
    went_on = [one for one in fetchers if one.in_spite or one.spoofed_in_spite]
    return sorted((one.token for one in went_on if one.whole_site is whole_site), key=str.lower)


def about_rules(told: Told) -> str:
    """For whom a server's rules are, for whom they are not, and what they are worth."""
    left = refused_in_part(told.seen)
    said = told.words["rules_about"]
    return f"{said} {told.words['rules_in_part'].format(tokens=', '.join(left))}" if left else said


def only(seen: LogSeen, tokens: Collection[str]) -> LogSeen:
    """The answer about some tokens: requests of the others become ``other``, so the sum holds."""
    wanted = {token.lower() for token in tokens}
    kept = tuple(one for one in seen.crawlers if one.token.lower() in wanted)
    left = sum(one.requests for one in seen.crawlers if one.token.lower() not in wanted)
    return replace(seen, crawlers=kept, other=seen.other + left)
