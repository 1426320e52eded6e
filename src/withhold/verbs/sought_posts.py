"""Stored posts looked for by what is known of them: which groups and days a question means.

The posts of a group differ in their day only. On which days the answer changes is known (the
owner's word on a time, the end of an open span), so each group falls into a few spans of days in
each of which all posts stand alike. No post is looked at for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.keep.post_rows import Asked, Group
from withhold.keep.post_search import EVER, DaySpan
from withhold.keep.said_audiences import SaidAudience, by_the_owner
from withhold.verbs.check import Asking
from withhold.verbs.exposed_posts import Standings, why_apart
from withhold.verbs.exposure import Standing, Treated, as_owned, exposure
from withhold.words import Account

Key = tuple[str, ...]
Said = Mapping[str, Sequence[SaidAudience]]
_DATED = "0"
"""Before every day; behind the empty one of posts without a day."""
WORST: tuple[Standing, ...] = ("open", "unknown", "was-open", "closed")
"""Of several answers the first counts: what leaves most open."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What the owner chose; empty = no matter. ``year`` may be ``none``: posts without a day.

    ``standing`` is toward ``actor``, or where none is said toward whomever leaves most open.
    """

    account: str = ""
    kind: str = ""
    audience: str = ""
    year: str = ""
    standing: str = ""
    actor: str = ""

    @property
    def anything(self) -> bool:
        """Whether anything is left out."""
        return any((self.account, self.kind, self.audience, self.year, self.standing, self.actor))


class PostAnswers:
    """How posts stand, by what is asked of them: asked once per group, whatever their number.

    Without ``asking`` (nobody knows where the owner lives) nothing is said of how they stand.
    """

    def __init__(
        self,
        groups: Iterable[Key],
        said: Said,
        accounts: Mapping[str, Account],
        public_until: Mapping[str, date],
        knowledge: Knowledge,
        when: date,
        asking: Asking | None,
    ) -> None:
        self.groups = list(groups)
        self._said, self._accounts = said, accounts
        self._knowledge, self._when = knowledge, when
        self.asked = dict.fromkeys(
            asked for key in self.groups for _, _, asked in _by_word(key, said)
        )
        known = [Group(asked=one, n=1) for one in self.asked]
        self.stands = exposure(known, accounts, public_until, asking) if asking else []
        self.all = Standings(self.stands)
        """Of every post, also of those that are counted apart."""
        self.published = Standings(one for one in self.stands if not why_apart(one.posts))

    @property
    def actors(self) -> list[str]:
        """Those asked about."""
        return list(dict.fromkeys(one.verdict.actor for one in self.stands))

    def worst(self, asked: Asked, actor: str = "") -> Standing | None:
        """How a post stands toward an actor, or whomever leaves most open; None: nothing asked."""
        found = {how for one, how in self.published.of(asked) if actor in ("", one.verdict.actor)}
        return next((one for one in WORST if one in found), None)

    def audience(self, asked: Asked) -> Treated:
        """With the owner's word on the account, where nothing else says who could see it."""
        posts = Treated(*asked[:-1])
        platform = self._knowledge.platforms.get(posts.platform)
        account = self._accounts.get(posts.account) or Account(platform=posts.platform)
        return as_owned(posts, account, platform) if platform else posts

    def spans(self, wanted: Wanted) -> tuple[DaySpan, ...]:
        """The groups and days of the posts that are meant."""
        found: list[DaySpan] = []
        for key in self.groups:
            of = Asked._make([*key, ""])
            if wanted.account not in ("", of.account) or wanted.kind not in ("", of.kind):
                continue
            for since, until, asked in _by_word(key, self._said):
                if wanted.audience not in ("", self.audience(asked).audience):
                    continue
                for begin, end in self._alike(since, until, asked):
                    if not self._stands_so(asked._replace(day=_day(begin)), wanted):
                        continue
                    begin, end = _within(begin, end, *_year(wanted.year))
                    if wanted.standing:
                        end = min(end, (self._when + timedelta(days=1)).isoformat())
                    if begin < end:
                        found.append(DaySpan(key, begin, end))
        return tuple(found)

    def _stands_so(self, asked: Asked, wanted: Wanted) -> bool:
        if not (wanted.standing or wanted.actor):
            return True
        how = self.worst(asked, wanted.actor)
        return how is not None and wanted.standing in ("", how)

    def _alike(self, since: str, until: str, asked: Asked) -> Iterator[tuple[str, str]]:
        """The span in pieces in each of which the day of a post makes no difference."""
        ends = {
            span.until.isoformat()
            for one, _ in self.all.of(asked)
            for span in one.verdict.open
            if span.until
        }
        cuts = sorted({since, until, *(one for one in ends if since < one < until)})
        yield from pairwise(cuts)


def _by_word(key: Key, said: Said) -> Iterator[tuple[str, str, Asked]]:
    """The days of a group in spans of one audience, with what is asked of such posts (no day)."""
    of = Asked._make([*key, ""])
    words = said.get(of.account, ())
    yield "", _DATED, by_the_owner(of, words)
    days = {one.isoformat() for it in words for one in (it.since, it.until) if one}
    cuts = [_DATED, *sorted(days), EVER]
    for since, until in pairwise(cuts):
        asked = by_the_owner(of._replace(day=_day(since)), words)
        yield since, until, asked._replace(day="")


def _day(since: str) -> str:
    """A day of a span that begins there."""
    return "0001-01-01" if since == _DATED else since


def _year(year: str) -> tuple[str, str]:
    if not year:
        return "", EVER
    return ("", _DATED) if year == "none" else (f"{year}-01-01", f"{int(year) + 1:04}-01-01")


def _within(begin: str, end: str, since: str, until: str) -> tuple[str, str]:
    return max(begin, since), min(end, until)
