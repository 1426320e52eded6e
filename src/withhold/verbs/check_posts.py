"""check, of all stored posts: how they stand, what the open ones give away, which give most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import nsmallest

from msgspec import Struct

from withhold.keep import Store
from withhold.keep.post_rows import Group, Stored
from withhold.verbs.check import Asking
from withhold.verbs.exposed_posts import (
    REACHES,
    Exposed,
    Given,
    Reach,
    Standings,
    Tally,
    rank,
    reached,
    why_apart,
)
from withhold.verbs.exposure import Stand, exposure, unknown_platforms
from withhold.words import Account

SHOWN = 20
"""How many of the most revealing posts are shown to a person."""
FOUND_AT_MOST = 100_000
"""Posts that a search by words gives at most."""


class Shown(Struct, frozen=True, kw_only=True):
    """A post with all that is stored of it, how far it stands open and to whom."""

    stored: Stored
    reach: Reach | None
    to: tuple[tuple[str, str], ...] = ()


class Exposure(Struct, frozen=True, kw_only=True):
    """What is known of the posts of some accounts, on the day asked.

    ``stands`` are all of them; ``given`` what those of one reach give away; ``most`` the most
    revealing ones, or those that were looked for by ``words``, newest first, of ``of_most`` in
    all. ``later`` were posted after the day asked; of ``no_platform`` no practice is known here.
    """

    stands: tuple[Stand, ...]
    given: Mapping[Reach, Given]
    most: tuple[Shown, ...]
    of_most: int
    later: int = 0
    no_platform: Mapping[str, int] = {}
    words: str = ""

    @property
    def published(self) -> list[Stand]:
        """Without what is counted apart."""
        return [one for one in self.stands if not why_apart(one.posts)]

    @property
    def reach(self) -> Reach | None:
        """Of which reach the most revealing posts are."""
        return self.most[0].reach if self.most else None


def check_posts(
    store: Store,
    keys: Sequence[str],
    accounts: Mapping[str, Account],
    public_until: Mapping[str, date],
    asking: Asking,
    *,
    words: str = "",
    at_most: int | None = SHOWN,
) -> Exposure:
    """How the posts of these accounts (by key) stand; only those with all the ``words`` if given.

    ``at_most`` limits the posts that are shown one by one; None = all of them.
    """
    wanted, today = frozenset(keys), asking.when.isoformat()
    found: list[Stored] = []
    each: Iterable[list[Group]]
    if words:
        hits = store.posts.find(words, FOUND_AT_MOST)
        found = [one for one in hits if one.account in wanted and one.asked.day <= today]
        counted = Counter(one.asked for one in hits if one.account in wanted)
        each = [[Group(asked=asked, n=n) for asked, n in sorted(counted.items())]]
    else:  # one account after the other: all groups at once would be held in memory
        each = (store.posts.groups([key]) for key in sorted(wanted))
    stands: list[Stand] = []
    later, no_platform = 0, Counter[str]()
    for groups in each:
        stands += exposure(groups, accounts, public_until, asking)
        later += sum(one.n for one in groups if one.asked.day > today)
        no_platform.update(unknown_platforms(groups, asking))
    numbers = {one.id for one in found}
    revealing = (
        one
        for one in store.posts.giving_away()
        if one.asked.account in wanted
        and (not words or one.id in numbers)
        and one.asked.day <= today
    )
    tally, passed = Tally(), reached(revealing, stands)
    if words:
        for one in passed:
            tally.add(one)
        most, of_most = _found(found, stands), len(found)
    else:
        ranked = _most_of(passed, tally, at_most)
        most, of_most = _ranked(ranked, tally, at_most, store)
    return Exposure(
        stands=tuple(stands),
        given={reach: tally.of(reach) for reach in REACHES},
        most=tuple(most[:at_most]),
        of_most=of_most,
        later=later,
        no_platform=dict(no_platform),
        words=words,
    )


def _most_of(passed: Iterable[Exposed], tally: Tally, at_most: int | None) -> list[Exposed]:
    """The most revealing ones, counted as they pass; only those that are shown are kept."""

    def counted() -> Iterator[Exposed]:
        for one in passed:
            tally.add(one)
            yield one

    return sorted(counted(), key=rank) if at_most is None else nsmallest(at_most, counted(), rank)


def _ranked(
    ranked: Sequence[Exposed], tally: Tally, at_most: int | None, store: Store
) -> tuple[list[Shown], int]:
    """The most revealing; where only some are shown, those of the widest reach alone."""
    of_most = sum(tally.of(reach).posts for reach in REACHES)
    if at_most is not None and ranked:
        ranked = [one for one in ranked if one.reach == ranked[0].reach]
        of_most = tally.of(ranked[0].reach).posts
    stored = {one.id: one for one in store.posts.read(one.post.id for one in ranked)}
    return [
        Shown(stored=stored[one.post.id], reach=one.reach, to=one.to)
        for one in ranked
        if one.post.id in stored
    ], of_most


def _found(found: Sequence[Stored], stands: Sequence[Stand]) -> list[Shown]:
    standings = Standings(one for one in stands if not why_apart(one.posts))
    shown = []
    for one in found:
        how = standings.reach(one.asked)
        shown.append(
            Shown(stored=one, reach=how[0], to=how[1]) if how else Shown(stored=one, reach=None)
        )
    return shown
