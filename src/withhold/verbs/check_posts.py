"""check, of all stored posts: how they stand, what the open ones give away, which give most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

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
    exposed,
    given,
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
    wanted = frozenset(keys)
    found: list[Stored] = []
    if words:
        hits = store.posts.find(words, FOUND_AT_MOST)
        today = asking.when.isoformat()
        found = [one for one in hits if one.account in wanted and one.asked.day <= today]
        counted = Counter(one.asked for one in hits if one.account in wanted)
        groups = [Group(asked=asked, n=n) for asked, n in sorted(counted.items())]
    else:
        groups = store.posts.groups(sorted(wanted))
    stands = exposure(groups, accounts, public_until, asking)
    numbers = {one.id for one in found}
    revealing = [
        one
        for one in store.posts.giving_away()
        if one.asked.account in wanted
        and (not words or one.id in numbers)
        and one.asked.day <= asking.when.isoformat()
    ]
    ranked = exposed(revealing, stands)
    most, of_most = (
        (_found(found, stands), len(found)) if words else (_ranked(ranked, at_most, store))
    )
    return Exposure(
        stands=tuple(stands),
        given={reach: given(ranked, reach) for reach in REACHES},
        most=tuple(most[:at_most]),
        of_most=of_most,
        later=sum(one.n for one in groups if one.asked.day > asking.when.isoformat()),
        no_platform=unknown_platforms(groups, asking),
        words=words,
    )


def _ranked(
    ranked: Sequence[Exposed], at_most: int | None, store: Store
) -> tuple[list[Shown], int]:
    """The most revealing; where only some are shown, those of the widest reach alone."""
    if at_most is not None and ranked:
        ranked = [one for one in ranked if one.reach == ranked[0].reach]
    chosen = ranked[:at_most]
    stored = {one.id: one for one in store.posts.read(one.post.id for one in chosen)}
    return [
        Shown(stored=stored[one.post.id], reach=one.reach, to=one.to)
        for one in chosen
        if one.post.id in stored
    ], len(ranked)


def _found(found: Sequence[Stored], stands: Sequence[Stand]) -> list[Shown]:
    standings = Standings(one for one in stands if not why_apart(one.posts))
    shown = []
    for one in found:
        reached = standings.reach(one.asked)
        shown.append(
            Shown(stored=one, reach=reached[0], to=reached[1])
            if reached
            else Shown(stored=one, reach=None)
        )
    return shown
